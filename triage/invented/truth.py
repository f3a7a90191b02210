"""What a council would know of a labelled sample only: who is who, and what happened next."""

import numpy as np
import polars as pl

from triage.invented import town
from triage.invented.chance import Flags, Floats, happens
from triage.invented.households import Households
from triage.invented.ladders import Ladder
from triage.invented.ledgers import Ledgers
from triage.invented.tables import column
from triage.invented.timeline import HISTORY_MONTHS, OUTCOME_MONTHS, Timeline
from triage.invented.town import Kind

_HOMELESS = (0.00005, 0.00032, 0.00013)  # a month, at strain 0, by tenure
_LONE, _EVICTED = 2.5, 4.0


def links(named: dict[str, pl.DataFrame], people: pl.DataFrame, households: Households) -> pl.DataFrame:
    """Who each named person of each record is.

    Args:
        named: By source, columns record_ref, role, person (row of `people`).
        people: Everyone.
        households: Their households.

    Returns: One row per named person of a record. Columns: source, record_ref, role, person_id,
        household_id, group.
    """
    rows = pl.concat(
        frame.select(pl.lit(source).alias("source"), "record_ref", "role", "person")
        for source, frame in named.items()
    )
    of = people["household"].gather(rows["person"])
    group = pl.Series(town.GROUPS).gather(households.group).gather(of)
    return (
        rows.with_columns(
            person_id=_ids("P", rows["person"], people.height),
            household_id=_ids("H", of, households.size),
            group=group,
        )
        .drop("person")
        .sort("household_id", "source", "record_ref", "role")
    )


def outcomes(
    rng: np.random.Generator,
    households: Households,
    *,
    strain: Floats,
    tax: tuple[Ledgers, Ladder],
    rent: tuple[Ledgers, Ladder],
    times: Timeline,
) -> pl.DataFrame:
    """Whether in the six months after `as_of` a liability order, a rent court step or homelessness came.

    Returns: One row per household, by id. Columns: household_id, group, tenure, kind, ward,
        liability_order_6m, rent_court_6m, homeless_6m (0 or 1).
    """
    everyone = pl.Series(np.arange(households.size))
    evicted = _reached(rent, "EVICTION", times, households.size, since=0)
    return pl.DataFrame(
        {
            "household_id": _ids("H", everyone, households.size),
            "group": pl.Series(town.GROUPS).gather(households.group),
            "tenure": pl.Series(town.TENURES).gather(households.tenure),
            "kind": pl.Series(town.KINDS).gather(households.kind),
            "ward": pl.Series(column("wards", "ward")).gather(households.ward),
            "liability_order_6m": _reached(tax, "LO", times, households.size, since=times.today).astype(
                np.int64
            ),
            "rent_court_6m": _reached(rent, "COURT", times, households.size, since=times.today).astype(
                np.int64
            ),
            "homeless_6m": _homeless(rng, households, strain, evicted).astype(np.int64),
        }
    )


def _ids(letter: str, numbers: pl.Series, size: int) -> pl.Series:
    width = max(7 if letter == "P" else 6, len(str(size)))
    return letter + numbers.cast(pl.String).str.zfill(width)


def _reached(bill: tuple[Ledgers, Ladder], stage: str, times: Timeline, size: int, *, since: int) -> Flags:
    """Whether each household stepped to a stage after `since`, up to six months after `as_of`."""
    ledgers, ladder = bill
    when = (ledgers.step_on > since) & (ledgers.step_on <= times.last_outcome_day)
    reached = np.zeros(size, dtype=np.bool_)
    reached[ledgers.step_household[when & (ledgers.step_stage == ladder.stages.index(stage))]] = True
    return reached


def _homeless(rng: np.random.Generator, households: Households, strain: Floats, evicted: Flags) -> Flags:
    """Whether each came to the council as homeless: likelier under strain, renting, alone, after eviction."""
    ahead = np.exp(strain[HISTORY_MONTHS : HISTORY_MONTHS + OUTCOME_MONTHS]).sum(axis=0)
    rate = np.array(_HOMELESS)[households.tenure] * ahead
    rate *= np.where(households.kind == Kind.LONE, _LONE, 1.0) * np.where(evicted, _EVICTED, 1.0)
    return happens(rng, np.minimum(rate, 0.5), households.size)
