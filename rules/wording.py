"""The reason a met rule gives, with the household's own values in it: for one, or for a whole night."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from rules.model import Rule, Rulebook
from rules.parameters import Parameter
from rules.template import FactPlace, ParameterPlace, Part
from rules.tree import Value
from smart_record.facts.catalogue import Fact, FactType
from smart_record.facts.wording import describe, wording_expression

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


def explain_met(rulebook: Rulebook, met: pl.DataFrame, facts: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """The met rules with their reasons.

    Args:
        rulebook: The rules that `met` was evaluated by.
        met: From `rules.frames.evaluate`.
        facts: The facts that it was evaluated on: one row per household_id.
        as_of: The date it was evaluated for.

    Returns:
        `met`, in its order, with a column `because`: String, never null.

    Raises:
        ParameterNotInForce: If a reason shows a parameter that has no value on that date.
    """
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


def reason_for(rule: Rule, facts: Mapping[str, Value | None], *, rulebook: Rulebook, as_of: date) -> str:
    """The reason a rule gives for one household: word for word what `explain_met` says."""

    def shown(part: Part) -> str:
        match part:
            case FactPlace(name):
                value, fact = facts.get(name), rulebook.catalogue[name]
                return UNKNOWN_WORDS[fact.type] if value is None else describe(fact, value)
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


def _reasons(
    rulebook: Rulebook, rule: Rule, placed: pl.DataFrame, facts: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    """Columns at (place in the met frame) and because, for one rule."""
    columns = [rulebook.catalogue[name].column for name in rule.because.facts]
    known = placed.select("at").hstack(facts.select(columns)[placed["row"]] if columns else [])
    parts = [_expression(part, rulebook, as_of) for part in rule.because.parts]
    return known.select("at", pl.concat_str(parts).alias("because"))


def _expression(part: Part, rulebook: Rulebook, as_of: date) -> pl.Expr:
    match part:
        case FactPlace(name):
            fact = rulebook.catalogue[name]
            unknown = pl.col(fact.column).is_null()
            return pl.when(unknown).then(pl.lit(UNKNOWN_WORDS[fact.type])).otherwise(wording_expression(fact))
        case ParameterPlace(name):
            return pl.lit(parameter_words(rulebook.parameters[name], as_of))
        case _:
            return pl.lit(part)
