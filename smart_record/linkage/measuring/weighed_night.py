"""A night's pairs as the matching weighed them: for the evaluation, which asks what else could have been."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.linkage.graph.clusters import pairs_within
from smart_record.linkage.graph.joining import ACCEPTED, joined
from smart_record.linkage.pairs.candidates import candidate_pairs
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.people.residents import Asked, weighed_pairs
from smart_record.linkage.rows.comparable import Comparable
from smart_record.linkage.rows.verdicts import no_verdicts, settled_persons

_ROW = ("source", "record_ref", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedNight:
    """The adult rows of a night and every pair that was weighed.

    Attributes:
        rows: source, record_ref, role, record, in order of their number.
        pairs: left < right (row numbers), match_weight, posterior, conflict, officer.
    """

    rows: pl.DataFrame
    pairs: pl.DataFrame

    def residents(self, least: float = ACCEPTED) -> pl.Series:
        """The resident of each row if pairs of `least` posterior bits or more were joined."""
        return joined(self.pairs, self.rows["record"], least=least)

    def told(self) -> pl.DataFrame:
        """Every pair that was weighed or joined through others, sorted.

        Returns:
            source, record_ref, role, other_source, other_record_ref, other_role, match_weight and posterior
            (null where the two were joined through others and never weighed), conflict, officer, joined.
        """
        resident = self.residents()
        number = pl.arange(len(resident), dtype=pl.UInt32, eager=True)
        together = pairs_within(pl.DataFrame({"person": number, "group": resident}))
        pairs = self.pairs.join(together, on=["left", "right"], how="full", coalesce=True)
        one = self.rows.select(_ROW)[pairs["left"]]
        other = self.rows.select(pl.col(_ROW).name.prefix("other_"))[pairs["right"]]
        held = pairs.select(
            "match_weight",
            "posterior",
            pl.col("conflict", "officer").fill_null(value=False),
            joined=resident.gather(pairs["left"]) == resident.gather(pairs["right"]),
        )
        return pl.concat([one, other, held], how="horizontal").sort(pl.nth(range(6)))


def weigh_night(
    extracts: Mapping[str, pl.DataFrame],
    *,
    as_of: date,
    verdicts: pl.DataFrame | None = None,
    weights: Weights | None = None,
) -> WeighedNight:
    """Weigh a night's pairs again, as `match` does.

    Args:
        extracts: The night's accepted rows by declared extract name.
        as_of: The night's date.
        verdicts: What the night took officers to have decided.
        weights: What the night weighed with; the shipped ones if left out.
    """
    read = Comparable.of(extracts, as_of=as_of)
    adults = read.adults
    settled = settled_persons(no_verdicts() if verdicts is None else verdicts, adults)
    asked = Asked(pairs=candidate_pairs(adults), settled=settled)
    pairs = weighed_pairs(adults, read.records, asked, weights)
    kept = ("left", "right", "match_weight", "posterior", "conflict", "officer")
    return WeighedNight(rows=adults.select(*_ROW, "record"), pairs=pairs.select(kept))
