"""A paper as HTML that needs nothing else (no script, no address), or as Markdown with figures as tables."""

from html import escape
from pathlib import Path
from typing import assert_never

from triage.errors import RequestError
from triage.papers.document import Block, Bullets, Document, Figure, Heading, Paragraph, Table


class PaperFormatUnknown(RequestError):
    """A paper is asked for in a format that there is none of."""


_STYLE = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")


def to_html(document: Document) -> str:
    """Write a paper as one HTML page."""
    body = "\n".join(_html(block) for block in document.blocks)
    title = escape(document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def to_markdown(document: Document) -> str:
    """Write a paper as Markdown."""
    return "\n\n".join([f"# {document.title}", *(_markdown(block) for block in document.blocks)]) + "\n"


def write_paper(document: Document, to: Path) -> tuple[Path, ...]:
    """Write a paper to a file; an HTML file gets its Markdown beside it.

    Returns:
        The files written.

    Raises:
        PaperFormatUnknown: If the file's name ends in neither .html nor .md.
    """
    if to.suffix not in {".html", ".md"}:
        raise PaperFormatUnknown(f"Can't write a paper to {to.name!r}: the file's name ends in .html or .md.")
    texts = {to.with_suffix(".md"): to_markdown(document)}
    if to.suffix == ".html":
        texts = {to: to_html(document), **texts}
    to.parent.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    return tuple(texts)


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Bullets():
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"
        case Table():
            return _html_table(block)
        case Figure():
            details = f"<details><summary>The figures</summary>{_html_table(block.table)}</details>"
            caption = f"<figcaption>{escape(block.table.caption)}</figcaption>"
            return f"<figure>\n{block.svg}\n{caption}\n{details}</figure>"
        case _:
            assert_never(block)


def _html_table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_aligned(table, at)}>{escape(cell)}</th>' for at, cell in enumerate(table.header)
    )
    rows = "\n".join(f"<tr>{_html_cells(table, row)}</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.caption)}</caption>"
    table_html = f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    # A table wider than a phone scrolls in its own frame, which the keyboard can reach.
    frame = f'<div class="wide" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
    return f"{frame}{table_html}</div>"


def _html_cells(table: Table, row: tuple[str, ...]) -> str:
    first, *others = row
    cells = "".join(
        f"<td{_aligned(table, at)}>{escape(cell)}</td>" for at, cell in enumerate(others, start=1)
    )
    return f'<th scope="row">{escape(first)}</th>{cells}'


def _aligned(table: Table, at: int) -> str:
    return "" if at < table.words else ' class="figure"'


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Paragraph():
            return block.text
        case Bullets():
            return "\n".join(f"- {item}" for item in block.items)
        case Table():
            return _markdown_table(block)
        case Figure():
            return _markdown_table(block.table)
        case _:
            assert_never(block)


def _markdown_table(table: Table) -> str:
    rule = ["---" if at < table.words else "---:" for at in range(len(table.header))]
    lines = [table.header, rule, *table.rows]
    cells = ("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return "\n".join([f"**{table.caption}**", "", *cells])
