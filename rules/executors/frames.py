"""The night: every rule over every household, a whole column at a time."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from rules.executors.backends import truths_on
from rules.language.model import Rulebook
from smart_record.events import Events

MET_SCHEMA = pl.Schema({"household_id": pl.String(), "rule_id": pl.String()})


def evaluate(
    rulebook: Rulebook, facts: pl.DataFrame, *, as_of: date, events: Events | None = None
) -> pl.DataFrame:
    """The rules in force that are met, for every household.

    Args:
        rulebook: The rules.
        facts: One row per household_id, with a column for each fact that the rules read; null is not known.
        as_of: The date the facts were derived for.
        events: The households' events as of that date; needed where a rule speaks of any.

    Returns:
        One row per (household_id, rule_id) that is met, sorted by both. Columns as `MET_SCHEMA`.

    Raises:
        FactsMalformed: If a column is missing or has another type than the catalogue's, or events are needed
            and not given.
        FactOutOfRange: If a value is too large to calculate with exactly.
        ParameterNotInForce: If a rule needs a parameter that has no value on that date.
    """
    return met_of(truths(rulebook, facts, as_of=as_of, events=events))


def truths(
    rulebook: Rulebook, facts: pl.DataFrame, *, as_of: date, events: Events | None = None
) -> pl.DataFrame:
    """The truth of each rule in force for each household, from which the other frames are made.

    Args:
        rulebook: The rules.
        facts: As for `evaluate`.
        as_of: The date the facts were derived for.
        events: As for `evaluate`.

    Returns:
        One row per household_id, sorted. Columns: household_id, then a Boolean column for each rule in
        force, by rule id, sorted; null is not known.

    Raises:
        RuleError: As `evaluate`.
    """
    in_order = facts if facts["household_id"].is_sorted() else facts.sort("household_id")
    lazily = None if events is None else (events.happened.lazy(), events.reach.lazy())
    found = truths_on(rulebook, in_order.lazy(), as_of=as_of, events=lazily).collect()
    return found if found["household_id"].is_sorted() else found.sort("household_id")


def met_of(found: pl.DataFrame) -> pl.DataFrame:
    """The met rules of a frame of truths, in long form: columns as `MET_SCHEMA`, sorted by both."""
    rules = found.columns[1:]
    met = [found[rule_id].arg_true().to_numpy() for rule_id in rules]
    # One integer for a row and a rule sorts many times faster than the pair.
    bits = max(len(rules) - 1, 1).bit_length()
    key: npt.NDArray[Any] = np.empty(
        sum(map(len, met)), np.uint32 if found.height << bits <= 2**32 else np.uint64
    )
    end = 0
    for at, rows in enumerate(met):
        start, end = end, end + len(rows)
        np.left_shift(rows, bits, out=key[start:end], dtype=key.dtype)
        key[start:end] |= at
    key.sort()
    names = pl.Series("rule_id", rules, dtype=pl.String)
    households = found["household_id"].gather(pl.Series(key >> bits))
    return pl.DataFrame([households, names.gather(pl.Series(key & (2**bits - 1)))], schema=MET_SCHEMA)
