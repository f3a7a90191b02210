"""Weights learned from one council's own rows, without labels.

What agreement in names, birth, number and middle name is worth is learned: m from the pairs that the matching
holds for one person and how sure it is (expectation maximisation, from the weights in use), u from pairs of
rows drawn at random, and at one address from pairs of two people there. What was seen a few times moves a
weight a little. Weights of place, dates and awards stay: they follow from how records are made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import polars as pl

from smart_record.linkage.pairs.candidates import candidate_pairs
from smart_record.linkage.pairs.comparisons import compare
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.pairs.weights import LEVELS
from smart_record.linkage.people.residents import Asked, weighed_pairs
from smart_record.linkage.rows.comparable import Comparable
from smart_record.linkage.rows.verdicts import no_verdicts, settled_persons

_FIELDS = {
    "forename": "forename",
    "surname": "surname",
    "surname_at_home": "surname",
    "date_of_birth": "dob",
    "national_insurance_number": "nino",
    "middle_name": "middle",
}
"""Comparisons whose levels are learned, and where `comparisons.compare` has them; of equal names the rarity
counts, which is never stored."""

_AT_HOME = "surname_at_home"
_FOR = ("equal", "alias", "slip", "initial", "same_year", "agrees")
"""Levels that are learned. What speaks against one person is not: vetoes have taken out the pairs that it
would be learned from, so it would only confirm itself, more at each round."""

_ROUNDS = 4
_DRAWN = 200_000
_SEED = 20_261_122
_BELIEF = 30.0
"""Pairs that must show a level before its learned weight counts as much as the old one."""

_MOST = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What one council's rows say about weights.

    Attributes:
        weights: The weights to use.
        levels: One row per learned level: comparison, level, before, after (bits), m, u (0 to 1), pairs
            (of one person, as expected, that show the level).
    """

    weights: Weights
    levels: pl.DataFrame


def learn_weights(extracts: Mapping[str, pl.DataFrame], *, as_of: date, start: Weights) -> Learned:
    """Learn weights from one night's rows.

    Args:
        extracts: Accepted rows by declared extract name.
        as_of: The night's date.
        start: The weights to start from, which unseen levels keep.
    """
    rows = Comparable.of(extracts, as_of=as_of)
    adults, records = rows.adults, rows.records
    strangers = _drawn_strangers(adults)
    asked = Asked(pairs=candidate_pairs(adults), settled=settled_persons(no_verdicts(), adults))
    weights, levels = start, pl.DataFrame()
    for _ in range(_ROUNDS):
        pairs = weighed_pairs(adults, records, asked, weights)
        found = pairs.filter((pl.col("posterior") > 0) & ~pl.col("conflict"))
        levels = _levels(pairs, strangers.join(found, on=["left", "right"], how="anti"), start)
        weights = _with(start, levels, f"learned from the rows of {as_of.isoformat()}")
    return Learned(weights=weights, levels=levels)


def _drawn_strangers(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows drawn at random, compared: two strangers each, but for a handful."""
    draw = np.random.default_rng(_SEED)
    left, right = np.sort(draw.integers(0, max(adults.height, 1), (2, _DRAWN)), axis=0)
    pairs = pl.DataFrame({"left": left, "right": right}).cast(pl.UInt32).unique().sort("left", "right")
    return compare(pairs.filter(pl.col("left") < pl.col("right")), adults)


def _levels(pairs: pl.DataFrame, strangers: pl.DataFrame, start: Weights) -> pl.DataFrame:
    """What each learned level is worth, by these pairs."""
    chance = pl.when("conflict").then(0.0).otherwise(1 / (1 + 2 ** -pl.col("posterior").clip(-60, 60)))
    sure = pairs.with_columns(one=chance, home=pl.col("place").fill_null(0) == 4)
    table = []
    together = pl.col("home") | pl.col("contact")
    for comparison, field in _FIELDS.items():
        known = pl.col(field).is_not_null()
        if comparison == "middle_name":
            known &= pl.col(field) != 0  # nought is "not known" there
        where = {"surname": ~together, _AT_HOME: together}.get(comparison, pl.lit(value=True))
        seen = sure.filter(known & where)
        one = _counts(seen, field, pl.col("one"))
        two = _counts(strangers.filter(known), field, pl.lit(1.0))
        if comparison == _AT_HOME:
            two = _counts(seen, field, 1 - pl.col("one"))
        table += _rows(comparison, one, two, start)
    columns = ["comparison", "level", "before", "after", "m", "u", "pairs"]
    return pl.DataFrame(table, schema=columns, orient="row")


def _counts(pairs: pl.DataFrame, field: str, weight: pl.Expr) -> dict[int, float]:
    """Expected pairs at each level; summed in one order, so that two runs agree to the last digit."""
    ordered = pairs.select(level=pl.col(field).cast(pl.Int64), weight=weight).sort("level", "weight")
    return dict(ordered.group_by("level", maintain_order=True).agg(pl.col("weight").sum()).iter_rows())


def _rows(
    comparison: str, one: dict[int, float], two: dict[int, float], start: Weights
) -> list[tuple[object, ...]]:
    bits = start.of(comparison)
    all_one, all_two = sum(one.values()), sum(two.values())
    rows: list[tuple[object, ...]] = []
    for code, level in LEVELS[comparison].items():
        if level not in _FOR or level not in bits:
            continue
        seen, met = one.get(int(code), 0.0), two.get(int(code), 0.0)
        m, u = (seen + 0.5) / (all_one + 1), (met + 0.5) / (all_two + 1)
        learned = float(np.clip(np.log2(m / u), -_MOST, _MOST))
        trust = min(seen + met, all_one) / (min(seen + met, all_one) + _BELIEF)
        after = round(trust * learned + (1 - trust) * bits[level], 2)
        rows.append((comparison, level, bits[level], after, m, u, round(seen, 1)))
    return rows


def _with(start: Weights, levels: pl.DataFrame, origin: str) -> Weights:
    bits = {comparison: dict(of) for comparison, of in start.bits.items()}
    for comparison, level, after in levels.select("comparison", "level", "after").iter_rows():
        bits[comparison][level] = after
    frozen = {comparison: MappingProxyType(of) for comparison, of in bits.items()}
    return Weights(origin, MappingProxyType(frozen))
