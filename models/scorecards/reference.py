"""What the population looked like while the model learned: what each later night is compared with.

Taken from the newest twelve months that the model learned from or was calibrated on, so that a whole year of
seasons counts as usual. Only shares and averages are kept: nothing of it is about a household.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.errors import ScorecardInvalid
from models.histories.features import Feature
from models.histories.panel import Panel
from models.measures.metrics import Floats
from models.scorecards.parts import Part, join_parts

MONTHS = 12
CHANCES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Where the score is cut, as chances: below half a percent lie most households, whose scores differ by the
day of the month and mean the same."""
SCORE_CUTS = tuple(float(np.log(chance / (1 - chance))) for chance in CHANCES)
AMOUNTS = ("council_tax.arrears", "rent.arrears")
"""Debts of current accounts; those of closed ones only grow as the history lengthens."""
_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Shares of the households between cuts.

    Attributes:
        cuts: Rising; a value at a cut belongs above it.
        shares: Below the first cut, between each two, above the last; of those known, adding up to 1.
        missing: Share of all households for which the value is not known.
    """

    cuts: tuple[float, ...]
    shares: tuple[float, ...]
    missing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The population at training.

    Attributes:
        first: Oldest month end counted, as YYYY-MM-DD.
        last: Newest.
        households: Mean number of households scored on one of them.
        mean_probability: Mean chance of any outcome that the model showed.
        outcome_share: Share of the households that had any outcome in the six months after.
        usual_score_psi: Largest distance of one month's scores from those of all months together.
        usual_mean_probability: Lowest and highest mean chance of one month.
        score: Raw scores.
        features: By feature name, its values, cut where the feature is.
        sources: By declared extract, the share of households for which none of its features is known.
        amounts: By feature of `AMOUNTS`, the most that a household owed on average in one month, in pence.
    """

    first: str
    last: str
    households: int
    mean_probability: float
    outcome_share: float
    usual_score_psi: float
    usual_mean_probability: tuple[float, float]
    score: Histogram
    features: Mapping[str, Histogram]
    sources: Mapping[str, float]
    amounts: Mapping[str, float]

    def record(self) -> dict[str, Any]:
        """Give it as plain data for the model file."""
        return {
            "first": self.first,
            "last": self.last,
            "households": self.households,
            "mean_probability": self.mean_probability,
            "outcome_share": self.outcome_share,
            "usual_score_psi": self.usual_score_psi,
            "usual_mean_probability": list(self.usual_mean_probability),
            "score": _histogram_record(self.score),
            "features": {name: _histogram_record(held) for name, held in self.features.items()},
            "sources": dict(self.sources),
            "amounts": dict(self.amounts),
        }


def build_reference(panel: Panel, parts: Sequence[Part], outcome: str) -> Reference:
    """Describe the newest year of a panel as a model sees it.

    Args:
        panel: The dates that the model learned from and was calibrated on.
        parts: The model.
        outcome: The label whose share is recorded.
    """
    dates = panel.dates[-MONTHS:]
    year = panel.on(dates)
    values = year.values()
    joined = join_parts(parts, values)
    score = histogram(joined.raw, SCORE_CUTS)
    of_month = [(year.rows.get_column("as_of") == day).to_numpy() for day in dates]
    means = [_rounded(joined.probabilities[month].mean()) for month in of_month]
    distances = [stability_index(score, histogram(joined.raw[month], SCORE_CUTS)) for month in of_month]
    return Reference(
        first=dates[0].isoformat(),
        last=dates[-1].isoformat(),
        households=len(values) // len(dates),
        mean_probability=_rounded(joined.probabilities.mean()),
        outcome_share=_rounded(year.labels(outcome).mean()),
        usual_score_psi=_rounded(max(distances)),
        usual_mean_probability=(min(means), max(means)),
        score=score,
        features=feature_histograms(values, panel.features),
        sources=missing_by_source(values, panel.features),
        amounts=_largest([mean_amounts(values[month], panel.features) for month in of_month]),
    )


def histogram(values: Floats, cuts: Sequence[float]) -> Histogram:
    """Count values between cuts; NaN is not known."""
    known = values[~np.isnan(values)]
    counts = np.bincount(np.searchsorted(cuts, known, side="right"), minlength=len(cuts) + 1)
    return Histogram(
        cuts=tuple(cuts),
        shares=tuple(_rounded(count / max(len(known), 1)) for count in counts),
        missing=_rounded(1 - len(known) / max(len(values), 1)),
    )


def feature_histograms(values: Floats, features: Sequence[Feature]) -> dict[str, Histogram]:
    """Count each feature's values between its own cuts."""
    return {feature.name: histogram(values[:, at], feature.cuts) for at, feature in enumerate(features)}


def missing_by_source(values: Floats, features: Sequence[Feature]) -> dict[str, float]:
    """Say for each extract for what share of the households none of its features is known."""
    extracts = sorted({name for feature in features for name in feature.sources})
    unknown = np.isnan(values)
    missing = {}
    for extract in extracts:
        places = [at for at, feature in enumerate(features) if extract in feature.sources]
        missing[extract] = _rounded(unknown[:, places].all(axis=1).mean()) if len(values) else 1.0
    return missing


def mean_amounts(values: Floats, features: Sequence[Feature]) -> dict[str, float]:
    """Say what households owe on average on current accounts, in pence, over those of whom it is known."""
    known = np.isnan(values).sum(axis=0) < len(values)
    return {
        feature.name: _rounded(np.nanmean(values[:, at]))
        for at, feature in enumerate(features)
        if feature.name in AMOUNTS and known[at]
    }


def _largest(months: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = sorted({name for month in months for name in month})
    return {name: max(month[name] for month in months if name in month) for name in names}


def stability_index(expected: Histogram, found: Histogram) -> float:
    """Population stability index of two histograms with the same cuts: 0 is equal; not known is a bin too.

    Source: Siddiqi 2006; by custom below 0.1 is stable, above 0.25 another population.

    >>> same = Histogram(cuts=(1.0,), shares=(0.5, 0.5), missing=0.0)
    >>> stability_index(same, same)
    0.0
    """
    least = 1e-4
    before, now = (
        np.clip([*(share * (1 - one.missing) for share in one.shares), one.missing], least, None)
        for one in (expected, found)
    )
    return float(((now - before) * np.log(now / before)).sum())


def parse_reference(entry: Mapping[str, Any]) -> Reference:
    """Read a reference from a model file's training record.

    Raises:
        ScorecardInvalid: If shares are not shares, or do not fit their cuts.
    """
    low, high = entry["usual_mean_probability"]
    reference = Reference(
        first=str(entry["first"]),
        last=str(entry["last"]),
        households=int(entry["households"]),
        mean_probability=float(entry["mean_probability"]),
        outcome_share=float(entry["outcome_share"]),
        usual_score_psi=float(entry["usual_score_psi"]),
        usual_mean_probability=(float(low), float(high)),
        score=_parsed_histogram(entry["score"]),
        features={str(name): _parsed_histogram(held) for name, held in entry["features"].items()},
        sources={str(name): float(share) for name, share in entry["sources"].items()},
        amounts={str(name): float(pence) for name, pence in entry["amounts"].items()},
    )
    shares = [reference.mean_probability, reference.outcome_share, *reference.sources.values(), low, high]
    if not all(0 <= share <= 1 for share in shares) or reference.usual_score_psi < 0:
        raise ScorecardInvalid("The model file's reference holds a share outside 0 to 1. Train again.")
    return reference


def _parsed_histogram(entry: Mapping[str, Any]) -> Histogram:
    cuts, shares = (tuple(float(number) for number in entry[name]) for name in ("cuts", "shares"))
    held = Histogram(cuts=cuts, shares=shares, missing=float(entry["missing"]))
    sound = (
        list(cuts) == sorted(set(cuts))
        and len(shares) == len(cuts) + 1
        and all(0 <= share <= 1 for share in (*shares, held.missing))
    )
    if not sound:
        raise ScorecardInvalid("The model file's reference holds a histogram that can't be. Train again.")
    return held


def _histogram_record(held: Histogram) -> dict[str, Any]:
    return {"cuts": list(held.cuts), "shares": list(held.shares), "missing": held.missing}


def _rounded(value: Any) -> float:
    return round(float(value), _DECIMALS) + 0.0
