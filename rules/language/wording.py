"""The reason a met rule gives, with the household's own values in it: for one, or for a whole night."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import polars as pl

from rules.language.model import Rule, Rulebook
from rules.language.parameters import Parameter
from rules.language.template import EventPlace, FactPlace, ParameterPlace, Part
from rules.language.tree import Known
from smart_record.events import Events, History
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import describe, wording_expression

UNKNOWN_WORDS: Mapping[FactType, str] = MappingProxyType(
    {
        FactType.MONEY: "an amount we do not know",
        FactType.COUNT: "a number we do not know",
        FactType.DATE: "a date we do not know",
        FactType.YES_NO: "not known",
        FactType.CHOICE: "something we do not know",
        FactType.TEXT: "something we do not know",
    }
)
"""What stands in a reason where the condition was met without the fact that the reason shows."""


def explain_met(
    rulebook: Rulebook,
    met: pl.DataFrame,
    facts: pl.DataFrame,
    *,
    as_of: date,
    events: Events | None = None,
) -> pl.DataFrame:
    """The met rules with their reasons.

    Args:
        rulebook: The rules that `met` was evaluated by.
        met: From `rules.executors.frames.evaluate`.
        facts: The facts that it was evaluated on: one row per household_id.
        as_of: The date it was evaluated for.
        events: The events that it was evaluated on; needed where a reason shows one.

    Returns:
        `met`, in its order, with a column `because`: String, never null.

    Raises:
        ParameterNotInForce: If a reason shows a parameter that has no value on that date.
    """
    facts = _with_last_days(rulebook, facts, events)
    rows = facts.select("household_id").with_row_index("row")
    placed = met.join(rows, on="household_id", how="left", maintain_order="left").with_row_index("at")
    reasons = [
        _reasons(rulebook, rulebook.rule(str(rule_id)), each, facts, as_of)
        for (rule_id,), each in placed.select("at", "row", "rule_id")
        .partition_by("rule_id", as_dict=True, include_key=False)
        .items()
    ]
    if not reasons:
        return met.with_columns(pl.lit(None, pl.String).alias("because"))
    return met.with_columns(pl.concat(reasons).sort("at")["because"])


def reason_for(rule: Rule, facts: Mapping[str, Known | None], *, rulebook: Rulebook, as_of: date) -> str:
    """The reason a rule gives for one household: word for word what `explain_met` says."""

    def shown(part: Part) -> str:
        match part:
            case FactPlace(name):
                value, fact = facts.get(name), rulebook.catalogue[name]
                assert not isinstance(value, History)
                return UNKNOWN_WORDS[fact.type] if value is None else describe(fact, value)
            case EventPlace(name):
                history = facts.get(name)
                days = [each.on for each in history.happenings] if isinstance(history, History) else []
                last = max((day for day in days if day <= as_of), default=None)
                return UNKNOWN_WORDS[FactType.DATE] if last is None else describe(_A_DATE, last)
            case ParameterPlace(name):
                return parameter_words(rulebook.parameters[name], as_of)
            case _:
                return part

    return "".join(map(shown, rule.because.parts))


def parameter_words(parameter: Parameter, as_of: date) -> str:
    """The value of a parameter on a date, in words.

    Raises:
        ParameterNotInForce: If it has none then.
    """
    return describe(_as_fact(parameter), parameter.dated_on(as_of).value)


def _as_fact(parameter: Parameter) -> Fact:
    """A parameter's value reads like a fact of its type and unit."""
    return Fact(
        name=parameter.name,
        type=parameter.type,
        unit=parameter.unit,
        meaning=parameter.name,
        sources=(),
        purposes=frozenset(),
    )


_A_DATE = Fact(name="", type=FactType.DATE, meaning="", sources=(), purposes=frozenset())


def _with_last_days(rulebook: Rulebook, facts: pl.DataFrame, events: Events | None) -> pl.DataFrame:
    """The facts with the day of the last event of each kind that a reason shows, as `Event.column`."""
    shown = sorted({name for rule in rulebook.rules for name in rule.because.events})
    if events is None or not shown:
        return facts
    lasts = (
        events.happened.filter(pl.col("event").is_in(shown))
        .group_by("household_id")
        .agg(
            pl.col("happened_on").filter(pl.col("event") == name).max().alias(rulebook.events[name].column)
            for name in shown
        )
    )
    return facts.join(lasts, on="household_id", how="left", maintain_order="left")


def _reasons(
    rulebook: Rulebook, rule: Rule, placed: pl.DataFrame, facts: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    """Columns at (place in the met frame) and because, for one rule."""
    columns = [rulebook.catalogue[name].column for name in rule.because.facts]
    columns += [rulebook.events[name].column for name in rule.because.events]
    known = placed.select("at").hstack(facts.select(columns)[placed["row"]] if columns else [])
    parts = [_expression(part, rulebook, as_of) for part in rule.because.parts]
    return known.select("at", pl.concat_str(parts).alias("because"))


def _expression(part: Part, rulebook: Rulebook, as_of: date) -> pl.Expr:
    match part:
        case FactPlace(name):
            fact = rulebook.catalogue[name]
            unknown = pl.col(fact.column).is_null()
            return pl.when(unknown).then(pl.lit(UNKNOWN_WORDS[fact.type])).otherwise(wording_expression(fact))
        case EventPlace(name):
            day = pl.col(rulebook.events[name].column)
            words = wording_expression(replace(_A_DATE, name=name))
            return pl.when(day.is_null()).then(pl.lit(UNKNOWN_WORDS[FactType.DATE])).otherwise(words)
        case ParameterPlace(name):
            return pl.lit(parameter_words(rulebook.parameters[name], as_of))
        case _:
            return pl.lit(part)
