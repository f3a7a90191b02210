"""What a set-aside row leaves known of its household, and what it protects."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.facts import derive_facts
from smart_record.facts.declarations import FACTS
from smart_record.facts.terms.vocabulary import MARKERS
from smart_record.intake.rows.set_aside import MARKERS_SCHEMA
from smart_record.records import Records
from tests.smart_record.facts.builders import (
    NIGHT,
    a_claim,
    a_night,
    a_stage,
    a_tenancy,
    an_account,
    charges,
    monthly,
    payments,
)
from tests.smart_record.facts.strategies import a_town, seeds, whenever

LEDGER, HISTORY = "council_tax_transactions", "council_tax_recovery_history"
DUE = monthly(date(2026, 4, 1), 7)
LAWS = settings(derandomize=True, max_examples=10, deadline=None)


def aside(records: Records, extract: str, ref: str) -> Records:
    """The records with one row set aside: its household is known, its figures are not believed."""
    rows = records.extracts[extract]
    here = pl.col("record_ref") == ref
    extracts = {**records.extracts, extract: rows.filter(~here)}
    return replace(records, extracts=extracts, named={extract: rows.filter(here)})


def facts(records: Records) -> dict[str, Any]:
    (row,) = derive_facts(records, as_of=NIGHT).to_dicts()
    return {name.replace("__", "."): value for name, value in row.items()}


def test_a_marker_on_a_set_aside_account_still_protects() -> None:
    marked = a_night(an_account("A1", vulnerable=True, breathing_space_end=NIGHT), a_tenancy())
    told = facts(aside(marked, "council_tax_accounts", "A1"))
    assert (told["holds.vulnerable"], told["holds.breathing_space"]) == (True, True)
    assert told["holds.breathing_space_ends_on"] == NIGHT


def test_no_marker_on_a_set_aside_account_is_not_a_no() -> None:
    told = facts(aside(a_night(an_account("A1"), a_tenancy()), "council_tax_accounts", "A1"))
    assert (told["holds.vulnerable"], told["holds.breathing_space"]) == (None, None)


def test_a_marker_on_an_accepted_account_stands() -> None:
    both = a_night(an_account("A1", vulnerable=True), an_account("A2"))
    assert facts(aside(both, "council_tax_accounts", "A2"))["holds.vulnerable"] is True


def test_a_support_need_on_a_set_aside_tenancy_still_counts() -> None:
    told = facts(aside(a_night(an_account(), a_tenancy("T1", support_flag=True)), "rent_accounts", "T1"))
    assert told["holds.support_flag"] is True


def test_what_the_source_of_a_set_aside_row_tells_is_not_known() -> None:
    records = a_night(an_account("A1"), an_account("A2"), a_tenancy(), a_claim())
    before, after = facts(records), facts(aside(records, "council_tax_accounts", "A2"))
    assert before["council_tax.liable"] is True
    assert {name for name in after if name.startswith("council_tax.") and after[name] is not None} == set()
    kept = [name for name in before if name.startswith("rent.")] + ["household.ward", "household.confidence"]
    assert [after[name] for name in kept] == [before[name] for name in kept]


def test_other_households_are_left_as_they_are() -> None:
    records = a_night(an_account("A1"), an_account("A2", household="H2"))
    untouched = pl.col("household_id") == "H1"
    before = derive_facts(records, as_of=NIGHT).filter(untouched)
    after = derive_facts(aside(records, "council_tax_accounts", "A2"), as_of=NIGHT).filter(untouched)
    assert after.equals(before)


def marked(records: Records, system: str, record: str, **shown: Any) -> Records:
    """The records with the markers of another row of one of them, which was set aside."""
    row = {"record_ref": f"{system}/{record}", "line": 9, "system": system, "record": record} | shown
    return replace(records, named={MARKERS: pl.DataFrame([row], schema=MARKERS_SCHEMA)})


def test_a_marker_on_another_row_of_an_accepted_account_protects() -> None:
    plain = a_night(an_account("A1"), a_tenancy("T1"), a_claim("C1"))
    shown = {"vulnerable": True, "breathing_space_end": NIGHT}
    told, before = facts(marked(plain, "council_tax", "A1", **shown)), facts(plain)
    assert (told["holds.vulnerable"], told["holds.breathing_space"]) == (True, True)
    assert told["holds.breathing_space_ends_on"] == NIGHT
    assert facts(marked(plain, "rent", "T1", support_flag=True))["holds.support_flag"] is True
    others = [name for name in before if not name.startswith("holds.")]
    assert {name: told[name] for name in others} == {name: before[name] for name in others}


def test_no_marker_on_another_row_of_an_accepted_record_is_not_a_no() -> None:
    plain = a_night(an_account("A1"), a_tenancy("T1"), a_claim("C1", care_or_mobility_benefit=False))
    told = facts(marked(plain, "council_tax", "A1", vulnerable=False))
    assert (told["holds.vulnerable"], told["holds.breathing_space"]) == (None, None)
    assert told["holds.support_flag"] is False
    assert facts(marked(plain, "rent", "T1"))["holds.support_flag"] is None
    assert facts(marked(plain, "benefits", "C1"))["benefits.care_or_mobility"] is None


def test_a_marker_on_the_accepted_row_stands_whatever_another_row_of_it_says() -> None:
    shown = {"vulnerable": True, "breathing_space_end": NIGHT}
    plain = a_night(an_account("A1", **shown), a_claim("C1", care_or_mobility_benefit=True))
    told = facts(marked(plain, "council_tax", "A1"))
    assert (told["holds.vulnerable"], told["holds.breathing_space"]) == (True, True)
    assert facts(marked(plain, "benefits", "C1"))["benefits.care_or_mobility"] is True


def a_payer() -> Records:
    """A household that paid each instalment on its day, with a tenancy that is paid too."""
    ledgers = [*charges("A1", 10_000, *DUE), *payments("A1", 10_000, *DUE)]
    ledgers += [*charges("T1", 40_000, *DUE), *payments("T1", 40_000, *DUE)]
    return a_night(an_account("A1"), a_tenancy("T1"), a_stage("A1", "reminder_1", DUE[0]), ledgers)


def unread(records: Records, extract: str, row: pl.Expr, **unreadable: None) -> Records:
    """The records with some rows of a ledger or history set aside for values that can't be read."""
    rows = records.extracts[extract].with_columns(chosen=row)
    bad = rows.filter("chosen").drop("chosen").with_columns(**unreadable)
    extracts = {**records.extracts, extract: rows.filter(~pl.col("chosen")).drop("chosen")}
    return replace(records, extracts=extracts, named=records.named | {extract: bad})


def test_a_payment_that_cannot_be_read_is_not_a_payment_missed() -> None:
    last = (pl.col("kind") == "payment") & (pl.col("posted_on") >= DUE[4])
    before, after = facts(a_payer()), facts(unread(a_payer(), LEDGER, last, amount_pence=None))
    assert (before["council_tax.arrears"], before["council_tax.missed_instalments_6m"]) == (0, 0)
    rest = [fact.name for fact in FACTS if LEDGER in fact.sources]
    assert {name: after[name] for name in rest if after[name] is not None} == {}
    others = [name for name in before if name not in rest]
    assert {name: after[name] for name in others} == {name: before[name] for name in others}


def test_a_step_that_cannot_be_read_is_not_a_step_not_taken() -> None:
    order = a_night(an_account("A1"), a_tenancy("T1"), a_stage("A1", "liability_order", DUE[2]))
    told = facts(unread(order, HISTORY, pl.lit(value=True), stage=None))
    names = ("stage", "stage_since", "days_in_stage", "reminders_12m", "liability_orders_24m", "evidence_on")
    assert {told[f"council_tax.{name}"] for name in names} == {None}
    assert (told["council_tax.liable"], told["rent.stage"]) == (True, "none")


@pytest.mark.parametrize(("days", "known"), [(-1, True), (0, False)])
def test_a_posting_that_cannot_be_read_counts_from_its_day(days: int, known: bool) -> None:
    records = unread(a_payer(), LEDGER, pl.col("posted_on") == DUE[5], amount_pence=None)
    told = derive_facts(records, as_of=DUE[5] + timedelta(days=days), snapshot_on=NIGHT)
    assert (told["council_tax__arrears"][0] is not None) is known


def test_a_posting_without_a_day_may_count_on_any() -> None:
    records = unread(a_payer(), LEDGER, pl.col("posted_on") == DUE[5], posted_on=None)
    assert derive_facts(records, as_of=DUE[2], snapshot_on=NIGHT)["council_tax__arrears"][0] is None


def test_an_account_that_is_set_aside_and_began_later_takes_nothing_from_the_past() -> None:
    both = aside(
        a_night(an_account("A1"), an_account("A2", liability_start=DUE[3])), "council_tax_accounts", "A2"
    )
    told = [
        derive_facts(both, as_of=day, snapshot_on=NIGHT)["council_tax__liable"][0] for day in (DUE[2], DUE[3])
    ]
    assert told == [True, None]


def some_unread(seed: int, chance: Random) -> tuple[Records, Records]:
    """A town, and the same with rows of a ledger or history set aside, their values unreadable."""
    town = a_night(a_town(seed, homes=12))
    extract, unreadable = chance.choice(
        [
            (LEDGER, {"amount_pence": None}),
            (LEDGER, {"kind": None}),
            (HISTORY, {"stage": None}),
            ("rent_transactions", {"amount_pence": None}),
            ("rent_arrears_history", {"stage": None}),
        ]
    )
    lines = town.extracts[extract]["line"]
    chosen = pl.col("line").is_in(chance.sample(lines.to_list(), min(3, len(lines))))
    return town, unread(town, extract, chosen, **unreadable)


@LAWS
@given(seeds, whenever, st.randoms(use_true_random=False))
def test_a_row_set_aside_leaves_a_fact_as_it_was_or_not_known(seed: int, as_of: date, chance: Random) -> None:
    whole, partly = (derive_facts(each, as_of=as_of) for each in some_unread(seed, chance))
    for name in whole.columns:
        assert (partly[name].is_null() | partly[name].eq_missing(whole[name])).all(), name


@LAWS
@given(seeds, whenever, st.randoms(use_true_random=False))
def test_a_set_aside_row_dated_later_changes_nothing(seed: int, as_of: date, chance: Random) -> None:
    town, partly = some_unread(seed, chance)
    ((extract, rows),) = partly.named.items()
    day = "posted_on" if "posted_on" in rows.columns else "stage_on"
    later = rows.with_columns(pl.lit(as_of + timedelta(days=1)).alias(day))
    told = derive_facts(replace(town, named={extract: later}), as_of=as_of)
    assert told.equals(derive_facts(town, as_of=as_of))
