"""The one look of tables in the terminal: no lines, bold headings, figures to the right."""

from rich.table import Table


def a_table(first: str, *others: str, numbers: int = 0) -> Table:
    """An empty table.

    Args:
        first: Heading of the column that names the rows.
        others: Headings of the columns behind it.
        numbers: How many of those hold figures; they stand before those that hold words.
    """
    table = Table(box=None, padding=(0, 2), header_style="bold")
    table.add_column(first)
    for position, name in enumerate(others):
        table.add_column(name, justify="right" if position < numbers else "left")
    return table
