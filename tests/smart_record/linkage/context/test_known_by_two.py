"""People known by two forenames."""

from datetime import date

import polars as pl

from smart_record.linkage import match
from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, VerdictKind
from tests.smart_record.linkage.builders import (
    NIGHT,
    a_bill,
    a_claim,
    a_tenancy,
    extracts_of,
    matched,
    one_person,
    residents,
    townspeople,
)

NUMBER, BORN = "QQ123456C", date(1961, 4, 5)
CLAIM = a_claim("C1", "Alison", "Parrott", nino=NUMBER, dob=BORN, sex="F")
TENANCY = a_tenancy("T1", "Joan", "Parrott", tenant_nino=NUMBER)
BILL = a_bill("1", "MRS ALISON PARROTT", liable_dob_1=BORN)


def test_a_bill_in_one_name_stands_against_no_tenancy_in_the_other():
    linkage = matched(CLAIM, TENANCY, BILL)
    assert one_person(linkage, ("C1", "claimant"), ("T1", "tenant"), ("1", "liable_1"))


def test_two_names_without_a_number_are_two_people():
    tenancy = a_tenancy("T1", "Joan", "Parrott")
    linkage = matched(CLAIM, tenancy, BILL)
    assert one_person(linkage, ("C1", "claimant"), ("1", "liable_1"))
    assert not one_person(linkage, ("T1", "tenant"), ("1", "liable_1"))


def test_who_has_both_forenames_on_one_record_is_known_by_either():
    both = a_tenancy("T1", "Alison Joan", "Parrott", tenant_dob=BORN)
    joan = a_bill("1", "MRS JOAN PARROTT", telephone="01632 960001")
    linkage = matched(both, joan, a_claim("C1", "Alison", "Parrott", dob=BORN))
    assert one_person(linkage, ("T1", "tenant"), ("1", "liable_1"), ("C1", "claimant"))
    assert not one_person(matched(joan, CLAIM), ("1", "liable_1"), ("C1", "claimant"))


def test_an_officer_s_word_that_they_are_two_stands():
    told = [(VerdictKind.DIFFERENT_PEOPLE, "council_tax", "1", "liable_1", "rent", "T1", "tenant")]
    verdicts = pl.DataFrame(told, dict.fromkeys(VERDICT_COLUMNS, pl.String), orient="row")
    found = residents(
        match(extracts_of(CLAIM, TENANCY, BILL, *townspeople()), as_of=NIGHT, verdicts=verdicts)
    )
    assert found["1", "liable_1"] != found["T1", "tenant"]
