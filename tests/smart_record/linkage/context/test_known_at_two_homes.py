"""People proven at two homes at one time."""

from datetime import date

import pytest

from tests.smart_record.linkage.builders import a_bill, a_claim, a_tenancy, matched, one_person

ELSEWHERE = {"at": "3 Station Road, Fernby", "uprn": 2}
HERE = a_bill("1", "MR IVOR PARROTT", uprn=1)
THERE = a_bill("2", "IVOR PARROTT", **ELSEWHERE)
BORN = date(1970, 3, 4)


@pytest.mark.parametrize(
    ("proof", "one"),
    [
        ({"nino": "QQ123456A"}, True),
        ({"dob": BORN}, True),
        ({}, False),  # two of one name, as far as anybody can tell
    ],
)
def test_two_bills_at_one_time_are_one_person_s_who_is_proven_at_both_homes(proof, one):
    claim = a_claim("C1", "Ivor", "Parrott", uprn=1, **proof)
    tenant = {f"tenant_{name}": value for name, value in proof.items()}
    linkage = matched(HERE, THERE, claim, a_tenancy("T1", "Ivor", "Parrott", **ELSEWHERE, **tenant))
    assert one_person(linkage, ("1", "liable_1"), ("2", "liable_1")) is one
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


def test_another_birth_at_the_other_home_proves_nothing():
    claim = a_claim("C1", "Ivor", "Parrott", uprn=1, nino="QQ123456A", dob=BORN)
    tenancy = a_tenancy("T1", "Ivor", "Parrott", **ELSEWHERE, tenant_dob=date(1999, 8, 7))
    linkage = matched(HERE, THERE, claim, tenancy)
    assert not one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))


@pytest.mark.parametrize(("surname", "one"), [("Parrott", True), ("Parot", True), ("Mudge", False)])
def test_neighbours_of_one_forename_and_birth_are_two_under_two_surnames(surname, one):
    here = a_tenancy("T1", "Leah", "Parrott", uprn=1, tenant_dob=BORN)
    there = a_tenancy("T2", "Leah", surname, at="14 Mill Lane, Fernby", uprn=2, tenant_dob=BORN)
    claim = a_claim("C1", "Leah", surname, at="14 Mill Lane, Fernby", uprn=2, dob=BORN)
    linkage = matched(here, there, claim)
    assert one_person(linkage, ("T1", "tenant"), ("T2", "tenant")) is one
    assert one_person(linkage, ("T2", "tenant"), ("C1", "claimant"))
