"""The names of each pair compared, in the order supplied or the other way round."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from smart_record.linkage.name_likeness import (
    Likeness,
    forename_likeness,
    misspelt_alike,
    surname_likeness,
)
from smart_record.standardise.distinct import Distinct

_NAMES = ("forename", "surname")
_BY_MIDDLE = int(Likeness.SLIP)
_GARBLED = int(Likeness.SIMILAR)
Measure = Callable[[pl.DataFrame], pl.DataFrame]


def name_levels(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Compare forename and surname of each pair.

    Args:
        pairs: Columns left, right: person numbers.
        adults: Person rows in order of their number with forename, forename_odd, middle and surname.

    Returns:
        One row per pair, in their order: forename, surname (`Likeness`, null if not known), swapped (bool:
        they agree only with forename and surname the other way round in one row).
    """
    names = _Names.of(adults)
    straight = pl.DataFrame(
        {
            "forename": names.likenesses(pairs, ("forename", "forename"), forename_likeness),
            "surname": names.likenesses(pairs, ("surname", "surname"), surname_likeness),
        }
    ).with_row_index("pair")
    crossed = _crossed(straight, pairs, names)
    by_middle = pl.when(_known_by_middle(pairs, adults)).then(pl.lit(_BY_MIDDLE, pl.Int8))
    garbled = pl.when(_garbled(straight["forename"], pairs, adults)).then(pl.lit(_GARBLED, pl.Int8))
    both = straight.join(crossed, on="pair", how="left", maintain_order="left", suffix="_crossed")
    return both.select(
        forename=pl.coalesce("forename_crossed", pl.max_horizontal("forename", by_middle, garbled)),
        surname=pl.coalesce("surname_crossed", "surname"),
        swapped=pl.col("forename_crossed").is_not_null(),
    )


def _crossed(straight: pl.DataFrame, pairs: pl.DataFrame, names: "_Names") -> pl.DataFrame:
    """The pairs whose names agree crosswise and not otherwise: pair, forename, surname.

    Of the two crosswise likenesses an initial is the forename's.
    """
    unlike = straight.filter(pl.all_horizontal(pl.col(_NAMES).fill_null(0) <= Likeness.SIMILAR))
    asked = pairs.select(pl.col("left", "right").gather(unlike["pair"]))
    ways = unlike.select("pair").with_columns(
        one=names.likenesses(asked, ("forename", "surname"), forename_likeness),
        other=names.likenesses(asked, ("surname", "forename"), forename_likeness),
    )
    lesser, greater = pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other")
    near = (lesser == Likeness.SIMILAR) & (greater == Likeness.EQUAL)
    agree = (lesser >= Likeness.INITIAL) & (greater >= Likeness.SLIP) | near
    agree = agree & pl.col("one").is_not_null()
    initial = lesser == Likeness.INITIAL
    return ways.filter(agree & pl.col("other").is_not_null()).select(
        "pair",
        forename=pl.when(initial).then(lesser).otherwise("one"),
        surname=pl.when(initial).then(greater).otherwise("other"),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """All names of the adults, numbered, so that two names are compared once however many pairs have them."""

    words: pl.Series
    numbers: pl.DataFrame

    @classmethod
    def of(cls, adults: pl.DataFrame) -> "_Names":
        words = Distinct.of(pl.concat([adults[name] for name in _NAMES]))
        numbers = words.codes.cast(pl.UInt64)
        sides = (numbers.head(adults.height), numbers.tail(adults.height))
        return cls(words.texts, pl.DataFrame(dict(zip(_NAMES, sides, strict=True))))

    def likenesses(self, pairs: pl.DataFrame, columns: tuple[str, str], measure: Measure) -> pl.Series:
        """The likeness of one column of each left row to one of the right, in the order of the pairs."""
        left, right = (
            self.numbers[column].gather(pairs[side])
            for column, side in zip(columns, ("left", "right"), strict=True)
        )
        keys = pl.DataFrame({"key": left * len(self.words) + right})
        distinct = keys.unique().drop_nulls().sort("key")
        named = distinct.select(
            left=self.words.gather(distinct["key"] // len(self.words)),
            right=self.words.gather(distinct["key"] % len(self.words)),
        )
        measured = named.join(measure(named), on=["left", "right"], how="left", maintain_order="left")
        measured = measured.select(key=distinct["key"], likeness="likeness")
        return keys.join(measured, on="key", how="left", maintain_order="left")["likeness"]


def _known_by_middle(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.Series:
    """Somebody known by a second forename: one row's forename is among the other's middle names."""
    has_middle = (adults["middle"].str.len_bytes() > 2).fill_null(value=False)
    found = pl.zeros(pairs.height, pl.Boolean, eager=True)
    for one, other in (("left", "right"), ("right", "left")):
        asked = pl.arange(pairs.height, dtype=pl.UInt32, eager=True).filter(has_middle.gather(pairs[other]))
        forename = adults["forename"].gather(pairs[one].gather(asked))
        middle = adults["middle"].gather(pairs[other].gather(asked))
        both = pl.DataFrame({"forename": forename, "middle": middle})
        among = (" " + pl.col("middle") + " ").str.contains(" " + pl.col("forename") + " ", literal=True)
        whole = pl.col("forename").str.len_bytes() > 2
        known = both.select((among & whole).fill_null(value=False)).to_series()
        found = found.scatter(asked.filter(known), values=True)
    return found


def _garbled(level: pl.Series, pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.Series:
    """Whether two unlike forenames may be one, misspelt more than once.

    Asked only where one of them is no name that anybody is known to bear: two names of their own right are
    two people's, however like each other they are.
    """
    odd = adults["forename_odd"]
    asked = (level == int(Likeness.UNLIKE)) & (odd.gather(pairs["left"]) | odd.gather(pairs["right"]))
    rows = pairs.with_row_index("pair").filter(asked.fill_null(value=False))
    sides = [adults["forename"].gather(rows[side]) for side in ("left", "right")]
    alike = misspelt_alike(pl.DataFrame(dict(zip(("left", "right"), sides, strict=True))))
    found = pl.zeros(pairs.height, pl.Boolean, eager=True)
    return found.scatter(rows["pair"].filter(alike), values=True)
