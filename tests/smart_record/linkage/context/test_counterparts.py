"""A record that lacks its counterpart is looked for under another address; one that has it is not."""

from datetime import date

from smart_record.linkage import Linkage
from tests.smart_record.linkage.builders import (
    Row,
    a_bill,
    a_claim,
    a_tenancy,
    households,
    matched,
    residents,
)

FAR, FARTHER = "88 Quarry Road, Fernby", "3 Tollgate Way, Fernby"
REDUCTION = 2131
BEGAN = date(2021, 4, 12)
BILL = a_bill("1", "MR T PELLEGRINI", at=FAR, ctr_weekly_pence=REDUCTION)
CLAIM = a_claim("C1", "Tobias", "Pellegrini", at=FARTHER, weekly_ctr_pence=REDUCTION)


def one_person(linkage: Linkage, bill: str, other: str, role: str) -> bool:
    ids = residents(linkage)
    return ids[bill, "liable_1"] == ids[other, role]


def test_a_claim_under_an_old_address_finds_the_bill_that_lacks_its_claim() -> None:
    assert one_person(matched(BILL, CLAIM), "1", "C1", "claimant")


def test_a_bill_that_has_its_claim_is_not_another_s() -> None:
    at_home = a_claim("C2", "Theresa", "Pellegrini", at=FAR, weekly_ctr_pence=REDUCTION)
    of_both = Row(BILL.extract, BILL.values | {"liable_name_2": "MRS THERESA PELLEGRINI"})
    linkage = matched(of_both, CLAIM, at_home)
    assert households(linkage)["1"] == households(linkage)["C2"]
    assert not one_person(linkage, "1", "C1", "claimant")


def test_a_bill_without_a_reduction_lacks_no_claim() -> None:
    paid_in_full = Row(BILL.extract, BILL.values | {"ctr_weekly_pence": None})
    assert not one_person(matched(paid_in_full, CLAIM), "1", "C1", "claimant")


def test_a_tenancy_without_a_bill_finds_the_one_that_began_with_it_elsewhere() -> None:
    def joined(began: date) -> bool:
        bill = a_bill("1", "MR EDWARD PELLEGRINI", at=FAR, liability_start=BEGAN)
        tenancy = a_tenancy("T1", "Ted", "Pellegrini", at=FARTHER, tenancy_start=began)
        return one_person(matched(bill, tenancy), "1", "T1", "tenant")

    assert (joined(BEGAN), joined(date(2021, 9, 30))) == (True, False)


def test_who_left_under_one_surname_is_found_under_another_unless_found_already() -> None:
    left = a_bill("1", "MISS EDITH PELLEGRINI", at=FAR, liability_end=BEGAN)
    came = a_bill("2", "MRS EDITH HUTCHINSON", at=FARTHER, liability_start=BEGAN)
    assert one_person(matched(left, came), "1", "2", "liable_1")
    found = a_bill("3", "MISS EDITH PELLEGRINI", at="5 Weir Close, Fernby", liability_start=BEGAN)
    assert not one_person(matched(left, came, found), "1", "2", "liable_1")
