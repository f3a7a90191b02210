"""What a set-aside row leaves known of its household, and what it protects."""

from dataclasses import replace
from typing import Any

import polars as pl

from smart_record.facts import derive_facts
from smart_record.records import Records
from tests.smart_record.facts.builders import NIGHT, a_claim, a_night, a_tenancy, an_account


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
