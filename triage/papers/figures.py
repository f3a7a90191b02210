"""The figures of the papers: calibration, gain, net benefit, and what each feature adds."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.scorecards.parts import Part, StepFunction
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import FactType
from triage.papers.document import Figure, Table, percent
from triage.papers.drawing import Axis, Line, axis, line_chart

Points = Sequence[Sequence[float]]

_LEAST_BENEFIT = -10.0
"""Lines end where acting does more harm than this; the table goes on."""


def calibration_figure(points: Points, period: str) -> Figure:
    """Chances shown against shares that came, by group of households."""
    most = max([0.05, *(max(shown, came) for shown, came, _ in points)])
    shares = [
        axis(label, [0.0, most], _percent, from_zero=True) for label in ("chance shown", "share with outcome")
    ]
    widest = max((abs(shown - came) for shown, came, _ in points), default=0.0)
    lines = (
        Line(name="groups of households, by chance shown", points=_pairs(points), dots=True),
        Line(name="where shown and observed agree", points=((0.0, 0.0), (shares[0].high, shares[0].high))),
    )
    told = f"Chance shown against the share with an outcome, {period}; the widest gap is {widest:.1%}."
    rows = tuple((percent(shown), percent(came), f"{count:,.0f}") for shown, came, count in points)
    table = Table(
        caption=f"Are shown chances true? {period.capitalize()}",
        header=("Mean chance shown", "Share with outcome", "Households"),
        rows=rows,
        words=0,
    )
    return Figure(svg=line_chart("Calibration", told, lines, *shares), table=table)


def gain_figure(model: Points, others: Mapping[str, Points], period: str) -> Figure:
    """Share of outcomes found by the share of households listed, against other ways to rank."""
    named = {"risk score": model, **others}
    lines = [Line(name=name, points=_pairs(points)) for name, points in named.items()]
    lines.append(Line(name="by lot", points=((0.0, 0.0), (1.0, 1.0))))
    at_ten = {name: next((two for one, two in points if one == 0.1), None) for name, points in named.items()}
    found = ", ".join(f"{name} {percent(two, 0)}" for name, two in at_ten.items())
    told = f"Share of outcomes found by the share of households listed, {period}; at 10% listed: {found}."
    shares = [row[0] for row in model]
    table = Table(
        caption=f"How many outcomes a list finds, {period}",
        header=("Households listed", *named),
        rows=tuple(
            (percent(share), *(percent(points[at][1]) for points in named.values()))
            for at, share in enumerate(shares)
        ),
        words=0,
    )
    axes = [
        Axis(label=label, low=0, high=1, write=_percent) for label in ("households listed", "outcomes found")
    ]
    return Figure(svg=line_chart("Gain", told, lines, *axes), table=table)


def benefit_figure(lines_by_name: Mapping[str, Points], period: str) -> Figure:
    """Decision curve: net benefit per 1,000 households by the chance from which one would act."""
    model = next(iter(lines_by_name.values()))
    thresholds = [row[0] for row in model]
    lines = [
        Line(name=name, points=tuple((one, two) for one, two in points if two >= _LEAST_BENEFIT))
        for name, points in lines_by_name.items()
    ]
    values = [two for line in lines for _, two in line.points]
    told = (
        f"Net benefit per 1,000 households by the chance from which a call is made, {period}; the risk score"
        f" gives {model[0][1]:.0f} at {thresholds[0]:.0%} and {model[-1][1]:.0f} at {thresholds[-1]:.0%}."
    )
    table = Table(
        caption=f"Net benefit per 1,000 households, {period}",
        header=("Call from a chance of", *lines_by_name),
        rows=tuple(
            (percent(threshold), *(f"{points[at][1]:,.1f}" for points in lines_by_name.values()))
            for at, threshold in enumerate(thresholds)
        ),
        words=0,
    )
    across = Axis(label="chance from which a call is made", low=0, high=max(thresholds), write=_percent)
    up = axis("net benefit per 1,000", values, lambda value: f"{value:,.0f}", from_zero=True)
    return Figure(svg=line_chart("Decision curve", told, lines, across, up), table=table)


def shape_figures(parts: Sequence[Part]) -> list[Figure]:
    """What each feature adds to each outcome, step by step; features that add nothing are left out."""
    drawn = []
    for at in range(len(parts[0].steps)):
        steps = {part.outcome: part.steps[at] for part in parts}
        if any(len(set(step.values)) > 1 for step in steps.values()):
            drawn.append(_shape(steps))
    return drawn


def _shape(steps: Mapping[str, StepFunction]) -> Figure:
    first = next(iter(steps.values()))
    cuts = sorted({cut for step in steps.values() for cut in step.cuts})
    last = (cuts[-1] if cuts else 1.0) * 1.15
    lines = [
        Line(name=outcome.replace("_", " "), points=_stairs(step, last)) for outcome, step in steps.items()
    ]
    values = [two for line in lines for _, two in line.points]
    spread = ", ".join(
        f"{name.replace('_', ' ')} {max(s.values) - min(s.values):.2f}" for name, s in steps.items()
    )
    told = f"What {first.feature} adds to the raw score by its value; from lowest to highest step: {spread}."
    across = axis(
        f"{first.feature} ({'£' if first.unit == 'pence' else first.unit})", [0.0, last], _writer(first)
    )
    up = axis("log-odds added", values, lambda value: f"{value:+.1f}", from_zero=True)
    lows = [None, *cuts]
    rows = [
        (_step_words(first, low), *(f"{_height(step, low):+.3f}" for step in steps.values())) for low in lows
    ]
    rows.append(("not known", *(f"{step.missing:+.3f}" for step in steps.values())))
    table = Table(
        caption=f"{first.feature}: {CATALOGUE[first.fact].meaning} ({first.direction} the score)",
        header=("From", *(name.replace("_", " ") for name in steps)),
        rows=tuple(rows),
    )
    return Figure(svg=line_chart(f"What {first.feature} adds", told, lines, across, up), table=table)


def _height(step: StepFunction, low: float | None) -> float:
    if low is None:
        return step.values[0]
    return step.values[sum(cut <= low for cut in step.cuts)]


def _stairs(step: StepFunction, last: float) -> tuple[tuple[float, float], ...]:
    corners = [(0.0, step.values[0])]
    for cut, before, after in zip(step.cuts, step.values, step.values[1:], strict=False):
        corners += [(cut, before), (cut, after)]
    return (*corners, (last, step.values[-1]))


def _step_words(step: StepFunction, low: float | None) -> str:
    if low is None:
        return "below"
    return _writer(step)(low) if step.unit == "pence" else f"{low:g} {step.unit}"


def _writer(step: StepFunction) -> Any:
    if step.unit == "pence" and CATALOGUE[step.fact].type is FactType.MONEY:
        return lambda pence: f"£{pence / 100:,.0f}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"
    return lambda value: f"{value:g}"


def _pairs(points: Points) -> tuple[tuple[float, float], ...]:
    return tuple((point[0], point[1]) for point in points)


def _percent(value: float) -> str:
    places = 0 if abs(value * 100 - round(value * 100)) < 1e-9 else 1
    return f"{value:.{places}%}"
