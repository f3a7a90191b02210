"""Line charts as SVG that stands alone: titled and described, and no line told by its colour only."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

_WIDTH, _HEIGHT = 640, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 20, 20, 60
_STROKES = (("#1d70b8", ""), ("#b54708", "8 5"), ("#505a5f", "2 4"), ("#00703c", "12 4 2 4"))
"""Colour and dashes of each line in turn; each colour has at least 4.5:1 against white."""
_LEGEND_LINE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a chart; with `dots` its points are marked."""

    name: str
    points: tuple[Point, ...]
    dots: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: what it shows, from where to where, and how a figure on it is written."""

    label: str
    low: float
    high: float
    write: Callable[[float], str]


def line_chart(title: str, description: str, lines: Sequence[Line], x: Axis, y: Axis) -> str:
    """Draw lines on two axes.

    Args:
        title: What a screen reader says first.
        description: What the chart shows, in a sentence with its main figures.
        lines: At most four; points outside the axes are drawn at their edge.
        x: The horizontal axis.
        y: The vertical axis.
    """
    marks = [*_grid(x, y), *(_line(line, at, x, y) for at, line in enumerate(lines)), *_legend(lines)]
    return drawing(title, description, marks, _WIDTH, _HEIGHT + _LEGEND_LINE * len(lines))


def drawing(title: str, description: str, marks: Sequence[str], width: int, height: int) -> str:
    """Put marks on a sheet that says its title and description to a screen reader.

    Args:
        title: Tells the drawings of a page apart too.
        description: What it shows, in a sentence with its main figures.
        marks: SVG elements, from back to front.
        width: Of the sheet, in pixels.
        height: Of the sheet, in pixels.
    """
    key = hashlib.sha256(title.encode()).hexdigest()[:8]
    size = f'viewBox="0 0 {width} {height}" width="{width}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t{key} d{key}"'
        f' font-family="Arial, sans-serif" font-size="13">'
        f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(description)}</desc>\n'
        + "\n".join(marks)
        + "\n</svg>"
    )


def axis(
    label: str, values: Sequence[float], write: Callable[[float], str], *, from_zero: bool = False
) -> Axis:
    """An axis that holds all values, with ends on round figures."""
    low, high = min(values), max(values)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    step = _round_step((high - low) / 5 or 1.0)
    return Axis(label=label, low=step * (low // step), high=step * -(-high // step) or step, write=write)


def _round_step(width: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 1.0
    while power > width:
        power /= 10
    while power * 10 <= width:
        power *= 10
    return next(power * times for times in (1, 2, 5, 10) if power * times >= width)


def _across(value: float, x: Axis) -> float:
    share = (min(max(value, x.low), x.high) - x.low) / (x.high - x.low)
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _up(value: float, y: Axis) -> float:
    share = (min(max(value, y.low), y.high) - y.low) / (y.high - y.low)
    return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)


def _ticks(one: Axis) -> list[float]:
    step = _round_step((one.high - one.low) / 6)
    count = int((one.high - one.low) / step + 1e-9)
    return [one.low + step * at for at in range(count + 1)]


def _grid(x: Axis, y: Axis) -> list[str]:
    left, right, top, bottom = _LEFT, _WIDTH - _RIGHT, _TOP, _HEIGHT - _BOTTOM
    marks = []
    for tick in _ticks(y):
        height = _up(tick, y)
        marks += [
            f'<line x1="{left}" y1="{height}" x2="{right}" y2="{height}" stroke="#dbdad9"/>',
            f'<text x="{left - 8}" y="{height + 4}" text-anchor="end">{escape(y.write(tick))}</text>',
        ]
    for tick in _ticks(x):
        place = _across(tick, x)
        marks += [
            f'<line x1="{place}" y1="{bottom}" x2="{place}" y2="{bottom + 5}" stroke="#0b0c0c"/>',
            f'<text x="{place}" y="{bottom + 20}" text-anchor="middle">{escape(x.write(tick))}</text>',
        ]
    middle = (top + bottom) / 2
    return [
        *marks,
        f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#0b0c0c"/>',
        f'<text x="{(left + right) / 2}" y="{bottom + 44}" text-anchor="middle">{escape(x.label)}</text>',
        f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">{escape(y.label)}</text>',
    ]


def _line(line: Line, at: int, x: Axis, y: Axis) -> str:
    colour, dashes = _STROKES[at]
    points = [(_across(one, x), _up(two, y)) for one, two in line.points]
    path = " ".join(f"{one},{two}" for one, two in points)
    stroke = f'stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"'
    drawn = f'<polyline points="{path}" fill="none" {stroke}/>'
    if not line.dots:
        return drawn
    return drawn + "".join(f'<circle cx="{one}" cy="{two}" r="4" fill="{colour}"/>' for one, two in points)


def _legend(lines: Sequence[Line]) -> list[str]:
    marks = []
    for at, line in enumerate(lines):
        colour, dashes = _STROKES[at]
        height = _HEIGHT + _LEGEND_LINE * at
        marks.append(
            f'<line x1="{_LEFT}" y1="{height}" x2="{_LEFT + 36}" y2="{height}" stroke="{colour}"'
            f' stroke-width="2.5" stroke-dasharray="{dashes}"/>'
            f'<text x="{_LEFT + 46}" y="{height + 4}">{escape(line.name)}</text>'
        )
    return marks
