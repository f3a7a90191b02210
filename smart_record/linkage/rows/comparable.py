"""A night's rows in the form in which they are compared, and parts of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.rows.person_rows import person_rows
from smart_record.linkage.rows.record_rows import record_rows
from smart_record.linkage.rows.repeats import extracts_in_order
from smart_record.linkage.rows.traits import with_traits
from smart_record.linkage.rows.verdicts import Settled, settled_persons, settled_records
from smart_record.linkage.sources import DEPENDANTS
from smart_record.standardise.properties.found_properties import FINDING

_OF_RECORD = (
    "postcode", "telephone", "email", "award_pence", "one_adult", "starts", "ends", "property", "building",
    "words",
)  # fmt: skip
"""Of a record what is compared of its people; all else of it would be held once for each of them."""

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Comparable:
    """Rows ready to be compared; whatever is learned from the council at large is a column of theirs.

    Attributes:
        records: `record_rows`, in order of their number `record`, and seal (u64): equal from night to night
            where all that is compared of the record, its adults and its children is.
        adults: Person rows with the columns of their record and `traits`, in order of their number `person`.
        children: Person rows with the columns of their record, likewise.
    """

    records: pl.DataFrame
    adults: pl.DataFrame
    children: pl.DataFrame

    @classmethod
    def of(cls, extracts: Mapping[str, pl.DataFrame], *, as_of: date) -> "Comparable":
        """Read a night's extracts: accepted rows by declared extract name; nothing after `as_of` counts."""
        records, persons = _read(extracts, as_of)
        child = pl.col("source") == DEPENDANTS
        adults, children = (_with_records(persons.filter(whom), records) for whom in (~child, child))
        del persons  # a tenth of the night's memory
        adults = with_traits(adults)
        return cls(_sealed(records, adults, children), adults, children)

    def settled(self, verdicts: pl.DataFrame) -> "SettledRows":
        """What officers decided of these rows.

        Raises:
            LinkageError: If verdicts contradict each other.
        """
        return SettledRows(
            adults=settled_persons(verdicts, self.adults),
            children=settled_persons(verdicts, self.children),
            records=settled_records(verdicts, self.records),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledRows:
    """What officers decided of adult rows, of children's and of records."""

    adults: Settled
    children: Settled
    records: Settled


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a night's records with their people, numbered anew from 0 in the same order.

    Attributes:
        rows: The rows of the part.
        persons: By new number of an adult the number in the whole.
    """

    rows: Comparable
    persons: Numbers

    @classmethod
    def of(cls, whole: Comparable, chosen: Truths) -> "Part":
        """The records of `whole` that are `chosen`, by record number."""
        if chosen.all():
            return cls(whole, np.arange(whole.adults.height))
        kept = pl.Series(chosen)
        adults, children = (_of_records(people, kept) for people in (whole.adults, whole.children))
        return cls(
            Comparable(
                _from_nought(whole.records.filter(kept), "record"),
                _from_nought(adults, "person"),
                _from_nought(children, "person"),
            ),
            adults["person"].to_numpy().astype(np.int64),
        )

    def pairs(self, pairs: pl.DataFrame, whole: Comparable) -> pl.DataFrame:
        """Pairs of adults of the whole that lie in the part, by their new numbers."""
        if len(self.persons) == whole.adults.height:
            return pairs
        number = np.full(whole.adults.height, -1, dtype=np.int64)
        number[self.persons] = np.arange(len(self.persons))
        ends = {end: number[pairs[end].to_numpy()] for end in ("left", "right")}
        return pl.DataFrame(ends).filter(pl.all_horizontal(pl.all() >= 0)).cast(pl.UInt32)


def _read(extracts: Mapping[str, pl.DataFrame], as_of: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records and persons; the extracts in order, as large as both, go with the end of this."""
    here = extracts_in_order(extracts)
    records = record_rows(here, as_of=as_of)
    return records, person_rows(here, records, as_of=as_of)


def _with_records(persons: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Person rows numbered from 0 with what is compared of their record."""
    rows = persons.drop("person").with_row_index("person")
    return pl.concat([rows, records.select(pl.col(_OF_RECORD).gather(rows["record"]))], how="horizontal")


def _sealed(records: pl.DataFrame, adults: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    seals = np.zeros(records.height, dtype=np.uint64)
    own = [name for name in _OF_RECORD if name != "award_pence"]  # an award may become null: see traits
    for one in (records, adults.drop(own), children.drop(own)):
        np.add.at(seals, one["record"].to_numpy(), _hashes(one).to_numpy())
    return records.with_columns(pl.Series("seal", seals))


def _hashes(rows: pl.DataFrame) -> pl.Series:
    read = rows.drop("record", "person", *FINDING, strict=False)
    return read.select(sorted(read.columns)).hash_rows(seed=1)


def _of_records(people: pl.DataFrame, kept: pl.Series) -> pl.DataFrame:
    """The people of the records that are kept, each with its record's new number."""
    there = people.filter(kept.gather(people["record"]))
    number = kept.cast(pl.UInt32).cum_sum() - 1
    return there.with_columns(number.gather(there["record"]).alias("record"))


def _from_nought(rows: pl.DataFrame, number: str) -> pl.DataFrame:
    return rows.with_columns(pl.arange(rows.height, dtype=pl.UInt32, eager=True).alias(number))
