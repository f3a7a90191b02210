"""What happened to a household, what no record could tell yet, and how far back it is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings

from smart_record.events import EVENT_CATALOGUE, EVENTS, EVER, Happening, History, derive_events, histories_of
from smart_record.events.catalogue import HAPPENED_SCHEMA
from smart_record.facts.declarations import CATALOGUE
from tests.smart_record.facts.builders import (
    NIGHT,
    Part,
    a_claim,
    a_night,
    a_stage,
    a_tenancy,
    an_account,
    charges,
    monthly,
    payments,
)
from tests.smart_record.facts.strategies import a_town, past, seeds

DUE = monthly(date(2026, 4, 1), 7)


def happened(*parts: object, as_of: date = NIGHT, household: str = "H1") -> Mapping[str, History]:
    events = derive_events(a_night(*parts), as_of=as_of)  # type: ignore[arg-type]
    return histories_of(events, household, EVENTS)


def days(history: History) -> list[date]:
    return [each.on for each in history.happenings]


def test_events_and_facts_have_names_of_their_own() -> None:
    assert not EVENT_CATALOGUE.keys() & CATALOGUE.keys()
    assert len(EVENT_CATALOGUE) == len(EVENTS)


def test_a_missed_payment_happened_when_it_fell_due_and_is_known_four_weeks_later() -> None:
    parts = [an_account("A1"), *charges("A1", 10_000, *DUE), *payments("A1", 10_000, *DUE[:3], *DUE[4:])]
    missed = DUE[3]
    judged = missed + timedelta(days=27)
    told = happened(*parts, as_of=judged)["council_tax.payment_missed"]
    assert told.happenings == (Happening(missed, "council_tax", "A1"),)
    assert not happened(*parts, as_of=judged - timedelta(days=1))["council_tax.payment_missed"].happenings


def test_a_payment_is_an_event_and_a_refund_is_not() -> None:
    parts = [an_account("A1"), *charges("A1", 10_000, *DUE), *payments("A1", 10_000, *DUE[:2])]
    parts += payments("A1", -5_000, DUE[3])
    assert days(happened(*parts)["council_tax.payment_made"]) == DUE[:2]


def test_steps_of_recovery_are_events_on_ended_accounts_too_and_a_row_told_twice_is_one() -> None:
    order = a_stage("A1", "liability_order", date(2026, 3, 2))
    parts = [an_account("A1", liability_end=date(2026, 5, 1)), order, order]
    parts.append(a_stage("A1", "reminder_2", date(2026, 1, 5)))
    found = happened(*parts)
    assert days(found["council_tax.liability_order_made"]) == [date(2026, 3, 2)]
    assert days(found["council_tax.reminder_sent"]) == [date(2026, 1, 5)]
    assert days(found["council_tax.liability_ended"]) == [date(2026, 5, 1)]
    assert not happened(*parts, as_of=date(2026, 3, 1))["council_tax.liability_order_made"].happenings


def test_a_claim_began_ended_and_moved_to_universal_credit() -> None:
    ended = date(2026, 9, 1)
    claim = a_claim("C1", status="ended", end_date=ended, end_reason="moved_to_universal_credit")
    found = happened(claim)
    assert days(found["benefits.claim_ended"]) == days(found["benefits.moved_to_universal_credit"]) == [ended]
    assert not happened(claim, as_of=date(2026, 8, 31))["benefits.claim_ended"].happenings


def test_a_claim_that_ended_nobody_knows_when_leaves_its_end_not_known() -> None:
    found = happened(a_claim("C1", status="ended", end_date=None))
    assert found["benefits.claim_ended"].known_from is None
    assert found["benefits.claim_started"].known_from is not None


def test_a_household_of_which_a_source_has_no_record_has_no_known_events_of_it() -> None:
    found = happened(an_account("A1"), a_tenancy("T1", household="H2"))
    assert {name for name, history in found.items() if history.known_from is not None} == {
        "council_tax.liability_started",
        "council_tax.liability_ended",
    }


def test_a_source_that_the_night_did_not_bring_tells_nothing() -> None:
    parts = [an_account("A1"), *charges("A1", 10_000, *DUE), a_tenancy("T1")]
    night = a_night(
        *parts, absent=["council_tax_transactions", "rent_accounts", "council_tax_recovery_history"]
    )
    found = histories_of(derive_events(night, as_of=NIGHT), "H1", EVENTS)
    silent = {"council_tax.payment_missed", "council_tax.reminder_sent", "rent.tenancy_started"}
    assert {found[name].known_from for name in silent} == {None}


def test_postings_are_known_from_the_first_and_wholly_where_the_account_is_younger_than_the_ledger() -> None:
    old = [an_account("A1"), *charges("A1", 10_000, *DUE[2:])]
    young = [an_account("A2", household="H2", liability_start=DUE[3]), *charges("A2", 10_000, *DUE[4:])]
    elder = [an_account("A3", household="H3"), *charges("A3", 10_000, *DUE)]
    events = derive_events(a_night(*old, *young, *elder), as_of=NIGHT)
    since = {
        home: histories_of(events, home, EVENTS)["council_tax.payment_missed"].known_from
        for home in ("H1", "H2", "H3")
    }
    assert since == {"H1": DUE[2], "H2": EVER, "H3": DUE[0]}


def test_one_account_that_tells_nothing_leaves_the_household_not_known_unless_it_had_ended() -> None:
    told = [an_account("A1"), *charges("A1", 10_000, *DUE)]
    silent = happened(*told, an_account("A2"))["council_tax.payment_missed"]
    assert silent.known_from is None
    ended = happened(*told, an_account("A2", liability_end=date(2026, 6, 1)))["council_tax.payment_missed"]
    assert ended.known_from == date(2026, 6, 2)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(seed=seeds, day=past)
def test_nothing_learned_after_the_date_counts(seed: int, day: date) -> None:
    night = a_night(*a_town(seed))
    then, now = (derive_events(night, as_of=each, snapshot_on=NIGHT).happened for each in (day, NIGHT))
    assert then.rows() == now.filter(pl.col("known_on") <= day, pl.col("happened_on") <= day).rows()
    assert then.schema == HAPPENED_SCHEMA


@settings(derandomize=True, max_examples=25, deadline=None)
@given(seed=seeds)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    parts = a_town(seed)
    one, other = (derive_events(a_night(*each), as_of=NIGHT) for each in (parts, parts[::-1]))
    assert one.happened.equals(other.happened)
    assert one.reach.equals(other.reach)


def test_a_set_aside_record_leaves_its_households_events_not_known() -> None:
    told = a_night(an_account("A1"), *charges("A1", 10_000, *DUE), a_tenancy("T1"), an_account("A2"))
    rows, here = told.extracts["council_tax_accounts"], pl.col("record_ref") == "A2"
    extracts = {**told.extracts, "council_tax_accounts": rows.filter(~here)}
    night = replace(told, extracts=extracts, named={"council_tax_accounts": rows.filter(here)})
    found = histories_of(derive_events(night, as_of=NIGHT), "H1", EVENTS)
    assert found["council_tax.payment_missed"].happenings
    assert found["council_tax.payment_missed"].known_from is None
    assert found["rent.tenancy_started"].known_from == EVER


@pytest.mark.parametrize("posted_on", [DUE[5], None])
def test_a_payment_that_cannot_be_read_is_no_payment_missed(posted_on: date | None) -> None:
    missed = [*payments("A1", 10_000, DUE[0], *DUE[2:5], DUE[6]), *charges("A1", 10_000, *DUE)]
    paid = [*payments("T1", 40_000, *DUE), *charges("T1", 40_000, *DUE)]
    told = a_night(an_account("A1"), missed, a_tenancy("T1"), paid)
    ledger = "council_tax_transactions"
    unread = (
        told.extracts[ledger]
        .head(1)
        .with_columns(record_ref=pl.lit("A1"), posted_on=pl.lit(posted_on, dtype=pl.Date), amount_pence=None)
    )
    night = replace(told, named={ledger: unread})
    found = histories_of(derive_events(night, as_of=NIGHT), "H1", EVENTS)
    before = [DUE[1]] if posted_on else []  # judged before the day of the row that can't be read
    assert days(found["council_tax.payment_missed"]) == before
    assert days(found["council_tax.payment_made"]) == [DUE[0], *DUE[2:5], DUE[6]]
    assert found["council_tax.payment_missed"].known_from is None
    assert found["council_tax.payment_made"].known_from is None
    assert found["rent.payment_missed"].known_from == DUE[0]
    early = histories_of(derive_events(night, as_of=DUE[4], snapshot_on=NIGHT), "H1", EVENTS)
    assert early["council_tax.payment_missed"].known_from == (DUE[0] if posted_on else None)


def test_a_step_that_cannot_be_read_leaves_the_steps_not_known() -> None:
    told = a_night(an_account("A1"), a_stage("A1", "reminder_1", DUE[0]), a_stage("A1", "summons", DUE[1]))
    history = told.extracts["council_tax_recovery_history"]
    extracts = {**told.extracts, "council_tax_recovery_history": history.head(1)}
    unread = history.tail(1).with_columns(stage=pl.lit(None, dtype=pl.String))
    night = replace(told, extracts=extracts, named={"council_tax_recovery_history": unread})
    found = histories_of(derive_events(night, as_of=NIGHT), "H1", EVENTS)
    assert days(found["council_tax.reminder_sent"]) == [DUE[0]]
    assert found["council_tax.summons_issued"].known_from is None
    assert found["council_tax.liability_started"].known_from == EVER


def test_two_records_of_one_day_are_two_events() -> None:
    on = date(2026, 6, 1)
    found = happened(
        a_stage("A1", "summons", on), an_account("A1"), an_account("A2"), a_stage("A2", "summons", on)
    )
    assert [each.record_ref for each in found["council_tax.summons_issued"].happenings] == ["A1", "A2"]


@pytest.mark.parametrize("part", [an_account("A1"), a_tenancy("T1"), a_claim("C1")])
def test_what_begins_later_has_not_begun(part: Part) -> None:
    early = happened(part, as_of=date(2010, 1, 1))
    assert not any(history.happenings for history in early.values())
