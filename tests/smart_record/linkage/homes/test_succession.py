"""Who takes over a parent's bill or tenancy on the day it ends is of the household; a new tenant is not."""

from datetime import date

import pytest

from smart_record.linkage import Linkage
from smart_record.linkage.homes.succession import SUCCESSION, SUCCESSION_BY_NAME, SUCCESSION_OF_BOTH
from tests.smart_record.linkage.builders import (
    Row,
    a_bill,
    a_claim,
    a_tenancy,
    households,
    matched,
    residents,
)

DAY = date(2025, 9, 13)
MOTHER, DAUGHTER = date(1958, 7, 29), date(1995, 5, 23)
HERS = a_bill("1", "MISS SELMA PARROTT", liable_dob_1=MOTHER, liability_end=DAY, uprn=1)
THEN = a_bill("2", "MISS TAMSIN PARROTT", liable_dob_1=DAUGHTER, liability_start=DAY, uprn=1)
TENANCIES = (
    a_tenancy("T1", "Selma", "Parrott", tenant_dob=MOTHER, tenancy_end=DAY, uprn=1),
    a_tenancy("T2", "Tamsin", "Parrott", tenant_dob=DAUGHTER, tenancy_start=DAY, uprn=1),
)


def told(linkage: Linkage, ref: str) -> str:
    return linkage.links.filter(record_ref=ref)["evidence"][0]


def confidence(linkage: Linkage, ref: str) -> str:
    household = households(linkage)[ref]
    return linkage.households.filter(household_id=household)["confidence"][0]


def then(**values: object) -> Row:
    return Row(THEN.extract, THEN.values | values)


def test_a_child_who_takes_the_bill_over_is_of_the_household_and_another_person():
    linkage = matched(HERS, THEN)
    assert households(linkage)["1"] == households(linkage)["2"]
    assert residents(linkage)["1", "liable_1"] != residents(linkage)["2", "liable_1"]
    assert told(linkage, "2") == SUCCESSION
    assert confidence(linkage, "2") == "probable"  # an officer is asked first


def test_where_bill_and_tenancy_are_taken_over_alike_the_household_is_sure():
    linkage = matched(HERS, THEN, *TENANCIES)
    assert len({households(linkage)[ref] for ref in ("1", "2", "T1", "T2")}) == 1
    assert SUCCESSION_OF_BOTH in told(linkage, "2")
    assert confidence(linkage, "2") == "strong"


def test_without_births_bill_and_tenancy_must_be_taken_over_alike():
    undated = [
        Row(
            row.extract,
            {name: value for name, value in row.values.items() if not name.endswith(("dob", "dob_1"))},
        )
        for row in (HERS, THEN, *TENANCIES)
    ]
    linkage = matched(*undated)
    assert len({households(linkage)[ref] for ref in ("1", "2", "T1", "T2")}) == 1
    assert SUCCESSION_BY_NAME in told(linkage, "2")
    assert confidence(linkage, "2") == "probable"
    of = households(matched(*undated[:2]))
    assert of["1"] != of["2"]


def test_an_end_may_be_the_last_day_or_the_first_without():
    of = households(matched(HERS, then(liability_start=date(2025, 9, 14))))
    assert of["1"] == of["2"]


@pytest.mark.parametrize(
    "changed",
    [
        {"liability_start": date(2025, 9, 15)},
        {"liability_start": date(2025, 9, 12)},
        {"liable_name_1": "MISS TAMSIN KETTLEWELL"},
        {"liable_dob_1": date(1960, 5, 23)},
        {"liable_dob_1": None},
        {"uprn": 2, "address_line_1": "14 Mill Lane, Fernby"},
    ],
    ids=["empty for a day", "overlapping", "another name", "of one age", "no birth", "another home"],
)
def test_a_new_tenant_is_a_household_of_their_own(changed: dict[str, object]):
    of = households(matched(HERS, then(**changed)))
    assert of["1"] != of["2"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        a_bill(
            "3",
            "MISS SELMA PARROTT",
            at="3 Station Road, Fernby",
            uprn=3,
            liable_dob_1=MOTHER,
            liability_start=DAY,
        ),
        a_bill(
            "3",
            "MISS TAMSIN PARROTT",
            at="3 Station Road, Fernby",
            uprn=3,
            liable_dob_1=DAUGHTER,
            liability_end=DAY,
        ),
    ],
    ids=["the mother moved", "the daughter came from elsewhere"],
)
def test_who_has_or_had_a_home_elsewhere_is_another_household(elsewhere: Row):
    of = households(matched(HERS, THEN, elsewhere))
    assert of["1"] != of["2"]


def test_in_a_shared_house_rooms_that_change_hands_say_nothing():
    rooms = (
        a_bill("3", "MISS GRACE KETTLEWELL", liability_end=DAY, uprn=1),
        a_bill("4", "MR NOEL OGDEN", liability_start=DAY, uprn=1),
    )
    of = households(matched(HERS, THEN, *rooms))
    assert of["1"] != of["2"]


def test_the_child_s_claim_comes_along():
    of = households(matched(HERS, THEN, a_claim("C1", "Tamsin", "Parrott", dob=DAUGHTER, uprn=1)))
    assert of["1"] == of["2"] == of["C1"]
