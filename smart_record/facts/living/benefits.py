"""Benefits: live claims, what they pay, what passports them, and what stopped."""

from functools import partial

import polars as pl

from smart_record.facts.records.books import Moment
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.unknown import any_said, any_yes, sum_of_all
from smart_record.facts.terms.vocabulary import (
    CLAIMS,
    END_REASONS,
    FOR_BENEFITS,
    PASSPORTS,
    TENANCIES,
)

_declared = partial(Fact, purposes=FOR_BENEFITS, sources=(CLAIMS,))
_money = partial(_declared, type=FactType.MONEY, unit="pence")
_count = partial(_declared, type=FactType.COUNT)
_date = partial(_declared, type=FactType.DATE)
_yes_no = partial(_declared, type=FactType.YES_NO)
_choice = partial(_declared, type=FactType.CHOICE)
DISREGARDS = ("M10", "M12")
"""Measures that rest on a benefit for care: the Attendance Allowance check and council tax disregards."""

_PAST_NOTE = "For a past date only where the claim was not changed since."

FACTS = (
    _yes_no(
        name="benefits.claim_live",
        dated=True,
        meaning="a housing benefit or Council Tax Reduction claim is live",
        note="No where every claim of the household has ended; not known where it has none.",
    ),
    _yes_no(
        name="benefits.housing_benefit",
        meaning="housing benefit is in payment",
        note=f"No where the live claims pay none, or all have ended. {_PAST_NOTE}",
    ),
    _money(
        name="benefits.housing_benefit_weekly",
        meaning="housing benefit a week",
        note=f"£0 where the live claims pay none, or all have ended. {_PAST_NOTE}",
    ),
    _money(
        name="benefits.rent_shortfall_weekly",
        sources=(CLAIMS, TENANCIES),
        meaning="rent a week that housing benefit does not cover",
        note="For households that get housing benefit: of the rent of their social tenancy, else of the rent"
        " on the claim where the council maps that column.",
    ),
    _date(
        name="benefits.stopped_on",
        dated=True,
        meaning="when the last benefit claim ended, if none is live",
    ),
    _count(
        name="benefits.stopped_days_ago",
        unit="days",
        dated=True,
        meaning="days since the last benefit claim ended, if none is live",
    ),
    _choice(
        name="benefits.stop_reason",
        choices=END_REASONS,
        dated=True,
        meaning="why the last benefit claim ended",
        note="Belongs to the end of the claim and is known from that date.",
    ),
    _choice(
        name="benefits.passport",
        choices=PASSPORTS,
        meaning="means-tested benefit that passports the claim",
        note=f"Of live claims; one with a passport goes before one without. {_PAST_NOTE}",
    ),
    _yes_no(
        name="benefits.universal_credit",
        sources=(CLAIMS, TENANCIES),
        meaning="Universal Credit is in payment",
        note="Yes where a live claim or a current tenancy says so; no where a tenancy says it is not, or a"
        " live claim is passported by a benefit that excludes it. A claim without a passport says neither.",
    ),
    _yes_no(
        name="benefits.pension_credit",
        meaning="Pension Credit guarantee credit is in payment",
        note="No on any other live claim: guarantee credit always passports one (SI 2006/214 reg 26).",
    ),
    _money(
        name="benefits.income_weekly",
        meaning="income a week as assessed for the claim",
        note=f"Of several claimants together, each counted once. {_PAST_NOTE}",
    ),
    _yes_no(
        name="benefits.partner",
        meaning="the claim is for a couple",
        note=f"Not known where the council maps no column of partners. {_PAST_NOTE}",
    ),
    _count(
        name="benefits.non_dependants",
        unit="people",
        meaning="other adults on the claim",
        note=f"Of several live claims, the highest number: they tell of the same home. {_PAST_NOTE}",
    ),
    _money(
        name="benefits.spare_room_deduction_weekly",
        meaning="taken off housing benefit for a spare room, a week",
        note=_PAST_NOTE,
    ),
    _yes_no(name="benefits.benefit_cap", meaning="the benefit cap applies", note=_PAST_NOTE),
    _money(
        name="benefits.overpayment",
        meaning="housing benefit overpayment still owed",
        note="On live and ended claims. Known on the night only: it is paid back without a change of"
        " the claim.",
    ),
    _date(
        name="benefits.housing_payment_ends_on",
        meaning="when the discretionary housing payment ends",
        note=f"The last one of live claims; it may be past. {_PAST_NOTE}",
    ),
    _money(
        name="benefits.capital",
        meaning="savings and other capital on the claim",
        note=f"Not known where the council maps no such column. {_PAST_NOTE}",
    ),
    _yes_no(
        name="benefits.care_or_mobility",
        meaning="a benefit for care, mobility or limited capability for work is in payment",
        note="Attendance Allowance, DLA, PIP, Universal Credit LCWRA, ESA support group. Tells of health:"
        " only the measures named may read it, and only a council that maps the column has it.",
        reserved_for=(*DISREGARDS, "hold"),
    ),
    _yes_no(
        name="benefits.carer",
        meaning="a carer's benefit is in payment",
        note=f"Not known where the council maps no such column. {_PAST_NOTE}",
        reserved_for=DISREGARDS,
    ),
    _date(
        name="benefits.partner_left_on",
        meaning="when a partner left the claim",
        note=f"Of live claims, the last. Not known where the council maps no such column. {_PAST_NOTE}",
    ),
    _date(
        name="benefits.partner_died_on",
        meaning="when a partner on the claim died",
        note=f"Of live claims, the last. Not known where the council maps no such column. {_PAST_NOTE}",
    ),
    _date(
        name="benefits.last_change_on",
        meaning="last change of the benefit claim",
        note="Of live claims. Not known for a date before the change that the extract shows.",
    ),
)


def benefit_facts(
    claims: pl.DataFrame | None, tenancies: pl.DataFrame | None, moment: Moment
) -> list[pl.DataFrame]:
    """The benefit facts of each household with a claim, or a tenancy that tells of Universal Credit.

    Args:
        claims: As `claim_state` returns them; None where the night brought none.
        tenancies: One row a tenancy that had begun. Columns: household, current, uc_flag, weekly_rent_pence;
            None where the night brought none.
        moment: What the facts are about; tenancies speak on the night of the extract only.

    Returns:
        Frames to put side by side, each with one row a household: household and columns of `FACTS`. What the
        night did not bring is left out.
    """
    if not moment.at_extract:
        tenancies = None
    parts = [_universal_credit(claims, tenancies)]
    if claims is not None:
        paid = _housing_benefit(claims)
        parts += [_liveness(claims, moment), _stops(claims), _live_values(claims), _incomes(claims), paid]
        parts.append(_shortfall(paid, tenancies, claims))
        if moment.at_extract:
            parts.append(_overpayments(claims))
    return parts


def _liveness(claims: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    live = pl.col("live")
    none_live = ~any_yes(live)
    stopped = pl.when(none_live & ~pl.col("ended_undated").any()).then(pl.col("ended_on").max())
    days = (pl.lit(moment.as_of) - pl.col("benefits__stopped_on")).dt.total_days()
    return (
        claims.group_by("household")
        .agg(any_yes(live).alias("benefits__claim_live"), stopped.alias("benefits__stopped_on"))
        .with_columns(days.alias("benefits__stopped_days_ago"))
    )


def _stops(claims: pl.DataFrame) -> pl.DataFrame:
    none_live = ~any_yes(pl.col("live")) & ~pl.col("ended_undated").any()
    reason = pl.when(none_live).then(pl.col("end_reason").first()).alias("benefits__stop_reason")
    last_first = claims.sort("ended_on", "record_ref", descending=[True, False], nulls_last=True)
    return last_first.group_by("household", maintain_order=True).agg(reason)


def _housing_benefit(claims: pl.DataFrame) -> pl.DataFrame:
    pays = pl.when("holds").then(pl.col("claim_type").str.contains("HB", literal=True))
    weekly = pl.when(~pl.col("live") | (pl.col("live") & ~pays)).then(0).when("live").then("weekly_hb_pence")
    return claims.group_by("household").agg(
        any_yes(weekly > 0).alias("benefits__housing_benefit"),
        sum_of_all(weekly).alias("benefits__housing_benefit_weekly"),
    )


def _shortfall(paid: pl.DataFrame, tenancies: pl.DataFrame | None, claims: pl.DataFrame) -> pl.DataFrame:
    claimed = pl.col("contractual_rent_pence").filter("live")
    rents = (
        claims.group_by("household")
        .agg(claimed=sum_of_all(claimed))
        .with_columns(claimed=pl.when(pl.col("claimed") > 0).then("claimed"))
    )
    rent = pl.col("claimed")
    if tenancies is not None:
        held = tenancies.filter("current").group_by("household")
        rents = rents.join(held.agg(rent=sum_of_all(pl.col("weekly_rent_pence"))), on="household", how="left")
        rent = pl.coalesce("rent", "claimed")
    uncovered = (rent - pl.col("benefits__housing_benefit_weekly")).clip(0)
    both = rents.join(paid.filter("benefits__housing_benefit"), on="household")
    return both.select("household", uncovered.alias("benefits__rent_shortfall_weekly"))


def _live_values(claims: pl.DataFrame) -> pl.DataFrame:
    order = {passport: place for place, passport in enumerate(PASSPORTS)}
    names = dict(enumerate(PASSPORTS))
    passport = pl.col("passport").replace_strict(order, default=None, return_dtype=pl.Int64)
    changed = pl.when("holds").then("last_change_date")
    return (
        claims.filter("live")
        .group_by("household")
        .agg(
            pl.when((passport > 0).any() | pl.col("holds").all())
            .then(passport.max())
            .replace_strict(names, default=None, return_dtype=pl.String)
            .alias("benefits__passport"),
            any_yes(pl.col("passport") == "pension_credit").alias("benefits__pension_credit"),
            any_yes(pl.col("couple")).alias("benefits__partner"),
            pl.when(pl.col("non_dependants").null_count() == 0)
            .then(pl.col("non_dependants").max())
            .alias("benefits__non_dependants"),
            sum_of_all(pl.col("spare_room_deduction_pence")).alias("benefits__spare_room_deduction_weekly"),
            any_yes(pl.col("benefit_cap")).alias("benefits__benefit_cap"),
            pl.col("dhp_end_date").max().alias("benefits__housing_payment_ends_on"),
            pl.when(changed.null_count() == 0).then(changed.max()).alias("benefits__last_change_on"),
            sum_of_all(pl.col("capital_pence")).alias("benefits__capital"),
            any_said(pl.col("care_or_mobility_benefit")).alias("benefits__care_or_mobility"),
            any_said(pl.col("carer_benefit")).alias("benefits__carer"),
            pl.col("partner_left_on").max().alias("benefits__partner_left_on"),
            pl.col("partner_died_on").max().alias("benefits__partner_died_on"),
        )
    )


def _incomes(claims: pl.DataFrame) -> pl.DataFrame:
    newest = claims.filter("live").sort(
        "last_change_date", "began_on", "record_ref", descending=True, nulls_last=True
    )
    one_each = newest.unique(["household", "claimant"], keep="first", maintain_order=True)
    income = sum_of_all(pl.col("weekly_income_pence")).alias("benefits__income_weekly")
    return one_each.group_by("household").agg(income)


def _overpayments(claims: pl.DataFrame) -> pl.DataFrame:
    owed = sum_of_all(pl.col("overpayment_balance_pence")).alias("benefits__overpayment")
    return claims.group_by("household").agg(owed)


def _universal_credit(claims: pl.DataFrame | None, tenancies: pl.DataFrame | None) -> pl.DataFrame:
    passport = pl.col("passport")
    said = pl.when(passport != "none").then(passport == "universal_credit")
    told = [pl.DataFrame(schema={"household": pl.UInt32, "uc": pl.Boolean})]
    if claims is not None:
        told.append(claims.filter("live").select("household", uc=said))
    if tenancies is not None:
        told.append(tenancies.filter("current").select("household", uc="uc_flag"))
    return (
        pl.concat(told).group_by("household").agg(any_said(pl.col("uc")).alias("benefits__universal_credit"))
    )
