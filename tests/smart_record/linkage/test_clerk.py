"""What a careful clerk decides from two or three rows together."""

from datetime import date

import polars as pl
import pytest

from smart_record.linkage import Linkage
from tests.smart_record.linkage.builders import (
    a_bill,
    a_claim,
    a_tenancy,
    matched,
    residents,
)

FAR, FARTHER = "88 Quarry Road, Fernby", "3 Tollgate Way, Fernby"
LEFT_ON = date(2026, 3, 9)


def one_person(linkage: Linkage, *rows: tuple[str, str]) -> bool:
    ids = residents(linkage)
    return len({ids[row] for row in rows}) == 1


def test_somebody_who_left_is_known_at_the_new_home_though_nobody_wrote_when_it_began() -> None:
    linkage = matched(
        a_bill("1", "MRS ZUZANNA PELLEGRINI", at=FAR, liability_end=LEFT_ON),
        a_bill("2", "MRS ZUZANNA PELLEGRINI", at=FARTHER, liability_start=None),
    )
    assert one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))


def test_two_bills_that_run_at_two_homes_are_two_people_s_whenever_they_began() -> None:
    linkage = matched(
        a_bill("1", "MRS ZUZANNA PELLEGRINI", at=FAR, liability_start=None),
        a_bill("2", "MRS ZUZANNA PELLEGRINI", at=FARTHER, liability_start=None),
    )
    assert not one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))


def test_one_name_and_one_telephone_at_two_homes_is_one_person_who_left_one_of_them() -> None:
    def joined(telephone: str) -> bool:
        linkage = matched(
            a_bill("1", "MRS ZUZANNA PELLEGRINI", at=FAR, telephone="07700900123"),
            a_bill("2", "MRS ZUZANNA PELLEGRINI", at=FARTHER, telephone=telephone, liability_start=LEFT_ON),
        )
        return one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))

    assert (joined("07700900123"), joined("07700900456")) == (True, False)


def test_another_telephone_speaks_against_a_name_met_elsewhere() -> None:
    def joined(other: str) -> bool:
        linkage = matched(
            a_bill("1", "MRS EDITH PELLEGRINI", at=FAR, liability_end=LEFT_ON, telephone="07700900123"),
            a_bill("2", "MRS EDITH PELLEGRINI", at=FARTHER, liability_start=None, telephone=other),
        )
        return one_person(linkage, ("1", "liable_1"), ("2", "liable_1"))

    assert (joined("07700900123"), joined("07700900456")) == (True, False)


def test_a_couple_met_again_elsewhere_is_known_by_both_though_one_is_an_initial() -> None:
    linkage = matched(
        a_bill("1", "MR T DIXON", at=FAR, liable_name_2="MISS PAIGE HUTCHINSON"),
        a_claim("C1", "Timothy", "Dixon", at=FARTHER, partner_forename="Paige", partner_surname="Hutchinson"),
    )
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    assert one_person(linkage, ("1", "liable_2"), ("C1", "partner"))


def test_half_a_couple_with_an_initial_is_not_known_elsewhere() -> None:
    linkage = matched(a_bill("1", "MR T DIXON", at=FAR), a_claim("C1", "Timothy", "Dixon", at=FARTHER))
    assert not one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


def test_a_claim_with_an_award_is_not_of_a_bill_without_one_elsewhere() -> None:
    linkage = matched(
        *(
            row
            for n in range(20)  # bills and claims by which this council's awards are seen to agree
            for row in (
                a_bill(f"8{n}", f"Noel Ogden{n}", at=f"{n + 1} Low Road, Fernby", ctr_weekly_pence=900 + n),
                a_claim(
                    f"D{n}", "Noel", f"Ogden{n}", at=f"{n + 1} Low Road, Fernby", weekly_ctr_pence=900 + n
                ),
            )
        ),
        a_bill("1", "MRS ZUZANNA PELLEGRINI", at=FAR, ctr_weekly_pence=0),
        a_claim("C1", "Zuzanna", "Pellegrini", at=FARTHER, weekly_ctr_pence=1523),
    )
    assert not one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))


@pytest.mark.parametrize(
    ("bill", "forename", "same"),
    [
        ("MR RKOY LEONARD", "Ryo", True),
        ("MR JOSHXA LEONARD", "Johuah", True),
        ("MISS LILY LEONARD", "Lucy", False),  # two names, and so two people
    ],
)
def test_a_forename_misspelt_twice_is_forgiven_where_birth_and_home_agree(
    bill: str, forename: str, *, same: bool
) -> None:
    born = date(1969, 7, 26)
    linkage = matched(
        a_bill("1", bill, liable_dob_1=born),
        a_claim("C1", forename, "Leonard", dob=born),
        *(
            a_claim(f"D{n}", name, "Garth", at=f"{n} Back Lane")
            for n, name in enumerate(["Lily", "Lucy"] * 3)
        ),
    )
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant")) is same


def confidence(linkage: Linkage, ref: str) -> str:
    home = linkage.links.filter(pl.col("record_ref") == ref)["household_id"][0]
    return str(linkage.households.filter(pl.col("household_id") == home)["confidence"].item())


def test_a_name_alone_is_no_ground_for_contact_where_two_of_the_household_bear_it() -> None:
    def sure(second: str, **known: object) -> str:
        return confidence(
            matched(
                a_bill("1", "MR JOHN PARROTT", liable_name_2=second),
                a_tenancy("T1", "John", "Parrott", **known),
            ),
            "T1",
        )

    assert sure("MRS JOAN PARROTT") == "strong"
    assert sure("MR JOHN PARROTT") == "probable"


@pytest.mark.parametrize(
    ("also", "sure"),
    [
        ({}, "probable"),  # a son may bear his father's name
        ({"weekly_ctr_pence": 2131}, "strong"),
        ({"dob": date(1961, 4, 12)}, "strong"),  # day and month the other way round
        ({"dob": date(1961, 12, 4)}, "confirmed"),
        ({"nino": "QQ123465A"}, "strong"),  # two digits the other way round
        ({"start_date": date(2015, 6, 1)}, "strong"),
        ({"partner_forename": "Paige", "partner_surname": "Hutchinson"}, "strong"),
    ],
)
def test_a_name_at_a_home_is_ground_for_contact_once_something_else_agrees(
    also: dict[str, object], sure: str
) -> None:
    bill = a_bill(
        "1",
        "MR TIMOTHY PELLEGRINI",
        liable_name_2="MISS PAIGE HUTCHINSON",
        liable_dob_1=date(1961, 12, 4),
        liable_nino_1="QQ123456A",
        ctr_weekly_pence=2131,
    )
    claim = a_claim("C1", "Timothy", "Pellegrini", **({"start_date": date(2019, 2, 5)} | also))
    assert confidence(matched(bill, claim), "C1") == sure


@pytest.mark.parametrize(("also", "sure"), [({}, "probable"), ({"dob": date(1961, 12, 4)}, "confirmed")])
def test_one_reduction_at_two_homes_is_no_ground_for_contact(also: dict[str, object], sure: str) -> None:
    bill = a_bill("1", "MR TIMOTHY PELLEGRINI", liable_dob_1=date(1961, 12, 4), ctr_weekly_pence=2131)
    elsewhere = {"at": "9 Far Row, Fernby", "weekly_ctr_pence": 2131, "start_date": date(2019, 2, 5)}
    linkage = matched(bill, a_claim("C1", "Timothy", "Pellegrini", **(elsewhere | also)))
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"))
    assert confidence(linkage, "C1") == sure


def test_two_claims_sure_of_each_other_are_no_surer_of_the_bill_they_meet() -> None:
    known = {"dob": date(1961, 12, 4), "nino": "QQ123456A"}
    linkage = matched(
        a_bill("1", "MR TIMOTHY PELLEGRINI"),
        a_claim("C1", "Timothy", "Pellegrini", start_date=date(2019, 2, 5), end_date=LEFT_ON, **known),
        a_claim("C2", "Timothy", "Pellegrini", start_date=LEFT_ON, **known),
    )
    assert one_person(linkage, ("1", "liable_1"), ("C1", "claimant"), ("C2", "claimant"))
    assert confidence(linkage, "1") == "probable"


@pytest.mark.parametrize(
    ("born", "same"),
    [
        (date(1980, 1, 27), True),  # another year and another day: wrong twice
        (date(1991, 4, 11), False),  # nothing of it agrees
        (date(1961, 1, 21), False),  # a generation apart
    ],
)
def test_two_births_of_one_name_at_home_are_one_person_s_where_something_agrees(
    born: date, *, same: bool
) -> None:
    linkage = matched(
        a_bill("1", "MS IVANA DUMITRU", liable_dob_1=born),
        a_tenancy("T1", "Ivana", "Dumitru", tenant_dob=date(1990, 1, 21)),
    )
    assert one_person(linkage, ("1", "liable_1"), ("T1", "tenant")) is same


def test_a_number_with_a_slip_in_each_row_is_one_number() -> None:
    linkage = matched(
        a_tenancy("T1", "Ivana", "Dumitru", at=FAR, tenant_nino="QQ123456A"),
        a_claim("C1", "Ivana", "Dumitru", at=FARTHER, nino="QQ124356B"),
        a_bill("1", "MS IVANA DUMITRU", at=FAR, liable_nino_1="QQ123458A"),
    )
    assert one_person(linkage, ("T1", "tenant"), ("C1", "claimant"), ("1", "liable_1"))
