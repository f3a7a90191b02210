"""Who lives together: movers, shared houses, next occupiers, and bills with the claims they come from."""

from datetime import date

import pytest

from tests.smart_record.linkage.builders import (
    a_bill,
    a_claim,
    households,
    matched,
    one_person,
    residents,
)

MOVED_ON = date(2026, 3, 9)


def test_two_people_of_one_field_are_two_residents_of_one_household():
    linkage = matched(a_bill("1", "MR J & MRS J PARROTT"))
    ids = residents(linkage)
    assert ids["1", "liable_1"] != ids["1", "liable_1_joint"]
    assert linkage.households.filter(household_id=households(linkage)["1"])["members"].item() == 2


def test_a_mover_is_one_person_and_one_household():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", at="12 Mill Lane, Fernby", liability_end=MOVED_ON),
        a_bill("2", "IVOR PARROTT", at="3 Station Road, Fernby", liability_start=MOVED_ON),
    )
    assert one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))
    assert households(linkage)["1"] == households(linkage)["2"]


def test_a_household_that_moved_is_described_by_its_new_home():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", uprn=1, liability_end=MOVED_ON),
        a_bill("2", "IVOR PARROTT", at="3 Station Road, Fernby", uprn=2, liability_start=MOVED_ON),
    )
    described = linkage.households.filter(household_id=households(linkage)["1"]).row(0, named=True)
    assert (described["uprn"], described["address"]) == (2, "3 Station Road, Fernby")


def test_two_bills_at_one_time_are_two_people_of_one_name():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", at="12 Mill Lane, Fernby"),
        a_bill("2", "MR IVOR PARROTT", at="3 Station Road, Fernby"),
    )
    assert not one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))


def test_a_shared_house_holds_its_households_apart():
    linkage = matched(
        a_claim("C1", "Ivor", "Parrott", uprn=7),
        a_claim("C2", "Selma", "Mudge", uprn=7),
        a_claim("C3", "Piotr", "Nowicki", uprn=7),
    )
    assert len({households(linkage)[ref] for ref in ("C1", "C2", "C3")}) == 3


def test_the_next_occupier_is_another_household():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", uprn=7, liability_end=MOVED_ON),
        a_bill("2", "MRS SELMA MUDGE", uprn=7, liability_start=MOVED_ON),
    )
    assert households(linkage)["1"] != households(linkage)["2"]


def test_a_bill_with_a_reduction_belongs_to_the_claim_it_comes_from():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", uprn=7, ctr_weekly_pence=2105),
        a_claim("C1", "Selma", "Mudge", uprn=7, weekly_ctr_pence=2105),
    )
    assert households(linkage)["1"] == households(linkage)["C1"]
    assert not one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    assert linkage.households.filter(household_id=households(linkage)["1"])["confidence"].item() == "probable"


def test_a_bill_and_its_claim_meet_at_one_address_though_one_has_another_flat_s_uprn():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", at="Flat 4, 9 Mill Lane", uprn=7, ctr_weekly_pence=2105),
        a_claim("C1", "Selma", "Mudge", at="Flat 4, 9 Mill Lane", uprn=8, weekly_ctr_pence=2105),
    )
    assert households(linkage)["1"] == households(linkage)["C1"]


def test_one_address_in_words_of_many_flats_joins_no_bill_to_a_claim():
    flats = [a_bill(f"F{n}", f"ANN OTHER{n}", at="9 Mill Lane", uprn=10 + n) for n in range(4)]
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", at="9 Mill Lane", uprn=7, ctr_weekly_pence=2105),
        a_claim("C1", "Selma", "Mudge", at="9 Mill Lane", uprn=8, weekly_ctr_pence=2105),
        *flats,
    )
    assert households(linkage)["1"] != households(linkage)["C1"]


def test_in_a_hostel_one_sum_on_a_bill_and_a_claim_proves_nothing():
    hostel = {"at": "Fern House, 9 Mill Lane", "uprn": 7}
    others = [a_bill(f"H{n}", f"ANN OTHER{n}", ctr_weekly_pence=n, **hostel) for n in range(45)]
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", ctr_weekly_pence=2105, **hostel),
        a_claim("C1", "Selma", "Mudge", weekly_ctr_pence=2105, **hostel),
        *others,
    )
    assert households(linkage)["1"] != households(linkage)["C1"]


def test_a_bill_without_reduction_is_not_the_son_s_who_claims_one():
    father = a_bill("1", "MR JOHN PARROTT", ctr_weekly_pence=0)
    son = a_claim("C1", "John", "Parrott", weekly_ctr_pence=2105, start_date=MOVED_ON)
    namesakes = [a_bill(f"J{n}", f"JOHN PARROTT{n}", at=f"{n + 1} Bank Street, Fernby") for n in range(60)]
    assert not one_person(matched(father, son, *namesakes), ("1", "liable_1"), ("C1", "claimant"))


def test_where_bills_never_show_the_award_it_says_nothing():
    bills = [
        a_bill(f"B{n}", f"JOHN PARROTT{n}", at=f"{n + 1} Bank Street, Fernby", ctr_weekly_pence=0)
        for n in range(60)
    ]
    claims = [
        a_claim(f"C{n}", "John", f"Parrott{n}", at=f"{n + 1} Bank Street, Fernby", weekly_ctr_pence=2105)
        for n in range(60)
    ]
    ids = residents(matched(*bills, *claims))
    assert all(ids[f"B{n}", "liable_1"] == ids[f"C{n}", "claimant"] for n in range(60))


@pytest.mark.parametrize(
    ("claim", "confidence"),
    [({"dob": date(1970, 3, 4)}, "confirmed"), ({}, "strong")],
)
def test_a_household_is_as_sure_as_its_weakest_record(claim, confidence):
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", liable_dob_1=date(1970, 3, 4)),
        a_claim("C1", "Ivor", "Parrott", **claim),
    )
    described = linkage.households.filter(household_id=households(linkage)["1"])
    assert described["confidence"].item() == confidence


def test_the_ward_is_that_of_the_home_not_of_where_they_lived():
    who = {"liable_dob_1": date(1980, 3, 4), "liable_nino_1": "QQ123456A"}
    left = a_bill("1", "MR IVOR PARROTT", ward="Harbour", liability_end=MOVED_ON, **who)
    moved = a_bill("2", "MR IVOR PARROTT", at="9 Far Road, Fernby", liability_start=MOVED_ON, **who)
    claim = a_claim("C1", "Ivor", "Parrott", dob=date(1980, 3, 4), nino="QQ123456A")
    wards = {}
    for now in (moved, claim):
        linkage = matched(left, now)
        home = households(linkage)["1"]
        assert households(linkage)[now.values["record_ref"]] == home
        wards[now.extract] = linkage.households.filter(household_id=home)["ward"].item()
    assert wards == {"council_tax_accounts": None, "benefit_claims": "Harbour"}
