"""The names of each pair compared, in the order supplied or the other way round."""

from collections.abc import Callable

import polars as pl

from smart_record.linkage.name_likeness import Likeness, forename_likeness, surname_likeness

_NAMES = ("forename", "surname")
_BY_MIDDLE = int(Likeness.SLIP)

Measure = Callable[[pl.DataFrame], pl.DataFrame]

_CROSSINGS: dict[str, tuple[str, str, Measure]] = {
    "straight_forename": ("forename", "forename", forename_likeness),
    "straight_surname": ("surname", "surname", surname_likeness),
    "crossed_forename": ("forename", "surname", forename_likeness),
    "crossed_surname": ("surname", "forename", forename_likeness),
}


def name_levels(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Compare forename and surname of each pair.

    Args:
        pairs: Columns left, right: person numbers.
        adults: Person rows in order of their number with forename, middle and surname.

    Returns:
        One row per pair, in their order: forename, surname (`Likeness`, null if not known), swapped (bool:
        they agree only with forename and surname the other way round in one row).
    """
    levels = _likenesses(pairs, adults)
    straight = pl.col("straight_forename").fill_null(0) + pl.col("straight_surname").fill_null(0)
    crossed = pl.col("crossed_forename") + pl.col("crossed_surname")
    both_fit = pl.min_horizontal("crossed_forename", "crossed_surname") >= Likeness.INITIAL
    one_full = pl.max_horizontal("crossed_forename", "crossed_surname") >= Likeness.SLIP
    known = pl.col("crossed_forename").is_not_null() & pl.col("crossed_surname").is_not_null()
    swapped = known & both_fit & one_full & (crossed > straight)
    known_by_middle = pl.when(_known_by_middle(pairs, adults)).then(pl.lit(_BY_MIDDLE, pl.Int8))
    levels = levels.with_columns(swapped=swapped.fill_null(value=False))
    # of the two crossed likenesses an initial is the forename's
    lesser = pl.min_horizontal("crossed_forename", "crossed_surname")
    greater = pl.max_horizontal("crossed_forename", "crossed_surname")
    initial = lesser == Likeness.INITIAL
    return levels.select(
        forename=pl.when("swapped")
        .then(pl.when(initial).then(lesser).otherwise("crossed_forename"))
        .otherwise(pl.max_horizontal("straight_forename", known_by_middle)),
        surname=pl.when("swapped")
        .then(pl.when(initial).then(greater).otherwise("crossed_surname"))
        .otherwise("straight_surname"),
        swapped="swapped",
    )


def _likenesses(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Each crossing's likeness by pair; names are numbered first, so that two names are compared once."""
    words = pl.concat([adults[name] for name in _NAMES]).drop_nulls().unique().sort()
    numbered = adults.select(pl.col(_NAMES).cast(pl.Enum(words)).to_physical().cast(pl.UInt64))
    levels = {}
    for level, (one, other, measure) in _CROSSINGS.items():
        left, right = numbered[one].gather(pairs["left"]), numbered[other].gather(pairs["right"])
        keys = pl.DataFrame({"key": left * len(words) + right})
        distinct = keys.unique().drop_nulls().sort("key")
        named = distinct.select(
            left=words.gather(distinct["key"] // len(words)), right=words.gather(distinct["key"] % len(words))
        )
        measured = named.join(measure(named), on=["left", "right"], how="left", maintain_order="left")
        measured = measured.select(key=distinct["key"], likeness="likeness")
        levels[level] = keys.join(measured, on="key", how="left", maintain_order="left")["likeness"]
    return pl.DataFrame(levels)


def _known_by_middle(pairs: pl.DataFrame, adults: pl.DataFrame) -> pl.Series:
    """Somebody known by a second forename: one row's forename is among the other's middle names."""
    found = pl.zeros(pairs.height, pl.Boolean, eager=True)
    for one, other in (("left", "right"), ("right", "left")):
        forename = adults["forename"].gather(pairs[one])
        middle = adults["middle"].gather(pairs[other])
        asked = pl.DataFrame({"forename": forename, "middle": middle})
        whole = (pl.col("forename").str.len_bytes() > 2) & (pl.col("middle").str.len_bytes() > 2)
        among = (" " + pl.col("middle") + " ").str.contains(" " + pl.col("forename") + " ", literal=True)
        found = found | asked.select(pl.when(whole).then(among).fill_null(value=False)).to_series()
    return found
