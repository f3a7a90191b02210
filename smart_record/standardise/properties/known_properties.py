"""The council's property list, as its own rows with a UPRN tell it."""

from dataclasses import dataclass

import polars as pl

from smart_record.standardise.distinct import Distinct
from smart_record.standardise.properties.places import Places


@dataclass(frozen=True, slots=True)
class Listed:
    """The council's property list, as its own rows tell it, and the rows to be looked up there.

    Attributes:
        known: Each form in which rows with a UPRN write a property, once: row (the first of it), postcode,
            outward, uprn, house, dwelling, whole (no flat is said), corrected, rows (how many write it so).
        asked: Rows without UPRN that have a house and a street: `Places.rows` with twice and
            dwelling.
    """

    known: pl.DataFrame
    asked: pl.DataFrame

    @classmethod
    def of(cls, places: Places, twice: pl.Series) -> "Listed":
        """Part the rows that can be read into known ones and such as ask.

        Args:
            places: The addresses.
            twice: Row by row whether the area has several streets of the name.
        """
        readable = places.rows.with_columns(twice=twice).filter(
            pl.col("number").is_not_null() & pl.col("street").is_not_null()
        )
        dwelling = places.dwelling(pl.col("flat"), pl.col("number"))
        rows = readable.with_columns(dwelling=dwelling)
        written = rows.filter(pl.col("uprn").is_not_null())
        forms = Distinct.of_rows(written.select("dwelling", "uprn", "postcode", "corrected"))
        known = written.select(pl.all().gather(forms.texts))
        known = known.with_columns(rows=forms.uses().cast(pl.UInt32))
        known = known.with_columns(house=places.house(pl.col("number")), whole=pl.col("flat").is_null())
        return cls(known, rows.filter(pl.col("uprn").is_null()))

    def without(self, rows: pl.Series, places: Places) -> "Listed":
        """The list without what some of its rows say, such as rows that bear a wrong UPRN."""
        if rows.is_empty():
            return self
        form = ["dwelling", "uprn", "postcode", "corrected"]
        gone = places.rows.select(pl.all().gather(rows))
        gone = gone.with_columns(dwelling=places.dwelling(pl.col("flat"), pl.col("number")))
        gone = gone.group_by(form).agg(gone=pl.len())
        left = self.known.join(gone, on=form, how="left", nulls_equal=True, maintain_order="left")
        left = left.with_columns(rows=pl.col("rows") - pl.col("gone").fill_null(0)).drop("gone")
        return Listed(left.filter(pl.col("rows") > 0), self.asked)
