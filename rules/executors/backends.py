"""The night's rules where a council's facts already are: DuckDB, Spark, or another engine of narwhals."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
from narwhals.typing import IntoLazyFrameT

from rules.errors import FactOutOfRange, FactsMalformed
from rules.executors.event_frames import pattern_truths
from rules.executors.expressions import patterns_of, with_truths
from rules.language.event_tree import events_of
from rules.language.exactness import LARGEST, facts_calculated_with
from rules.language.model import Rule, Rulebook
from smart_record.facts.terms.catalogue import Fact, FactType

_DTYPES = {
    FactType.MONEY: nw.Int64(),
    FactType.COUNT: nw.Int64(),
    FactType.DATE: nw.Date(),
    FactType.YES_NO: nw.Boolean(),
    FactType.CHOICE: nw.String(),
    FactType.TEXT: nw.String(),
}


def truths_on(
    rulebook: Rulebook,
    facts: IntoLazyFrameT,
    *,
    as_of: date,
    events: tuple[IntoLazyFrameT, IntoLazyFrameT] | None = None,
) -> IntoLazyFrameT:
    """The truth of each rule in force for each household, computed by the engine that holds the facts.

    Args:
        rulebook: The rules.
        facts: One row per household_id, with a column for each fact that the rules read, of the catalogue's
            types; null is not known. A DuckDB relation, a Spark frame, a polars LazyFrame.
        as_of: The date the facts were derived for.
        events: `happened` and `reach` of `smart_record.events.Events`, in the same engine; needed where a
            rule speaks of any.

    Returns:
        A frame of the same engine, not yet computed, in no order. Columns: household_id, then a Boolean
        column for each rule in force, by rule id, sorted; null is not known.

    Raises:
        FactsMalformed: If a column is missing or has another type than the catalogue's, or events are needed
            and not given.
        FactOutOfRange: If a value is too large to calculate with exactly; the engine is asked for it.
        ParameterNotInForce: If a rule needs a parameter that has no value on that date.
    """
    frame: nw.LazyFrame[Any] = nw.from_native(facts)
    rules = rulebook.in_force(as_of)
    _check_columns(rulebook, rules, frame)
    _check_ranges(rulebook, rules, frame)
    if patterns := patterns_of(rulebook, rules, as_of):
        if events is None:
            names = ", ".join(sorted({name for pattern in patterns for name in events_of(pattern)}))
            raise FactsMalformed(f"The rules speak of events ({names}), and none were given with the facts.")
        happened, reach = (nw.from_native(each) for each in events)
        told = pattern_truths(patterns, happened, reach, as_of=as_of)
        frame = frame.join(told, on="household_id", how="left")
    found: IntoLazyFrameT = with_truths(frame, rulebook, rules, as_of).to_native()
    return found


def _check_columns(rulebook: Rulebook, rules: Iterable[Rule], frame: nw.LazyFrame[Any]) -> None:
    schema = frame.collect_schema()
    read = frozenset[str]().union(*(rulebook.facts_behind(rule.when) for rule in rules))
    for fact in (rulebook.catalogue[name] for name in sorted(read)):
        dtype = schema.get(fact.column)
        if dtype != _DTYPES[fact.type]:
            what = "is missing" if dtype is None else f"is {dtype}, not {_DTYPES[fact.type]}"
            raise FactsMalformed(
                f"Column {fact.column} of the facts {what}. Derive the facts again with the same catalogue."
            )


def _check_ranges(rulebook: Rulebook, rules: Iterable[Rule], frame: nw.LazyFrame[Any]) -> None:
    """Values that enter a calculation are small enough for 64-bit integers to hold every result."""
    names = frozenset[str]().union(*(facts_calculated_with(rule.when, rulebook) for rule in rules))
    beyond = {name: _is_beyond(rulebook.catalogue[name]) for name in sorted(names)}
    if not beyond or _first_and_count(frame.filter(reduce(or_, beyond.values())))[1] == 0:
        return
    for name, is_beyond in beyond.items():
        first, count = _first_and_count(frame.filter(is_beyond))
        if count:
            raise FactOutOfRange(
                f"{name} of household {first} ({count} in all) is larger than "
                f"{LARGEST[rulebook.catalogue[name].type]}, so that the rules can't be calculated exactly. "
                "Correct the figure in its source system."
            )


def _is_beyond(fact: Fact) -> nw.Expr:
    column, most = nw.col(fact.column), LARGEST[fact.type]
    return (column > most) | (column < -most)


def _first_and_count(frame: nw.LazyFrame[Any]) -> tuple[str | None, int]:
    """The first household of a frame by id, and how many there are."""
    asked = frame.select(nw.col("household_id").min(), nw.len().alias("households"))
    native = asked.to_native()
    # narwhals' own way to fetch a row needs pyarrow for these two.
    if asked.implementation.is_duckdb():
        first, count = native.fetchall()[0]
    elif asked.implementation.is_spark_like():
        first, count = native.first()
    else:
        first, count = asked.collect().row(0)
    return first, count
