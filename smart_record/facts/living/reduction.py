"""Council Tax Reduction, which the account and the claim both tell, and not always the same."""

from functools import partial

import polars as pl

from smart_record.facts.records.books import Moment
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.unknown import any_said
from smart_record.facts.terms.vocabulary import ACCOUNTS, CLAIMS, FOR_REDUCTION

_declared = partial(Fact, purposes=FOR_REDUCTION, sources=(ACCOUNTS, CLAIMS))

FACTS = (
    _declared(
        name="council_tax.reduction",
        type=FactType.YES_NO,
        meaning="Council Tax Reduction is in payment",
        note="Yes where a current account or a live claim says so: an award may not have reached the account"
        " yet. No where one says it is not, or the claim for it ended, and none says it is; not known where"
        " none speaks.",
    ),
    _declared(
        name="council_tax.reduction_weekly",
        type=FactType.MONEY,
        unit="pence",
        meaning="Council Tax Reduction a week",
        note="As the account shows it; where it shows none, as the claim does.",
    ),
)


def reduction_facts(
    accounts: pl.DataFrame | None, claims: pl.DataFrame | None, moment: Moment
) -> pl.DataFrame:
    """The facts about Council Tax Reduction of each household with an account or a claim.

    Args:
        accounts: One row an account that had begun. Columns: household, current, ctr_weekly_pence; None where
            the night brought none.
        claims: As `claim_state` returns them; None where the night brought none.
        moment: What the facts are about; accounts speak on the night of the extract only.

    Returns:
        One row a household. Columns: household and the columns of `FACTS`.
    """
    told = [pl.DataFrame(schema={"household": pl.UInt32, "on_account": pl.Boolean, "weekly": pl.Int64})]
    if accounts is not None and moment.at_extract:
        shown = accounts.filter("current").select("household", weekly="ctr_weekly_pence")
        told.append(shown.with_columns(on_account=pl.lit(value=True)).select(told[0].columns))
    if claims is not None:
        told.append(_told_by_claims(claims).select(told[0].columns))
    paid = any_said(pl.col("weekly") > 0)
    by_account, by_claim = _sum_where(pl.col("on_account")), _sum_where(~pl.col("on_account"))
    amount = pl.coalesce(pl.when(by_account > 0).then(by_account), pl.when(by_claim > 0).then(by_claim))
    return (
        pl.concat(told)
        .group_by("household")
        .agg(
            paid.alias("council_tax__reduction"),
            pl.when(~paid).then(0).otherwise(amount).alias("council_tax__reduction_weekly"),
        )
    )


def _sum_where(chosen: pl.Expr) -> pl.Expr:
    weekly = pl.col("weekly")
    return pl.when(~(chosen & weekly.is_null()).any()).then(pl.when(chosen).then(weekly).sum())


def _told_by_claims(claims: pl.DataFrame) -> pl.DataFrame:
    """What each claim for Council Tax Reduction pays a week: nothing once it has ended."""
    weekly = pl.when(~pl.col("live")).then(0).when("live").then("weekly_ctr_pence")
    asked_for = claims.filter(pl.col("claim_type").str.contains("CTR", literal=True))
    return asked_for.select("household", on_account=pl.lit(value=False), weekly=weekly)
