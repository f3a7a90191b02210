"""Records that lack what they can't be without, and so are looked for under another address.

A bill with a reduction has a claim, a claim for a reduction has a bill, a tenancy has a bill, and who left a
home lives in another. Where a household has one and not the other, the other stands under an old address or a
misspelt name. Two rows whose records lack each other are likelier one person's than two whose records are
whole.
"""

import polars as pl

from smart_record.linkage.business import sharing_a_resident
from smart_record.linkage.clusters import components
from smart_record.linkage.sources import BENEFITS, COUNCIL_TAX, RENT

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


def lacking_each_other(weighed: pl.DataFrame, rows: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The weighed pairs of two places whose records lack each other, with the posterior that they have so.

    Args:
        weighed: Pairs weighed, without what the household says but with the support of other pairs.
        rows: Adult rows with person, record, resident.
        records: `record_rows`.
    """
    shared = sharing_a_resident(rows)
    household = components(records.height, shared["left"], shared["right"])
    return _raised(weighed, _lacks(pl.Series("household", household), records))


def could_lack_each_other(weighed: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The same if no record shared a resident with another: nothing then has what it lacks.

    Whatever households turn out to be, no other pair is raised, and none by more.
    """
    return _raised(weighed, _lacks(records["record"].alias("household"), records))


def _raised(weighed: pl.DataFrame, lack: pl.DataFrame) -> pl.DataFrame:
    at_two_places = (
        (pl.col("place").fill_null(0) < 3) & (pl.col("elsewhere") != 3) & (pl.col("posterior") > _FAR_FETCHED)
    )
    asked = weighed.filter(at_two_places & ~pl.col("conflict"))
    sides = [lack.select(pl.all().gather(asked[f"record_{side}"]).name.suffix(f"_{side}")) for side in "lr"]
    both = pl.concat([asked, *sides], how="horizontal")

    def lack_each_other(one: str, other: str) -> pl.Expr:
        return (pl.col(f"{one}_l") & pl.col(f"{other}_r")) | (pl.col(f"{other}_l") & pl.col(f"{one}_r"))

    reduction = lack_each_other("claim_lacks_bill", "bill_lacks_claim")
    began = lack_each_other("tenancy_lacks_bill", "bill_without_tenancy") & pl.col("started")
    next_home = lack_each_other("bill_lacks_next", "bill_lacks_former")
    next_home = next_home & ((pl.col("elsewhere") == 5) | pl.col("moved").is_not_null())
    bits = pl.when(began).then(_BEGAN).when(reduction).then(_REDUCTION).when(next_home).then(_NEXT)
    raised = both.with_columns(bits=bits).drop_nulls("bits")
    return raised.with_columns(posterior=pl.col("posterior") + pl.col("bits")).select(weighed.columns)


def _lacks(household: pl.Series, records: pl.DataFrame) -> pl.DataFrame:
    """What each record's household lacks, one row per record in their order, of records that run."""
    running, source, award = pl.col("ends").is_null(), pl.col("source"), pl.col("award_pence") > 0
    of = {
        "former": pl.col("ends").is_not_null() & (source == COUNCIL_TAX),
        "bill": running & (source == COUNCIL_TAX),
        "claim": running & (source == BENEFITS) & award,
        "tenancy": running & (source == RENT),
    }
    is_one = records.select(
        household, **{name: one.fill_null(value=False) for name, one in of.items()}, award=award
    )
    return is_one.with_columns(
        pl.col(name).any().over("household").alias(f"has_{name}") for name in of
    ).select(
        claim_lacks_bill=pl.col("claim") & ~pl.col("has_bill"),
        bill_lacks_claim=pl.col("bill") & (pl.col("award") & ~pl.col("has_claim")).fill_null(value=False),
        tenancy_lacks_bill=pl.col("tenancy") & ~pl.col("has_bill"),
        bill_lacks_next=pl.col("former") & ~pl.col("has_bill"),
        bill_lacks_former=pl.col("bill") & ~pl.col("has_former"),
        bill_without_tenancy=pl.col("bill") & ~pl.col("has_tenancy"),
    )
