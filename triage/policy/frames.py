"""The rulebook as small frames, so that the policy joins instead of looping over households."""

from datetime import date

import polars as pl

from rules import Intervention, InterventionClass, Rule, Rulebook
from smart_record.facts.declarations import CATALOGUE
from triage.policy.steps import HELD, SUPPRESSED

INTERVENTION_SCHEMA = {
    "intervention": pl.String,
    "tier": pl.Int64,
    "team": pl.String,
    "class": pl.String,
    "about": pl.String,
    "priority": pl.Int64,
    "statutory": pl.Boolean,
    "within_days": pl.Int64,
    "cool_off_days": pl.Int64,
}
"""What a suggestion takes from its intervention, tier and priority from its rule."""
_ROUTINE = 4

STEPS = {
    debt: (CATALOGUE[f"{debt}.stage"], CATALOGUE[f"{debt}.stage_since"]) for debt in ("council_tax", "rent")
}
"""The facts, by debt, that tell its last step and the day: the policy reads them, whatever the rules read."""

RECOVERY = str(InterventionClass.RECOVERY)
"""The one class of intervention that is adverse to a household."""


def interventions_frame(rulebook: Rulebook) -> pl.DataFrame:
    """One row per intervention, with its own tier and routine priority."""
    rows = [_row(each, each.tier, _ROUTINE) for each in rulebook.interventions.values()]
    return pl.DataFrame(rows, schema=INTERVENTION_SCHEMA, orient="row")


def suggesting_rules(rulebook: Rulebook, *, as_of: date) -> pl.DataFrame:
    """One row per rule in force that suggests an intervention: rule_id and what it leads to."""
    rows = [
        (rule.id, *_row(rulebook.interventions[rule.intervention], rule.tier, rule.priority))
        for rule in rulebook.in_force(as_of)
        if rule.intervention is not None
    ]
    return pl.DataFrame(rows, schema={"rule_id": pl.String, **INTERVENTION_SCHEMA}, orient="row")


def holding_rules(rulebook: Rulebook, *, as_of: date) -> pl.DataFrame:
    """One row per (rule_id, class, about) that a hold in force stops.

    Returns: Columns rule_id, class, about, effect, rank. `rank` is the hold's priority: where two holds stop
        the same suggestion, the more urgent one is named. A hold that stops help too (not only what is about
        a debt) waits for something to be put right: its effect is `held`, else `suppressed`.
    """
    rows = [
        (rule.id, str(stopped), str(debt), _effect(rule), rule.priority)
        for rule in rulebook.in_force(as_of)
        if rule.suppresses is not None
        for stopped in sorted(rule.suppresses.classes)
        for debt in sorted(rule.suppresses.about)
    ]
    schema = {
        "rule_id": pl.String,
        "class": pl.String,
        "about": pl.String,
        "effect": pl.String,
        "rank": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def last_steps(facts: pl.DataFrame) -> pl.DataFrame:
    """When each debt of a household last took a step.

    Returns: One row per household_id. Columns council_tax, rent: dates, null where there is none or it is not
        known; council_tax_undated, rent_undated: whether the debt is at a step whose day is not known.
    """
    return facts.select(
        "household_id",
        **{debt: since.column for debt, (_, since) in STEPS.items()},
        **{
            f"{debt}_undated": (
                (pl.col(stage.column) != stage.choices[0]) & pl.col(since.column).is_null()
            ).fill_null(value=False)  # a debt of which nothing is known suggests nothing
            for debt, (stage, since) in STEPS.items()
        },
    )


def _effect(rule: Rule) -> str:
    assert rule.suppresses is not None
    return HELD if "none" in rule.suppresses.about else SUPPRESSED


def _row(intervention: Intervention, tier: int, priority: int) -> tuple[object, ...]:
    return (
        intervention.id,
        tier,
        str(intervention.team),
        str(intervention.intervention_class),
        str(intervention.about),
        priority,
        intervention.statutory,
        intervention.within_days,
        intervention.cool_off_days,
    )
