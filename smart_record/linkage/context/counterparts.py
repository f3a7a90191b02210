"""Records that lack what they can't be without, and so are looked for under another address.

A bill with a reduction has a claim, a claim for a reduction has a bill, a tenancy has a bill, and who left a
home lives in another. Where a household has one and not the other, the other stands under an old address or a
misspelt name. Two rows whose records lack each other are likelier one person's than two whose records are
whole.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX, RENT

Numbers = npt.NDArray[np.integer[Any]]
Truths = npt.NDArray[np.bool_]

_REDUCTION = 8.0
"""How much oftener, in bits, a claim and a bill of one household that nothing joined yet lack each other than
a claim and a bill drawn at random: a fifth of claims lack a bill (sharers: the landlord has it), and of bills
with a reduction about one in fifty lacks its claim."""

_BEGAN = 12.0
"""The same of a tenancy without a bill and a bill elsewhere that began on that day: two dates of a dozen
years agree by chance once in some thousands."""

_NEXT = 3.0
"""The same of a bill that ended and whose household has no other, and a bill elsewhere that has none before
it: of those who left a home, more have gone from the council's books than are looked for."""

_FAR_FETCHED = -12.0
"""Posterior bits below which nothing that is lacking could make two rows one person."""


def at_two_places(weighed: pl.DataFrame) -> pl.DataFrame:
    """The weighed pairs of two places that may be one person if their records lack each other."""
    return weighed.filter(
        (pl.col("posterior") > _FAR_FETCHED)
        & ~pl.col("conflict")
        & (pl.col("place").fill_null(0) < 3)
        & (pl.col("elsewhere") != 3)
    )


def lacking_each_other(elsewhere: pl.DataFrame, records: pl.DataFrame, household: Numbers) -> pl.DataFrame:
    """The pairs whose records lack each other, with the posterior that they have so.

    Args:
        elsewhere: `at_two_places`, of pairs weighed without what the household says but with the support of
            other pairs.
        records: `record_rows`.
        household: `business.households_so_far`.
    """
    return _raised(elsewhere, _lacks(household, records))


def could_lack_each_other(elsewhere: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The same if no record shared a resident with another: nothing then has what it lacks.

    Whatever households turn out to be, no other pair is raised, and none by more.
    """
    return _raised(elsewhere, _lacks(np.arange(records.height), records))


def _raised(asked: pl.DataFrame, lack: Mapping[str, Truths]) -> pl.DataFrame:
    records = {side: asked[f"record_{side}"].to_numpy() for side in "lr"}
    both = asked.with_columns(
        pl.Series(f"{name}_{side}", lacks[records[side]]) for name, lacks in lack.items() for side in "lr"
    )

    def lack_each_other(one: str, other: str) -> pl.Expr:
        return (pl.col(f"{one}_l") & pl.col(f"{other}_r")) | (pl.col(f"{other}_l") & pl.col(f"{one}_r"))

    reduction = lack_each_other("claim_lacks_bill", "bill_lacks_claim")
    began = lack_each_other("tenancy_lacks_bill", "bill_without_tenancy") & pl.col("started")
    next_home = lack_each_other("bill_lacks_next", "bill_lacks_former")
    next_home = next_home & ((pl.col("elsewhere") == 5) | pl.col("moved").is_not_null())
    bits = pl.when(began).then(_BEGAN).when(reduction).then(_REDUCTION).when(next_home).then(_NEXT)
    raised = both.with_columns(bits=bits).drop_nulls("bits")
    return raised.with_columns(posterior=pl.col("posterior") + pl.col("bits")).select(asked.columns)


def _lacks(household: Numbers, records: pl.DataFrame) -> dict[str, Truths]:
    """What each record's household lacks, by record number, of records that run."""
    running, source, award = pl.col("ends").is_null(), pl.col("source"), pl.col("award_pence") > 0
    is_one = records.select(
        former=~running & (source == COUNCIL_TAX),
        bill=running & (source == COUNCIL_TAX),
        claim=running & (source == BENEFITS) & award,
        tenancy=running & (source == RENT),
        award=award,
    )
    former, bill, claim, tenancy, reduced = (one.fill_null(value=False).to_numpy() for one in is_one)

    def lacks(one: Truths, wanted: Truths) -> Truths:
        has = np.zeros(len(household), dtype=np.bool_)
        has[household[wanted]] = True
        return one & ~has[household]

    return {
        "claim_lacks_bill": lacks(claim, bill),
        "bill_lacks_claim": lacks(bill & reduced, claim),
        "tenancy_lacks_bill": lacks(tenancy, bill),
        "bill_lacks_next": lacks(former, bill),
        "bill_lacks_former": lacks(bill, former),
        "bill_without_tenancy": lacks(bill, tenancy),
    }
