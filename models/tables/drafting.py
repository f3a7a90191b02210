"""Draft a mapping from a table: a start that a person reads and puts right, above all the directions."""

from collections.abc import Sequence

import polars as pl

from models.tables.errors import TableInvalid
from models.tables.mapping import Kind, TableColumn, TableMapping, Use
from models.tables.reading import NOT_KNOWN
from models.tables.refusals import why_refused
from smart_record.intake.mapping_files.suggestions import did_you_mean

_TARGETS = ("target", "label", "outcome", "default", "class", "y", "response", "churn", "survived", "risk")
_POSITIVE = ("1", "yes", "y", "true", "t", "bad", "default", "positive")
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "t", "f", "0", "1"})
_MOST_LEVELS = 50
_MOSTLY = 0.98
_SIGNS = r"[£$€%,\s]"


def draft_mapping(table: pl.DataFrame, *, title: str, target: str | None = None) -> TableMapping:
    """Guess what each column is; nothing is given a direction, since that is policy.

    Args:
        table: As `read_table` gives it.
        title: What the table is called.
        target: Column of the outcome; guessed by its name, else the last with two values.

    Raises:
        TableInvalid: If the outcome's column is not there or can't be guessed.
    """
    outcome = target or _guess_target(table)
    if outcome not in table.columns:
        raise TableInvalid(f"The table has no column {outcome}.{did_you_mean(outcome, table.columns)}")
    return TableMapping(
        title=title,
        target=outcome,
        positive=_positive(table.get_column(outcome)),
        meaning=f"{outcome.replace('_', ' ')} came",
        columns=tuple(_column(table.get_column(name)) for name in table.columns if name != outcome),
    )


def _guess_target(table: pl.DataFrame) -> str:
    two = [name for name in table.columns if len(_values(table.get_column(name))) == 2]
    for word in _TARGETS:
        for name in reversed(two):
            if word in name.lower().replace(".", "_").split("_"):
                return name
    if not two:
        raise TableInvalid("No column has just two values. Name the outcome's column with --target.")
    return two[-1]


def _values(cells: pl.Series) -> Sequence[str]:
    known = cells.drop_nulls()
    return sorted(known.filter(~known.str.to_lowercase().is_in(NOT_KNOWN)).unique())


def _positive(cells: pl.Series) -> tuple[str, ...]:
    values = _values(cells)
    if len(values) > _MOST_LEVELS:
        raise TableInvalid(
            f"Column {cells.name} has {len(values)} values, so it is no outcome. Name it with --target."
        )
    said = [value for value in values if value.lower() in _POSITIVE]
    rarest = min(values, key=lambda value: (int((cells == value).sum()), value), default="1")
    return (said[0] if said else rarest,)


def _column(cells: pl.Series) -> TableColumn:
    values = _values(cells)
    numeric = pl.Series(values, dtype=pl.String).str.replace_all(_SIGNS, "").cast(pl.Float64, strict=False)
    numbers = len(values) - numeric.null_count()
    use = Use.FEATURE
    missing: tuple[str, ...] = ()
    if {value.lower() for value in values} <= _YES_NO and len(values) == 2:
        kind = Kind.YES_NO
    elif values and numbers >= _MOSTLY * len(values):
        kind = Kind.NUMBER
        missing = tuple(value for value, number in zip(values, numeric, strict=True) if number is None)
    else:
        kind = Kind.CATEGORY
    if len(values) < 2 or _names_rows(cells, values, kind):
        use = Use.NONE
    elif why_refused(cells.name):
        use = Use.AUDIT if len(values) <= _MOST_LEVELS else Use.NONE
        kind = Kind.CATEGORY if len(values) <= _MOST_LEVELS else kind
    return TableColumn(name=cells.name, use=use, kind=kind, missing=missing)


def _names_rows(cells: pl.Series, values: Sequence[str], kind: Kind) -> bool:
    """Whether a column names rows rather than says something of them."""
    if kind is Kind.CATEGORY:
        return len(values) > max(_MOST_LEVELS, len(cells) // 20)
    plain = cells.name.lower().replace("-", "_")
    ids = plain in {"", "id", "index", "row", "unnamed: 0"} or plain.endswith(("_id", "_ref", "_no"))
    return ids and len(values) > 0.9 * len(cells)
