"""Every fact about every household as of a date: one frame, one row a household, null where not known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.facts.accounts.arrears import account_state
from smart_record.facts.accounts.council_tax import COUNCIL_TAX_BOOK, council_tax_facts
from smart_record.facts.accounts.debts import debt_facts
from smart_record.facts.accounts.rent import RENT_BOOK, rent_facts
from smart_record.facts.declarations import FACTS
from smart_record.facts.further_files.all_of_them import further_facts
from smart_record.facts.living.benefits import benefit_facts
from smart_record.facts.living.children import child_facts
from smart_record.facts.living.household import current_records, household_facts
from smart_record.facts.living.protection import breathing_space, tenancy_holds, vulnerable
from smart_record.facts.living.reduction import reduction_facts
from smart_record.facts.living.support import support_facts
from smart_record.facts.records.attached import Attached, open_attached
from smart_record.facts.records.books import Book, Moment, open_book
from smart_record.facts.records.claims import Claims, claim_state, open_claims
from smart_record.facts.records.joined import join_facts
from smart_record.facts.records.membership import numbered_households
from smart_record.facts.records.people import open_people
from smart_record.facts.set_aside import set_aside_rows, without_what_is_not_known
from smart_record.facts.terms.catalogue import DTYPES, Fact
from smart_record.facts.terms.vocabulary import ACCOUNTS, FLAGS, MARKERS, MORATORIUMS, TENANCIES
from smart_record.records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRecords:
    """One night's records, sorted and numbered once so that many dates can be asked about.

    Attributes:
        households: The households in the order of their ids, which numbers them.
        people: The named adults of all records.
        council_tax: The council tax accounts; None where the night did not bring them.
        rent: The tenancies; None where the night did not bring them.
        claims: The benefit claims; None where the night did not bring them.
        aside: Set-aside rows with their household, by extract (`set_aside_rows`).
        attached: The further files that the night brought, by extract name.
        support: What the product itself holds of households; None where nobody says.
    """

    households: pl.DataFrame
    people: pl.DataFrame
    council_tax: Book | None
    rent: Book | None
    claims: Claims | None
    aside: dict[str, pl.DataFrame]
    attached: Mapping[str, Attached]
    support: pl.DataFrame | None


def prepare_records(records: Records) -> PreparedRecords:
    """Sort and number one night's records.

    Raises:
        RecordsInconsistent: If a record comes twice, or belongs to two households or to an unknown one.
    """
    households = numbered_households(records)
    return PreparedRecords(
        households=households,
        people=open_people(records, households),
        council_tax=open_book(records, COUNCIL_TAX_BOOK, households),
        rent=open_book(records, RENT_BOOK, households),
        claims=open_claims(records, households),
        aside=set_aside_rows(records, households),
        attached=open_attached(records, households),
        support=records.support,
    )


def derive_facts(
    records: Records | PreparedRecords, *, as_of: date, snapshot_on: date | None = None
) -> pl.DataFrame:
    """Every fact about every household as of a date.

    Args:
        records: One night's records; prepare them first to ask about several dates.
        as_of: The date that the facts are about. Rows dated later are ignored, an end dated later has not
            happened yet.
        snapshot_on: The date on which the extracts were taken; by default `as_of`. What the extracts show
            without a date (a balance, a flag) is not known for earlier dates.

    Returns:
        One row a household, by household_id. Columns: household_id and one for each fact of the catalogue, in
        its order, with the types of `DTYPES`; null where not known.

    Raises:
        RecordsInconsistent: If a record comes twice, or belongs to two households or to an unknown one.
    """
    prepared = records if isinstance(records, PreparedRecords) else prepare_records(records)
    moment = Moment(as_of=as_of, at_extract=snapshot_on is None or as_of >= snapshot_on)
    households = prepared.households
    facts = households.select("household_id").hstack(join_facts(_topics(prepared, moment), households.height))
    if moment.at_extract:
        facts = facts.with_columns(debt_facts(facts.columns))
    facts = without_what_is_not_known(facts, prepared.aside, as_of=as_of)
    return facts.select("household_id", *(_column(fact, facts.columns) for fact in FACTS))


def _topics(prepared: PreparedRecords, moment: Moment) -> list[pl.DataFrame]:
    accounts = account_state(prepared.council_tax, moment) if prepared.council_tax else None
    tenancies = account_state(prepared.rent, moment) if prepared.rent else None
    claims = claim_state(prepared.claims.claims, moment) if prepared.claims else None
    parts = [reduction_facts(accounts, claims, moment), *benefit_facts(claims, tenancies, moment)]
    if prepared.council_tax and accounts is not None:
        parts += council_tax_facts(accounts, prepared.council_tax, moment)
    if prepared.rent and tenancies is not None:
        parts += rent_facts(tenancies, prepared.rent, moment)
    if prepared.claims and claims is not None:
        parts.append(child_facts(claims, prepared.claims.dependants, moment))
    if moment.at_extract:
        current = current_records(accounts, claims, tenancies)
        parts += household_facts(prepared.households, prepared.people, current, moment)
        parts += _holds(prepared, accounts, tenancies, moment)
        parts += further_facts(prepared.attached, claims, moment.as_of)
        if prepared.support is not None:
            parts.append(support_facts(prepared.support, prepared.households, moment.as_of))
    return parts


def _holds(
    prepared: PreparedRecords,
    accounts: pl.DataFrame | None,
    tenancies: pl.DataFrame | None,
    moment: Moment,
) -> list[pl.DataFrame]:
    """What protects, also where only a set-aside row shows it."""
    shown = None
    if accounts is not None:
        columns = ["household", "breathing_space_end", "vulnerable"]
        shown = _with_aside(accounts.select(columns), prepared, ACCOUNTS, "council_tax")
    told = prepared.council_tax is not None and "breathing_space_end" in prepared.council_tax.columns
    parts = breathing_space(shown if told else None, prepared.attached.get(MORATORIUMS), moment)
    parts += vulnerable(shown, prepared.attached.get(FLAGS), moment)
    if tenancies is not None:
        flagged = tenancies.select("household", "support_flag")
        parts.append(tenancy_holds(_with_aside(flagged, prepared, TENANCIES, "rent")))
    return parts


def _with_aside(accepted: pl.DataFrame, prepared: PreparedRecords, extract: str, system: str) -> pl.DataFrame:
    """Accepted rows with what set-aside ones show, also those whose record another row was accepted of."""
    aside = [prepared.aside[extract]] if extract in prepared.aside else []
    if MARKERS in prepared.aside:
        aside.append(prepared.aside[MARKERS].filter(pl.col("system") == system))
    return pl.concat([accepted, *(rows.select(accepted.columns) for rows in aside)])


def _column(fact: Fact, derived: Collection[str]) -> pl.Expr:
    known = pl.col(fact.column) if fact.column in derived else pl.lit(None)
    return known.cast(DTYPES[fact.type]).alias(fact.column)
