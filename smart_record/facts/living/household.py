"""Who lives in the household: adults, their ages, the home. Known on the night of the extract.

Who belongs together is what tonight's records and tonight's match say, so nothing here is known for a past
date.
"""

from functools import partial

import polars as pl

from smart_record.facts.records.books import Moment
from smart_record.facts.records.people import adult_birth, age
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.pension_age import pension_date
from smart_record.facts.terms.vocabulary import (
    ACCOUNTS,
    CLAIMS,
    CONFIDENCES,
    FOR_ALL_HELP,
    FOR_BENEFITS,
    FOR_PROTECTION,
    TENANCIES,
    TENURES,
)

_count = partial(Fact, type=FactType.COUNT)
_yes_no = partial(Fact, type=FactType.YES_NO)
_choice = partial(Fact, type=FactType.CHOICE)
_EVERY_SYSTEM = (ACCOUNTS, CLAIMS, TENANCIES)
_adult = partial(_count, sources=_EVERY_SYSTEM, purposes=FOR_ALL_HELP)

FACTS = (
    _adult(
        name="household.adults",
        unit="people",
        meaning="adults in the household",
        note="Named on current records, each person once, and where a live claim tells of more, as many as it"
        " does. There may be others whom no record names.",
    ),
    _adult(
        name="household.oldest_adult_age",
        unit="years",
        meaning="age of the oldest adult whose date of birth is known",
        note="Of several dates of birth of one person, that in benefits, else in rent, else in council tax.",
    ),
    _adult(
        name="household.youngest_adult_age",
        unit="years",
        meaning="age of the youngest adult whose date of birth is known",
    ),
    _yes_no(
        name="household.pension_age",
        sources=_EVERY_SYSTEM,
        purposes=FOR_ALL_HELP,
        meaning="at least one adult has reached State Pension age",
        note="No only where every adult's date of birth is known.",
    ),
    _choice(
        name="household.tenure",
        sources=(CLAIMS, TENANCIES),
        purposes=FOR_BENEFITS,
        choices=TENURES,
        meaning="how the home is held",
        note="Social rent where a tenancy is current, else as the newest live claim says.",
    ),
    Fact(
        name="household.ward",
        type=FactType.TEXT,
        sources=(ACCOUNTS,),
        purposes=FOR_ALL_HELP,
        meaning="ward of the home",
    ),
    _count(
        name="household.sources",
        unit="systems",
        sources=_EVERY_SYSTEM,
        purposes=FOR_ALL_HELP,
        meaning="council systems that hold a current record of the household",
    ),
    _choice(
        name="household.confidence",
        sources=_EVERY_SYSTEM,
        purposes=FOR_PROTECTION,
        choices=CONFIDENCES,
        meaning="how sure the match is of who belongs to the household",
    ),
)

_CURRENT = {
    "household": pl.UInt32,
    "source": pl.String,
    "record_ref": pl.String,
    "tenure": pl.String,
    "claim_adults": pl.Int64,
    "changed_on": pl.Date,
}


def current_records(
    accounts: pl.DataFrame | None, claims: pl.DataFrame | None, tenancies: pl.DataFrame | None
) -> pl.DataFrame:
    """The records of all systems that are current as of a moment.

    Args:
        accounts: Council tax accounts as `account_state` returns them.
        claims: Claims as `claim_state` returns them.
        tenancies: Tenancies as `account_state` returns them.

    Returns:
        One row a record. Columns: household, source, record_ref, tenure (of a claim; `social_rent` of a
        tenancy), claim_adults (how many a claim tells of, named or not), changed_on (of a claim).
    """
    told = [pl.DataFrame(schema=_CURRENT)]
    if accounts is not None:
        told.append(
            accounts.filter("current").select("household", "record_ref", source=pl.lit("council_tax"))
        )
    if tenancies is not None:
        held = {"source": pl.lit("rent"), "tenure": pl.lit("social_rent")}
        told.append(tenancies.filter("current").select("household", "record_ref", **held))
    if claims is not None:
        adults = 1 + pl.col("couple").cast(pl.Int64) + pl.col("non_dependants")
        told.append(
            claims.filter("live").select(
                "household",
                "record_ref",
                "tenure",
                source=pl.lit("benefits"),
                claim_adults=adults,
                changed_on="last_change_date",
            )
        )
    return pl.concat(told, how="diagonal")


def household_facts(
    households: pl.DataFrame, people: pl.DataFrame, current: pl.DataFrame, moment: Moment
) -> list[pl.DataFrame]:
    """Adults, ages, ward, systems and confidence of every household on the night of the extract.

    Args:
        households: The numbered households.
        people: As `open_people` returns them.
        current: As `current_records` returns them.
        moment: What the facts are about.

    Returns:
        Frames to put side by side, each with one row a household: household and columns of `FACTS`.
    """
    known = households.select("household", household__ward="ward", household__confidence="confidence")
    named = people.join(
        current.select("source", "record_ref"), on=["source", "record_ref"], how="semi", maintain_order="left"
    )
    return [known, _systems(current), _adults(named, current), _ages(named, moment), _tenure(current)]


def _systems(current: pl.DataFrame) -> pl.DataFrame:
    sources = pl.col("source").n_unique().cast(pl.Int64).alias("household__sources")
    return current.group_by("household").agg(sources)


def _adults(named: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    by_name = named.group_by("household").agg(named=pl.col("resident_id").n_unique().cast(pl.Int64))
    by_claim = current.group_by("household").agg(told=pl.col("claim_adults").max())
    adults = pl.max_horizontal("named", "told").alias("household__adults")
    return by_name.join(by_claim, on="household", how="left").select("household", adults)


def _ages(named: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    everyone = named.group_by("household").agg(people=pl.col("resident_id").n_unique())
    born = (
        named.with_columns(born=adult_birth(pl.col("dob"), moment.as_of))
        .filter(pl.col("born").is_not_null())
        .unique(["household", "resident_id"], keep="first", maintain_order=True)
    )
    years = age(pl.col("born"), moment.as_of)
    reached = (pension_date(pl.col("born")) <= moment.as_of).any()
    aged = born.group_by("household").agg(
        years.max().alias("household__oldest_adult_age"),
        years.min().alias("household__youngest_adult_age"),
        reached=reached,
        aged=pl.len(),
    )
    all_known = pl.col("aged") == pl.col("people")
    pension_age = pl.when(pl.col("reached") | all_known).then("reached").alias("household__pension_age")
    return aged.join(everyone, on="household").with_columns(pension_age).drop("reached", "aged", "people")


def _tenure(current: pl.DataFrame) -> pl.DataFrame:
    # Put backwards, "rent" comes before "council_tax" and "benefits": the landlord's own record goes first.
    newest = current.sort(
        "source", "changed_on", "record_ref", descending=[True, True, False], nulls_last=True
    )
    tenure = pl.col("tenure").filter(pl.col("tenure").is_in(TENURES)).first().alias("household__tenure")
    return newest.group_by("household", maintain_order=True).agg(tenure)
