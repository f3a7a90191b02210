"""A challenger beside the model in use: scored each night and compared, and never the cause of anything.

Its scores are kept with the night and go nowhere else: no suggestion, order or queue reads them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from models import ModelError, Scorecard, score
from triage.risk.night import NO_RISK, NightRisk

TOP = 0.05
"""Share of the scored households whose lists are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightChallenger:
    """What the challenger said.

    Attributes:
        model: The challenger; None where the council runs none.
        frame: Its scores, as the risk export's frame.
        fault: Why it gave none; "" where it did.
    """

    model: Scorecard | None = None
    frame: pl.DataFrame
    fault: str = ""


NO_CHALLENGER = NightChallenger(frame=NO_RISK)


def score_challenger(
    model: Scorecard | None, facts: pl.DataFrame, *, as_of: date, brought: Collection[str]
) -> NightChallenger:
    """Score the night with the challenger; a fault of it is told and stops nothing."""
    if model is None:
        return NO_CHALLENGER
    try:
        return NightChallenger(model=model, frame=score(model, facts, as_of=as_of, brought=brought))
    except ModelError as fault:
        return NightChallenger(model=model, frame=NO_RISK, fault=str(fault))


def compare(champion: NightRisk, challenger: NightChallenger) -> dict[str, Any] | None:
    """Say how far the challenger's night lies from the champion's; None where there is no challenger.

    Returns:
        Counts and shares, nothing about a household: model, households, same_band (share), same_top (share of
        the champion's top 5% that the challenger's holds too), order (rank correlation), mean chances; or
        model and fault.
    """
    if challenger.model is None:
        return None
    told: dict[str, Any] = {"model": challenger.model.content_hash}
    if challenger.fault or champion.frame.is_empty():
        return told | {"fault": challenger.fault or "the model in use gave no scores to compare with"}
    both = champion.frame.select("household_id", "raw_score", "probability", "band").join(
        challenger.frame.select(
            "household_id",
            other_raw="raw_score",
            other_probability="probability",
            other_band="band",
        ),
        on="household_id",
    )
    ranks = both.select(
        ours=pl.col("raw_score").rank("average", descending=True),
        theirs=pl.col("other_raw").rank("average", descending=True),
    )
    top = max(1, round(both.height * TOP))
    listed = ranks.filter(pl.col("ours") <= top)
    order = ranks.select(pl.corr("ours", "theirs")).item()
    return told | {
        "households": both.height,
        "same_band": _share(both.select(pl.col("band") == pl.col("other_band")).to_series()),
        "same_top": _share(listed.select(pl.col("theirs") <= top).to_series()),
        "order": None if order is None else round(float(order), 4),
        "mean_probability": _share(both["probability"]),
        "challenger_mean_probability": _share(both["other_probability"]),
    }


def _share(agreed: pl.Series) -> float | None:
    mean = agreed.mean()
    return None if not isinstance(mean, float) else round(mean, 6)
