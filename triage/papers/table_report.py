"""The report of a table tried by a mapping: how good the scorecard is, against what, and what it says."""

from collections.abc import Mapping

from models.measures.fairness import Estimate
from models.tables import TableData, TableMapping, Trial
from models.tables.mapping import Kind
from models.tables.scales import Scale
from models.tables.terms import TableScorecard
from triage.papers.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    estimate,
    percent,
)
from triage.papers.drawing import Line, axis, line_chart
from triage.papers.evaluation_report import fairness_blocks
from triage.papers.figures import calibration_figure, gain_figure

_MODELS = {
    "scorecard": "this scorecard",
    "additive_alone": "column by column alone",
    "unconstrained_boosting": "boosting without limits",
    "spline_regression": "regression on splines",
    "best_single_column": "the best single column",
}
_COLUMNS = {
    "auc": "Pairs in order",
    "average_precision": "Average precision",
    "precision_at_5pct": "Precision at 5%",
    "recall_at_5pct": "Recall at 5%",
    "calibration_error": "Calibration error",
    "calibration_in_the_large": "Shown less observed",
}
_DRAWN, _GRIDS = 12, 6
_WIDEST = 12
"""Steps of a grid each way that a page has room for."""


def table_report(data: TableData, mapping: TableMapping, trial: Trial) -> Document:
    """Write the report of one trial."""
    return Document(
        title=f"{mapping.title}: a risk scorecard tried",
        blocks=(
            *_opening(data, mapping, trial),
            *_against_rivals(trial),
            calibration_figure(trial.curves["calibration"], "on rows never seen"),
            gain_figure(
                trial.curves["gain"],
                {"boosting without limits": trial.curves["gain_unlimited"]},
                "on rows never seen",
            ),
            *_pairs(trial),
            *(fairness_blocks(trial.fairness) if trial.fairness else _no_audit()),
            *_what_adds(mapping, trial.scorecard),
        ),
    )


def _opening(data: TableData, mapping: TableMapping, trial: Trial) -> tuple[Block, ...]:
    learn, held = trial.parting.learn, trial.parting.measure
    parted = (
        f"by {mapping.order_by}: older rows were learned from and the newest measured on"
        if mapping.order_by
        else "by lot, as the table has no order in time: on later rows the figures would be lower"
    )
    items = [
        f"Outcome: {mapping.meaning} ({mapping.target} {' or '.join(mapping.positive)}).",
        (
            f"{len(learn):,} rows learned from ({percent(float(data.labels[learn].mean()))} with the"
            f" outcome), {len(held):,} measured on ({percent(float(data.labels[held].mean()))}); parted"
            f" {parted}."
        ),
        f"{len(mapping.features)} columns are features; {len(mapping.audited)} serve the audit alone.",
    ]
    if data.left_out:
        items.append(f"{data.left_out:,} rows whose outcome is not known were left out.")
    too_good = [name for name, value in trial.measures.items() if value["auc"] > 0.99]
    if too_good:
        items.append(
            "Nearly every pair is in order: check that no column was filled in after the outcome was known."
        )
    return (Paragraph(text=trial.verdict), Bullets(items=tuple(items)))


def _against_rivals(trial: Trial) -> tuple[Block, ...]:
    rows = tuple(
        (
            _MODELS[model],
            *(
                percent(measures.get(name), 2 if name in ("auc", "calibration_error") else 1)
                for name in _COLUMNS
            ),
        )
        for model, measures in trial.measures.items()
    )
    low, high = trial.interval
    ours = Estimate(value=trial.measures["scorecard"]["auc"], low=low, high=high)
    return (
        Heading(text="On rows never seen"),
        Table(caption="The scorecard and its rivals", header=("Ranked by", *_COLUMNS.values()), rows=rows),
        Paragraph(text=f"Pairs in order by this scorecard, with the range of 19 in 20: {estimate(ours)}."),
    )


def _pairs(trial: Trial) -> tuple[Block, ...]:
    chosen = trial.chosen
    rows = [
        (
            "column by column" if count == 0 else f"{count} named pairs",
            percent(one.auc, 2),
            percent(one.precision),
        )
        for count, one in sorted(chosen.tried.items())
    ]
    rows.append(
        ("boosting without limits", percent(chosen.unlimited.auc, 2), percent(chosen.unlimited.precision))
    )
    taken = len(trial.scorecard.pairs)
    named = tuple(f"{one} with {other}" for one, other in trial.close_pairs[: max(taken, 5)])
    told = (
        f"{taken} pairs were taken, since they bring the scorecard back to boosting without limits:"
        if taken
        else "None was taken, since adding column by column was as good. Those with most between them are:"
    )
    return (
        Heading(text="Does it need columns taken together?"),
        Table(
            caption="Decided on rows held out from the fit, not on those measured on above",
            header=("Model", "Pairs in order", "Precision at 5%"),
            rows=tuple(rows),
        ),
        Paragraph(text=told),
        Bullets(items=named),
    )


def _no_audit() -> tuple[Block, ...]:
    text = "The mapping marks no column `use: audit`, so fairness by group was not measured."
    return (Heading(text="Fairness"), Paragraph(text=text))


def _what_adds(mapping: TableMapping, card: TableScorecard) -> list[Block]:
    spans = {at: _span(step.values, step.missing) for at, step in enumerate(card.steps)}
    strongest = sorted(spans, key=lambda at: (-spans[at], at))[:_DRAWN]
    blocks: list[Block] = [
        Heading(text="What each column adds"),
        Paragraph(
            text="The score is a baseline plus these steps, so they are the whole model, not a view of it."
            f" Log-odds of +0.7 double the odds. The {len(strongest)} strongest are shown; the rest are in"
            " scorecard.json."
        ),
    ]
    blocks += [_shape(mapping, card, at) for at in strongest]
    small = [
        at
        for at, pair in enumerate(card.pairs)
        if max(len(pair.first_starts), len(pair.second_starts)) <= _WIDEST
    ]
    blocks += [_grid(card, at) for at in small[:_GRIDS]]
    return blocks


def _span(values: tuple[float, ...], missing: float) -> float:
    return max(*values, missing) - min(*values, missing)


def _shape(mapping: TableMapping, card: TableScorecard, at: int) -> Block:
    scale, step, column = card.scales[at], card.steps[at], mapping.features[at]
    rows = [(words, f"{value:+.3f}") for words, value in _merged(scale, step.values, column.labels)]
    table = Table(
        caption=f"{column.words}{f' ({column.unit})' if column.unit else ''}: {column.direction.value}",
        header=("From", "Adds"),
        rows=(*rows, ("not known", f"{step.missing:+.3f}")),
    )
    if scale.kind is not Kind.NUMBER or len(rows) < 3:
        return table
    low, high = scale.cuts[0], scale.cuts[-1]
    edge = (high - low) * 0.05 or 1.0
    corners = [(low - edge, step.values[0])]
    for cut, before, after in zip(scale.cuts, step.values, step.values[1:], strict=False):
        corners += [(cut, before), (cut, after)]
    corners.append((high + edge, step.values[-1]))
    across = axis(column.words, [low - edge, high + edge], lambda value: f"{value:,.10g}")
    up = axis("log-odds added", list(step.values), lambda value: f"{value:+.1f}", from_zero=True)
    span = _span(step.values, step.missing)
    told = f"What {column.words} adds to the raw score; from lowest to highest {span:.2f}."
    chart = line_chart(
        f"What {column.words} adds", told, [Line(name=column.words, points=tuple(corners))], across, up
    )
    return Figure(svg=chart, table=table)


def _merged(scale: Scale, values: tuple[float, ...], labels: Mapping[str, str]) -> list[tuple[str, float]]:
    """Steps in words, neighbours of equal height as one."""
    rows: list[tuple[str, float]] = []
    for at, value in enumerate(values):
        if scale.kind is not Kind.CATEGORY and rows and rows[-1][1] == value:
            continue
        rows.append((_step_words(scale, at, labels), value))
    return rows


def _step_words(scale: Scale, at: int, labels: Mapping[str, str]) -> str:
    if scale.kind is Kind.YES_NO:
        return ("no", "yes")[at]
    if scale.kind is Kind.NUMBER:
        return "below" if at == 0 else f"{scale.cuts[at - 1]:,.10g}"
    named = [labels.get(value, value) for value in scale.levels[at][:4]]
    more = len(scale.levels[at]) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _grid(card: TableScorecard, at: int) -> Table:
    pair = card.pairs[at]
    first, second = card.scales[pair.first], card.scales[pair.second]
    across = [*(_step_words(second, start, {}) for start in pair.second_starts), "not known"]
    down = [*(_step_words(first, start, {}) for start in pair.first_starts), "not known"]
    return Table(
        caption=f"{first.column} (down) with {second.column} (across): added beyond each alone",
        header=(first.column, *across),
        rows=tuple(
            (words, *(f"{value:+.2f}" for value in row)) for words, row in zip(down, pair.values, strict=True)
        ),
    )
