"""Plots as plain SVG: drawn here, no script, each with its title and its words for those who can't see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.telling.html_page import text

WIDTH = 340
"""Units across; a phone of 320 pixels shows the letters at about their size."""

_OLD, _NEW, _LINE = "#505a5f", "#1d70b8", "#b1b4b6"
_GAIN, _LOSS = "#00703c", "#d4351c"
_ROW = 34
_BAR = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures side by side under one name."""

    name: str
    first: int
    second: int


def gained_and_lost(name: str, title: str, pairs: Sequence[Pair]) -> str:
    """Bars to the right for what is gained, to the left for what is lost."""
    most = max(max(pair.first, pair.second) for pair in pairs) or 1
    middle, reach = WIDTH / 2, WIDTH / 2 - 44
    parts: list[str] = []
    for at, pair in enumerate(pairs):
        y = at * _ROW + 16
        gain, loss = reach * pair.first / most, reach * pair.second / most
        parts += [
            _figure(middle, y - 3, _short(pair.name), "middle"),
            f'<line x1="{middle}" y1="{y - 1}" x2="{middle}" y2="{y + _BAR + 1}" stroke="{_LINE}"/>',
            f'<rect x="{middle}" y="{y}" width="{gain:.1f}" height="{_BAR}" fill="{_GAIN}"/>',
            f'<rect x="{middle - loss:.1f}" y="{y}" width="{loss:.1f}" height="{_BAR}" fill="{_LOSS}"/>',
            _figure(middle + gain + 3, y + 10, f"+{pair.first:,}", "start"),
            _figure(middle - loss - 3, y + 10, f"−{pair.second:,}", "end"),
        ]
    words = "; ".join(f"{pair.name}: {pair.first:,} gain, {pair.second:,} lose" for pair in pairs)
    return _svg(name, title, words, _height(pairs) + 6, parts)


def side_by_side(
    name: str, title: str, pairs: Sequence[Pair], *, limit: int | None = None, limit_name: str = ""
) -> str:
    """Old over new for each name, as bars from the left; a dashed line marks a limit."""
    most = max([limit or 0, *(max(pair.first, pair.second) for pair in pairs)]) or 1
    reach = WIDTH - 50
    parts = []
    for at, pair in enumerate(pairs):
        y = at * (_ROW + 6) + 16
        for figure, colour, down in ((pair.first, _OLD, 0), (pair.second, _NEW, _BAR + 1)):
            long = reach * figure / most
            parts += [
                f'<rect x="0" y="{y + down}" width="{long:.1f}" height="{_BAR}" fill="{colour}"/>',
                _figure(long + 3, y + down + 10, f"{figure:,}", "start"),
            ]
        parts.append(_figure(0, y - 3, pair.name, "start"))
    height = len(pairs) * (_ROW + 6) + 6
    if limit is not None:
        x = reach * limit / most
        parts += [
            f'<line x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height}" stroke="{_LOSS}" stroke-dasharray="4 3"/>',
            _figure(x, height + 10, f"{limit_name} {limit:,}", "end" if x > WIDTH / 2 else "start"),
        ]
        height += 14
    parts += _legend(height)
    words = "; ".join(f"{pair.name}: {pair.first:,} old, {pair.second:,} new" for pair in pairs)
    return _svg(name, title, words, height + 18, parts)


def _legend(y: int) -> list[str]:
    return [
        f'<rect x="0" y="{y + 4}" width="{_BAR}" height="{_BAR}" fill="{_OLD}"/>',
        _figure(16, y + 14, "old rules", "start"),
        f'<rect x="90" y="{y + 4}" width="{_BAR}" height="{_BAR}" fill="{_NEW}"/>',
        _figure(106, y + 14, "new rules", "start"),
    ]


def _figure(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}">{text(words)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= 48 else name[:47].rstrip() + "…"


def _height(pairs: Sequence[Pair]) -> int:
    return len(pairs) * _ROW


def _svg(name: str, title: str, words: str, height: int, parts: Sequence[str]) -> str:
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{text(title)}</title><desc id="{name}-d">{text(words)}</desc>'
        f"{''.join(parts)}</svg><figcaption>{text(title)}</figcaption></figure>"
    )
