"""Kin who live in a household and claim on their own are of it; sharers of one surname are not."""

from datetime import date

import polars as pl
import pytest

from smart_record.linkage import Linkage, match
from smart_record.linkage.homes.kin_at_home import KIN, PARENT_AND_CHILD
from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, VerdictKind
from tests.smart_record.linkage.builders import (
    NIGHT,
    Row,
    a_bill,
    a_claim,
    a_tenancy,
    extracts_of,
    households,
    matched,
    residents,
    townspeople,
)

PARENTS = a_bill("1", "MR IVOR PARROTT", liable_name_2="MRS SELMA PARROTT", uprn=1)
BORN = a_bill("1", "MR IVOR PARROTT", liable_dob_1=date(1961, 5, 6), uprn=1)
CHILD = {"dob": date(1999, 2, 3), "uprn": 1}


def told(linkage: Linkage, ref: str) -> str:
    return linkage.links.filter(record_ref=ref)["evidence"][0]


def confidence(linkage: Linkage, ref: str) -> str:
    household = households(linkage)[ref]
    return linkage.households.filter(household_id=household)["confidence"][0]


def test_a_grown_up_child_with_a_claim_is_of_the_household_and_another_person():
    linkage = matched(BORN, a_claim("C1", "Tamsin", "Parrott", **CHILD))
    assert households(linkage)["1"] == households(linkage)["C1"]
    assert residents(linkage)["1", "liable_1"] != residents(linkage)["C1", "claimant"]
    assert told(linkage, "C1") == PARENT_AND_CHILD
    assert confidence(linkage, "C1") == "strong"


def test_a_birth_may_stand_on_another_record_of_the_parent():
    known = {"tenant_dob": date(1961, 5, 6), "tenancy_start": date(2015, 6, 1), "uprn": 1}
    linkage = matched(
        PARENTS, a_tenancy("T1", "Ivor", "Parrott", **known), a_claim("C1", "Tamsin", "Parrott", **CHILD)
    )
    assert households(linkage)["1"] == households(linkage)["C1"] == households(linkage)["T1"]
    assert told(linkage, "C1") == PARENT_AND_CHILD


def test_without_births_an_officer_is_asked_before_contact():
    linkage = matched(PARENTS, a_claim("C1", "Tamsin", "Parrott", uprn=1))
    assert households(linkage)["1"] == households(linkage)["C1"]
    assert told(linkage, "C1") == KIN
    assert confidence(linkage, "C1") == "probable"


def test_a_misspelt_or_double_surname_is_the_family_s():
    for surname in ("Parott", "Parrott-Lomas"):
        of = households(matched(BORN, a_claim("C1", "Tamsin", surname, **CHILD)))
        assert of["1"] == of["C1"]


@pytest.mark.parametrize(
    "beside",
    [
        a_claim("C2", "Noel", "Kettlewell", uprn=1),
        a_bill("2", "MR NOEL KETTLEWELL", uprn=1),
        a_bill("2", "MR NOEL PARROTT", uprn=1),
    ],
    ids=["another's claim", "another's bill", "another bill of the name"],
)
def test_in_a_shared_house_one_surname_says_nothing(beside: Row):
    of = households(matched(BORN, a_claim("C1", "Tamsin", "Parrott", **CHILD), beside))
    assert of["1"] != of["C1"]


@pytest.mark.parametrize(
    "claim",
    [
        a_claim("C1", "Tamsin", "Kettlewell", **CHILD),
        a_claim("C1", "Tamsin", "Parrott", at="14 Mill Lane, Fernby", uprn=2),
        a_claim("C1", "Tamsin", "Parrott", end_date=date(2026, 1, 1), **CHILD),
        a_claim("C1", "Tamsin", None, **CHILD),
    ],
    ids=["another name", "another home", "a claim that ended", "no surname"],
)
def test_strangers_neighbours_and_ended_claims_are_not_of_it(claim: Row):
    of = households(matched(BORN, claim))
    assert of["1"] != of["C1"]


@pytest.mark.parametrize(
    "moved",
    [
        a_bill("2", "MISS TAMSIN PARROTT", at="3 Station Road, Fernby", uprn=2, liable_dob_1=CHILD["dob"]),
        a_tenancy("2", "Tamsin", "Parrott", at="3 Station Road, Fernby", uprn=2, tenant_dob=CHILD["dob"]),
    ],
    ids=["a bill", "a tenancy"],
)
def test_who_has_a_home_elsewhere_lives_there(moved: Row):
    linkage = matched(BORN, moved, a_claim("C1", "Tamsin", "Parrott", **CHILD))
    of = households(linkage)
    assert of["2"] == of["C1"] != of["1"]


def test_begum_and_kaur_are_no_family_s_name():
    bill = a_bill("1", "MRS RUKHSANA BEGUM", liable_dob_1=date(1961, 5, 6), uprn=1)
    of = households(matched(bill, a_claim("C1", "Salma", "Begum", **CHILD)))
    assert of["1"] != of["C1"]


def test_an_officer_s_word_stands_above_it():
    apart = {"source": "benefits", "record_ref": "C1", "other_source": "council_tax", "other_record_ref": "1"}
    verdict = pl.DataFrame(
        [apart | {"kind": VerdictKind.DIFFERENT_HOUSEHOLDS.value}], dict.fromkeys(VERDICT_COLUMNS, pl.String)
    )
    rows = extracts_of(BORN, a_claim("C1", "Tamsin", "Parrott", **CHILD), *townspeople())
    linkage = match(rows, as_of=NIGHT, verdicts=verdict)
    assert households(linkage)["1"] != households(linkage)["C1"]
    assert told(linkage, "C1") == ""
