"""Names of the invented people, by origin and generation."""

import numpy as np
import polars as pl

from triage.invented import town
from triage.invented.chance import Floats, Ints, draw, happens
from triage.invented.tables import column, table
from triage.invented.town import Place

ERAS = ("born_before_1955", "born_1955_to_1984", "born_from_1985")
_ERA_STARTS = (-5479, 5479)  # 1955-01-01 and 1985-01-01 in days since 1970-01-01
_RARE_SURNAMES = 0.22


def give_names(rng: np.random.Generator, people: pl.DataFrame, group: Ints) -> pl.DataFrame:
    """Name everyone: most couples share a surname, children take a parent's, some sons their father's name.

    Args:
        rng: Where the dice come from.
        people: One row per person, by household, then place in it.
        group: Origin of each household's names.

    Returns: `people` with forename, surname, birth_surname (the name before marriage) and middle (one letter
        or "") added.
    """
    household, place = people["household"].to_numpy(), people["place"].to_numpy()
    origin, female = group[household], people["female"].to_numpy()
    of_head = np.searchsorted(household, household)  # the head is the first of each household
    own = _surnames(rng, origin)
    takes_heads = (place == Place.PARTNER) & happens(rng, 0.68, len(own))
    takes_heads |= np.isin(place, (Place.GROWN_CHILD, Place.CHILD)) & happens(rng, 0.86, len(own))
    of_partner = np.minimum(of_head + 1, len(own) - 1)
    takes_partners = (
        np.isin(place, (Place.GROWN_CHILD, Place.CHILD)) & (place[of_partner] == Place.PARTNER) & ~takes_heads
    )
    picked = np.where(takes_partners, of_partner, np.where(takes_heads, of_head, np.arange(len(own))))
    surname = own.gather(picked)
    surname = surname.gather(np.where(takes_partners, of_partner, np.arange(len(own))))
    forename = _forenames(rng, people, origin)
    like_father = (
        (place == Place.GROWN_CHILD) & ~female & ~female[of_head] & (np.roll(place, 1) != Place.GROWN_CHILD)
    )
    like_father &= happens(rng, 0.4, len(own)) & (surname == surname.gather(of_head)).to_numpy()
    middle = np.where(happens(rng, 0.3, len(own)), rng.integers(0, 20, len(own)), 20)
    return people.with_columns(
        forename=forename.gather(np.where(like_father, of_head, np.arange(len(own)))),
        surname=surname,
        birth_surname=pl.when(pl.Series(takes_heads & female & (place == Place.PARTNER)))
        .then(own)
        .otherwise(surname),
        middle=pl.Series([*"ABCDEFGHJKLMNPRSTVWY", ""]).gather(middle),
    )


def _ranked(size: int) -> Floats:
    """Shares of a list written commonest first."""
    return np.reciprocal(np.arange(size, dtype=np.float64) + 9.0)


def _surnames(rng: np.random.Generator, origin: Ints) -> pl.Series:
    """A surname for each; the long tail of British ones is put together from parts of place names."""
    names = pl.Series(column("surnames", "surname"))
    groups = np.array(column("surnames", "group"))
    picked = np.empty(len(origin), dtype=np.int64)
    for number, group in enumerate(town.GROUPS):
        rows, listed = np.flatnonzero(origin == number), np.flatnonzero(groups == group)
        picked[rows] = listed[draw(rng, _ranked(len(listed)), len(rows))]
    parts = table("surname_parts")
    starts, ends = (parts.filter(place=place)["part"] for place in ("start", "end"))
    rare = starts.gather(rng.integers(0, len(starts), len(origin))) + ends.gather(
        rng.integers(0, len(ends), len(origin))
    )
    is_rare = (origin == 0) & happens(rng, _RARE_SURNAMES, len(origin))
    return pl.select(pl.when(pl.Series(is_rare)).then(rare).otherwise(names.gather(picked))).to_series()


def _forenames(rng: np.random.Generator, people: pl.DataFrame, origin: Ints) -> pl.Series:
    """A forename of the group, sex and generation; siblings who would share one are named again."""
    listed = table("forenames")
    key = listed.select(pl.concat_str("group", "sex", "era", separator=" ")).to_series().to_numpy()
    era = np.searchsorted(_ERA_STARTS, people["born"].to_numpy(), side="right")
    kind = (origin * 2 + people["female"].to_numpy()) * 3 + np.where(origin == 0, era, 0)
    picked = _pick_forenames(rng, key, kind)
    for _ in range(3):
        seen = pl.DataFrame({"household": people["household"], "name": picked}).is_duplicated().to_numpy()
        again = np.flatnonzero(seen)
        picked[again] = _pick_forenames(rng, key, kind[again])
    return listed["forename"].gather(picked)


def _pick_forenames(rng: np.random.Generator, key: np.ndarray, kind: Ints) -> Ints:
    picked = np.zeros(len(kind), dtype=np.int64)
    for number in np.unique(kind):
        group, female, era = number // 6, number // 3 % 2, number % 3
        wanted = f"{town.GROUPS[group]} {'MF'[female]} {ERAS[era] if group == 0 else 'any'}"
        rows, rowed = np.flatnonzero(kind == number), np.flatnonzero(key == wanted)
        picked[rows] = rowed[draw(rng, _ranked(len(rowed)), len(rows))]
    return picked
