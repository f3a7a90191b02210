"""Shares with their ranges, one line a group, as SVG that stands alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from triage.papers.drawing import drawing

_WIDTH, _LEFT, _RIGHT, _TOP = 640, 170, 70, 16
_ROW, _BELOW = 34, 54
_INK, _DOT, _GRID = "#0b0c0c", "#1d70b8", "#dbdad9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """One group's share with its 95% range."""

    name: str
    value: float
    low: float
    high: float


def interval_chart(title: str, description: str, label: str, ranges: Sequence[Range]) -> str:
    """Draw a dot and its range for each group, on one axis that ends at 100%.

    Args:
        title: What a screen reader says first.
        description: What the chart shows, with its main figures.
        label: What the axis shows.
        ranges: From top to bottom.
    """
    low = _axis_start(min(each.low for each in ranges))
    bottom = _TOP + _ROW * len(ranges)
    marks = [*_grid(low, bottom, label), *(_range(each, at, low) for at, each in enumerate(ranges))]
    return drawing(title, description, marks, _WIDTH, bottom + _BELOW)


def _axis_start(lowest: float) -> float:
    """A round figure at or below the lowest end."""
    return next(start for start in (0.98, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2, 0.0) if start <= max(lowest, 0.0))


def _across(share: float, low: float) -> float:
    return round(_LEFT + (min(max(share, low), 1.0) - low) / (1 - low) * (_WIDTH - _LEFT - _RIGHT), 1)


def _grid(low: float, bottom: int, label: str) -> list[str]:
    marks = []
    for step in range(5):
        share = low + (1 - low) * step / 4
        x = _across(share, low)
        marks += [
            f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{bottom}" stroke="{_GRID}"/>',
            f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{share:.1%}</text>',
        ]
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    return [
        *marks,
        f'<line x1="{_LEFT}" y1="{bottom}" x2="{_WIDTH - _RIGHT}" y2="{bottom}" stroke="{_INK}"/>',
        f'<text x="{middle}" y="{bottom + 42}" text-anchor="middle">{escape(label)}</text>',
    ]


def _range(each: Range, at: int, low: float) -> str:
    y = _TOP + _ROW * at + _ROW / 2
    ends = [_across(end, low) for end in (each.low, each.high)]
    caps = "".join(
        f'<line x1="{x}" y1="{y - 5}" x2="{x}" y2="{y + 5}" stroke="{_DOT}" stroke-width="2"/>' for x in ends
    )
    return (
        f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(each.name)}</text>'
        f'<line x1="{ends[0]}" y1="{y}" x2="{ends[1]}" y2="{y}" stroke="{_DOT}" stroke-width="2"/>{caps}'
        f'<circle cx="{_across(each.value, low)}" cy="{y}" r="5" fill="{_DOT}"/>'
        f'<text x="{_WIDTH - _RIGHT + 8}" y="{y + 4}">{each.value:.1%}</text>'
    )
