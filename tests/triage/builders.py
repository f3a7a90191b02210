"""Small frames in the shapes that the triage policy reads; keyword defaults, real types."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from triage.policy.frames import INTERVENTION_SCHEMA

AS_OF = date(2026, 10, 31)

SUGGESTING = {"rule_id": pl.String, **INTERVENTION_SCHEMA}


def a_rule(
    rule_id: str,
    intervention: str,
    *,
    tier: int = 2,
    team: str = "revenues_benefits",
    klass: str = "affordability",
    about: str = "council_tax",
    priority: int = 3,
    statutory: bool = False,
    within_days: int = 14,
    cool_off_days: int = 90,
) -> tuple[object, ...]:
    return (rule_id, intervention, tier, team, klass, about, priority, statutory, within_days, cool_off_days)


def suggesting(*rules: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rules), schema=SUGGESTING, orient="row")


def met(*rows: tuple[str, str]) -> pl.DataFrame:
    """Rows (household_id, rule_id); the reason names the rule."""
    return pl.DataFrame(
        [(household, rule, f"reason of {rule}") for household, rule in rows],
        schema={"household_id": pl.String, "rule_id": pl.String, "because": pl.String},
        orient="row",
    )


def holds(*rows: tuple[str, str, str], effect: str = "suppressed") -> pl.DataFrame:
    """Rows (rule_id, class, about)."""
    return pl.DataFrame(
        [(*row, effect, 1) for row in rows],
        schema={
            "rule_id": pl.String,
            "class": pl.String,
            "about": pl.String,
            "effect": pl.String,
            "rank": pl.Int64,
        },
        orient="row",
    )


def steps(*rows: tuple[str, Mapping[str, date | None]]) -> pl.DataFrame:
    """Rows (household_id, when each debt last took a step; None for a step whose day is not known)."""
    debts = ("council_tax", "rent")
    return pl.DataFrame(
        [
            (household, *map(when.get, debts), *(debt in when and when[debt] is None for debt in debts))
            for household, when in rows
        ],
        schema={"household_id": pl.String}
        | dict.fromkeys(debts, pl.Date)
        | dict.fromkeys((f"{debt}_undated" for debt in debts), pl.Boolean),
        orient="row",
    )


def outcomes(*rows: tuple[str, str, str, date]) -> pl.DataFrame:
    """Rows (household_id, intervention, outcome, recorded_on)."""
    return pl.DataFrame(
        list(rows),
        schema={
            "household_id": pl.String,
            "intervention": pl.String,
            "outcome": pl.String,
            "recorded_on": pl.Date,
        },
        orient="row",
    )
