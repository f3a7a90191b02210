"""Which rows are one adult: links weighed, seen again in the light of the household, joined best first."""

from dataclasses import dataclass

import polars as pl

from smart_record.linkage.business import matching_business
from smart_record.linkage.candidates import candidate_pairs
from smart_record.linkage.clusters import clusters, groups, pairs_within
from smart_record.linkage.comparisons import compare
from smart_record.linkage.context import housemate_pairs, in_context, with_support
from smart_record.linkage.evidence import evidence, strength
from smart_record.linkage.weights import with_weights

_ACCEPTED = 1.5
"""Posterior bits from which two rows are held to be one person: about three to one for each link alone, and
what contradicts is refused afterwards."""

_WORTH_A_LOOK = -1.5
"""Posterior bits from which an officer may settle what the rows can't."""

_UNLIKE = -4.0
"""Bits of name, birth and number together from which two rows of one household are two people."""

_ROUNDS = 2
"""One round finds partners of matched couples; the next, what those in turn make clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Adults resolved.

    Attributes:
        resident: The resident of each adult row, by person number: the smallest person number of it.
        links: The best link that holds each row in its resident: person, match_weight, evidence, strength.
        possible: Pairs that may be one person and were not joined: left, right, match_weight, evidence.
    """

    resident: pl.Series
    links: pl.DataFrame
    possible: pl.DataFrame


def resolve_residents(adults: pl.DataFrame, records: pl.DataFrame) -> Residents:
    """Find which adult rows are one person.

    Args:
        adults: Adult person rows in order of their number, with their record's columns and `traits`.
        records: `record_rows`.
    """
    weighed = with_support(_weighed(candidate_pairs(adults), adults))
    for _ in range(_ROUNDS):
        rows = adults.select("person", "record", resident=_joined(weighed, adults["record"]))
        housemates = housemate_pairs(rows, matching_business(rows, records))
        strangers = pairs_within(groups(_accepted(weighed), adults.height))
        strangers = strangers.join(weighed, on=["left", "right"], how="anti")
        strangers = strangers.join(housemates, on=["left", "right"], how="anti")
        apart = _weighed(strangers, adults).with_columns(posterior=pl.lit(float("-inf")))
        weighed = _likeliest([weighed, in_context(_weighed(housemates, adults)), apart])
    resident = _joined(weighed, adults["record"])
    return Residents(
        resident=resident, links=_best_links(weighed, resident), possible=_possible(weighed, resident)
    )


def _weighed(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    weighed = with_weights(compare(pairs, adults), adults)
    return weighed.with_columns(conflict=_conflict())


def _conflict() -> pl.Expr:
    """Whether two rows can't be one person, whatever else speaks for it.

    One equal National Insurance number or date of birth forgives most slips, but not twins: two forenames.
    """
    one_number = pl.col("nino").fill_null(0) == 2
    one_birth = pl.col("dob").fill_null(0) == 3
    identified = one_number | one_birth
    births = (pl.col("dob") == 0) & ~one_number
    numbers = (pl.col("nino") == 0) & ~one_birth
    two_homes = (pl.col("elsewhere") == 3) & ~identified
    unlike = (pl.col("own") + pl.col("surname_at_home") <= _UNLIKE) & ~identified
    two_forenames = (pl.col("forename") == 0) & ~(one_number & (pl.col("sex") == 0))
    conflicts = [births, numbers, two_homes, unlike, two_forenames]
    return pl.any_horizontal(conflict.fill_null(value=False) for conflict in conflicts)


def _accepted(weighed: pl.DataFrame) -> pl.DataFrame:
    return weighed.filter((pl.col("posterior") >= _ACCEPTED) & ~pl.col("conflict"))


def _joined(weighed: pl.DataFrame, records: pl.Series) -> pl.Series:
    return clusters(_accepted(weighed), records, weighed.filter("conflict"))


def _likeliest(seen: list[pl.DataFrame]) -> pl.DataFrame:
    """Each pair once, as it was seen when it was likeliest."""
    ordered = pl.concat(seen).sort("left", "right", "posterior", descending=[False, False, True])
    return ordered.unique(["left", "right"], keep="first", maintain_order=True)


def _best_links(weighed: pl.DataFrame, resident: pl.Series) -> pl.DataFrame:
    """The strongest link that holds each row: person, match_weight, evidence, strength."""
    accepted = _accepted(weighed)
    inside = accepted.filter(resident.gather(accepted["left"]) == resident.gather(accepted["right"]))
    told = inside.select("left", "right", "match_weight", evidence=evidence(), strength=strength())
    turned = told.select(
        left="right", right="left", match_weight="match_weight", evidence="evidence", strength="strength"
    )
    both = pl.concat([told, turned]).rename({"left": "person", "right": "other"})
    order = ["person", "strength", "match_weight", "other"]
    best = both.sort(order, descending=[False, True, True, False])
    return best.unique("person", keep="first", maintain_order=True).drop("other")


def _possible(weighed: pl.DataFrame, resident: pl.Series) -> pl.DataFrame:
    """Pairs left apart that an officer could settle: no contradiction, not far below what is accepted."""
    near = weighed.filter((pl.col("posterior") >= _WORTH_A_LOOK) & ~pl.col("conflict"))
    apart = near.filter(resident.gather(near["left"]) != resident.gather(near["right"]))
    return apart.sort("posterior", "left", "right", descending=[True, False, False]).select(
        "left", "right", "match_weight", evidence=evidence()
    )
