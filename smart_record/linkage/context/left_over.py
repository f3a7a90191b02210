"""People under another name, or mistyped, found by elimination: nobody else is left for two records to name.

A couple stands on a bill and on a tenancy; she is one on both, so he is who else stands there, whatever
forename each gives: one from home and one for here, a middle name, a pet name. Who alone claims the reduction
of a bill that names one person is that person. Twins would be named beside each other, or each beside whom
they live with; of two forenames of one birth and nothing else an officer is asked.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.clusters import Numbers
from smart_record.linkage.graph.packed_pairs import among
from smart_record.linkage.names.name_likeness import Likeness
from smart_record.linkage.rows.second_names import (
    CLAIMS_TELL,
    COUPLES_TELL,
    DISCOUNTS_TELL,
    TELLING,
    outlived,
)
from smart_record.linkage.sources import COUNCIL_TAX

Truths = npt.NDArray[np.bool_]

_EQUAL, _HERE, _CLAIMED, _NOTHING = 3, 4, 1, 0
"""Levels of `comparisons.compare`: of births, places, reductions, and of what speaks against one home."""

_NOBODY_ELSE = 2.5
"""Log2 odds that two rows are one person, if nobody else is left: the least that `second_names` asks for."""

_GROWN_UP_DAYS, _GENERATION_DAYS = 18 * 365, 16 * 365
"""Who was younger when a record began is not named on it; a couple is seldom so many years apart."""

_ENDS = ("left", "right")


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
    ends = {"left": pl.min_horizontal("record", "record_r"), "right": pl.max_horizontal("record", "record_r")}
    return pairs.filter(~outlived("starts", "starts_r")).select(**ends).sort("left", "right")


def with_those_left_over(
    met: pl.DataFrame, weighed: pl.DataFrame, rows: pl.DataFrame, alone: pl.DataFrame
) -> pl.DataFrame:
    """The pairs without a conflict where either row can be nobody else of the other's record.

    Args:
        met: Pairs of rows whose records may be one household's, all of two records that are not one person
            yet, weighed: `weights.with_weights`, conflict, names_only and typed_only (whether nothing but
            names, or names, births and numbers, makes the conflict), officer.
        weighed: All pairs weighed so far.
        rows: Adult rows in order of their number with record, source, dob, starts, `second_names.TELLING`,
            resident.
        alone: `alone_at_home`.

    Returns:
        The rows of `met`, and of `weighed` those of one birth at one home whom nothing else could meet. Where
        only elimination tells, left_over is true, conflict false and posterior raised.
    """
    born = _of_one_birth(weighed, rows)
    pairs = pl.concat([met, born.filter(~among(born, met))])
    asked = _grown_up(_only_ones(pairs.with_row_index("pair").filter(_possible())), rows)
    one, other = _named(asked, rows)
    shared, of_an_age, another_generation = _of_a_couple(asked, rows)
    sure = asked.filter(
        _proven(
            couples=(shared | ((one > 1) & (other > 1))) & ~another_generation,
            ages_told=of_an_age | ~shared,
            alone=among(asked.select(left="record_l", right="record_r"), alone).to_numpy(),
            telling=rows.select(pl.col(TELLING).first()).row(0, named=True),
        )
    )
    found = pl.zeros(pairs.height, pl.Boolean, eager=True).scatter(sure["pair"], values=True)
    needed = found & (pl.col("conflict") | (pl.col("posterior") < _NOBODY_ELSE))
    told = pairs.with_columns(left_over=needed)
    raised = pl.max_horizontal("posterior", pl.lit(_NOBODY_ELSE))
    return told.with_columns(
        conflict=pl.col("conflict") & ~pl.col("left_over"),
        posterior=pl.when("left_over").then(raised).otherwise("posterior"),
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


def _proven(*, couples: Truths, ages_told: Truths, alone: Truths, telling: dict[str, bool]) -> pl.Expr:
    """Whether elimination tells: who is left of a couple, who claims the bill's reduction, who lives alone.

    And who has one birth and two surnames, as twins have not. Without either a partner's name is another too.
    """
    one_birth = (pl.col("dob") == _EQUAL).fill_null(value=False)
    mistyped = pl.any_horizontal(pl.col("dob") < 1, pl.col("nino") < 1).fill_null(value=False)
    near, slip = (pl.col("surname") >= level for level in (Likeness.SIMILAR, Likeness.SLIP))
    born = (pl.col("dob") >= 1).fill_null(value=False)
    couple, claim, discount = (born | telling[name] for name in (COUPLES_TELL, CLAIMS_TELL, DISCOUNTS_TELL))
    left = pl.Series(couples) & (near | one_birth) & couple & (born | pl.Series(ages_told))
    claimant = near & (pl.col("award") == _CLAIMED) & claim
    lone = discount & pl.Series(alone) & slip & (one_birth | (pl.col("award") >= 0)) & ~mistyped
    no_twins = one_birth & ~near
    return (left | claimant | lone | no_twins).fill_null(value=False)


def _grown_up(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The pairs but for those of which one row's birth makes it a child when the other's record began."""
    left, right = (rows.select("dob", "starts").select(pl.all().gather(pairs[end])) for end in _ENDS)
    began = left["starts"] - right["dob"], right["starts"] - left["dob"]
    child = [(age.dt.total_days() < _GROWN_UP_DAYS).fill_null(value=False) for age in began]
    return pairs.filter(~(child[0] | child[1]))


def _of_a_couple(pairs: pl.DataFrame, rows: pl.DataFrame) -> tuple[Truths, Truths, Truths]:
    """Whether the two records of each pair share a resident, near who is left in age, or a generation away.

    A mother stands with one son on the bill, with the other on the tenancy.
    """
    born = pairs.select("pair", *(rows["dob"].gather(pairs[end]).alias(end) for end in _ENDS))
    named = rows.select("record", "resident", "dob")
    one = pairs.select("pair", record="record_l", other="record_r").join(named, on="record")
    both = one.join(named, left_on=["other", "resident"], right_on=["record", "resident"])
    beside = both.select("pair", beside=pl.coalesce("dob", "dob_right")).join(born, on="pair")
    years = (pl.col("beside") - pl.coalesce("left", "right")).dt.total_days().abs()
    found = (
        beside["pair"],
        beside.filter(years < _GENERATION_DAYS)["pair"],
        beside.filter(years >= _GENERATION_DAYS)["pair"],
    )
    shared, of_an_age, apart = (np.isin(pairs["pair"].to_numpy(), one.to_numpy()) for one in found)
    return shared, of_an_age, apart
