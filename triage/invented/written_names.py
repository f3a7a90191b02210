"""How each system writes a name: mistyped, shortened, in capitals, with a title, two in one field."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from triage.invented.chance import draw, happens, worsened
from triage.invented.slips import mistyped, otherwise_called, swapped

_NICKNAME, _SPELLING, _MAIDEN, _MISTYPED, _INITIAL, _SWAPPED, _HYPHEN_LOST = (
    0.06,
    0.10,
    0.05,
    0.018,
    0.048,
    0.011,
    0.2,
)
_TITLED, _PLAIN, _CAPITALS = 0.70, 0.22, 0.08
_MIDDLE_SHOWN = 0.6
_JOINT_FORMS = (0.85, 0.15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Names as someone entered them, one entry per record."""

    forename: pl.Series
    surname: pl.Series


def entered(rng: np.random.Generator, people: pl.DataFrame, dirt: float) -> Named:
    """The names of `people` (forename, surname, birth_surname) as a clerk entered them, in title case."""
    forename = otherwise_called(rng, people["forename"], "nicknames", worsened(_NICKNAME, dirt))
    forename = otherwise_called(rng, forename, "spellings", worsened(_SPELLING, dirt))
    maiden = pl.Series(happens(rng, worsened(_MAIDEN, dirt), people.height))
    surname = people.select(pl.when(maiden).then("birth_surname").otherwise("surname")).to_series()
    surname = otherwise_called(rng, surname, "spellings", worsened(_SPELLING, dirt))
    unhyphened = pl.Series(happens(rng, _HYPHEN_LOST, len(surname)))
    surname = pl.select(
        pl.when(unhyphened).then(surname.str.replace("-", " ", literal=True)).otherwise(surname)
    ).to_series()
    forename = mistyped(rng, forename, worsened(_MISTYPED, dirt))
    surname = mistyped(rng, surname, worsened(_MISTYPED, dirt))
    initial = pl.Series(happens(rng, worsened(_INITIAL, dirt), len(forename)))
    forename = pl.select(pl.when(initial).then(forename.str.head(1)).otherwise(forename)).to_series()
    forename, surname = swapped(rng, forename, surname, worsened(_SWAPPED, dirt))
    return Named(forename=forename, surname=surname)


def in_two_fields(rng: np.random.Generator, people: pl.DataFrame, dirt: float) -> Named:
    """Forename and surname in fields of their own, three in ten in capitals; null where `people` has none."""
    named = entered(rng, people, dirt)
    capitals = pl.Series(happens(rng, 0.31, people.height))
    forename, surname = (
        pl.select(pl.when(capitals).then(part.str.to_uppercase()).otherwise(part)).to_series()
        for part in (named.forename, named.surname)
    )
    return Named(forename=forename, surname=surname)


def titles(rng: np.random.Generator, people: pl.DataFrame) -> pl.Series:
    """A title for each of `people` (female, birth_surname, surname)."""
    unmarried = pl.Series(["Miss", "Ms"]).gather(draw(rng, (0.55, 0.45), people.height))
    married = pl.col("birth_surname") != pl.col("surname")
    mrs = married | pl.Series(happens(rng, 0.25, people.height))
    return people.select(
        pl.when(~pl.col("female")).then(pl.lit("Mr")).when(mrs).then(pl.lit("Mrs")).otherwise(unmarried)
    ).to_series()


def in_one_field(rng: np.random.Generator, people: pl.DataFrame, dirt: float) -> pl.Series:
    """A whole name in one field: most in capitals with a title, some plain; null where `people` has none."""
    named, title = entered(rng, people, dirt), titles(rng, people)
    style = pl.Series(draw(rng, (_TITLED, _PLAIN, _CAPITALS), people.height))
    shows_middle = (
        pl.Series(happens(rng, _MIDDLE_SHOWN, people.height)) & (people["middle"] != "") & (style == 0)
    )
    words = pl.DataFrame({"f": named.forename, "s": named.surname, "t": title, "m": people["middle"]})
    middle = pl.when(shows_middle).then(pl.col("m") + " ").otherwise(pl.lit(""))
    name = pl.col("f") + " " + middle + pl.col("s")
    return words.select(
        pl.when(style == 0)
        .then((pl.col("t") + " " + name).str.to_uppercase())
        .when(style == 1)
        .then(name)
        .otherwise(name.str.to_uppercase())
    ).to_series()


def two_in_one_field(
    rng: np.random.Generator, people: pl.DataFrame, partners: pl.DataFrame, dirt: float
) -> pl.Series:
    """A couple of one surname in one field: `MR J & MRS A SMITH`, some with forenames in full."""
    named, other = entered(rng, people, dirt), entered(rng, partners, dirt)
    full = pl.Series(draw(rng, _JOINT_FORMS, people.height) == 1)
    pair = pl.DataFrame({"one": named.forename, "two": other.forename, "surname": named.surname})
    one, two = (
        pl.when(full).then(pl.col(part)).otherwise(pl.col(part).str.head(1)) for part in ("one", "two")
    )
    first, second = _married_title(people), _married_title(partners)
    return pair.select(
        pl.concat_str(first, one, pl.lit("&"), second, two, "surname", separator=" ").str.to_uppercase()
    ).to_series()


def _married_title(people: pl.DataFrame) -> pl.Series:
    return people.select(pl.when("female").then(pl.lit("Mrs")).otherwise(pl.lit("Mr"))).to_series()
