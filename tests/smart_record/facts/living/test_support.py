"""What the product itself holds of a household: who has it, what it refused; nothing later than the date."""

from datetime import date, timedelta

import polars as pl
import pytest

from smart_record.facts.living.support import REFUSED, SCHEMA, TIER_3
from tests.smart_record.facts.builders import NIGHT, an_account, facts_of

TOMORROW = NIGHT + timedelta(days=1)


def held(*rows: tuple[str, date]) -> pl.DataFrame:
    """Rows (kind, on) of the household H1."""
    return pl.DataFrame([("H1", *row) for row in rows], schema=SCHEMA, orient="row")


def test_a_referral_and_a_refusal_are_facts_and_silence_is_not() -> None:
    found = facts_of(an_account(), support=held((TIER_3, date(2026, 7, 1)), (REFUSED, date(2026, 9, 1))))
    assert found["support.in_tier_3"] is True
    assert found["support.tier_3_since"] == date(2026, 7, 1)
    assert found["support.offers_refused_12m"] == 1
    assert facts_of(an_account(), support=held())["support.in_tier_3"] is False
    assert facts_of(an_account())["support.in_tier_3"] is None


def test_a_repeated_night_does_not_see_the_referral_that_it_made() -> None:
    found = facts_of(an_account(), support=held((TIER_3, NIGHT)))
    assert found["support.in_tier_3"] is False
    assert found["support.tier_3_since"] is None


@pytest.mark.parametrize(("refused_on", "counted"), [(NIGHT, 1), (TOMORROW, 0), (date(2025, 10, 31), 0)])
def test_refusals_of_the_twelve_months_up_to_the_date_count(refused_on: date, counted: int) -> None:
    found = facts_of(an_account(), support=held((REFUSED, refused_on)))
    assert found["support.offers_refused_12m"] == counted
