"""Council Tax Reduction: what the account and the claim say, and when nobody does."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.smart_record.facts.builders import NIGHT, Part, a_claim, a_tenancy, an_account, facts_of


def reduction(*parts: Part, **told: Any) -> tuple[bool | None, int | None]:
    facts = facts_of(*parts, **told)
    return facts["council_tax.reduction"], facts["council_tax.reduction_weekly"]


@pytest.mark.parametrize(
    ("on_account", "on_claim", "known"),
    [
        (2_105, 2_105, (True, 2_105)),
        (0, 2_000, (True, 2_000)),
        (2_105, 0, (True, 2_105)),
        (0, 0, (False, 0)),
        (None, 2_000, (True, 2_000)),
        (None, 0, (False, 0)),
        (0, None, (False, 0)),
        (None, None, (None, None)),
    ],
)
def test_yes_if_one_says_so_and_no_only_if_one_says_no(
    on_account: int | None, on_claim: int | None, known: tuple[bool | None, int | None]
) -> None:
    assert reduction(an_account(ctr_weekly_pence=on_account), a_claim(weekly_ctr_pence=on_claim)) == known


def test_the_account_alone_tells() -> None:
    assert reduction(an_account(ctr_weekly_pence=0)) == (False, 0)
    assert reduction(an_account(ctr_weekly_pence=900), absent=["benefit_claims"]) == (True, 900)


def test_a_household_that_neither_system_knows_is_not_said_to_go_without() -> None:
    assert reduction(a_tenancy()) == (None, None)


def test_a_claim_for_housing_benefit_alone_says_nothing() -> None:
    assert reduction(a_claim(claim_type="HB", weekly_ctr_pence=0)) == (None, None)


def test_a_claim_that_ended_says_that_the_reduction_did() -> None:
    ended = {"status": "ended", "end_date": date(2026, 5, 4)}
    assert reduction(a_claim(**ended)) == (False, 0)
    assert reduction(a_claim("C1", **ended), a_claim("C2")) == (True, 2_000)


def test_an_ended_account_says_nothing() -> None:
    assert reduction(an_account(liability_end=date(2026, 5, 4))) == (None, None)


def test_before_the_night_only_claims_tell() -> None:
    past = {"as_of": NIGHT - timedelta(days=1), "snapshot_on": NIGHT}
    assert reduction(an_account(ctr_weekly_pence=900), **past) == (None, None)
    assert reduction(an_account(ctr_weekly_pence=900), a_claim(), **past) == (True, 2_000)


def test_reductions_on_two_accounts_add_up() -> None:
    assert reduction(an_account("A1", ctr_weekly_pence=900), an_account("A2", ctr_weekly_pence=100)) == (
        True,
        1_000,
    )
