"""People under another name, or mistyped, found by elimination: nobody else is left for two records to name.

A couple stands on a bill and on a tenancy; she is one on both, so he is who else stands there, whatever
forename each gives: one from home and one for here, a middle name, a pet name. Who alone claims the reduction
of a bill that names one person is that person. Twins would be named beside each other, or each beside whom
they live with; of two forenames of one birth and nothing else an officer is asked.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.clusters import Numbers
from smart_record.linkage.name_likeness import Likeness
from smart_record.linkage.packed_pairs import among
from smart_record.linkage.sources import COUNCIL_TAX

Truths = npt.NDArray[np.bool_]

_EQUAL, _HERE, _CLAIMED, _NOTHING = 3, 4, 1, 0
"""Levels of `comparisons.compare`: of births, places, reductions, and of what speaks against one home."""

_NOBODY_ELSE = 4.0
"""Log2 odds that two rows are one person, if nobody else is left and nothing but a name differs. In the towns
of four makers they were 5 to 8; another town may have more brothers."""

_OUTLIVED_DAYS = 31
"""A bill of one who lives alone that began so long after the tenancy may be the widow's of who had that."""


def alone_at_home(rows: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Running records of one home that name one adult each, the bill with the discount of one adult.

    Args:
        rows: Adult rows with record.
        records: `record_rows`.

    Returns:
        left < right (record numbers), sorted.
    """
    names_one = np.bincount(rows["record"].to_numpy(), minlength=records.height) == 1
    read = records.select("record", "source", "property", "starts", "ends", "one_adult")
    here = read.filter(pl.Series(names_one) & pl.col("ends").is_null() & pl.col("property").is_not_null())
    bill = pl.col("source") == COUNCIL_TAX
    bills = here.filter(bill & pl.col("one_adult")).unique("property", keep="none")
    others = here.filter(~bill & pl.col("property").is_in(bills["property"].implode()))
    pairs = bills.join(others.unique(["property", "source"], keep="none"), on="property", suffix="_r")
    later = (pl.col("starts") - pl.col("starts_r")).dt.total_days() > _OUTLIVED_DAYS
    ends = {"left": pl.min_horizontal("record", "record_r"), "right": pl.max_horizontal("record", "record_r")}
    return pairs.filter(~later.fill_null(value=False)).select(**ends).sort("left", "right")


def with_those_left_over(
    met: pl.DataFrame, weighed: pl.DataFrame, rows: pl.DataFrame, alone: pl.DataFrame
) -> pl.DataFrame:
    """The pairs without a conflict where either row can be nobody else of the other's record.

    Args:
        met: Pairs of rows whose records may be one household's, all of two records that are not one person
            yet, weighed: `weights.with_weights`, conflict, names_only and typed_only (whether nothing but
            names, or names, births and numbers, makes the conflict), officer.
        weighed: All pairs weighed so far.
        rows: Adult rows in order of their number with record, source, resident.
        alone: `alone_at_home`.

    Returns:
        The rows of `met`, and of `weighed` those of one birth at one home whom nothing else could meet. Where
        elimination holds, conflict is false and posterior four bits or more.
    """
    born = _of_one_birth(weighed, rows)
    pairs = pl.concat([met, born.filter(~among(born, met))])
    asked = _only_ones(pairs.with_row_index("pair").filter(_possible()))
    one, other = _named(asked, rows)
    sure = asked.filter(
        _proven(
            couples=_sharing(asked, rows) | ((one > 1) & (other > 1)),
            alone=among(asked.select(left="record_l", right="record_r"), alone).to_numpy(),
        )
    )
    found = pl.zeros(pairs.height, pl.Boolean, eager=True).scatter(sure["pair"], values=True)
    raised = pl.max_horizontal("posterior", pl.lit(_NOBODY_ELSE))
    return pairs.with_columns(
        conflict=pl.col("conflict") & ~found, posterior=pl.when(found).then(raised).otherwise("posterior")
    )


def _of_one_birth(weighed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one birth and home, kept apart by names, of records of two sources that name nobody else."""
    born = (pl.col("dob") == _EQUAL) & (pl.col("place") == _HERE) & pl.col("names_only") & ~pl.col("officer")
    pairs = weighed.filter(born.fill_null(value=False))
    one, other = _named(pairs, rows)
    other_source, other_resident = (
        rows[name].gather(pairs["left"]) != rows[name].gather(pairs["right"])
        for name in ("source", "resident")
    )
    return pairs.filter(pl.Series((one == 1) & (other == 1)) & other_source & other_resident)


def _named(pairs: pl.DataFrame, rows: pl.DataFrame) -> tuple[Numbers, Numbers]:
    """How many adults the two records of each pair name."""
    people = np.bincount(rows["record"].to_numpy())
    return people[pairs["record_l"].to_numpy()], people[pairs["record_r"].to_numpy()]


def _possible() -> pl.Expr:
    """Whether two rows may be one person, but for their names; or but for a birth or a number, of one name.

    What was typed wrong: a birth within a generation, or a number, not both.
    """
    births, numbers = ((pl.col(name) < 1).fill_null(value=False) for name in ("dob", "nino"))
    one_name = (pl.col("forename") >= Likeness.INITIAL) & (pl.col("surname") >= Likeness.SLIP)
    typed = one_name & (births ^ numbers) & (~births | pl.col("one_generation"))
    may_be = ~pl.col("conflict") | pl.col("typed_only")
    return may_be & (pl.col("sex") == 0) & ((~births & ~numbers) | typed).fill_null(value=False)


def _only_ones(possible: pl.DataFrame) -> pl.DataFrame:
    """The pairs of one home of which neither row has another in the other's record that is at all like it."""
    like = pl.any_horizontal(
        pl.col("surname") >= Likeness.SIMILAR,
        pl.col("forename") >= Likeness.INITIAL,
        pl.col("dob") >= 1,
        pl.col("nino") >= 1,
    )
    rivals = possible.filter(like.fill_null(value=False))
    only = (pl.len().over("left", "record_r") == 1) & (pl.len().over("right", "record_l") == 1)
    here = (pl.col("place") == _HERE) & (pl.col("elsewhere") == _NOTHING)
    return rivals.filter(only & here.fill_null(value=False))


def _proven(*, couples: Truths, alone: Truths) -> pl.Expr:
    """Whether elimination tells: who is left of a couple, who claims the bill's reduction, who lives alone.

    And who has one birth and two surnames, as twins have not. Without either a partner's name is another too.
    """
    one_birth = (pl.col("dob") == _EQUAL).fill_null(value=False)
    mistyped = pl.any_horizontal(pl.col("dob") < 1, pl.col("nino") < 1).fill_null(value=False)
    near, slip = (pl.col("surname") >= level for level in (Likeness.SIMILAR, Likeness.SLIP))
    left = pl.Series(couples) & (near | one_birth)
    claimant = near & (pl.col("award") == _CLAIMED)
    lone = pl.Series(alone) & slip & (one_birth | (pl.col("award") >= 0)) & ~mistyped
    no_twins = one_birth & ~near
    return (left | claimant | lone | no_twins).fill_null(value=False)


def _sharing(pairs: pl.DataFrame, rows: pl.DataFrame) -> Truths:
    """Whether the two records of each pair have a resident in common."""
    named = rows.select("record", "resident")
    one = pairs.select("pair", record="record_l", other="record_r").join(named, on="record")
    both = one.join(named, left_on=["other", "resident"], right_on=["record", "resident"])
    return np.isin(pairs["pair"].to_numpy(), both["pair"].to_numpy())
