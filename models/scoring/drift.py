"""Can tonight's scores be trusted? The night's population against the one that the model learned from.

Three verdicts. Trustworthy: use the score. Watch: use it, and have an analyst look. Not trustworthy: the
rules run alone until the cause is found or a model is trained anew. Changes of single features are told for
information; they decide nothing, since seasons move them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import polars as pl

from models.histories.cohort import scored_households
from models.measures.metrics import Floats
from models.scorecards.reference import (
    Reference,
    feature_histograms,
    histogram,
    mean_amounts,
    missing_by_source,
    stability_index,
)
from models.scorecards.scorecard import Scorecard
from models.scoring.score import feature_values
from smart_record.facts.declarations import CATALOGUE

WATCH_PSI, MOST_PSI = 0.10, 0.25
"""Distance of the scores at which to watch, and at which not to trust them."""
WATCH_RATIO, MOST_RATIO = 1.25, 1.6
"""How many times higher or lower than at training the mean chance may stand."""
WATCH_AMOUNT, MOST_AMOUNT = 1.4, 1.8
"""How many times the largest monthly average at training an amount may reach, on average."""
WATCH_MISSING, MOST_MISSING = 0.05, 0.15
"""How much larger the share of households not known to a source may be."""
LEAST_AMOUNT = 500.0
"""Pence: a smaller monthly average is taken as this much, so that pennies alarm nobody."""
TOLD_FEATURES = 5


class Verdict(StrEnum):
    """Whether the score may be used."""

    TRUSTWORTHY = "trustworthy"
    WATCH = "watch"
    NOT_TRUSTWORTHY = "not trustworthy"


_ORDER = (Verdict.TRUSTWORTHY, Verdict.WATCH, Verdict.NOT_TRUSTWORTHY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The night's scores against the model's reference.

    Attributes:
        verdict: The gravest of all checks.
        reasons: In plain English, one for each check that is not plainly passed, gravest first.
        score_psi: Distance of the raw scores; None where it can't be measured.
        mean_probability: Mean chance shown tonight; None where nobody is scored.
        expected_probability: The same at training; None where the model holds no reference.
        missing: By declared extract, share of scored households for which none of its features is known.
        feature_psi: By feature, its distance, largest first; for information.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    score_psi: float | None = None
    mean_probability: float | None = None
    expected_probability: float | None = None
    missing: Mapping[str, float]
    feature_psi: Mapping[str, float]

    @property
    def may_be_used(self) -> bool:
        """Whether the score may order help tonight."""
        return self.verdict is not Verdict.NOT_TRUSTWORTHY

    def record(self) -> dict[str, Any]:
        """Give it as plain data for the night's summary: shares and distances, nothing about a household."""
        told = dict(list(self.feature_psi.items())[:TOLD_FEATURES])
        return {
            "verdict": self.verdict.value,
            "reasons": list(self.reasons),
            "score_psi": self.score_psi,
            "mean_probability": self.mean_probability,
            "expected_probability": self.expected_probability,
            "missing": dict(self.missing),
            "feature_psi": told,
        }


_Finding = tuple[Verdict, str]


def failed_check(reason: str) -> Drift:
    """Say that the score can't be used because a check of it failed."""
    return Drift(verdict=Verdict.NOT_TRUSTWORTHY, reasons=(reason,), missing={}, feature_psi={})


def check_drift(
    scorecard: Scorecard,
    facts: pl.DataFrame,
    risk: pl.DataFrame,
    *,
    as_of: date,
    brought: Collection[str],
) -> Drift:
    """Compare a night with the model's reference.

    Args:
        scorecard: The model.
        facts: One row per household_id, as of `as_of`.
        risk: What `score` gave for them.
        as_of: The night's date.
        brought: The declared extracts that the night brought.

    Raises:
        FeatureMismatch: If the facts lack one that the model reads.
        LeakageFound: If a fact looks past `as_of`.
    """
    raw, chances = (risk.get_column(name).to_numpy() for name in ("raw_score", "probability"))
    broken = _broken(raw, chances)
    if broken:
        return failed_check(broken)
    reference = scorecard.reference
    if reference is None:
        reason = (
            "this model was trained by an earlier version, which kept no record of its population, so its"
            " scores can't be checked: train again with `triage model train`"
        )
        return Drift(verdict=Verdict.WATCH, reasons=(reason,), missing={}, feature_psi={})
    values = feature_values(scorecard, scored_households(facts), as_of)
    missing = missing_by_source(values, scorecard.features)
    psi = stability_index(reference.score, histogram(raw, reference.score.cuts))
    found = (
        *_sources(reference, missing, brought),
        *_score(reference, psi),
        *_level(reference, float(chances.mean())),
        *_amounts(reference, mean_amounts(values, scorecard.features)),
    )
    gravest = sorted(found, key=lambda one: -_ORDER.index(one[0]))
    return Drift(
        verdict=gravest[0][0] if gravest else Verdict.TRUSTWORTHY,
        reasons=tuple(reason for _, reason in gravest),
        score_psi=round(psi, 6),
        mean_probability=round(float(chances.mean()), 6),
        expected_probability=reference.mean_probability,
        missing=missing,
        feature_psi=_feature_distances(scorecard, reference, values),
    )


def _broken(raw: Floats, chances: Floats) -> str:
    """Why the scores can't be scores at all; empty where they can."""
    if not len(raw):
        return "no household has a current account or tenancy, so nobody could be scored"
    if not (np.isfinite(raw).all() and np.isfinite(chances).all()):
        return "some scores are not numbers"
    if chances.min() < 0 or chances.max() > 1:
        return "some chances lie outside 0 to 1"
    return ""


def _sources(reference: Reference, missing: Mapping[str, float], brought: Collection[str]) -> list[_Finding]:
    """Extracts that the model learned from and tonight lacks, whole or in part."""
    found = []
    for extract, usual in reference.sources.items():
        words, now = extract.replace("_", " "), missing.get(extract, 1.0)
        if usual == 1:
            continue
        if extract not in brought:
            found.append((Verdict.NOT_TRUSTWORTHY, f"{words} was not brought, and the model learned from it"))
        elif now - usual >= WATCH_MISSING:
            grave = now - usual >= MOST_MISSING
            verdict = Verdict.NOT_TRUSTWORTHY if grave else Verdict.WATCH
            found.append(
                (
                    verdict,
                    f"{words} says nothing of {now:.0%} of the scored households; {usual:.0%} at training",
                )
            )
    return found


def _score(reference: Reference, psi: float) -> list[_Finding]:
    """Scores that stand elsewhere than at training, beyond what months differ by."""
    if psi < max(WATCH_PSI, reference.usual_score_psi):
        return []
    verdict = Verdict.NOT_TRUSTWORTHY if psi >= max(MOST_PSI, reference.usual_score_psi) else Verdict.WATCH
    reason = (
        f"the scores lie otherwise than when the model learned: distance {psi:.2f}, where"
        f" {reference.usual_score_psi:.2f} was the most in a month then and {MOST_PSI} is too much"
    )
    return [(verdict, reason)]


def _level(reference: Reference, mean: float) -> list[_Finding]:
    """A mean chance that the months at training never came near."""
    low, high = reference.usual_mean_probability
    ratio = max(mean / high if high else np.inf, low / mean if mean else np.inf)
    if ratio < WATCH_RATIO:
        return []
    side = "higher" if mean > high else "lower"
    reason = (
        f"the mean chance is {mean:.1%}, {side} than the {low:.1%} to {high:.1%} of the months at training:"
        " either debts have changed that much, or the data are not what they were"
    )
    return [(Verdict.NOT_TRUSTWORTHY if ratio >= MOST_RATIO else Verdict.WATCH, reason)]


def _amounts(reference: Reference, means: Mapping[str, float]) -> list[_Finding]:
    """Debts far above any month at training, as when a file is counted twice or pence are read as pounds."""
    found = []
    for name in sorted(set(means) & set(reference.amounts)):
        usual, now = max(reference.amounts[name], LEAST_AMOUNT), means[name]
        if now >= WATCH_AMOUNT * usual:
            verdict = Verdict.NOT_TRUSTWORTHY if now >= MOST_AMOUNT * usual else Verdict.WATCH
            reason = (
                f"{CATALOGUE[name].meaning}: {_pounds(now)} per household on average, where"
                f" {_pounds(reference.amounts[name])} was the most in a month at training"
            )
            found.append((verdict, reason))
    return found


def _pounds(pence: float) -> str:
    return f"£{pence / 100:,.2f}"


def _feature_distances(scorecard: Scorecard, reference: Reference, values: Floats) -> dict[str, float]:
    distances = {
        name: round(stability_index(reference.features[name], now), 6)
        for name, now in feature_histograms(values, scorecard.features).items()
    }
    return dict(sorted(distances.items(), key=lambda one: (-one[1], one[0])))
