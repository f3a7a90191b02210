"""Further files that a council may bring: plans, court dates, flags, awards, cases, notices, contacts.

None of them is needed for a night. A file that does not come leaves what it would tell not known; a file that
comes is taken to be whole, so that a record without a row in it has no such plan, date or flag. Each row says
which record of ours it belongs to: the system, and that system's reference.
"""

from functools import partial

from smart_record.facts.terms.vocabulary import (
    ALL_RECORDS,
    AWARD_SCHEMES,
    CASE_ROUTES,
    CONTACT_RESULTS,
    COURT_STEPS,
    FLAG_KINDS,
    FOR_ALL_HELP,
    FOR_BENEFITS,
    FOR_PROTECTION,
    HELP,
    MORATORIUM_KINDS,
    PLAN_STATES,
)
from smart_record.intake.declared.declaration import Column, Kind, Source
from smart_record.purposes import Purpose

_PLANS = FOR_ALL_HELP | {Purpose.COUNCIL_TAX_RECOVERY}

_record = partial(Column, required=True, filled=True)
_further = partial(Source, key=("system", "record"), records=ALL_RECORDS, optional=True)


def _of(systems: tuple[str, ...], purposes: frozenset[Purpose]) -> tuple[Column, Column]:
    """The two columns that say which record a row belongs to."""
    return (
        _record(name="system", kind=Kind.CODE, choices=systems, purposes=purposes),
        _record(name="record", kind=Kind.TEXT, purposes=purposes),
    )


ARRANGEMENTS = _further(
    name="payment_arrangements",
    row="arrangement",
    happened="agreed_on",
    states=(("broken_on", "state"),),
    columns=(
        *_of(("council_tax", "rent"), _PLANS),
        _record(name="agreed_on", kind=Kind.DATE, purposes=_PLANS),
        _record(name="state", kind=Kind.CODE, choices=PLAN_STATES, purposes=_PLANS),
        Column(name="ends_on", kind=Kind.DATE, purposes=_PLANS),
        Column(name="broken_on", kind=Kind.DATE, purposes=_PLANS),
        Column(name="instalment", kind=Kind.MONEY, purposes=_PLANS, not_negative=True),
    ),
)

COURT_DATES = _further(
    name="court_dates",
    row="date",
    columns=(
        *_of(("council_tax", "rent"), _PLANS),
        _record(name="step", kind=Kind.CODE, choices=COURT_STEPS, purposes=_PLANS),
        _record(name="due_on", kind=Kind.DATE, purposes=_PLANS),
    ),
)

FLAGS = _further(
    name="officer_flags",
    row="flag",
    happened="set_on",
    states=(("ended_on", None),),
    columns=(
        *_of(ALL_RECORDS, FOR_PROTECTION),
        _record(name="kind", kind=Kind.CODE, choices=FLAG_KINDS, purposes=FOR_PROTECTION),
        _record(name="set_on", kind=Kind.DATE, purposes=FOR_PROTECTION),
        Column(name="review_on", kind=Kind.DATE, purposes=FOR_PROTECTION),
        Column(name="ended_on", kind=Kind.DATE, purposes=FOR_PROTECTION),
    ),
)

MORATORIUMS = _further(
    name="breathing_space_notices",
    row="notice",
    happened="began_on",
    columns=(
        *_of(ALL_RECORDS, FOR_PROTECTION),
        _record(name="kind", kind=Kind.CODE, choices=MORATORIUM_KINDS, purposes=FOR_PROTECTION),
        _record(name="began_on", kind=Kind.DATE, purposes=FOR_PROTECTION),
        Column(name="ends_on", kind=Kind.DATE, purposes=FOR_PROTECTION),
    ),
)

AWARDS = _further(
    name="crisis_awards",
    row="award",
    happened="awarded_on",
    columns=(
        *_of(ALL_RECORDS, HELP),
        _record(name="awarded_on", kind=Kind.DATE, purposes=HELP),
        _record(name="scheme", kind=Kind.CODE, choices=AWARD_SCHEMES, purposes=HELP),
        Column(name="amount", kind=Kind.MONEY, purposes=HELP, not_negative=True),
    ),
)

CASES = _further(
    name="homelessness_cases",
    row="case",
    happened="opened_on",
    states=(("closed_on", None), ("answered_on", None)),
    columns=(
        *_of(ALL_RECORDS, HELP),
        _record(name="opened_on", kind=Kind.DATE, purposes=HELP),
        _record(name="route", kind=Kind.CODE, choices=CASE_ROUTES, purposes=HELP),
        Column(name="answered_on", kind=Kind.DATE, purposes=HELP),
        Column(name="closed_on", kind=Kind.DATE, purposes=HELP),
    ),
)

AFFORDABILITY = _further(
    name="income_and_spending",
    row="form",
    happened="taken_on",
    columns=(
        *_of(ALL_RECORDS, FOR_ALL_HELP),
        _record(name="taken_on", kind=Kind.DATE, purposes=FOR_ALL_HELP),
        _record(name="monthly_surplus", kind=Kind.MONEY, purposes=FOR_ALL_HELP),
    ),
)

CONTACTS = _further(
    name="resident_contacts",
    row="contact",
    happened="made_on",
    columns=(
        *_of(ALL_RECORDS, FOR_ALL_HELP),
        _record(name="made_on", kind=Kind.DATE, purposes=FOR_ALL_HELP),
        _record(name="result", kind=Kind.CODE, choices=CONTACT_RESULTS, purposes=FOR_ALL_HELP),
    ),
)

_deduction = partial(Column, kind=Kind.MONEY, purposes=FOR_BENEFITS, not_negative=True)

UNIVERSAL_CREDIT = _further(
    name="universal_credit_notices",
    row="notice",
    happened="notice_on",
    columns=(
        *_of(("benefits",), FOR_BENEFITS),
        _record(name="notice_on", kind=Kind.DATE, purposes=FOR_BENEFITS),
        Column(name="started_on", kind=Kind.DATE, purposes=FOR_BENEFITS),
        _deduction(name="award", required=True, filled=True),
        _deduction(name="earnings"),
        _deduction(name="housing_element"),
        _deduction(name="rent_deduction"),
        _deduction(name="gas_deduction"),
        _deduction(name="electricity_deduction"),
        _deduction(name="water_deduction"),
        _deduction(name="council_tax_deduction"),
        _deduction(name="fines_deduction"),
    ),
)

FURTHER = (
    ARRANGEMENTS,
    COURT_DATES,
    FLAGS,
    MORATORIUMS,
    AWARDS,
    CASES,
    AFFORDABILITY,
    CONTACTS,
    UNIVERSAL_CREDIT,
)
"""The further files, in the order in which they are taken in."""
