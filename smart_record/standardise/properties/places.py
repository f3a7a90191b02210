"""Addresses as numbers that stand for their texts: many rows, and few flats, house numbers and streets."""

from dataclasses import dataclass

import polars as pl

from smart_record.standardise.distinct import Distinct


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses as numbers.

    Attributes:
        marks: Flats and house numbers, each once.
        texts: What the numbers of `rows` stand for, by its column: flat, number, street, postcode.
        rows: One row per address: row (u32), flat, number (u32, of `marks`), street, postcode, outward (u32),
            uprn; null where there is none. corrected (bool): its street was typed otherwise.
    """

    marks: pl.Series
    texts: dict[str, pl.Series]
    rows: pl.DataFrame

    @classmethod
    def of(cls, addresses: pl.DataFrame, streets: Distinct) -> "Places":
        """Number flats, houses and postcodes.

        Args:
            addresses: Columns: flat, number, postcode, uprn, corrected.
            streets: The street of each.
        """
        marks = Distinct.of(pl.concat([addresses["flat"], addresses["number"]]))
        postcodes = Distinct.of(addresses["postcode"])
        outward = Distinct.of(postcodes.texts.str.head(-3))
        rows = pl.DataFrame(
            {
                "flat": marks.codes.head(addresses.height),
                "number": marks.codes.tail(addresses.height),
                "street": streets.codes,
                "postcode": postcodes.codes,
                "outward": postcodes.spread(outward.codes),
                "uprn": addresses["uprn"],
                "corrected": addresses["corrected"],
            }
        )
        said = {"flat": marks, "number": marks, "street": streets, "postcode": postcodes}
        texts = {name: distinct.texts for name, distinct in said.items()}
        return cls(marks.texts, texts, rows.with_row_index("row"))

    def house(self, number: pl.Expr) -> pl.Expr:
        """One number for a house and its street."""
        return pl.col("street").cast(pl.UInt64) * self._beyond + number

    def dwelling(self, flat: pl.Expr, number: pl.Expr) -> pl.Expr:
        """One number for a flat, or the lack of one, in a house."""
        return self.house(number) * self._beyond + flat.fill_null(self._beyond - 1)

    def mark(self, texts: pl.Series) -> pl.Series:
        """The numbers of texts, and one that no mark has for any that is none."""
        numbered = pl.DataFrame({"text": self.marks}).with_row_index("mark")
        found = texts.to_frame("text").join(numbered, on="text", how="left", maintain_order="left")["mark"]
        return found.fill_null(self._beyond - 2)

    @property
    def _beyond(self) -> int:
        return len(self.marks) + 2
