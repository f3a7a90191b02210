"""A risk score taken apart, the check of a night and the kept models, in words for a terminal."""

from collections.abc import Iterator

from models.scorecards.registry import Version
from models.scoring.drift import Drift
from models.scoring.explanation import Explanation, OutcomeScore

_LEAST = 0.005
"""Log-odds below which a line would only show +0.00."""
_MOST_CHANGES = 4


def explanation_lines(explained: Explanation) -> Iterator[str]:
    """One household's score in words with every figure."""
    yield (
        f"Household {explained.household_id} as of {explained.as_of:%-d %B %Y}, model {explained.model}:"
        f" about {explained.probability:.1%}, band {_words(explained.band)} (raw score"
        f" {explained.raw_score:+.4f})."
    )
    for outcome in explained.outcomes:
        yield ""
        yield from _outcome(outcome)
    yield ""
    yield from _changes(explained)
    yield "The score puts offers of help in order. It never raises recovery action. A person decides."


def _outcome(outcome: OutcomeScore) -> Iterator[str]:
    yield f"{_words(outcome.outcome).capitalize()}: about {outcome.probability:.1%}"
    yield f"  {outcome.baseline:+8.4f}  the average household at training"
    shown = [one for one in outcome.contributions if abs(one.added) >= _LEAST]
    for one in shown:
        yield f"  {one.added:+8.4f}  {one.wording} [{one.feature}]"
    rest = [one.added for one in outcome.contributions if abs(one.added) < _LEAST]
    yield f"  {sum(rest):+8.4f}  {len(rest)} more that hardly matter"
    yield f"  {outcome.raw_score:+8.4f}  the raw score: all of these added up"


def _changes(explained: Explanation) -> Iterator[str]:
    if explained.band == "low":
        yield "It is in the lowest band already."
        return
    if not explained.changes:
        yield "No single change of one fact would lower its band: several things come together."
        return
    yield "It would fall to a lower band if, all else equal:"
    for change in explained.changes[:_MOST_CHANGES]:
        yield f"  {change.wording} (band {_words(change.band)}, about {change.probability:.1%})"


def drift_lines(drift: Drift) -> Iterator[str]:
    """The check of a night in words."""
    yield f"The scores of the last night: {drift.verdict}."
    for reason in drift.reasons:
        yield f"  {reason[0].upper()}{reason[1:]}."
    if drift.score_psi is not None and drift.mean_probability is not None:
        yield (
            f"Distance of the scores from training {drift.score_psi:.3f} (0.25 is too much); mean chance"
            f" {drift.mean_probability:.1%}, {drift.expected_probability or 0:.1%} at training."
        )
        moved = ", ".join(f"{name} {psi:.2f}" for name, psi in list(drift.feature_psi.items())[:5])
        yield f"Features that moved most, for information: {moved}."


def version_lines(kept: tuple[Version, ...]) -> Iterator[str]:
    """The kept models, one a line."""
    for version in kept:
        mark = "in use" if version.in_use else "challenger" if version.challenges else "kept"
        if version.scorecard is None:
            yield f"{version.name}  {mark}, can't be used: {version.fault}"
            continue
        training = version.scorecard.training
        newest = training["evaluation"]["median"].get("scorecard", {})
        found = f", {newest['auc']:.1%} of pairs in order" if "auc" in newest else ""
        yield (
            f"{version.name}  {mark}: learned from {len(training['learned_from'])} dates,"
            f" calibrated on {training['calibrated_on']}{found}"
        )
    if not kept:
        yield "No model yet. Train one with: triage model train"


def _words(name: str) -> str:
    return name.replace("_", " ")
