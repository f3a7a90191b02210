"""Records that carry another system's key."""

from smart_record.linkage.sources import COLUMNS_READ
from tests.smart_record.linkage.builders import a_bill, a_claim, a_tenancy, households, matched, residents

HOME, OLD = "7 Far Row, Fernby", "9 Old Row, Fernby"


def test_a_claim_that_carries_the_number_of_its_account_is_of_its_household_wherever_it_lies() -> None:
    bill = a_bill("0123", "Joan Parrott", at=HOME)
    found = matched(bill, a_claim("C1", "Selma", "Quill", at=OLD, council_tax_account_ref="0123"))
    home = households(found)["C1"]
    assert households(found)["0123"] == home
    assert found.households.filter(household_id=home)["confidence"].to_list() == ["strong"]


def test_a_number_that_no_account_has_joins_nothing() -> None:
    claim = a_claim("C1", "Selma", "Quill", at=OLD, council_tax_account_ref="123")
    found = households(matched(a_bill("0123", "Joan Parrott", at=HOME), claim))
    assert found["0123"] != found["C1"]


def test_who_is_named_on_both_is_then_known_by_less() -> None:
    bill = a_bill("1", "MR J PARROTT", at=HOME)
    names = {"forename": "Joan", "surname": "Parrott-Quill", "at": OLD}
    alone = residents(matched(bill, a_claim("C1", **names)))
    together = residents(matched(bill, a_claim("C1", **names, council_tax_account_ref="1")))
    assert alone["1", "liable_1"] != alone["C1", "claimant"]
    assert together["1", "liable_1"] == together["C1", "claimant"]


def test_a_landlord_s_bill_that_several_claims_carry_joins_none_of_them() -> None:
    sharers = [
        a_claim(f"C{n}", name, "Quill", at=HOME, council_tax_account_ref="1")
        for n, name in enumerate(("Selma", "Ivor"))
    ]
    found = households(matched(a_bill("1", "Joan Parrott", at=HOME), *sharers))
    assert len({found["1"], found["C0"], found["C1"]}) == 3


def test_a_tenancy_may_carry_the_key_of_its_claim() -> None:
    tenancy = a_tenancy("T1", "Joan", "Parrott", at=HOME, benefit_claim_ref="C1")
    found = households(matched(tenancy, a_claim("C1", "Selma", "Quill", at=OLD)))
    assert found["T1"] == found["C1"]


def test_the_keys_are_among_what_a_night_seals() -> None:
    assert "council_tax_account_ref" in COLUMNS_READ["benefit_claims"]
    assert "benefit_claim_ref" in COLUMNS_READ["rent_accounts"]
