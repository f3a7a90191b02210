"""Properties known by flat, number and street from rows that carry a UPRN, and other rows looked up there.

Works on numbers that stand for the texts: a council has many rows, and few flats, numbers and streets.
"""

from dataclasses import dataclass

import polars as pl

from smart_record.standardise.distinct import Distinct

_FOUND = {"row": pl.UInt32, "uprn": pl.Int64, "ambiguous": pl.Boolean}


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses as numbers.

    Attributes:
        marks: Flats and house numbers, each once.
        rows: One row per address: row (u32), flat, number (u32, of `marks`), street, postcode, outward (u32),
            uprn; null where there is none.
    """

    marks: pl.Series
    rows: pl.DataFrame

    @classmethod
    def of(cls, addresses: pl.DataFrame, streets: Distinct) -> "Places":
        """Number flats, houses and postcodes.

        Args:
            addresses: Columns: flat, number, postcode, uprn.
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
            }
        )
        return cls(marks.texts, rows.with_row_index("row"))

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


def look_up(places: Places, twice: pl.Series) -> pl.DataFrame:
    """The property of each address.

    Args:
        places: The addresses.
        twice: Row by row whether the area has several streets of the name.

    Returns:
        One row per address, in order: uprn (its own, or the one found; null where none fits or several do),
        ambiguous (bool: several fit).
    """
    rows = places.rows.with_columns(twice=twice).filter(
        pl.col("number").is_not_null() & pl.col("street").is_not_null()
    )
    house, dwelling = places.house(pl.col("number")), places.dwelling(pl.col("flat"), pl.col("number"))
    known = rows.filter(pl.col("uprn").is_not_null()).select(
        "postcode", "outward", "uprn", house=house, dwelling=dwelling, whole=pl.col("flat").is_null()
    )
    found = _found(rows.filter(pl.col("uprn").is_null()), known.unique(), places)
    uprn = places.rows["uprn"].clone().scatter(found["row"], found["uprn"])
    ambiguous = pl.Series([False]).new_from_index(0, places.rows.height)
    return pl.DataFrame({"uprn": uprn, "ambiguous": ambiguous.scatter(found["row"], found["ambiguous"])})


def _found(waiting: pl.DataFrame, known: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Addresses without UPRN looked up, reading by reading: row -> uprn, ambiguous."""
    waiting = waiting.with_columns(dwelling=places.dwelling(pl.col("flat"), pl.col("number")))
    outcome = [_candidates(waiting, known)]
    waiting = waiting.join(outcome[-1], on="row", how="anti")
    for reading in _other_readings(waiting, known, places):
        outcome.append(_candidates(reading.join(pl.concat(outcome), on="row", how="anti"), known))
    waiting = waiting.join(pl.concat(outcome), on="row", how="anti")
    return pl.concat([*outcome, _by_house(waiting, known, places)])


def _other_readings(waiting: pl.DataFrame, known: pl.DataFrame, places: Places) -> list[pl.DataFrame]:
    """The addresses that can be read in another way, each way with the dwelling it says.

    Flat 16 of number 1 is not read as flat 1 of number 16 where number 1 is known to have flats.
    """
    texts = waiting.select(
        flat=places.marks.gather(waiting["flat"]), number=places.marks.gather(waiting["number"])
    )
    flat, number = texts["flat"], texts["number"]
    letter = number.str.extract(r"^\d+([A-Z])$", 1)
    digits = number.str.extract(r"^(\d+)", 1)
    rows = waiting.with_columns(
        letter=places.mark(letter), digits=places.mark(digits), joint=places.mark(number + flat)
    )
    none = pl.lit(None, pl.UInt32)
    flats = known.filter(~pl.col("whole"))["house"].unique()
    as_written = waiting.select(places.house(pl.col("number")).is_in(flats.implode())).to_series()
    readings = [
        (pl.col("number"), pl.col("flat"), flat.is_not_null() & ~as_written),  # 16/3 for flat 3 of 16
        (pl.col("letter"), pl.col("digits"), flat.is_null() & letter.is_not_null()),  # 21A for flat A
        (none, pl.col("joint"), flat.str.contains("^[A-Z]$")),  # and the other way round
    ]
    return [
        rows.filter(applies).with_columns(dwelling=places.dwelling(read_flat, read_number))
        for read_flat, read_number, applies in readings
    ]


def _by_house(waiting: pl.DataFrame, known: pl.DataFrame, places: Places) -> pl.DataFrame:
    """What the house alone says: row -> uprn, ambiguous.

    A room of a house known as one property is that property; a block of flats without the flat is none.
    """
    asked = waiting.select("row", "flat", house=places.house(pl.col("number")))
    there = known.join(asked.select("house").unique(), on="house", how="semi")
    houses = there.group_by("house").agg(
        uprn=pl.col("uprn").filter("whole").min(),
        one=pl.col("whole").all() & (pl.col("uprn").n_unique() == 1),
        flats=(~pl.col("whole")).any(),
    )
    at_house, flat = asked.join(houses, on="house"), pl.col("flat")
    room = at_house.filter(flat.is_not_null() & pl.col("one"))
    which = at_house.filter(flat.is_null() & pl.col("flats"))
    return pl.concat(
        [
            room.select("row", "uprn", ambiguous=pl.lit(value=False)),
            which.select("row", uprn=pl.lit(None, pl.Int64), ambiguous=pl.lit(value=True)),
        ]
    )


def _candidates(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Known properties of the same words, told apart by postcode: row -> uprn, ambiguous.

    Where the area has the street twice, another outward code is another street.
    """
    pairs = asked.select("row", "dwelling", "postcode", "outward", "twice").join(
        known.select("dwelling", "postcode", "outward", "uprn"), on="dwelling", suffix="_known"
    )
    closeness = (
        pl.when(pl.col("postcode") == pl.col("postcode_known"))
        .then(2)
        .when(pl.col("outward") == pl.col("outward_known"))
        .then(1)
        .when(pl.col("twice"))
        .then(-1)
        .otherwise(0)
    )
    per_uprn = pairs.group_by("row", "uprn").agg(closeness=closeness.max())
    best = per_uprn.filter(pl.col("closeness") == pl.col("closeness").max().over("row"))
    sure = (pl.len() == 1) & (pl.col("closeness").max() >= 0)
    return best.group_by("row").agg(
        uprn=pl.when(sure).then(pl.col("uprn").min()), ambiguous=(pl.len() > 1) & ~sure
    )
