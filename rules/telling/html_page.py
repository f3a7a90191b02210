"""A page that stands alone: no script, no picture or style from elsewhere, readable at 320 pixels.

For the policy document and for reports that share its look. Everything put in is escaped here.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #0b0c0c; background: #fff;
  font: 1rem/1.5 "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 2px solid #1d70b8;
  padding-top: .5rem; } h3 { margin: 1.8rem 0 .3rem; }
a { color: #1d70b8; } a:focus, .scroll:focus, summary:focus { outline: 3px solid #fd0; outline-offset: 2px; }
.scroll { overflow-x: auto; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid #b1b4b6; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; } figcaption { font-weight: bold; }
svg { display: block; width: 100%; max-width: 28rem; height: auto; }
svg.wide { max-width: none; min-width: 44rem; }
svg text { font-family: "Helvetica Neue", Arial, sans-serif; fill: #0b0c0c; }
.lead { font-size: 1.2rem; } .note { color: #505a5f; } .mark { background: #fff7bf; padding: 0 .3rem; }
dl { margin: .3rem 0; } dt { font-weight: bold; } dd { margin: 0 0 .4rem 1rem; } ul { padding-left: 1.2rem; }
summary { cursor: pointer; color: #1d70b8; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
@media print { .scroll { overflow: visible; } details > * { display: block; } }
"""
"""The only style; the page's policy admits it by its hash and nothing else."""


def page(title: str, body: Iterable[str]) -> str:
    """A whole page.

    Args:
        title: Plain text; also the heading.
        body: HTML made by the functions of this module, or escaped by `text`.
    """
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en-GB">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{text(title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            '<a class="skip" href="#main">Skip to the content</a>',
            '<main id="main">',
            f"<h1>{text(title)}</h1>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def text(value: object) -> str:
    """Plain text, safe inside an element or an attribute."""
    return escape(str(value), quote=True)


def paragraph(words: str, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{kind}">{text(words)}</p>' if kind else f"<p>{text(words)}</p>"


def bullets(items: Iterable[str]) -> str:
    """A list of plain texts."""
    return f"<ul>{''.join(f'<li>{text(item)}</li>' for item in items)}</ul>"


def pairs(items: Iterable[tuple[str, str]]) -> str:
    """Terms with their values, plain text; pairs without a value are left out."""
    shown = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in items if value)
    return f"<dl>{shown}</dl>"


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: frozenset[int] = frozenset(),
) -> str:
    """A table of plain texts that scrolls by itself on a narrow screen.

    Args:
        caption: What it shows.
        heads: The columns' names; the first column names the row.
        rows: One text per column.
        numbers: Positions of the columns that hold figures.
    """

    def cell(at: int, value: str, tag: str) -> str:
        kind = ' class="n"' if at in numbers else ""
        scope = {"th": ' scope="col"', "td": ""}[tag]
        if tag == "td" and at == 0:
            return f'<th scope="row">{text(value)}</th>'
        return f"<{tag}{scope}{kind}>{text(value)}</{tag}>"

    head = "".join(cell(at, value, "th") for at, value in enumerate(heads))
    body = "\n".join(
        "<tr>" + "".join(cell(at, value, "td") for at, value in enumerate(row)) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{text(caption)}" tabindex="0"><table>'
        f"<caption>{text(caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>"
        "</table></div>"
    )
