"""The laws of the derivation: one row a household, the future ignored, no order, no neighbour, no guess."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from smart_record.facts import RecordsInconsistent, derive_facts, prepare_records
from smart_record.facts.declarations import FACTS
from smart_record.facts.living.support import SCHEMA
from smart_record.facts.terms.catalogue import DTYPES
from smart_record.records import Records
from tests.smart_record.facts.builders import (
    LONG_AGO,
    NIGHT,
    Part,
    a_claim,
    a_dependant,
    a_night,
    a_row,
    a_stage,
    a_tenancy,
    an_account,
    charges,
    monthly,
    payments,
)
from tests.smart_record.facts.schemas import SCHEMAS
from tests.smart_record.facts.strategies import a_household, a_town, past, seeds, whenever

laws = settings(derandomize=True, max_examples=5, deadline=None)
at_length = settings(derandomize=True, max_examples=200, deadline=None)
DATED = [fact.column for fact in FACTS if fact.dated]

_DATES_OF_ROWS = {
    "council_tax_accounts": "liability_start",
    "council_tax_transactions": "posted_on",
    "council_tax_recovery_history": "stage_on",
    "benefit_claims": "start_date",
    "rent_accounts": "tenancy_start",
    "rent_transactions": "posted_on",
    "rent_arrears_history": "stage_on",
}
_ENDS = {
    "council_tax_accounts": {
        "liability_end": ["liability_end"],
        "recovery_stage_date": ["recovery_stage_date", "recovery_stage"],
    },
    "benefit_claims": {"end_date": ["end_date", "end_reason"]},
    "rent_accounts": {"tenancy_end": ["tenancy_end"], "stage_date": ["stage_date", "arrears_stage"]},
}
_UNDATED = {
    "council_tax_accounts": {"balance_pence": 1, "ctr_weekly_pence": 1, "vulnerable": True, "band": "H"},
    "benefit_claims": {"weekly_hb_pence": 1, "passport": "pension_credit", "weekly_income_pence": 1},
    "rent_accounts": {"balance_pence": 1, "weekly_rent_pence": 1, "uc_flag": True, "support_flag": True},
}


def known_by(records: Records, as_of: date) -> Records:
    """What a night's extracts would have held of what is dated by then; undated columns are altered."""
    return replace(records, extracts={name: _held_by(name, f, as_of) for name, f in records.extracts.items()})


def _held_by(name: str, rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    if name in _DATES_OF_ROWS:
        dated = pl.col(_DATES_OF_ROWS[name])
        rows = rows.filter(dated.is_null() | (dated <= as_of))
    for end, columns in _ENDS.get(name, {}).items():
        known = pl.when((pl.col(end) <= as_of) | pl.col(end).is_null())
        rows = rows.with_columns(known.then(column).alias(column) for column in columns)
    if name == "benefit_claims":
        ended = pl.when(pl.col("end_date").is_null()).then(pl.lit("live")).otherwise(pl.lit("ended"))
        rows = rows.with_columns(status=ended)
    return rows.with_columns(pl.lit(value).alias(column) for column, value in _UNDATED.get(name, {}).items())


def told_of_the_past(seed: int, as_of: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Dated facts of a past date, from all that a night brings and from what was dated by then."""
    records = a_night(a_town(seed))
    from_all = derive_facts(records, as_of=as_of, snapshot_on=NIGHT)
    then = derive_facts(known_by(records, as_of), as_of=as_of, snapshot_on=NIGHT)
    return from_all.select("household_id", *DATED), then.select("household_id", *DATED)


@given(seeds, past)
@laws
def test_dated_facts_of_the_past_follow_from_what_was_dated_by_then(seed: int, as_of: date) -> None:
    from_all, then = told_of_the_past(seed, as_of)
    assert from_all.equals(then)


@pytest.mark.deep
@given(seeds, past)
@at_length
def test_dated_facts_of_the_past_follow_at_length(seed: int, as_of: date) -> None:
    from_all, then = told_of_the_past(seed, as_of)
    assert from_all.equals(then)


def told_in_two_orders(seed: int, as_of: date, chance: Random) -> tuple[pl.DataFrame, pl.DataFrame]:
    parts = a_town(seed)
    shuffled = chance.sample(parts, len(parts))
    return derive_facts(a_night(parts), as_of=as_of), derive_facts(a_night(shuffled), as_of=as_of)


@given(seeds, whenever, st.randoms(use_true_random=False))
@laws
def test_the_order_of_rows_changes_nothing(seed: int, as_of: date, chance: Random) -> None:
    written, shuffled = told_in_two_orders(seed, as_of, chance)
    assert written.equals(shuffled)


@pytest.mark.deep
@given(seeds, whenever, st.randoms(use_true_random=False))
@at_length
def test_the_order_of_rows_changes_nothing_at_length(seed: int, as_of: date, chance: Random) -> None:
    written, shuffled = told_in_two_orders(seed, as_of, chance)
    assert written.equals(shuffled)


@given(seeds, whenever, st.booleans())
@laws
def test_another_household_changes_nothing(seed: int, as_of: date, at_night: bool) -> None:
    town = a_night(a_town(seed))
    snapshot_on = None if at_night else NIGHT
    beside = derive_facts(town, as_of=as_of, snapshot_on=snapshot_on)
    for home in ("H000", "H007", "H039"):
        alone = derive_facts(a_night(a_household(seed, home)), as_of=as_of, snapshot_on=snapshot_on)
        assert_frame_equal(beside.filter(pl.col("household_id") == home), alone)


@given(seeds, whenever)
@laws
def test_money_owed_counts_and_ages_are_never_below_zero(seed: int, as_of: date) -> None:
    facts = derive_facts(a_night(a_town(seed)), as_of=as_of)
    signed = {"council_tax__balance", "rent__balance", "rent__paid_3m"}
    for fact in FACTS:
        if fact.type in ("money", "count") and fact.column not in signed:
            assert (facts[fact.column].drop_nulls() >= 0).all(), fact.name


@pytest.mark.parametrize("absent", sorted(SCHEMAS))
def test_a_source_that_the_night_did_not_bring_is_never_made_up(absent: str) -> None:
    facts = derive_facts(a_night(a_town(1), absent=[absent]), as_of=NIGHT)
    told_by_the_match = {"household.ward"}
    for fact in FACTS:
        if fact.sources == (absent,) and fact.name not in told_by_the_match:
            assert facts[fact.column].null_count() == facts.height, fact.name


@given(seeds, whenever)
@laws
def test_choices_are_those_of_the_catalogue(seed: int, as_of: date) -> None:
    facts = derive_facts(a_night(a_town(seed)), as_of=as_of)
    for fact in FACTS:
        if fact.choices:
            assert set(facts[fact.column].drop_nulls()) <= set(fact.choices), fact.name


@given(seeds, st.lists(past, min_size=1, max_size=3, unique=True))
@laws
def test_records_prepared_once_answer_for_any_date(seed: int, dates: list[date]) -> None:
    records = a_night(a_town(seed))
    prepared = prepare_records(records)
    for as_of in dates:
        again = derive_facts(prepared, as_of=as_of, snapshot_on=NIGHT)
        assert_frame_equal(again, derive_facts(records, as_of=as_of, snapshot_on=NIGHT))


def test_there_is_one_row_for_each_household_and_one_column_for_each_fact() -> None:
    facts = derive_facts(a_night(an_account("A2", "H2"), an_account("A1", "H1")), as_of=NIGHT)
    assert facts["household_id"].to_list() == ["H1", "H2"]
    assert dict(facts.schema) == {"household_id": pl.String()} | {
        fact.column: DTYPES[fact.type] for fact in FACTS
    }


def test_a_night_without_any_extract_knows_the_match_only() -> None:
    facts = derive_facts(a_night(an_account(), absent=SCHEMAS), as_of=NIGHT)
    known = [column for column in facts.columns if facts[column].null_count() == 0]
    assert known == ["household_id", "household__ward", "household__confidence"]


def _further_rows() -> list[Part]:
    """Rows of every further file, so that each of their facts is known."""
    amounts = {f"{kind}_pence": 1 for kind in ("award", "earnings", "housing_element")}
    amounts |= {f"{kind}_deduction_pence": 1 for kind in ("gas", "council_tax")}
    notice = partial(a_row, "universal_credit_notices", "benefits", "C1", **amounts)
    flag = partial(a_row, "officer_flags", "council_tax", "A1", set_on=NIGHT, review_on=NIGHT)
    due = {"due_on": NIGHT, "step": "hearing"}
    return [
        *(
            a_row("payment_arrangements", *of, agreed_on=LONG_AGO, state="active", broken_on=LONG_AGO)
            for of in (("council_tax", "A1"), ("rent", "T1"))
        ),
        *(a_row("court_dates", *of, **due) for of in (("council_tax", "A1"), ("rent", "T1"))),
        flag(kind="claim_waiting"),
        flag(kind="evidence_awaited"),
        a_row("breathing_space_notices", "rent", "T1", kind="standard", began_on=NIGHT, ends_on=NIGHT),
        a_row("crisis_awards", "benefits", "C1", scheme="crisis_payment", awarded_on=NIGHT),
        a_row("homelessness_cases", "rent", "T1", route="approach", opened_on=NIGHT),
        a_row("income_and_spending", "rent", "T1", taken_on=NIGHT, monthly_surplus_pence=0),
        a_row("resident_contacts", "rent", "T1", made_on=NIGHT, result="reached"),
        notice(notice_on=LONG_AGO),
        notice(notice_on=NIGHT, started_on=LONG_AGO),
    ]


def test_every_fact_is_known_of_someone() -> None:
    first_of_month = monthly(date(2025, 4, 1), 19)
    facts = derive_facts(
        a_night(
            an_account(
                "A1",
                people={"liable_1": "R1", "liable_2": "R2"},
                breathing_space_end=NIGHT,
                disregard=True,
            ),
            charges("A1", 15_000, *first_of_month),
            payments("A1", 15_000, *first_of_month[:10]),
            a_stage("A1", "liability_order", date(2026, 9, 1)),
            a_tenancy("T1", people={"tenant": "R1"}, tenant_dob=date(1958, 1, 1)),
            charges("T1", 43_333, *first_of_month),
            payments("T1", 43_333, *first_of_month[:10]),
            a_stage("T1", "letter_1", date(2026, 9, 1)),
            a_claim(
                "C1",
                people={"claimant": "R1"},
                dependants=1,
                dhp_end_date=NIGHT,
                capital_pence=0,
                care_or_mobility_benefit=False,
                carer_benefit=False,
                partner_left_on=NIGHT,
                partner_died_on=NIGHT,
            ),
            a_dependant(1, date(2023, 5, 5)),
            _further_rows(),
            a_claim("C2", "H2", status="ended", end_date=date(2026, 8, 3), end_reason="other"),
            support=pl.DataFrame([("H1", "tier_3", LONG_AGO)], schema=SCHEMA, orient="row"),
        ),
        as_of=NIGHT,
    )
    unknown = [fact.name for fact in FACTS if facts[fact.column].null_count() == facts.height]
    assert unknown == []


def test_what_is_not_dated_is_not_known_before_the_night() -> None:
    parts = [an_account(), a_tenancy(), a_claim(last_change_date=NIGHT), a_dependant(1, date(2020, 1, 1))]
    facts = derive_facts(a_night(parts), as_of=NIGHT - timedelta(days=1), snapshot_on=NIGHT)
    known = [fact.name for fact in FACTS if not fact.dated and facts[fact.column][0] is not None]
    assert known == []


def test_a_record_that_comes_twice_is_refused() -> None:
    with pytest.raises(
        RecordsInconsistent, match="1 record_ref more than once in council_tax_accounts, A1 among"
    ):
        derive_facts(a_night(an_account("A1"), an_account("A1")), as_of=NIGHT)


def test_a_record_of_two_households_is_refused() -> None:
    records = a_night(an_account("A1"), an_account("A2", "H2"))
    moved = records.links.with_columns(record_ref=pl.lit("A1"))
    with pytest.raises(RecordsInconsistent, match="A1 among them"):
        derive_facts(replace(records, links=moved), as_of=NIGHT)


def test_a_record_of_an_unknown_household_is_refused() -> None:
    records = a_night(a_tenancy("T1", "H7"))
    with pytest.raises(RecordsInconsistent, match="1 rent records, T1 among them, belong to a household"):
        derive_facts(replace(records, households=records.households.clear()), as_of=NIGHT)


def test_a_household_that_comes_twice_is_refused() -> None:
    records = a_night(an_account())
    twice = pl.concat([records.households, records.households])
    with pytest.raises(RecordsInconsistent, match="household_id more than once in households"):
        derive_facts(replace(records, households=twice), as_of=NIGHT)


def test_an_account_that_names_nobody_belongs_to_no_household() -> None:
    company = an_account("A9", "H1")._replace(links=())
    facts = derive_facts(a_night(a_claim(), company), as_of=NIGHT)
    assert facts["council_tax__liable"].to_list() == [None]
