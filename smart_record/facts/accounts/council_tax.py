"""Council tax: who is liable, what is owed, how far recovery has gone."""

from functools import partial

import polars as pl

from smart_record.facts.accounts.arrears import (
    arrears_facts,
    evidence_facts,
    former_facts,
    missed_facts,
)
from smart_record.facts.accounts.recovery import council_tax_stage_facts
from smart_record.facts.records.books import Book, BookForm, Moment
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.unknown import any_said, any_yes, sum_of_all
from smart_record.facts.terms.vocabulary import (
    ACCOUNTS,
    BANDS,
    COUNCIL_TAX_STAGES,
    FOR_COUNCIL_TAX,
    INSTALMENTS,
    RECOVERY,
    TRENDS,
)

COUNCIL_TAX_BOOK = BookForm(
    source="council_tax",
    accounts=ACCOUNTS,
    ledger=INSTALMENTS,
    history=RECOVERY,
    began="liability_start",
    ended="liability_end",
    stage="recovery_stage",
    stage_on="recovery_stage_date",
    ladder=COUNCIL_TAX_STAGES,
    shown=(
        "band",
        "annual_charge_pence",
        "balance_pence",
        "payment_method",
        "discount",
        "ctr_weekly_pence",
        "vulnerable",
        "breathing_space_end",
        "disregard",
    ),
)

_declared = partial(Fact, purposes=FOR_COUNCIL_TAX)
_money = partial(_declared, type=FactType.MONEY, unit="pence")
_count = partial(_declared, type=FactType.COUNT)
_date = partial(_declared, type=FactType.DATE)
_yes_no = partial(_declared, type=FactType.YES_NO)
_choice = partial(_declared, type=FactType.CHOICE)
_LEDGER_NOTE = "Not known where nothing has been posted on a current account."
_WINDOW_NOTE = (
    "Missed: four weeks after it fell due, or just before the next one did, the account was further behind"
    " than at any instalment of the five weeks before, by more than a fifth of it; payments go to the oldest"
    " instalment first. Not known where the ledger doesn't reach back over the whole time."
)

_missed = partial(_count, sources=(INSTALMENTS, ACCOUNTS), unit="payments", dated=True, note=_WINDOW_NOTE)
_owed = partial(_money, sources=(INSTALMENTS, ACCOUNTS), dated=True)

FACTS = (
    _yes_no(
        name="council_tax.liable",
        sources=(ACCOUNTS,),
        dated=True,
        meaning="someone in the household is liable for council tax now",
        note="No where every account of the household has ended; not known where it has none.",
    ),
    _date(
        name="council_tax.liable_since",
        sources=(ACCOUNTS,),
        dated=True,
        meaning="when the present council tax liability began",
        note="The earliest of several; not known where the start of one is not recorded.",
    ),
    _choice(
        name="council_tax.band",
        sources=(ACCOUNTS,),
        choices=BANDS,
        meaning="council tax band of the home",
        note="Of several current accounts, the one that began last.",
    ),
    _money(name="council_tax.annual_charge", sources=(ACCOUNTS,), meaning="council tax for the year"),
    _money(
        name="council_tax.balance",
        sources=(ACCOUNTS,),
        meaning="council tax balance as the revenues system shows it",
        note="Of current accounts; some systems include instalments that have not fallen due yet.",
    ),
    _owed(
        name="council_tax.arrears",
        meaning="council tax instalments fallen due and not paid",
        note=f"All current accounts together; one in credit does not make up for another. {_LEDGER_NOTE}",
    ),
    _owed(
        name="council_tax.credit",
        meaning="council tax paid beyond what has fallen due",
        note=_LEDGER_NOTE,
    ),
    _owed(
        name="council_tax.former_arrears",
        meaning="council tax still owed on accounts that have ended",
        note="£0 where none has ended. For an ended account without postings, its balance on the night.",
    ),
    _owed(
        name="council_tax.former_credit",
        meaning="credit left on council tax accounts that have ended",
        note="£0 where none has ended. For an ended account without postings, its balance on the night.",
    ),
    _choice(
        name="council_tax.arrears_trend",
        sources=(INSTALMENTS, ACCOUNTS),
        choices=TRENDS,
        dated=True,
        meaning="whether council tax arrears fell or rose over three months",
        note="Level within £5. Not known where the ledger begins later and the account does not.",
    ),
    _count(
        name="council_tax.instalments_due_12m",
        sources=(INSTALMENTS, ACCOUNTS),
        unit="payments",
        dated=True,
        meaning="council tax instalments due in the last 12 months",
        note="Not known where the ledger doesn't reach back over the whole time.",
    ),
    _missed(
        name="council_tax.missed_instalments_3m",
        meaning="council tax instalments missed in the last 3 months",
    ),
    _missed(
        name="council_tax.missed_instalments_6m",
        meaning="council tax instalments missed in the last 6 months",
    ),
    _missed(
        name="council_tax.missed_instalments_12m",
        meaning="council tax instalments missed in the last 12 months",
    ),
    _missed(
        name="council_tax.missed_instalments_this_year",
        meaning="council tax instalments missed since 1 April",
    ),
    _date(
        name="council_tax.last_payment_on",
        sources=(INSTALMENTS, ACCOUNTS),
        dated=True,
        meaning="last council tax payment",
        note="Not known where no payment is on the ledger of a current account.",
    ),
    _date(
        name="council_tax.oldest_unpaid_on",
        sources=(INSTALMENTS, ACCOUNTS),
        dated=True,
        meaning="due date of the oldest unpaid council tax instalment",
        note="Payments go to the oldest instalment first; one short of less than £1 counts as paid. Nothing"
        " where nothing is owed.",
    ),
    _yes_no(
        name="council_tax.direct_debit",
        sources=(ACCOUNTS,),
        meaning="council tax is paid by direct debit",
    ),
    _yes_no(
        name="council_tax.single_person_discount",
        sources=(ACCOUNTS,),
        meaning="the account has a single person discount",
        note="Not known where the council maps no column of discounts.",
    ),
    _yes_no(
        name="council_tax.disregard",
        sources=(ACCOUNTS,),
        meaning="the account has a disregard, an exemption or a disabled band reduction",
        note="Not known where the council maps no such column.",
    ),
    _date(
        name="council_tax.evidence_on",
        sources=(INSTALMENTS, RECOVERY, ACCOUNTS),
        dated=True,
        meaning="newest dated entry on the council tax accounts",
        note="A posting or a stage, on any account of the household.",
    ),
)

_MISSED = {
    f"missed_{span}": f"council_tax__missed_instalments_{span}" for span in ("3m", "6m", "12m", "this_year")
}


def council_tax_facts(state: pl.DataFrame, book: Book, moment: Moment) -> list[pl.DataFrame]:
    """The council tax facts of each household that has an account.

    Args:
        state: The accounts as of the moment, as `account_state` returns them.
        book: The book they come from.
        moment: What the facts are about.

    Returns:
        Frames to put side by side, each with one row a household: household and columns of `FACTS` or of
        `COUNCIL_TAX_STAGE_FACTS`. What the night did not bring is left out.
    """
    parts = [
        _liability(state),
        former_facts(state, "council_tax", moment),
        evidence_facts(state, "council_tax"),
        *council_tax_stage_facts(state, book, moment.as_of),
    ]
    if moment.at_extract:
        parts.append(_shown(state, discounts_told="discount" in book.columns))
    if book.ledger is not None:
        counts = {"due_12m": "council_tax__instalments_due_12m", **_MISSED}
        parts += [arrears_facts(state, "council_tax"), missed_facts(state, counts), _oldest_unpaid(state)]
    return parts


def _liability(state: pl.DataFrame) -> pl.DataFrame:
    current = pl.col("current")
    starts = pl.col("began_on").filter(current)
    return state.group_by("household").agg(
        any_yes(current).alias("council_tax__liable"),
        pl.when(starts.null_count() == 0).then(starts.min()).alias("council_tax__liable_since"),
    )


def _shown(state: pl.DataFrame, *, discounts_told: bool) -> pl.DataFrame:
    band = pl.col("band").str.to_uppercase()
    single = any_yes(pl.col("discount").eq_missing("single_person"))
    return (
        state.filter("current")
        .sort("began_on", "record_ref", nulls_last=False)
        .group_by("household", maintain_order=True)
        .agg(
            band.filter(band.is_in(BANDS)).last().alias("council_tax__band"),
            sum_of_all(pl.col("annual_charge_pence")).alias("council_tax__annual_charge"),
            sum_of_all(pl.col("balance_pence")).alias("council_tax__balance"),
            any_said(pl.col("payment_method") == "direct_debit").alias("council_tax__direct_debit"),
            (single if discounts_told else pl.lit(None)).alias("council_tax__single_person_discount"),
            any_said(pl.col("disregard")).alias("council_tax__disregard"),
        )
    )


def _oldest_unpaid(state: pl.DataFrame) -> pl.DataFrame:
    unpaid = pl.col("oldest_unpaid_on").min().alias("council_tax__oldest_unpaid_on")
    return state.filter("current").group_by("household").agg(unpaid)
