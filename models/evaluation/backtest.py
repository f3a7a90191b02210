"""How well the scorecard would have done on later periods that it never learned from, and against what.

Each block repeats a whole training night of the past, then looks at what came. Reported are the median and
the worst block, never the best. Households helped in the meantime are left out where the council keeps a
record of it (see `helped`); where it keeps none, help that worked counts against the model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from models.errors import NotEnoughHistory
from models.evaluation.blocks import CAPACITY_SHARE, SCORECARD, Block, measure_block
from models.evaluation.lead_time import LeadTime, lead_time
from models.fitting.challengers import BASELINE, UNCONSTRAINED
from models.fitting.fold import fit_fold
from models.histories.panel import Panel, Say
from models.histories.splits import rolling_origin

BLOCKS = 4
_AUC_MARGIN, _PRECISION_MARGIN = 0.01, 0.05
_HIGHER_IS_BETTER = ("auc", "average_precision", "precision_at_5pct", "recall_at_5pct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the blocks say together.

    Attributes:
        blocks: Oldest first; empty where the history is too short for one.
        medians: For each model, the median of each measure over the blocks.
        worst: For each model, the worst.
        lead: How long before the outcome the newest block's scorecard first flagged a household.
        verdict: The same in two sentences.
    """

    blocks: tuple[Block, ...]
    medians: Mapping[str, Mapping[str, float]]
    worst: Mapping[str, Mapping[str, float]]
    lead: LeadTime | None
    verdict: str

    def record(self) -> dict[str, Any]:
        """Give it as plain data for the model file."""
        return {
            "blocks": [block.record() for block in self.blocks],
            "median": {model: dict(measures) for model, measures in self.medians.items()},
            "worst": {model: dict(measures) for model, measures in self.worst.items()},
            "lead_time": None if self.lead is None else self.lead.record(),
            "verdict": self.verdict,
        }


def evaluate(
    panel: Panel,
    *,
    seed: int = 0,
    challengers: bool = False,
    say: Say = lambda _: None,
) -> Evaluation:
    """Train and measure on rolling blocks; one with too few outcomes to train on is left out.

    Args:
        panel: Features and outcomes of past dates.
        seed: For fits and redrawings.
        challengers: Also fit the rivals that cost a fit.
        say: Told of each block.
    """
    splits = rolling_origin(panel.dates, blocks=BLOCKS)
    blocks, lead = [], None
    for place, split in enumerate(splits, start=1):
        say(f"Measuring on what came after {split.validate:%d %B %Y} ({place} of {len(splits)})")
        try:
            fit = fit_fold(panel, split.fold, seed=seed)
            block = measure_block(panel, split, fit, seed=seed, challengers=challengers)
        except NotEnoughHistory:
            continue
        blocks.append(block)
        lead = lead_time(panel, split, fit, share=CAPACITY_SHARE)
    return _summary(tuple(blocks), lead)


def _summary(blocks: tuple[Block, ...], lead: LeadTime | None) -> Evaluation:
    gathered = _gathered(blocks)
    medians = {
        model: {name: round(median(values), 6) for name, values in measures.items()}
        for model, measures in gathered.items()
    }
    worst = {
        model: {name: _worst(name, values) for name, values in measures.items()}
        for model, measures in gathered.items()
    }
    return Evaluation(
        blocks=blocks, medians=medians, worst=worst, lead=lead, verdict=_verdict(blocks, medians, worst)
    )


def _gathered(blocks: Sequence[Block]) -> dict[str, dict[str, list[float]]]:
    gathered: dict[str, dict[str, list[float]]] = {}
    for block in blocks:
        for model, measures in block.measures.items():
            for name, value in measures.items():
                if value is not None:
                    gathered.setdefault(model, {}).setdefault(name, []).append(value)
    return gathered


def _worst(name: str, values: Sequence[float]) -> float:
    if name in _HIGHER_IS_BETTER or name.startswith("auc"):
        return min(values)
    return max(values, key=abs)


def _verdict(
    blocks: Sequence[Block],
    medians: Mapping[str, Mapping[str, float]],
    worst: Mapping[str, Mapping[str, float]],
) -> str:
    if not blocks:
        return "The history is too short to measure the scorecard on a later period: use its order with care."
    ours, plain = medians[SCORECARD], medians[BASELINE]
    text = (
        f"On {len(blocks)} later periods it had not learned from, the scorecard put a household with the"
        f" outcome above one without in {ours['auc']:.1%} of pairs (worst period"
        f" {worst[SCORECARD]['auc']:.1%}), and {ours['precision_at_5pct']:.0%} of the top 5% had it, against"
        f" {plain['precision_at_5pct']:.0%} by counting missed payments; shown chances were off by"
        f" {ours['calibration_error']:.1%} on average."
    )
    return f"{text} {_against_unconstrained(blocks)}".strip()


def _against_unconstrained(blocks: Sequence[Block]) -> str:
    newest = [block.measures for block in blocks[-2:] if UNCONSTRAINED in block.measures]
    if not newest:
        return ""
    better = any(
        all((one[UNCONSTRAINED][name] or 0) - (one[SCORECARD][name] or 0) > margin for one in newest)
        for name, margin in (("auc", _AUC_MARGIN), ("precision_at_5pct", _PRECISION_MARGIN))
    )
    if better:
        return (
            "A model without limits did clearly better on the newest periods: being additive has a price"
            f" here, and the model card must say so.{_named_pairs(blocks[-1])}"
        )
    return "A model without limits did not do clearly better, so being legible costs next to nothing here."


def _named_pairs(newest: Block) -> str:
    if not newest.pairs:
        return ""
    named = "; ".join(f"{one} with {other}" for one, other in newest.pairs)
    return f" What is missing lies most between pairs of features taken together: {named}."
