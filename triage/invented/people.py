"""The people of the households: age, sex, place in the household, and what identifies them."""

import numpy as np
import polars as pl

from triage.invented.chance import Flags, Ints, draw_by_row, happens
from triage.invented.households import Households
from triage.invented.names import give_names
from triage.invented.numbers import emails, ninos, telephones
from triage.invented.timeline import Timeline
from triage.invented.town import PENSION_AGE, Kind, Place

_AGES = {  # youngest and oldest head of each kind
    Kind.SINGLE: (19, 65),
    Kind.COUPLE: (19, 65),
    Kind.FAMILY: (20, 60),
    Kind.LONE: (19, 58),
    Kind.PENSIONER: (66, 95),
    Kind.PENS_COUPLE: (66, 90),
    Kind.MULTI: (45, 75),
    Kind.SHARERS: (19, 40),
}
_CHILDREN = np.array([0.0, 0.36, 0.39, 0.16, 0.06, 0.03])
_YEAR = 365.25


def populate(rng: np.random.Generator, households: Households, times: Timeline) -> pl.DataFrame:
    """Fill the households with people.

    Returns: One row per person, by household, then place in it. Columns: person (i64, row number),
        household (i64), place (i64, a `Place`), born (i64, days since
        1970-01-01), female (bool), adult (bool), forename, surname, birth_surname, middle (str), nino,
        telephone and email (str, null for children).
    """
    kind = households.kind
    head_age = _head_ages(rng, households, times)
    female = happens(rng, np.where(kind == Kind.LONE, 0.85, 0.42), len(kind))
    counts = _counts(rng, kind, head_age)
    household = np.concatenate([np.repeat(np.arange(len(kind)), count) for count in counts])
    place = np.repeat(np.arange(len(Place)), [count.sum() for count in counts])
    order = np.lexsort((place, household))
    household, place = household[order], place[order]
    age = _ages(rng, household, place, head_age)
    born = times.today - (age * _YEAR).astype(np.int64) - rng.integers(0, 365, len(age))
    born = np.minimum(born, times.today - 20)
    born = _twins(rng, household, place, born)
    sex = _sexes(rng, household, place, female)
    people = pl.DataFrame({"household": household, "place": place, "born": born, "female": sex})
    people = people.with_columns(adult=(times.today - pl.col("born")) >= int(18 * _YEAR))
    return _identify(rng, give_names(rng, people, households.group))


def _head_ages(rng: np.random.Generator, households: Households, times: Timeline) -> Ints:
    """Age of each head: as the kind of household has it, and of age when they came to their homes."""
    kind = households.kind
    youngest, oldest = np.array([_AGES[each] for each in Kind])[kind].T
    since = np.ceil((times.today - households.previous_start) / _YEAR)
    youngest = np.maximum(youngest, 18 + since)
    spread = rng.beta(1.3, np.where(np.isin(kind, PENSION_AGE), 1.9, 1.4))
    return np.asarray(youngest + spread * np.maximum(oldest - youngest, 0), dtype=np.int64)


def _counts(rng: np.random.Generator, kind: Ints, head_age: Ints) -> list[Ints]:
    """How many people of each place every household has."""
    size = len(kind)
    couples = np.isin(kind, (Kind.COUPLE, Kind.FAMILY, Kind.PENS_COUPLE))
    partner = couples | ((kind == Kind.MULTI) & happens(rng, 0.65, size))
    parents = np.isin(kind, (Kind.FAMILY, Kind.LONE))
    table = np.stack([np.where(np.arange(6) == 0, 1.0, 0.0), _CHILDREN])
    children = draw_by_row(rng, table, parents.astype(np.int64))
    grown = (kind == Kind.MULTI) * (1 + happens(rng, 0.3, size))
    grown = grown + (parents & (head_age >= 44) & happens(rng, 0.25, size))
    sharers = (kind == Kind.SHARERS) * (1 + happens(rng, 0.3, size))
    return [
        np.ones(size, dtype=np.int64),
        *(each.astype(np.int64) for each in (partner, grown, children, sharers)),
    ]


def _ages(rng: np.random.Generator, household: Ints, place: Ints, head_age: Ints) -> Ints:
    head, size = head_age[household], len(household)
    partner = np.maximum(18, head + np.rint(rng.normal(-1, 3.5, size)))
    grown = 18 + np.minimum(rng.exponential(7, size), np.maximum(head - 37, 0))
    child = rng.random(size) * np.clip(head - 18, 1, 17.9)
    sharer = np.maximum(18, head + np.rint(rng.normal(0, 4, size)))
    return np.choose(place, [head, partner, grown, child, sharer]).astype(np.int64)


def _twins(rng: np.random.Generator, household: Ints, place: Ints, born: Ints) -> Ints:
    """Let a few children be born on the day of the sibling before them."""
    sibling = (
        (household == np.roll(household, 1)) & (place == Place.CHILD) & (np.roll(place, 1) == Place.CHILD)
    )
    return np.where(sibling & happens(rng, 0.02, len(born)), np.roll(born, 1), born)


def _sexes(rng: np.random.Generator, household: Ints, place: Ints, head_female: Flags) -> Flags:
    female = np.where(place == Place.HEAD, head_female[household], rng.random(len(place)) < 0.5)
    of_other_sex = happens(rng, 0.97, len(place))
    return np.where(place == Place.PARTNER, head_female[household] ^ of_other_sex, female).astype(np.bool_)


def _identify(rng: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Give every adult a National Insurance number, most a telephone and some an email address."""
    adult = people["adult"]
    reached = [pl.Series(happens(rng, share, people.height)) for share in (0.95, 0.6)]
    return people.with_row_index("person").with_columns(
        pl.col("person").cast(pl.Int64),
        nino=pl.when(adult).then(ninos(rng, people.height)),
        telephone=pl.when(adult & reached[0]).then(telephones(rng, people.height)),
        email=pl.when(adult & reached[1]).then(emails(rng, people)),
    )


def heads(people: pl.DataFrame, size: int) -> tuple[Ints, Ints]:
    """Row of each household's head, and the `Place` of who is in the next row; -1 where they are alone."""
    household, place = people["household"].to_numpy(), people["place"].to_numpy()
    head = np.searchsorted(household, np.arange(size))
    after = np.minimum(head + 1, people.height - 1)
    return head, np.where(household[after] == np.arange(size), place[after], -1)
