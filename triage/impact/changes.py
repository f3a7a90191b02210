"""Who would change, and why: the most urgent households, by id, with the rules' own reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from rules import Rulebook, explain_met
from triage.impact.counting import GAINED, LOST, changed
from triage.impact.past_nights import PastNight
from triage.impact.replay import OFFERED, Replay
from triage.impact.result import Change
from triage.policy.steps import COOL_OFF, RISK_RULE

_KEYS = ("as_of", "household_id", "intervention")
_ORDER = ("priority", "household_id", "intervention", "change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two rulebooks with its replay."""

    rulebook: Rulebook
    replayed: Replay

    @property
    def offers(self) -> pl.DataFrame:
        """Suggestions that reach somebody."""
        return self.replayed.suggestions.filter(pl.col("status").is_in(OFFERED))


def every_change(old: Side, new: Side) -> pl.DataFrame:
    """Every offer that a household gains or loses.

    Returns: One row per (household_id, intervention, change), most urgent first: its last night `as_of`, on
        how many `nights`, and rule_id and priority under the rulebook that offers it.
    """
    moved = changed(old.offers, new.offers, _KEYS)
    offers = pl.concat(
        [
            side.offers.select(*_KEYS, "rule_id", "priority").with_columns(change=pl.lit(change))
            for side, change in ((new, GAINED), (old, LOST))
        ]
    )
    return (
        moved.join(offers, on=[*_KEYS, "change"], how="inner")
        .sort("as_of")
        .group_by("household_id", "intervention", "change", maintain_order=True)
        .agg(pl.col("as_of", "rule_id", "priority").last(), nights=pl.len())
        .sort(_ORDER)
    )


def told_with_reasons(
    changes: pl.DataFrame, old: Side, new: Side, nights: Mapping[date, PastNight]
) -> tuple[Change, ...]:
    """Changes in words.

    Args:
        changes: Rows of `every_change`, as many as are to be told.
        old: The old rulebook; `new` the new one.
        nights: By as-of date.
    """
    reasons = {
        GAINED: _reasons(changes.filter(change=GAINED), new.rulebook, nights),
        LOST: _reasons(changes.filter(change=LOST), old.rulebook, nights),
    }
    otherwise = {GAINED: _others(changes, old), LOST: _others(changes, new)}
    return tuple(
        Change(
            household_id=row["household_id"],
            intervention=row["intervention"],
            change=row["change"],
            as_of=row["as_of"],
            nights=row["nights"],
            rule_id=row["rule_id"],
            because=reasons[row["change"]].get(
                (row["as_of"], row["household_id"], row["rule_id"]), "the risk score alone suggests it"
            ),
            otherwise=otherwise[row["change"]].get(
                (row["as_of"], row["household_id"], row["intervention"]), "no rule suggests it"
            ),
        )
        for row in changes.iter_rows(named=True)
    )


def _reasons(
    changes: pl.DataFrame, rulebook: Rulebook, nights: Mapping[date, PastNight]
) -> dict[tuple[date, str, str], str]:
    """The reason of the rule behind each change, by night, household and rule."""
    found = {}
    by_rule = changes.filter(pl.col("rule_id") != RISK_RULE)
    for (night,), rows in by_rule.partition_by("as_of", as_dict=True).items():
        assert isinstance(night, date)
        met = rows.select("household_id", "rule_id").unique(maintain_order=True)
        facts = nights[night].facts.filter(pl.col("household_id").is_in(met["household_id"].implode()))
        events = nights[night].events
        told = explain_met(rulebook, met, facts, as_of=night, events=events)
        for household, rule, because in told.iter_rows():
            found[night, household, rule] = because
    return found


def _others(changes: pl.DataFrame, side: Side) -> dict[tuple[date, str, str], str]:
    """Why the other rulebook, where it suggests the same, stops it."""
    stopped = side.replayed.suggestions.join(changes.select(_KEYS), on=_KEYS, how="semi")
    return {
        (row["as_of"], row["household_id"], row["intervention"]): _stopped(row["status"], row["stopped_by"])
        for row in stopped.iter_rows(named=True)
        if row["stopped_by"] is not None
    }


def _stopped(status: str, by: str) -> str:
    if by == COOL_OFF:
        return "held back by its cool-off"
    return f"{status} by {by}"
