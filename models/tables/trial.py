"""The council model's pipeline on a table: learn, choose, calibrate, measure against rivals, audit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from models.evaluation.pairs import rank_pairs
from models.fitting.boosting import fit_trees, tree_scores
from models.fitting.challengers import fit_splines
from models.measures.curves import Points, calibration_points, gain_points
from models.measures.fairness import Fairness, audit_fairness
from models.measures.metrics import Floats, auc, bootstrap_interval
from models.scorecards.calibration import fit_sigmoid
from models.tables.boosting import Design, fit_scorecard, unfitted
from models.tables.choosing import Chosen, choose
from models.tables.mapping import TableMapping
from models.tables.measuring import measure
from models.tables.parting import Parting, part_rows
from models.tables.reading import TableData
from models.tables.scales import fit_scales
from models.tables.terms import TableScorecard

OURS, ADDITIVE, UNLIMITED, SPLINES, SINGLE = (
    "scorecard",
    "additive_alone",
    "unconstrained_boosting",
    "spline_regression",
    "best_single_column",
)
AUC_MARGIN, PRECISION_MARGIN = 0.01, 0.05
"""By how much a rival must do better on rows never seen before the report says so."""
_TOLD = 5
"""Pairs that the verdict names; the report names all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A table tried.

    Attributes:
        scorecard: The model.
        parting: Rows learned from and measured on.
        chosen: What rows held out said of pairs and rounds.
        measures: On the rows measured on, by model.
        interval: Range of our pairs in order in 19 of 20 redrawings.
        curves: `calibration`, `gain`, and `gain_unlimited`.
        fairness: The audit by each audited column; None without one.
        close_pairs: Pairs of columns with most between them, the strongest first, whether taken or not.
        raw: Our scores of the rows measured on.
        probabilities: Chances of the rows measured on.
        contributions: What each term adds on them.
        verdict: What was found, in words.
    """

    scorecard: TableScorecard
    parting: Parting
    chosen: Chosen
    measures: Mapping[str, Mapping[str, float]]
    interval: tuple[float, float]
    curves: Mapping[str, Points]
    fairness: Fairness | None
    close_pairs: tuple[tuple[str, str], ...]
    raw: Floats
    probabilities: Floats
    contributions: Floats
    verdict: str


def try_table(
    data: TableData, mapping: TableMapping, *, seed: int = 0, say: Callable[[str], None] = lambda _: None
) -> Trial:
    """Learn from a table and measure on rows never seen.

    Args:
        data: The table as mapped.
        mapping: What its columns are.
        seed: For the lot by which rows are parted and for the fits.
        say: Told of each step.

    Raises:
        NotEnoughHistory: If scores don't rise with the outcomes, so that they can't be calibrated.
        TableInvalid: If rows can't be parted.
    """
    parting = part_rows(data, seed=seed)
    chosen = choose(data, mapping, parting, seed=seed, say=say)
    say("Learning from all rows but those measured on")
    rivals, scorecard, close = _fits(data, mapping, parting, chosen, seed)
    say("Measuring on rows never seen")
    codes, labels = scorecard.codes(data)[parting.measure], data.labels[parting.measure]
    contributions = scorecard.contributions(codes)
    raw = scorecard.raw_scores(contributions)
    probabilities = scorecard.sigmoid.probabilities(raw)
    measures = {OURS: measure(raw, labels, probabilities)}
    measures |= {name: measure(scores, labels) for name, scores in rivals.items()}
    return Trial(
        scorecard=scorecard,
        parting=parting,
        chosen=chosen,
        measures=measures,
        interval=bootstrap_interval(auc, raw, labels, seed=seed),
        curves={
            "calibration": calibration_points(probabilities, labels),
            "gain": gain_points(raw, labels),
            "gain_unlimited": gain_points(rivals[UNLIMITED], labels),
        },
        fairness=_fairness(data, parting, raw, probabilities),
        close_pairs=close,
        raw=raw,
        probabilities=probabilities,
        contributions=contributions,
        verdict=_verdict(measures, scorecard, close),
    )


def _fits(
    data: TableData, mapping: TableMapping, parting: Parting, chosen: Chosen, seed: int
) -> tuple[dict[str, Floats], TableScorecard, tuple[tuple[str, str], ...]]:
    """Scores of the rivals on the rows measured on, our scorecard, and the pairs with most between them."""
    scales = fit_scales(data, mapping, parting.learn)
    codes = np.column_stack([scale.codes(data) for scale in scales])
    learn, held, labels = codes[parting.learn], codes[parting.measure], data.labels[parting.learn]
    additive, trees = fit_scorecard(
        Design(scales=scales), learn, labels, rounds=chosen.tried[0].rounds, seed=seed
    )
    ranked = rank_pairs(learn, labels, tree_scores(trees, learn), most=max(chosen.pairs, 5))
    scorecard = additive
    if chosen.pairs:
        plan, rounds = Design(scales=scales, pairs=ranked[: chosen.pairs]), chosen.tried[chosen.pairs].rounds
        scorecard, _ = fit_scorecard(plan, learn, labels, rounds=rounds, seed=seed)
    unlimited = unfitted(None, rounds=chosen.unlimited.rounds, seed=seed)
    fit_trees(unlimited, learn, labels)
    single = max(range(len(scales)), key=lambda at: np.ptp([*additive.steps[at].values]))
    rivals = {
        ADDITIVE: additive.raw_scores(additive.contributions(held)),
        UNLIMITED: tree_scores(unlimited, held),
        SPLINES: fit_splines(learn, labels, seed)(held),
        SINGLE: additive.contributions(held)[:, single],
    }
    sigmoid = fit_sigmoid(chosen.tried[chosen.pairs].raw, chosen.labels)
    names = [scale.column for scale in scales]
    close = tuple((names[one], names[other]) for one, other in ranked)
    return rivals, replace(scorecard, sigmoid=sigmoid), close


def _fairness(data: TableData, parting: Parting, raw: Floats, probabilities: Floats) -> Fairness | None:
    if not data.groups.width:
        return None
    audited = data.groups[parting.measure].with_columns(
        raw_score=pl.Series(raw),
        probability=pl.Series(probabilities),
        outcome=pl.Series(data.labels[parting.measure] > 0),
    )
    return audit_fairness(audited, data.groups.columns, capacity=max(1, round(len(raw) / 20)))


def _verdict(
    measures: Mapping[str, Mapping[str, float]],
    scorecard: TableScorecard,
    close: tuple[tuple[str, str], ...],
) -> str:
    ours, unlimited, additive = measures[OURS], measures[UNLIMITED], measures[ADDITIVE]
    words = [
        (
            "On rows never seen the scorecard put a row with the outcome above one without in"
            f" {ours['auc']:.1%} of pairs, boosting without limits in {unlimited['auc']:.1%}; of the top 5%"
            f" {ours['precision_at_5pct']:.0%} had the outcome, by boosting without limits"
            f" {unlimited['precision_at_5pct']:.0%}. Shown chances were off by"
            f" {ours['calibration_error']:.1%} on average."
        )
    ]
    if scorecard.pairs:
        names = scorecard.terms[len(scorecard.steps) :]
        more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
        named = "; ".join(names[:_TOLD]) + more
        words.append(
            f"Adding columns one by one was not enough on rows held out ({additive['auc']:.1%} of"
            f" pairs here), so {len(scorecard.pairs)} named pairs have a grid of their own: {named}."
        )
    better = [
        name
        for name, margin in (("auc", AUC_MARGIN), ("precision_at_5pct", PRECISION_MARGIN))
        if unlimited[name] - ours[name] > margin
    ]
    if better:
        named = "; ".join(f"{one} with {other}" for one, other in close[len(scorecard.pairs) :][:_TOLD])
        words.append(
            "Boosting without limits did clearly better: being legible has a price here."
            + (f" What is left lies most between {named}." if named else "")
        )
    else:
        words.append(
            "Boosting without limits did not do clearly better: being legible costs next to nothing."
        )
    return " ".join(words)
