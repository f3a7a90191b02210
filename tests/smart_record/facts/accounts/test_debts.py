"""What is owed altogether: the debts that are known."""

from datetime import date, timedelta
from typing import Any

from tests.smart_record.facts.builders import NIGHT, Part, a_claim, a_tenancy, an_account, charges, facts_of


def debts(*parts: Part | list[Part], **told: Any) -> tuple[int | None, int | None]:
    facts = facts_of(*parts, **told)
    return facts["debts.total"], facts["debts.kinds"]


def test_arrears_of_current_and_ended_accounts_and_overpayments_add_up() -> None:
    assert debts(
        an_account("A1"),
        an_account("A2", liability_end=date(2026, 1, 1), balance_pence=500),
        charges("A1", 1_000, NIGHT),
        a_tenancy("T1"),
        charges("T1", 20_000, NIGHT),
        a_claim(overpayment_balance_pence=300_000),
    ) == (321_500, 3)


def test_a_debt_that_is_not_known_does_not_hide_those_that_are() -> None:
    assert debts(an_account(), a_tenancy(), charges("T1", 20_000, NIGHT)) == (20_000, 1)


def test_nothing_owed_is_known_only_where_a_system_says_so() -> None:
    assert debts(a_claim()) == (0, 0)
    assert debts(an_account(), absent=["council_tax_accounts"]) == (None, None)


def test_less_than_a_pound_is_no_kind_of_debt() -> None:
    assert debts(an_account(), charges("A1", 99, NIGHT)) == (99, 0)
    assert debts(an_account(), charges("A1", 100, NIGHT)) == (100, 1)


def test_debts_are_known_on_the_night_only() -> None:
    past = {"as_of": NIGHT - timedelta(days=1), "snapshot_on": NIGHT}
    assert debts(an_account(), charges("A1", 100, date(2026, 1, 1)), **past) == (None, None)
