"""The town has the figures it should have, and its people are put together as people are."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from triage.invented.chance import stream
from triage.invented.households import settle
from triage.invented.people import populate
from triage.invented.timeline import timeline
from triage.invented.town import COUPLED, TOWN_HOUSEHOLDS, TOWN_PEOPLE, Kind, Place, Tenure

TIMES = timeline(date(2026, 10, 31))


@pytest.fixture(scope="module")
def households():
    return settle(stream(3, "households"), size=6000, times=TIMES)


@pytest.fixture(scope="module")
def people(households):
    return populate(stream(3, "people"), households, TIMES)


def test_tenures_are_the_town_s(households):
    counts = np.bincount(households.tenure)
    assert counts.tolist() == [3336, 1272, 1392]


def test_a_household_has_as_many_people_as_in_the_town(people):
    assert people.height / 6000 == pytest.approx(TOWN_PEOPLE / TOWN_HOUSEHOLDS, abs=0.06)


def test_nobody_s_home_is_another_s_unless_the_house_is_shared(households):
    alone = households.home[~households.in_shared_house]
    assert len(np.unique(alone)) == len(alone)
    sharing = np.bincount(households.home[households.in_shared_house])
    assert set(sharing[sharing > 0]) <= {1, 2, 3, 4, 5}
    assert np.isin(households.home[households.in_shared_house], households.shared_homes).all()
    assert (households.tenure[households.in_shared_house] == Tenure.PRIVATE).all()


def test_an_address_is_written_on_one_home_only(households):
    where = households.homes.select("flat", "building", "number", "stem", "type")
    assert not where.is_duplicated().any()
    assert households.homes["uprn"].is_unique().all()


def test_a_postcode_lies_on_one_street(households):
    streets = households.homes.group_by("postcode").agg(pl.struct("stem", "type").n_unique())
    assert (streets["stem"] == 1).all()


def test_a_mover_s_old_home_is_empty_or_taken_over_when_they_left(households):
    movers = np.flatnonzero(households.moved)
    assert 0.02 < len(movers) / households.size < 0.09
    moved_in = dict(zip(households.home.tolist(), households.start.tolist(), strict=True))
    taken_over = 0
    for mover in movers:
        after = moved_in.get(int(households.previous_home[mover]))
        taken_over += after is not None
        assert after is None or after >= households.start[mover]
    assert 0.3 < taken_over / len(movers) < 0.7
    assert (households.previous_start[movers] < households.start[movers]).all()


def test_owners_live_in_better_off_wards(households):
    bands = households.homes["band"].gather(households.home).is_in(["A"]).to_numpy()
    assert bands[households.tenure == Tenure.OWNER].mean() < bands[households.tenure == Tenure.SOCIAL].mean()


def test_each_household_has_one_head_and_couples_a_partner(households, people):
    heads = people.filter(place=Place.HEAD)
    assert heads["household"].to_list() == list(range(6000))
    partnered = people.filter(place=Place.PARTNER)["household"].to_numpy()
    coupled = np.flatnonzero(np.isin(households.kind, COUPLED) & (households.kind != Kind.MULTI))
    assert np.isin(coupled, partnered).all()


def test_children_are_under_age_and_younger_than_their_parents(people):
    born = people.with_columns(head=pl.col("born").first().over("household"))
    children = born.filter(place=Place.CHILD)
    assert not children["adult"].any()
    assert (children["born"] - children["head"] > 16 * 365).mean() > 0.99
    assert people.filter(pl.col("place") != Place.CHILD)["adult"].all()


def test_pensioners_are_of_pension_age(households, people):
    heads = people.filter(place=Place.HEAD)["born"].to_numpy()
    pensioners = np.isin(households.kind, (Kind.PENSIONER, Kind.PENS_COUPLE))
    assert (TIMES.today - heads[pensioners] >= 66 * 365).all()


def test_some_sons_have_their_father_s_name_and_some_children_a_twin(people):
    named = people.with_columns(
        same=(pl.col("forename") == pl.col("forename").first().over("household"))
        & (pl.col("surname") == pl.col("surname").first().over("household"))
    )
    assert named.filter(pl.col("same"), place=Place.GROWN_CHILD).height > 10
    twins = people.filter(place=Place.CHILD).group_by("household", "born").len().filter(pl.col("len") > 1)
    assert twins.height > 5


def test_siblings_don_t_share_a_forename(people):
    children = people.filter(place=Place.CHILD).group_by("household", "forename").len()
    assert (children["len"] > 1).mean() < 0.003


def test_most_couples_share_a_surname_and_some_wives_had_another(people):
    couples = people.with_columns(head=pl.col("surname").first().over("household")).filter(
        place=Place.PARTNER
    )
    assert 0.6 < (couples["surname"] == couples["head"]).mean() < 0.78
    wives = couples.filter(pl.col("female") & (pl.col("surname") == pl.col("head")))
    assert (wives["birth_surname"] != wives["surname"]).mean() > 0.9


def test_names_have_a_long_tail(people):
    counts = people["surname"].value_counts(sort=True)["count"]
    assert counts[0] / people.height < 0.03
    assert len(counts) > 900


def test_ninos_are_distinct_and_only_adults_have_one(people):
    assert people.filter("adult")["nino"].is_unique().all()
    assert people.filter(~pl.col("adult"))["nino"].null_count() == people.filter(~pl.col("adult")).height


@pytest.mark.deep
def test_the_whole_town_has_its_people_within_one_in_a_hundred():
    whole = settle(stream(1, "households"), size=TOWN_HOUSEHOLDS, times=TIMES)
    everyone = populate(stream(1, "people"), whole, TIMES)
    assert everyone.height == pytest.approx(TOWN_PEOPLE, rel=0.01)
    assert np.bincount(whole.tenure).tolist() == [33506, 12775, 13981]
