"""Which single change in a household's facts would lower its band.

One fact is changed at a time, with everything that the scorecard reads from it; other facts stay, although in
life some would follow (who pays the arrears has also paid lately). The answer says what the score hangs on,
and what to check first if a fact is doubted; it promises nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from models.histories.features import Direction, Encoding, Feature
from models.measures.metrics import Floats
from models.scorecards.parts import join_parts
from models.scorecards.scorecard import LOW, Scorecard
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import column_of
from smart_record.facts.terms.wording import FactValue, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact changed just so far that the household falls into a lower band.

    Attributes:
        fact: Catalogue name.
        value: The fact's value after the change.
        wording: The change in plain English, with the figure that it starts from.
        steps: Steps of the scorecard between the two values: fewer is nearer.
        probability: Chance of any outcome after it.
        band: Band after it.
    """

    fact: str
    value: FactValue
    wording: str
    steps: int
    probability: float
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """One value of one fact: how many steps away, in words, and the features' values under it."""

    steps: int
    value: FactValue
    wording: str
    values: tuple[tuple[int, float], ...]


def lowering_changes(
    scorecard: Scorecard, facts: pl.DataFrame, values: Floats, *, as_of: date, silent: frozenset[str]
) -> tuple[Change, ...]:
    """Find for each known fact the nearest value that would lower the band.

    Args:
        scorecard: The model.
        facts: One household's row.
        values: Its features, one row, as `encode_features` orders them; NaN is not known.
        as_of: The date of the facts.
        silent: Features whose source was not brought.

    Returns:
        At most one change for each fact, nearest first; empty where none alone lowers the band.
    """
    now = _rank(scorecard, join_parts(scorecard.parts, values, silent).raw)[0]
    changes = []
    for fact in dict.fromkeys(feature.fact for feature in scorecard.features):
        tries = _tries(scorecard.features, fact, facts, values[0], as_of)
        if not tries:
            continue
        tried = np.repeat(values, len(tries), axis=0)
        for row, one in enumerate(tries):
            for place, value in one.values:
                tried[row, place] = value
        joined = join_parts(scorecard.parts, tried, silent)
        ranks = _rank(scorecard, joined.raw)
        lower = [at for at in range(len(tries)) if ranks[at] > now]
        if lower:
            at = min(lower, key=lambda place: (tries[place].steps, -ranks[place]))
            changes.append(
                Change(
                    fact=fact,
                    value=tries[at].value,
                    wording=tries[at].wording,
                    steps=tries[at].steps,
                    probability=float(joined.probabilities[at]),
                    band=_band_names(scorecard)[ranks[at]],
                )
            )
    return tuple(sorted(changes, key=lambda change: (change.steps, change.probability, change.fact)))


def _band_names(scorecard: Scorecard) -> list[str]:
    return [*(band.name for band in scorecard.bands), LOW]


def _rank(scorecard: Scorecard, raw: Floats) -> list[int]:
    """Place of each score's band, the highest band first."""
    return [
        next((at for at, band in enumerate(scorecard.bands) if one >= band.at_least), len(scorecard.bands))
        for one in raw
    ]


def _tries(
    features: Sequence[Feature], fact: str, facts: pl.DataFrame, values: Floats, as_of: date
) -> list[_Try]:
    """Every other value of a known fact that could help; none of an unknown one."""
    places = [at for at, feature in enumerate(features) if feature.fact == fact]
    held = facts.get_column(column_of(fact)).item()
    if held is None:
        return []
    first = features[places[0]]
    if first.encoding is Encoding.SEVERITY:
        return _other_choices([(at, features[at]) for at in places], held)
    return _other_numbers(places[0], first, values[places[0]], held, as_of)


def _other_choices(read: Sequence[tuple[int, Feature]], held: str) -> list[_Try]:
    fact = CATALOGUE[read[0][1].fact]
    now = fact.choices.index(held)
    return [
        _Try(
            steps=now - step,
            value=choice,
            wording=f"{fact.meaning} were {describe(fact, choice)}, not {describe(fact, held)}",
            values=tuple((at, feature.levels[choice]) for at, feature in read),
        )
        for step, choice in enumerate(fact.choices)
        if step < now
    ]


def _other_numbers(place: int, feature: Feature, number: float, held: FactValue, as_of: date) -> list[_Try]:
    """Whole values on the better side of each cut between the value and the best one."""
    fact = CATALOGUE[feature.fact]
    if feature.direction is Direction.LOWERS:
        beyond = [int(np.ceil(cut)) for cut in feature.cuts if cut > number]
    else:
        beyond = [int(np.ceil(cut)) - 1 for cut in reversed(feature.cuts) if cut <= number]
    tries = []
    for steps, reached in enumerate(beyond, start=1):
        value: FactValue = reached
        limit = " or more" if feature.direction is Direction.LOWERS else " or less"
        if feature.encoding is Encoding.DAYS_BEFORE:
            value, limit = as_of - timedelta(days=reached), " or later"
        words = f"{describe(fact, value)}{limit if reached else ''}"
        tries.append(
            _Try(
                steps=steps,
                value=value,
                wording=f"{fact.meaning} were {words}, not {describe(fact, held)}",
                values=((place, float(reached)),),
            )
        )
    return tries
