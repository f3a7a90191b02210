"""The evaluation report: how good the model is, for whom, and what it is worth to a team."""

from collections.abc import Mapping
from typing import Any

from models.measures.fairness import MEASURES, TOO_FEW, Fairness
from triage.papers.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
    estimate,
    percent,
)
from triage.papers.figures import benefit_figure, calibration_figure, gain_figure, shape_figures
from triage.risk.model_evaluation import Labelled, ModelEvaluation

_MODELS = {
    "scorecard": "this scorecard",
    "missed_payments": "counting missed payments",
    "unconstrained_boosting": "boosting without limits",
    "spline_regression": "regression on splines",
}
_COLUMNS = ("auc", "precision_at_5pct", "recall_at_5pct", "calibration_error")


def evaluation_report(found: ModelEvaluation) -> Document:
    """Write the report of one evaluation."""
    labelled = found.labelled
    return Document(
        title=f"Risk model {found.scorecard.model_id}: evaluation, {found.council}",
        blocks=(
            Paragraph(
                text=f"As of {found.as_of:%-d %B %Y}. The model says how likely a new liability order or"
                " rent court step is in six months. It puts offers of help in order and never raises recovery"
                " action."
            ),
            *later_periods(found.scorecard.training["evaluation"]),
            *(_on_labels(labelled) if labelled else _period_figures(found)),
            *(fairness_blocks(labelled.fairness) if labelled else _no_labels()),
            Heading(text="What each feature adds"),
            Paragraph(
                text="The score is a baseline plus one step function per feature, so these figures are the"
                " whole model, not a view of it. Log-odds of +0.7 double the odds."
            ),
            *shape_figures(found.scorecard.parts),
        ),
    )


def later_periods(record: Mapping[str, Any]) -> list[Block]:
    """How the model's kind did on later periods that it had not learned from, against its rivals."""
    blocks: list[Block] = [
        Heading(text="On later periods it had not learned from"),
        Paragraph(text=record["verdict"]),
    ]
    if not record["blocks"]:
        return blocks
    rows = tuple(
        (
            block["validate"],
            _MODELS.get(model, model),
            f"{block['households']:,}",
            f"{block['outcomes']:,}",
            *(percent(measures.get(name)) for name in _COLUMNS),
        )
        for block in record["blocks"]
        for model, measures in block["measures"].items()
    )
    header = ("Scored from", "Ranked by", "Households", "Outcomes", "Pairs in order", "Precision at 5%")
    caption = "Each period repeats a whole training night of the past, then looks at what came"
    table = Table(caption=caption, header=(*header, "Recall at 5%", "Calibration error"), rows=rows, words=2)
    lead = record["lead_time"]
    told = (
        ""
        if lead is None or lead["median_days"] is None
        else (
            f"Lead time: of {lead['outcomes']:,} households with an outcome in the newest period,"
            f" {lead['flagged']:,} had stood in the top 5% before it, half of them"
            f" {lead['median_days']} days or more ahead."
        )
    )
    return [*blocks, table, *([Paragraph(text=told)] if told else [])]


def _period_figures(found: ModelEvaluation) -> list[Block]:
    """Figures of the newest period of the training record, where no labels were given."""
    blocks = found.scorecard.training["evaluation"]["blocks"]
    curves = blocks[-1].get("curves") if blocks else None
    if not curves:
        return []
    period = f"period from {blocks[-1]['validate']}"
    others = {_MODELS["missed_payments"]: curves["gain_missed_payments"]}
    return [
        Heading(text="The newest of these periods, drawn"),
        calibration_figure(curves["calibration"], period),
        gain_figure(curves["gain"], others, period),
        benefit_figure({"risk score": curves["benefit"]}, period),
    ]


def _no_labels() -> list[Block]:
    text = "No labels were given (--labels), so fairness by group was not measured in this report."
    return [Heading(text="Fairness"), Paragraph(text=text)]


def _on_labels(labelled: Labelled) -> list[Block]:
    alone = ", ".join(
        f"{name.replace('_', ' ')} {percent(value)}" for name, value in labelled.auc_alone.items()
    )
    summary = Bullets(
        items=(
            (
                f"{labelled.households:,} scored households are in the labels ({labelled.unmatched:,} are"
                f" not); {labelled.outcomes:,} had an outcome."
            ),
            f"Pairs in order (AUC): {estimate(labelled.auc)}; against each outcome alone: {alone}.",
            f"Precision at the top 5%: {estimate(labelled.precision)}.",
            (
                f"Calibration error {percent(labelled.calibration_error, 2)}; shown less observed"
                f" {labelled.calibration_in_the_large:+.2%}."
            ),
        )
    )
    lists = Table(
        caption="Lists of one week's places of each team, if filled from all scored households",
        header=(
            "List",
            "Places",
            "Precision",
            "Recall",
            "Precision, rules alone",
            "Recall, rules alone",
            "Gain",
        ),
        rows=tuple(
            (
                one.title,
                f"{one.places:,}",
                estimate(one.precision, 0),
                estimate(one.recall, 0),
                percent(one.rules_precision, 0),
                percent(one.rules_recall, 0),
                f"{one.gain:+.1f}",
            )
            for one in labelled.lists
        ),
    )
    return [
        Heading(text="On labels of what came after the last night"),
        summary,
        *_against_rivals(labelled),
        calibration_figure(labelled.calibration, "on the labels"),
        gain_figure(
            labelled.gain["risk score"], {"rules alone": labelled.gain["rules alone"]}, "on the labels"
        ),
        benefit_figure(labelled.benefit, "on the labels"),
        lists,
        Paragraph(
            text="The rules alone rank by their most urgent suggestion, then by the number of suggestions."
            " Gain: how many more households with an outcome the list holds than one by the rules alone."
        ),
    ]


def _against_rivals(labelled: Labelled) -> list[Block]:
    if not labelled.rivals:
        return []
    ours = labelled.auc.value or 0.0, labelled.precision.value or 0.0
    rows = tuple(
        (
            _MODELS[name],
            percent(one.auc, 2),
            f"{100 * (ours[0] - one.auc):+.2f}",
            percent(one.precision, 2),
            f"{100 * (ours[1] - one.precision):+.2f}",
        )
        for name, one in labelled.rivals.items()
    )
    caption = "Other kinds of model, learned from the same dates; the scorecard less each, in points"
    header = ("Ranked by", "Pairs in order", "Scorecard less it", "Precision at 5%", "Scorecard less it")
    return [Table(caption=caption, header=header, rows=rows)]


def fairness_blocks(fairness: Fairness) -> list[Block]:
    """The audit by group: what it found in words, then every figure."""
    rows = tuple(
        (
            group.attribute.replace("_", " ") or "all",
            group.name.replace("_", " "),
            "under 10" if group.households is None else f"{group.households:,}",
            "under 10" if group.outcomes is None else f"{group.outcomes:,}",
            *(
                (TOO_FEW, *[""] * (len(MEASURES) - 1))
                if group.too_few
                else (estimate(group.estimates[name]) for name in MEASURES)
            ),
        )
        for group in (fairness.everyone, *fairness.groups)
    )
    header = ("By", "Group", "Households", "Outcomes", *(title.capitalize() for title in MEASURES.values()))
    caption = f"The {fairness.capacity:,} highest-scored households, by group (range of 19 in 20)"
    return [
        Heading(text="Fairness"),
        Bullets(items=fairness.findings),
        Paragraph(
            text="Groups serve this audit alone; none is a feature. That one group is listed more often is no"
            " fault where its need is greater: compare how many of those in need are found, how many are"
            " listed in vain, and whether shown chances are true."
        ),
        Table(caption=caption, header=header, rows=rows, words=2),
    ]
