"""Rent: who holds a social tenancy, what is owed, how far the landlord has gone."""

from datetime import date
from functools import partial

import polars as pl

from smart_record.facts.accounts.arrears import (
    LEVEL_WITHIN_PENCE,
    arrears_facts,
    balance_or_new,
    evidence_facts,
    former_facts,
    missed_facts,
    reaches_back,
)
from smart_record.facts.accounts.recovery import rent_stage_facts
from smart_record.facts.accounts.rent_charge import weekly_rent
from smart_record.facts.records.books import Book, BookForm, Moment
from smart_record.facts.records.ledger import Ledger
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.months import month_ends, months_before
from smart_record.facts.terms.unknown import any_said, any_yes, sum_of_all
from smart_record.facts.terms.vocabulary import (
    FOR_RENT,
    RENT_ACTIONS,
    RENT_PAYMENTS,
    RENT_STAGES,
    TENANCIES,
    TENANCY_TYPES,
    TRENDS,
)

RENT_BOOK = BookForm(
    source="rent",
    accounts=TENANCIES,
    ledger=RENT_PAYMENTS,
    history=RENT_ACTIONS,
    began="tenancy_start",
    ended="tenancy_end",
    stage="arrears_stage",
    stage_on="stage_date",
    ladder=RENT_STAGES,
    shown=(
        "tenancy_type",
        "weekly_rent_pence",
        "balance_pence",
        "payment_method",
        "uc_flag",
        "support_flag",
    ),
)

_declared = partial(Fact, purposes=FOR_RENT)
_money = partial(_declared, type=FactType.MONEY, unit="pence")
_count = partial(_declared, type=FactType.COUNT)
_date = partial(_declared, type=FactType.DATE)
_yes_no = partial(_declared, type=FactType.YES_NO)
_choice = partial(_declared, type=FactType.CHOICE)
_LEDGER_NOTE = "Not known where nothing has been posted on a current tenancy."
_FORMER_NOTE = "£0 where none has ended. For an ended tenancy without postings, its balance on the night."
_WINDOW_NOTE = (
    "Missed: just before the next charge fell due, or four weeks after its own day, the account was further"
    " behind than at any charge of the five weeks before, by more than a fifth of four weeks' rent, so that"
    " who is paid monthly and charged weekly but keeps up misses nothing. Not known where the ledger doesn't"
    " reach back over the whole time."
)
_owed = partial(_money, sources=(RENT_PAYMENTS, TENANCIES), dated=True)
_missed = partial(_count, sources=(RENT_PAYMENTS, TENANCIES), unit="payments", dated=True, note=_WINDOW_NOTE)

FACTS = (
    _yes_no(
        name="rent.tenant",
        sources=(TENANCIES,),
        dated=True,
        meaning="the household holds a social tenancy now",
        note="No only where a tenancy of the household has ended and none is current: that none is found does"
        " not prove that there is none.",
    ),
    _date(name="rent.tenant_since", sources=(TENANCIES,), dated=True, meaning="when the tenancy began"),
    _choice(
        name="rent.tenancy_type",
        sources=(TENANCIES,),
        choices=TENANCY_TYPES,
        meaning="kind of social tenancy",
        note="Of several current tenancies, the one that began last.",
    ),
    _money(name="rent.weekly_rent", sources=(TENANCIES,), meaning="rent a week"),
    _money(name="rent.balance", sources=(TENANCIES,), meaning="rent balance as the housing system shows it"),
    _owed(
        name="rent.arrears",
        meaning="rent fallen due and not paid",
        note=f"All current tenancies together; one in credit does not make up for another. {_LEDGER_NOTE}",
    ),
    _owed(name="rent.credit", meaning="rent paid beyond what has fallen due", note=_LEDGER_NOTE),
    _owed(
        name="rent.former_arrears", meaning="rent still owed on tenancies that have ended", note=_FORMER_NOTE
    ),
    _owed(
        name="rent.former_credit",
        meaning="credit left on rent accounts of tenancies that have ended",
        note=_FORMER_NOTE,
    ),
    _count(
        name="rent.weeks_in_arrears",
        sources=(RENT_PAYMENTS, TENANCIES),
        unit="weeks",
        dated=True,
        meaning="whole weeks of rent owed",
        note="Arrears divided by the weekly rent that the charges of the last four months come to; where they"
        " don't tell, by the weekly rent shown on the night. 0 without arrears.",
    ),
    _choice(
        name="rent.arrears_trend",
        sources=(RENT_PAYMENTS, TENANCIES),
        choices=TRENDS,
        dated=True,
        meaning="whether rent arrears fell or rose over three months",
        note="Level within £5. Not known where the ledger begins later and the tenancy does not.",
    ),
    _count(
        name="rent.months_rising",
        sources=(RENT_PAYMENTS, TENANCIES),
        unit="months",
        dated=True,
        meaning="months in a row in which rent arrears rose",
        note="Month ends compared, the newest first, a rise being £5 or more; 12 means 12 or more.",
    ),
    _owed(
        name="rent.charged_3m",
        meaning="rent that fell due in the last 3 months",
        note="Not known where the ledger doesn't reach back over the whole time.",
    ),
    _owed(
        name="rent.paid_3m",
        meaning="rent paid in the last 3 months",
        note="Net of refunds. Not known where the ledger doesn't reach back over the whole time.",
    ),
    _missed(name="rent.missed_payments_3m", meaning="rent payments missed in the last 3 months"),
    _missed(name="rent.missed_payments_6m", meaning="rent payments missed in the last 6 months"),
    _missed(name="rent.missed_payments_12m", meaning="rent payments missed in the last 12 months"),
    _date(
        name="rent.last_payment_on",
        sources=(RENT_PAYMENTS, TENANCIES),
        dated=True,
        meaning="last rent payment",
        note="Not known where no payment is on the ledger of a current tenancy.",
    ),
    _yes_no(
        name="rent.paid_to_landlord",
        sources=(TENANCIES,),
        meaning="Universal Credit pays the rent straight to the landlord",
    ),
    _yes_no(name="rent.direct_debit", sources=(TENANCIES,), meaning="rent is paid by direct debit"),
    _date(
        name="rent.evidence_on",
        sources=(RENT_PAYMENTS, RENT_ACTIONS, TENANCIES),
        dated=True,
        meaning="newest dated entry on the rent accounts",
        note="A posting or a stage, on any tenancy of the household.",
    ),
)

_MONTHS_COMPARED = 12
_MISSED = {f"missed_{span}": f"rent__missed_payments_{span}" for span in ("3m", "6m", "12m")}


def rent_facts(state: pl.DataFrame, book: Book, moment: Moment) -> list[pl.DataFrame]:
    """The rent facts of each household that has or had a tenancy.

    Args:
        state: The tenancies as of the moment, as `account_state` returns them.
        book: The book they come from.
        moment: What the facts are about.

    Returns:
        Frames to put side by side, each with one row a household: household and columns of `FACTS` or of
        `RENT_STAGE_FACTS`. What the night did not bring is left out.
    """
    parts = [
        _tenancy(state),
        former_facts(state, "rent", moment),
        evidence_facts(state, "rent"),
        *rent_stage_facts(state, book, moment.as_of),
    ]
    if moment.at_extract:
        parts.append(_shown(state))
    if book.ledger is not None:
        parts += [
            arrears_facts(state, "rent"),
            missed_facts(state, _MISSED),
            _weeks_in_arrears(state, book.ledger, moment),
            _months_rising(state, book.ledger, moment.as_of),
            _quarter(state, book.ledger, moment.as_of),
        ]
    return parts


def _tenancy(state: pl.DataFrame) -> pl.DataFrame:
    current = pl.col("current")
    starts = pl.col("began_on").filter(current)
    return state.group_by("household").agg(
        any_yes(current).alias("rent__tenant"),
        pl.when(starts.null_count() == 0).then(starts.min()).alias("rent__tenant_since"),
    )


def _shown(state: pl.DataFrame) -> pl.DataFrame:
    paid_by = pl.col("payment_method")
    return (
        state.filter("current")
        .sort("began_on", "record_ref", nulls_last=False)
        .group_by("household", maintain_order=True)
        .agg(
            pl.col("tenancy_type").drop_nulls().last().alias("rent__tenancy_type"),
            sum_of_all(pl.col("weekly_rent_pence")).alias("rent__weekly_rent"),
            sum_of_all(pl.col("balance_pence")).alias("rent__balance"),
            any_said(paid_by == "uc_direct").alias("rent__paid_to_landlord"),
            any_said(paid_by == "direct_debit").alias("rent__direct_debit"),
        )
    )


def _weeks_in_arrears(state: pl.DataFrame, ledger: Ledger, moment: Moment) -> pl.DataFrame:
    shown = pl.when(moment.at_extract).then("weekly_rent_pence")
    owed = pl.col("balance").clip(0).sum()
    weekly = sum_of_all(pl.coalesce("charged_weekly", shown))
    weeks = pl.when(owed == 0).then(0).when(weekly > 0).then(owed // weekly)
    return (
        state.filter(pl.col("current") & pl.col("balance").is_not_null())
        .join(weekly_rent(ledger, moment.as_of), on="account", how="left")
        .group_by("household")
        .agg(weeks.alias("rent__weeks_in_arrears"))
    )


def _months_rising(state: pl.DataFrame, ledger: Ledger, as_of: date) -> pl.DataFrame:
    ends = month_ends(as_of, _MONTHS_COMPARED + 1)
    balances = {f"end_{back}": ledger.balance(end) for back, end in enumerate(ends)}
    owed = [sum_of_all(pl.col(name).clip(0)).alias(name) for name in balances]
    numbered = pl.DataFrame(balances).with_columns(account=pl.int_range(pl.len(), dtype=pl.UInt32))
    household = (
        state.filter(pl.col("current") & pl.col("balance").is_not_null())
        .join(numbered, on="account", how="left")
        .with_columns(balance_or_new(name, end).alias(name) for name, end in zip(balances, ends, strict=True))
        .group_by("household")
        .agg(owed)
    )
    newest_first = [
        pl.col(f"end_{back}") - pl.col(f"end_{back + 1}") >= LEVEL_WITHIN_PENCE
        for back in range(_MONTHS_COMPARED)
    ]
    so_far = [
        pl.all_horizontal(newest_first[: n + 1]).fill_null(value=False) for n in range(_MONTHS_COMPARED)
    ]
    rising = pl.when(newest_first[0].is_not_null()).then(pl.sum_horizontal(so_far).cast(pl.Int64))
    return household.select("household", rising.alias("rent__months_rising"))


def _quarter(state: pl.DataFrame, ledger: Ledger, as_of: date) -> pl.DataFrame:
    after = months_before(as_of, 3)
    flows = pl.DataFrame(
        {"charged": ledger.charged_between(after, as_of), "paid": ledger.paid_between(after, as_of)}
    ).with_columns(account=pl.int_range(pl.len(), dtype=pl.UInt32))
    known = pl.when(reaches_back(after))
    return (
        state.filter(pl.col("current") & pl.col("balance").is_not_null())
        .join(flows, on="account", how="left")
        .group_by("household")
        .agg(
            sum_of_all(known.then("charged")).alias("rent__charged_3m"),
            sum_of_all(known.then("paid")).alias("rent__paid_3m"),
        )
    )
