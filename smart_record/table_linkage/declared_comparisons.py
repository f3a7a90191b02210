"""What is compared of two rows, by the fields that the mapping declares, and what evidence says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from smart_record.table_linkage.text_levels import ALIKE, EQUAL, SLIP

SWAPPED = 6
"""Level of a forename that agrees with the surname of the other row and the other way round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison of two rows.

    Attributes:
        name: As results call it.
        needs: Columns of which the rows must have one.
        levels: How many levels there are, from 0.
        best: The level at which all agrees.
        by_chance: How often two strangers are expected to agree wholly, where tables are too small to tell.
        of_household: Whether people of one household have it in common.
        rarity: By level, the column whose value's rarity the agreement is worth.
        words: By level, what evidence says of it; a level without words says nothing or speaks against.
    """

    name: str
    needs: tuple[str, ...]
    levels: int = 5
    best: int = EQUAL
    by_chance: float = 0.003
    of_household: bool = False
    rarity: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)


_LIKENESS = {5: "{}", 4: "{} by nickname or spelling", 3: "{} but for a slip", 2: "initial of {}"}
_BIRTH = {EQUAL: "{}", SLIP: "{} but for a slip", ALIKE: "two parts of the {}"}
_CODE = {EQUAL: "{}", SLIP: "{} but for a slip"}
_OTHER = {EQUAL: "{}", SLIP: "{} but for a slip", ALIKE: "like {}"}


def _said(of: str, levels: Mapping[int, str]) -> dict[int, str]:
    return {level: words.format(of) for level, words in levels.items()}


_DECLARED = (
    Comparison(
        name="forename",
        needs=("forename",),
        levels=7,
        best=5,
        rarity={5: "forename"},
        words=_said("forename", _LIKENESS) | {SWAPPED: "names in the other order"},
    ),
    Comparison(
        name="surname",
        needs=("surname",),
        levels=6,
        best=5,
        of_household=True,
        rarity={5: "surname"},
        words=_said("surname", _LIKENESS),
    ),
    Comparison(name="middle name", needs=("middle",), by_chance=0.08, words={EQUAL: "middle name"}),
    Comparison(name="sex", needs=("sex",), by_chance=0.5, words={EQUAL: "sex"}),
    Comparison(
        name="date of birth",
        needs=("birth",),
        by_chance=5e-5,
        rarity={EQUAL: "birth"},
        words=_said("date of birth", _BIRTH),
    ),
    Comparison(
        name="address",
        needs=("number", "street"),
        levels=6,
        best=5,
        by_chance=1e-4,
        of_household=True,
        rarity={5: "address"},
        words={5: "address", 4: "address but for a slip", 3: "street"},
    ),
    Comparison(
        name="area",
        needs=("postcode", "locality", "state"),
        levels=6,
        best=5,
        of_household=True,
        rarity={5: "postcode", 4: "postcode", 3: "locality"},
        words={5: "postcode and locality", 4: "postcode", 3: "locality"},
    ),
    Comparison(
        name="identifier",
        needs=("identifier",),
        by_chance=1e-5,
        rarity={EQUAL: "identifier"},
        words=_said("identifier", _CODE),
    ),
    Comparison(
        name="telephone",
        needs=("telephone",),
        of_household=True,
        rarity={EQUAL: "telephone"},
        words=_said("telephone", _CODE),
    ),
    Comparison(name="email", needs=("email",), rarity={EQUAL: "email"}, words=_said("email", _CODE)),
)


def comparisons(rows: pl.DataFrame) -> tuple[Comparison, ...]:
    """Give what can be compared of these rows; what every row leaves blank can't be."""
    here = {name for name in rows.columns if rows[name].count()}
    declared = [each for each in _DECLARED if here & set(each.needs)]
    others = [
        Comparison(
            name=name,
            needs=(name,),
            by_chance=0.05,
            rarity={EQUAL: name},
            words=_said(name.removeprefix("other.").replace("_", " "), _OTHER),
        )
        for name in sorted(column for column in here if column.startswith("other."))
    ]
    return (*declared, *others)
