"""Universal Credit as the data share for Council Tax Reduction tells it, notice by notice.

The deductions that it carries are the earliest sign of other debts. A council that may not use them for
advice leaves their columns unmapped: they are then not known, and no rule sees them.

Only notices of live claims count: an award that the last notice of an ended claim told is no award of today.
What several live claims of one claimant are told is one award, so each claimant counts once.
"""

from functools import partial

import polars as pl

from smart_record.facts.records.attached import Attached
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.unknown import sum_of_all
from smart_record.facts.terms.vocabulary import CLAIMS, FOR_BENEFITS, NOTICES

_told = partial(Fact, sources=(NOTICES, CLAIMS), purposes=FOR_BENEFITS)
_money = partial(_told, type=FactType.MONEY, unit="pence")
_OF_LIVE_CLAIMS = "Of live claims; of several claimants together, each counted once."
_BEFORE = f"{_OF_LIVE_CLAIMS} From the notice before the newest; not known where there is only one."

FACTS = (
    _told(
        name="universal_credit.notice_on",
        type=FactType.DATE,
        meaning="newest notice of a Universal Credit award",
        note="Of live claims. Not known where the council brings no file of Universal Credit notices.",
    ),
    _told(
        name="universal_credit.started_on",
        type=FactType.DATE,
        meaning="when the Universal Credit claim began",
        note="Of several claims, the one that began last.",
    ),
    _money(name="universal_credit.award", meaning="Universal Credit a month", note=_OF_LIVE_CLAIMS),
    _money(
        name="universal_credit.award_before", meaning="Universal Credit a month before that", note=_BEFORE
    ),
    _money(name="universal_credit.earnings", meaning="earnings a month that Universal Credit counted"),
    _money(
        name="universal_credit.earnings_before",
        meaning="earnings a month that Universal Credit counted before that",
        note=_BEFORE,
    ),
    _money(
        name="universal_credit.housing_element",
        meaning="rent a month that Universal Credit covers",
    ),
    _told(
        name="universal_credit.deductions",
        type=FactType.COUNT,
        unit="debts",
        meaning="kinds of debt that Universal Credit deducts for",
        note="Of rent, gas, electricity, water, council tax and fines, those whose columns the council maps.",
    ),
    _told(
        name="universal_credit.fuel_or_water_deducted",
        type=FactType.YES_NO,
        meaning="Universal Credit deducts for gas, electricity or water",
    ),
    _told(
        name="universal_credit.council_tax_deducted",
        type=FactType.YES_NO,
        meaning="Universal Credit deducts for council tax",
    ),
)

_KINDS = ("rent", "gas", "electricity", "water", "council_tax", "fines")
_SUPPLIES = ("gas", "electricity", "water")
_AMOUNTS = ("award", "earnings", "housing_element")


def universal_credit_facts(notices: Attached, claims: pl.DataFrame) -> pl.DataFrame:
    """The facts of `FACTS` for every household with a live claim that has a notice.

    Args:
        notices: The notices, each about a claim.
        claims: As `claim_state` returns them.
    """
    placed = _newest_first(notices.rows, claims).with_columns(
        place=pl.int_range(pl.len()).over("household", "claimant")
    )
    now = Attached(rows=placed.filter(pl.col("place") == 0), holders=notices.holders)
    before = Attached(rows=placed.filter(pl.col("place") == 1), holders=notices.holders)
    deducted = {kind: pl.col(f"{kind}_deduction_pence") > 0 for kind in _KINDS}
    counted = pl.sum_horizontal(*(each.any().cast(pl.Int64) for each in deducted.values()))
    mapped = pl.any_horizontal(*(pl.col(f"{kind}_deduction_pence").count() > 0 for kind in _KINDS))
    supplies = pl.any_horizontal(*(_said(deducted[kind]) for kind in _SUPPLIES))
    told_now = now.told(
        pl.col("notice_on").max().alias("universal_credit__notice_on"),
        pl.col("started_on").max().alias("universal_credit__started_on"),
        *(sum_of_all(pl.col(f"{name}_pence")).alias(f"universal_credit__{name}") for name in _AMOUNTS),
        pl.when(mapped).then(counted).alias("universal_credit__deductions"),
        supplies.alias("universal_credit__fuel_or_water_deducted"),
        _said(deducted["council_tax"]).alias("universal_credit__council_tax_deducted"),
    )
    told_before = before.told(
        *(
            sum_of_all(pl.col(f"{name}_pence")).alias(f"universal_credit__{name}_before")
            for name in ("award", "earnings")
        )
    )
    return told_now.join(told_before, on="household", maintain_order="left")


def _newest_first(notices: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The notices of live claims by claimant, the newest first, one of a day."""
    claimant = pl.coalesce("claimant", "record_ref").alias("claimant")
    live = claims.filter("live").select("household", claimant, record="record_ref")
    return (
        notices.join(live, on=["household", "record"])
        .sort(
            "household",
            "claimant",
            "notice_on",
            "record",
            "line",
            descending=[False, False, True, False, True],
        )
        .unique(["household", "claimant", "notice_on"], keep="first", maintain_order=True)
    )


def _said(deducted: pl.Expr) -> pl.Expr:
    return deducted.max()
