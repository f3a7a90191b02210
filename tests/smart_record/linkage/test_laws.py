"""What must hold of the match in any town: order, repetition, identity, constraints."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage import Linkage, match
from tests.smart_record.linkage.builders import NIGHT, extracts_of
from tests.smart_record.linkage.towns import a_town

ROW = ["source", "record_ref", "role"]
seeds = st.integers(0, 10_000)
few = settings(derandomize=True, max_examples=3, deadline=None)
many = settings(max_examples=150, deadline=None)


def night(extracts: Mapping[str, pl.DataFrame], earlier: pl.DataFrame | None = None) -> Linkage:
    return match(extracts, as_of=NIGHT, earlier=earlier)


def shuffled(extracts: Mapping[str, pl.DataFrame], seed: int) -> dict[str, pl.DataFrame]:
    """The same rows in another order, in files of another order, a third of them twice."""
    draw = Random(seed)
    names = list(extracts)
    draw.shuffle(names)
    mixed = {}
    for name in names:
        frame = extracts[name]
        again = frame.sample(fraction=1 / 3, seed=seed)
        mixed[name] = pl.concat([frame, again]).sample(fraction=1, shuffle=True, seed=seed)
    return mixed


def same(one: Linkage, other: Linkage) -> bool:
    return all(
        getattr(one, part).equals(getattr(other, part))
        for part in ("links", "households", "registry", "changes", "possible")
    )


def check_order_and_repetition(seed: int) -> None:
    extracts = extracts_of(*a_town(seed))
    assert same(night(extracts), night(shuffled(extracts, seed)))


def check_ids_stay(seed: int) -> None:
    town = a_town(seed)
    first = night(extracts_of(*town))
    second = night(shuffled(extracts_of(*town), seed + 1), first.registry)
    assert same_ids(first, second)
    assert second.changes.is_empty()


def same_ids(one: Linkage, other: Linkage) -> bool:
    return one.links.select(*ROW, "resident_id", "household_id").equals(
        other.links.select(*ROW, "resident_id", "household_id")
    )


def check_families_find_their_ids_again(seed: int) -> None:
    """Families that are away for a night, while others come, have the ids they had."""
    here, away = a_town(seed, families=12, prefix="A"), a_town(seed + 1, families=12, prefix="B")
    first = night(extracts_of(*here, *away))
    second = night(extracts_of(*here, *a_town(seed + 2, families=4, prefix="N")), first.registry)
    third = night(extracts_of(*away, *here), second.registry)
    assert same_ids(first, third)


def check_an_id_is_never_given_to_another(seed: int) -> None:
    """Rows come and go one by one: who holds an id tonight holds a row that held it before, or it is new."""
    town, draw = a_town(seed), Random(seed)
    registry = None
    for _ in range(3):
        kept = [row for row in town if draw.random() < 0.7]
        tonight = night(extracts_of(*kept), registry)
        if registry is not None:
            for unit in ("resident_id", "household_id"):
                held = tonight.links.join(registry, on=ROW, suffix="_before")
                once_in_use = tonight.links.filter(pl.col(unit).is_in(registry[unit].implode()))
                inherited = held.filter(pl.col(unit) == pl.col(f"{unit}_before"))
                assert set(once_in_use[unit]) <= set(inherited[unit])
        registry = tonight.registry


def check_no_resident_holds_two_roles_of_a_record(seed: int) -> None:
    links = night(extracts_of(*a_town(seed))).links
    assert not links.select("resident_id", "source", "record_ref").is_duplicated().any()


A_GENERATION = timedelta(days=20 * 365)


def check_strangers_change_nothing(seed: int) -> None:
    town = a_town(seed)
    alone = night(extracts_of(*town))
    other = a_town(seed + 1, prefix="Z")
    for row in other:
        for name in ("uprn", "nino", "partner_nino", "tenant_nino"):
            if row.values.get(name) is not None:
                row.values[name] = row.values[name] + 10**10 if name == "uprn" else None
        for name in ("address_line_1", "property_address"):
            if name in row.values:
                row.values[name] = row.values[name].replace("Fernby", "Elsewhere").replace(" ", " Far ", 1)
        for name, day in row.values.items():
            if name.endswith(("_start", "_end", "start_date")) and day is not None:
                row.values[name] = day - A_GENERATION  # one name and one day of a move is no stranger
    both = night(extracts_of(*town, *other))
    here = both.links.join(alone.links.select(ROW), on=ROW, how="semi", maintain_order="left")
    together = both.links.filter(pl.col("household_id").is_in(here["household_id"].implode()))
    assert here.select(*ROW, "household_id").equals(together.select(*ROW, "household_id"))


LAWS = [
    check_order_and_repetition,
    check_ids_stay,
    check_families_find_their_ids_again,
    check_an_id_is_never_given_to_another,
    check_no_resident_holds_two_roles_of_a_record,
    check_strangers_change_nothing,
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@few
@given(seed=seeds)
def test_a_law_of_matching_holds(law, seed):
    law(seed)


@pytest.mark.deep
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@many
@given(seed=seeds)
def test_a_law_of_matching_holds_in_many_towns(law, seed):
    law(seed)
