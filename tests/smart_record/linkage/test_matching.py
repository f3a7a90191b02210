"""Whom the match joins and whom it keeps apart: the pairs that councils get wrong."""

from datetime import date

import pytest

from smart_record.linkage import match
from tests.smart_record.linkage.builders import (
    NIGHT,
    a_bill,
    a_claim,
    a_dependant,
    a_tenancy,
    extracts_of,
    households,
    matched,
    one_person,
    residents,
)


def test_a_bill_without_birth_date_meets_the_claim_at_its_property():
    linkage = matched(a_bill("1", "MRS JOAN PARROTT"), a_claim("C1", "Joan", "Parrott", dob=date(1961, 4, 2)))
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


def test_a_father_and_his_son_of_one_name_are_two():
    linkage = matched(
        a_bill("1", "MR JOHN PARROTT", liable_dob_1=date(1961, 4, 2)),
        a_claim("C1", "John", "Parrott", dob=date(1998, 7, 20)),
    )
    assert not one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


@pytest.mark.parametrize(
    ("on_the_bill", "of_the_tenant", "one"),
    [
        ("MR JOHN PARROTT SNR", "Parrott Jnr", False),
        ("PARROTT, MR JOHN SR.", "Parrott (JR)", False),
        ("MR JOHN PARROTT SNR", "Parrott", True),  # the other may be either
        ("MR JOHN PARROTT JNR", "Parrott Jnr", True),
    ],
)
def test_one_called_senior_and_one_called_junior_are_two(on_the_bill, of_the_tenant, one):
    linkage = matched(a_bill("1", on_the_bill), a_tenancy("T1", "John", of_the_tenant))
    assert one_person(linkage, ("1", "liable_1"), ("T1", "tenant")) is one


def test_a_number_that_differs_keeps_a_father_and_his_son_apart():
    linkage = matched(
        a_tenancy("T1", "John", "Parrott", tenant_nino="QQ123456A"),
        a_claim("C1", "John", "Parrott", nino="QQ654987B"),
    )
    assert not one_person(linkage, ("T1", "tenant"), ("C1", "claimant"))


def test_the_middle_row_that_fits_father_and_son_joins_only_one():
    linkage = matched(
        a_bill("1", "MR JOHN PARROTT"),
        a_tenancy("T1", "John", "Parrott", tenant_dob=date(1961, 4, 2)),
        a_claim("C1", "John", "Parrott", dob=date(1998, 7, 20)),
    )
    assert not one_person(linkage, ("T1", "tenant"), ("C1", "claimant"))


def test_a_second_forename_is_no_other_middle_name_of_who_is_known_by_it():
    joint = {"liable_name_2": "MR PAK CHAN", "liability_end": date(2026, 3, 8)}
    linkage = matched(
        a_bill("1", "MRS WINNIE PUI HANG CHAN", **joint),
        a_bill("2", "MRS PUI HANG CHAN", liability_start=date(2026, 3, 9)),
    )
    assert one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))


def test_who_takes_over_a_bill_at_home_was_named_on_the_one_that_ended():
    couple = a_bill("1", "MR KEITH WOOD", liable_name_2="MRS B WOODS", liability_end=date(2026, 3, 8))
    widow = a_bill("2", "MRS BETTY WOOD", liability_start=date(2026, 3, 9))
    assert one_person(matched(couple, widow), ("1", "liable_2"), ("2", "liable_1"))
    later = a_bill("2", "MRS BETTY WOOD", liability_start=date(2026, 6, 9))
    assert not one_person(matched(couple, later), ("1", "liable_2"), ("2", "liable_1"))


def test_twins_are_two_people():
    born = date(2001, 5, 14)
    linkage = matched(
        a_claim("C1", "Karen", "Parrott", dob=born), a_tenancy("T1", "Kevin", "Parrott", tenant_dob=born)
    )
    assert not one_person(linkage, ("C1", "claimant"), ("T1", "tenant"))


def test_whether_two_forenames_of_one_birth_are_twins_is_for_an_officer_to_say():
    born = date(2001, 5, 14)
    rows = a_bill("1", "MS ANN PARROTT", liable_dob_1=born), a_claim("C1", "Mary", "Parrott", dob=born)
    linkage = matched(*rows)
    assert not one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    assert linkage.possible.filter(record_ref="C1", other_record_ref="1").height == 1
    sister = a_claim("C1", "Mary", "Parrott", dob=date(2003, 7, 2))
    assert matched(rows[0], sister).possible.is_empty()


def test_twins_on_one_claim_are_two_children():
    born = date(2019, 5, 14)
    linkage = matched(
        a_claim("C1", "Joan", "Parrott"),
        a_dependant("C1", 1, "Amy", "Parrott", born),
        a_dependant("C1", 2, "Eve", "Parrott", born),
    )
    assert not one_person(linkage, ("C1/1", "dependant"), ("C1/2", "dependant"))


def test_a_child_on_an_old_and_a_new_claim_of_its_mother_is_one():
    born, mother = date(2019, 5, 14), {"nino": "QQ123456A", "dob": date(1990, 2, 3)}
    linkage = matched(
        a_claim("C1", "Joan", "Parrott", end_date=date(2025, 1, 6), **mother),
        a_claim("C2", "Joan", "Parrott", start_date=date(2025, 6, 2), **mother),
        a_dependant("C1", 1, "Amelia", "Parrott", born),
        a_dependant("C2", 1, "Millie", "Parrott", born),
    )
    assert one_person(linkage, ("C1/1", "dependant"), ("C2/1", "dependant"))


@pytest.mark.parametrize(
    ("bill", "forename", "surname"),
    [
        ("MR MOHAMMED CHAUDHRY", "Muhammad", "Choudhury"),
        ("MRS KHADIJAH HUSSEIN", "Khadija", "Hussain"),
        ("MR OLEKSANDR KOVALENKO", "Alexander", "Kowalenko"),
        ("Yousaf Siddiqi", "Yusuf", "Siddiqui"),
        ("ROYA AL-HASSAN", "Roya", "Al Hassan"),
        ("MR TESFAYE GHEBRE", "Tesfay", "Gebre"),
        ("Łukasz Żółkiewski", "Lukasz", "Zolkiewski"),
    ],
)
def test_one_name_in_two_spellings_is_one_person(bill, forename, surname):
    linkage = matched(a_bill("1", bill), a_claim("C1", forename, surname))
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


@pytest.mark.parametrize(
    ("bill", "forename", "surname"),
    [
        ("MRS PEGGY PARROTT", "Margaret", "Parrott"),
        ("MR W PARROTT", "William", "Parrott"),
        ("Parrott, William (Mr)", "William", "Parrott"),
        ("PARROTT WILLIAM", "William", "Parrott"),
        ("MR WM PARROTT", "William", "Parrott"),
        ("MR WILLIAM PARR0TT", "William", "Parrott"),
        ("MR WLILIAM PARROT", "William", "Parrott"),
        ("MR JAMES WILLIAM PARROTT", "William", "Parrott"),
        ("MRS JOAN PARROTT-HAIGH", "Joan", "Haigh"),
    ],
)
def test_the_ways_in_which_clerks_write_one_name(bill, forename, surname):
    linkage = matched(a_bill("1", bill), a_claim("C1", forename, surname))
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


def test_a_wife_under_her_maiden_name_is_known_by_her_husband():
    linkage = matched(
        a_bill("1", "MR IVOR & MRS C PARROTT"),
        a_claim("C1", "Ivor", "Parrott", partner_forename="Carol", partner_surname="Mudge"),
    )
    assert one_person(linkage, ("1", "liable_1_joint"), ("C1", "partner"))


def test_a_couple_with_one_initial_is_told_apart_by_sex():
    linkage = matched(
        a_bill("1", "MR A & MRS A PARROTT"),
        *(a_bill(f"2{n}", f"MR ABDUL SEDDON{n}", at=f"{n + 1} Bank Street, Fernby") for n in range(4)),
        *(a_bill(f"3{n}", f"MRS ANJALI LUNN{n}", at=f"{n + 1} Park Street, Fernby") for n in range(4)),
        a_tenancy("T1", "Anjali", "Parrott", joint_forename="Abdul", joint_surname="Parrott"),
    )
    ids = residents(linkage)
    assert ids["1", "liable_1"] == ids["T1", "joint"]
    assert ids["1", "liable_1_joint"] == ids["T1", "tenant"]


@pytest.mark.parametrize(
    "name",
    [
        "Fernby Homes Limited",
        "A & B Properties",
        "Mr K Landlord",
        "THE OCCUPIER",
        "VOID",
        "EXORS OF J PARROTT",
    ],
)
def test_a_company_a_void_and_an_estate_are_nobody(name):
    linkage = matched(a_bill("1", name))
    assert "1" not in households(linkage)


def test_a_man_called_church_is_somebody():
    assert ("1", "liable_1") in residents(matched(a_bill("1", "MR JOHN CHURCH")))


@pytest.mark.parametrize("placeholder", [date(1900, 1, 1), date(2027, 1, 2)])
def test_a_placeholder_or_a_birth_to_come_neither_joins_nor_parts(placeholder):
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", liable_dob_1=placeholder),
        a_claim("C1", "Ivor", "Parrott", dob=date(1970, 3, 4)),
        a_claim("C2", "Selma", "Mudge", at="3 Station Road, Fernby", dob=placeholder),
    )
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    assert not one_person(linkage, ("1", "liable_1"), ("C2", "claimant"))


def test_a_temporary_number_joins_nobody():
    linkage = matched(
        a_claim("C1", "Ivor", "Parrott", nino="TN040370M"),
        a_tenancy("T1", "Ian", "Mudge", at="3 Station Road, Fernby", tenant_nino="TN040370M"),
    )
    assert not one_person(linkage, ("C1", "claimant"), ("T1", "tenant"))


def test_evidence_and_weight_say_why_without_saying_who():
    linkage = matched(
        a_bill("1", "MR IVOR PARROTT", liable_nino_1="qq 12 34 56 a"),
        a_claim("C1", "Ivor", "Parrott", nino="QQ123456A"),
    )
    link = linkage.links.filter(record_ref="C1").row(0, named=True)
    assert link["evidence"] == "National Insurance number; same property; surname; forename"
    assert link["match_weight"] > 20


def test_a_row_alone_has_neither_weight_nor_evidence():
    link = matched(a_claim("C1", "Ivor", "Parrott")).links.filter(record_ref="C1").row(0, named=True)
    assert (link["match_weight"], link["evidence"]) == (None, "")


def test_what_could_be_one_person_is_left_to_an_officer():
    linkage = matched(
        a_bill("1", "MRS J PARROTT"), a_claim("C1", "Jean", "Mudge", start_date=date(2026, 3, 9))
    )
    assert not one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    asked = linkage.possible.row(0, named=True)
    assert (asked["record_ref"], asked["other_record_ref"], asked["evidence"]) == (
        "C1",
        "1",
        "same property; initial",
    )


def test_a_council_may_bring_one_source_or_none():
    bills = extracts_of(a_bill("1", "MR IVOR PARROTT"))["council_tax_accounts"]
    assert match({"council_tax_accounts": bills}, as_of=NIGHT).links.height == 1
    assert match({}, as_of=NIGHT).links.is_empty()
    assert matched(among_strangers=False).households.is_empty()


def test_stages_are_told_as_they_start():
    told: list[str] = []
    match(extracts_of(a_bill("1", "MR IVOR PARROTT")), as_of=NIGHT, progress=told.append)
    assert told == ["reading names and addresses", "comparing people", "joining households", "keeping ids"]


def test_a_name_in_another_script_has_a_link_and_meets_itself_in_latin_letters():
    bill = a_bill("1", "Мария Иванова", uprn=1)
    linkage = matched(bill, a_claim("C1", "Mariya", "Ivanova", uprn=1), a_tenancy("T1", "王", "伟", uprn=2))
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    assert ("T1", "tenant") in residents(linkage)
