"""Which rows are one adult: links weighed, seen again in the light of the household, joined best first."""

from dataclasses import dataclass

import polars as pl

from smart_record.linkage.context.business import households_so_far, matching_business
from smart_record.linkage.context.companions import companion_pairs, housemate_pairs, in_context, with_support
from smart_record.linkage.context.counterparts import at_two_places, could_lack_each_other, lacking_each_other
from smart_record.linkage.context.known_at_two_homes import forgiving_two_homes
from smart_record.linkage.context.known_by_two import forgiving_second_names
from smart_record.linkage.context.left_over import alone_at_home, with_those_left_over
from smart_record.linkage.graph.clusters import pairs_within
from smart_record.linkage.graph.joining import Joined, accepted
from smart_record.linkage.graph.packed_pairs import among, once_each, packed_ends, unpacked
from smart_record.linkage.names.name_comparison import Names
from smart_record.linkage.pairs.comparisons import compare, compare_alike
from smart_record.linkage.pairs.conflicts import conflict, homes_only, names_only, typed_only
from smart_record.linkage.pairs.contradictions import without_contradictions
from smart_record.linkage.pairs.evidence import CONFIRMED, STRONG, SURE, evidence
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.pairs.weights import with_weights
from smart_record.linkage.people.held_links import best_links, held_by, told_links
from smart_record.linkage.rows.second_names import TELLING
from smart_record.linkage.rows.verdicts import Settled

_WORTH_A_LOOK = -1.5
"""Posterior bits from which an officer may settle what the rows can't."""

_SAME_BIRTH, _AT_HOME = 3, 4
"""Levels of `comparisons.compare`."""

_WEIGHED_ALREADY = (
    "senior_and_junior",
    "forename_share",
    "surname_share",
    "award_share",
    "moved_share",
    "at_property",
    "shared",
)
"""Columns that weights and conflicts have taken in by then; for millions of pairs they fill the memory."""

_OF_ROWS = ("person", "record", "source", "dob", "starts", *TELLING)
"""Of each row what its household is seen by."""

_ROUNDS = 2
"""One round finds partners of matched couples; the next, what those in turn make clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be settled.

    Attributes:
        pairs: Rows that share a key, but for those that `contradictions` plainly keep apart.
        settled: What officers decided, by person number.
    """

    pairs: pl.DataFrame
    settled: Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Adults resolved.

    Attributes:
        resident: The resident of each adult row, by person number: the smallest person number of it.
        links: The best link that holds each row in its resident: person, match_weight, evidence, strength.
        surely, certainly: By person number, the part of the resident that links sure enough for contact, and
            links confirmed by birth or number, hold together: the smallest person number of it.
        possible: Pairs that may be one person and were not joined: left, right, match_weight, posterior,
            evidence.
        near: Pairs that are one person, or may be: left, right, sorted.
    """

    resident: pl.Series
    links: pl.DataFrame
    surely: pl.Series
    certainly: pl.Series
    possible: pl.DataFrame
    near: pl.DataFrame


def resolve_residents(
    adults: pl.DataFrame, records: pl.DataFrame, asked: Asked, weights: Weights | None = None
) -> Residents:
    """Find which adult rows are one person.

    Args:
        adults: Adult person rows in order of their number, with their record's columns and `traits`.
        records: `record_rows`.
        asked: The pairs to compare and what officers decided.
        weights: The bits of each level; the shipped ones if left out.
    """
    scales = _Scales.of(adults, weights)
    alone = _seen_alone(scales, asked)
    weighed, people = _seen_in_households(alone, scales, records)
    told = told_links(accepted(weighed), adults, people.resident)
    return Residents(
        resident=people.resident,
        links=best_links(told),
        surely=held_by(told, adults.height, STRONG),
        certainly=held_by(told, adults.height, CONFIRMED),
        possible=_possible(weighed, people.resident),
        near=_near(alone, records),
    )


def weighed_pairs(
    adults: pl.DataFrame, records: pl.DataFrame, asked: Asked, weights: Weights | None = None
) -> pl.DataFrame:
    """Every pair that the matching weighed, as it was seen last.

    Args:
        adults: As `resolve_residents`.
        records: `record_rows`.
        asked: The pairs to compare and what officers decided.
        weights: The bits of each level; the shipped ones if left out.

    Returns:
        One row per pair: the columns of `weights.with_weights` but for what is common and what the households
        weigh, with posterior in the light of the household,
        conflict (whether the two can't be one person), names_only, typed_only and homes_only (whether nothing
        but their names; but names, births and numbers; but two homes says so), left_over (whether elimination
        says that they are one) and officer (whether an officer decided).
    """
    scales = _Scales.of(adults, weights)
    return _seen_in_households(_seen_alone(scales, asked), scales, records)[0]


def may_be_one(
    adults: pl.DataFrame, records: pl.DataFrame, asked: Asked, weights: Weights | None = None
) -> pl.DataFrame:
    """The pairs asked for that may be one person, whatever their households may turn out to be.

    Returns:
        left < right (person numbers), sorted.
    """
    return _near(_seen_alone(_Scales.of(adults, weights), asked), records)


def _near(alone: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Pairs worth a look, or that would be if their records lacked all that they can lack."""
    worth_a_look = (pl.col("posterior") >= _WORTH_A_LOOK) & ~pl.col("conflict")
    lacking = could_lack_each_other(at_two_places(alone), records)
    ends = [one.select(pl.col("left", "right").filter(worth_a_look)) for one in (alone, lacking)]
    return unpacked(once_each(packed_ends(pl.concat(ends))))


@dataclass(frozen=True, slots=True)
class _Scales:
    """What pairs are weighed with: the rows, their names, and the bits of each level."""

    adults: pl.DataFrame
    names: Names
    weights: Weights | None

    @classmethod
    def of(cls, adults: pl.DataFrame, weights: Weights | None) -> "_Scales":
        return cls(adults, Names.of(adults), weights)

    def alike(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Those of the pairs weighed whose forenames or numbers may be one person's."""
        return self._weighed(compare_alike(pairs, self.adults, self.names))

    def each(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Each of the pairs weighed."""
        return self._weighed(compare(pairs, self.adults, self.names))

    def _weighed(self, compared: pl.DataFrame) -> pl.DataFrame:
        weighed = with_weights(compared, self.adults, self.weights)
        judged = weighed.with_columns(
            conflict=conflict(),
            names_only=names_only(),
            typed_only=typed_only(),
            homes_only=homes_only(),
            officer=pl.lit(value=False),
            left_over=pl.lit(value=False),
        )
        return judged.drop(_WEIGHED_ALREADY)


def _seen_alone(scales: _Scales, asked: Asked) -> pl.DataFrame:
    """The candidates and their companions, weighed by the rows and by the other pairs of their records."""
    first = scales.alike(asked.pairs)
    companions = without_contradictions(companion_pairs(first, scales.adults), scales.adults)
    supported = with_support(pl.concat([first, scales.alike(companions)]))
    return _over(_decided(asked.settled, scales), supported)


def _seen_in_households(
    alone: pl.DataFrame, scales: _Scales, records: pl.DataFrame
) -> tuple[pl.DataFrame, Joined]:
    """The pairs as the households that come out show them, with those of people who are then met; joined."""
    decided, elsewhere, adults = alone.filter("officer"), at_two_places(alone), scales.adults
    people = Joined.grouped(alone, adults["record"])
    weighed = _with_strangers(alone, people.members(), scales)
    people = people.joined(_forgiving(weighed))
    alone = alone_at_home(adults, records)
    for _ in range(_ROUNDS):
        rows = adults.select(*_OF_ROWS, resident=people.resident)
        household = households_so_far(rows, records.height)
        business = matching_business(rows, records, household).select("left", "right")
        matched = pl.concat([business.unique(maintain_order=True), alone])
        met = in_context(scales.each(housemate_pairs(rows, matched)))
        met = with_those_left_over(met, weighed, rows, alone)
        again = pl.concat([met, lacking_each_other(elsewhere, records, household)])
        weighed = _over(decided, _likeliest(weighed, again))
        people, changed = people.grouped_again(again)
        weighed = _with_strangers(weighed, people.members(changed), scales)
        people = people.joined(_forgiving(weighed), changed)
    return weighed, people


def _with_strangers(weighed: pl.DataFrame, grouped: pl.DataFrame, scales: _Scales) -> pl.DataFrame:
    """The pairs, with those of these groups that only others join: what is against it must be known.

    No link of its own joins two strangers, however alike they are.
    """
    strangers = pairs_within(grouped)
    apart = scales.each(strangers.filter(~among(strangers, weighed)))
    return pl.concat([weighed, apart.with_columns(posterior=pl.lit(float("-inf")))])


def _forgiving(weighed: pl.DataFrame) -> pl.DataFrame:
    """The pairs without the conflicts that other rows explain."""
    return forgiving_two_homes(forgiving_second_names(weighed))


def _decided(settled: Settled, scales: _Scales) -> pl.DataFrame:
    """The pairs that an officer settled, weighed as any other and then overruled."""
    same, apart = scales.each(settled.same), scales.each(settled.apart)
    same = same.with_columns(posterior=pl.lit(float("inf")), conflict=pl.lit(value=False))
    apart = apart.with_columns(posterior=pl.lit(float("-inf")), conflict=pl.lit(value=True))
    return pl.concat([same, apart]).with_columns(officer=pl.lit(value=True))


def _over(decided: pl.DataFrame, weighed: pl.DataFrame) -> pl.DataFrame:
    """The weighed pairs, each that an officer settled as it was settled."""
    if decided.is_empty():
        return weighed
    return pl.concat([weighed.filter(~among(weighed, decided)), decided])


def _likeliest(weighed: pl.DataFrame, again: pl.DataFrame) -> pl.DataFrame:
    """Each pair once, as it was seen when it was likeliest; few are seen again."""
    pair, seen_twice = ["left", "right"], among(weighed, again)
    both = pl.concat([weighed.filter(seen_twice), again])
    ordered = both.sort(*pair, "conflict", "posterior", descending=[False, False, False, True])
    best = ordered.unique(pair, keep="first", maintain_order=True)
    return pl.concat([weighed.filter(~seen_twice), best])


def _possible(weighed: pl.DataFrame, resident: pl.Series) -> pl.DataFrame:
    """Pairs left apart that an officer could settle: no contradiction, not far below what is accepted.

    And two forenames of one birth, home and surname: twins, or one who goes by either.
    """
    near = (pl.col("posterior") >= _WORTH_A_LOOK) & ~pl.col("conflict")
    of_one_birth = (pl.col("dob") == _SAME_BIRTH) & (pl.col("place") == _AT_HOME) & pl.col("names_only")
    twins_or_one = of_one_birth.fill_null(value=False) & (pl.col("posterior") >= SURE) & ~pl.col("officer")
    asked = weighed.filter(near | twins_or_one)
    apart = asked.filter(resident.gather(asked["left"]) != resident.gather(asked["right"]))
    return apart.sort("posterior", "left", "right", descending=[True, False, False]).select(
        "left", "right", "match_weight", "posterior", evidence=evidence()
    )
