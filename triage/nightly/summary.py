"""What a run tells: as data for machines, from which the terminal's tables are printed."""

from typing import Any

import polars as pl

from rules import Rulebook
from triage.nightly.computed import Computed
from triage.nightly.set_aside import common_reasons
from triage.policy.steps import DEFERRED
from triage.referrals.referring import Referring
from triage.risk.challenger import compare
from triage.risk.night import NightRisk, fall_back_words
from triage.versions.in_use import RulebookInUse

RULES_ALONE = "No risk model: the rules ran alone. Train one with: triage model train"


def summarise(
    computed: Computed, referring: Referring, in_use: RulebookInUse, flags: pl.DataFrame
) -> dict[str, Any]:
    """The summary of a night, JSON-able; counts only, no personal data."""
    suggestions = referring.suggestions
    return {
        "as_of": computed.as_of.isoformat(),
        "files": computed.intake.counts.to_dicts(),
        "set_aside": common_reasons(computed.intake).to_dicts(),
        "refused_columns": computed.intake.refused_columns.to_dicts(),
        "withheld": _count(computed.intake.withheld, "reason"),
        "people": computed.linkage.links["resident_id"].n_unique(),
        "households": computed.linkage.households.height,
        "matched_again": {
            "records": computed.linkage.matched,
            "of": computed.linkage.memory.records.height,
        },
        "addresses": _count(computed.linkage.addresses, "found_by"),
        "changes": _count(computed.linkage.changes, "kind"),
        "rulebook": in_use.told(),
        "rules_met": _met(computed.met, in_use.rulebook),
        "suggestions": _by_tier(suggestions),
        "referrals": {
            "new": _tally([referral.team for referral in referring.new]),
            "deferred": _count(suggestions.filter(pl.col("status") == DEFERRED), "team"),
            "flagged": _ids(flags),
        },
        "risk": _risk(computed.risk),
        "challenger": compare(computed.risk, computed.challenger),
    }


def _ids(flags: pl.DataFrame) -> dict[str, list[str]]:
    """Referrals that teams should look at, by why."""
    by_flag = flags.sort("flag", "referral_id").group_by("flag", maintain_order=True)
    return {str(flag): rows["referral_id"].to_list() for (flag,), rows in by_flag}


def _risk(risk: NightRisk) -> dict[str, Any] | str:
    """The model, how many stand in each band, the night's check, and why the model was not used, if not."""
    if risk.model is None or risk.drift is None:
        return RULES_ALONE
    told = {
        "model": risk.model.content_hash,
        "bands": _count(risk.frame, "band"),
        "drift": risk.drift.record(),
    }
    return told if risk.drift.may_be_used else {**told, "fall_back": fall_back_words(risk.drift)}


def _met(met: pl.DataFrame, rulebook: Rulebook) -> list[dict[str, Any]]:
    counts = _count(met, "rule_id")
    return [
        {
            "rule_id": rule.id,
            "title": rule.title,
            "kind": str(rule.kind),
            "households": counts.get(rule.id, 0),
        }
        for rule in rulebook.rules
    ]


def _by_tier(suggestions: pl.DataFrame) -> list[dict[str, Any]]:
    return (
        suggestions.group_by("tier", "status")
        .agg(suggestions=pl.len(), households=pl.col("household_id").n_unique())
        .sort("tier", "status")
        .to_dicts()
    )


def _count(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counts = frame.group_by(column).len().sort(column)
    return dict(zip(counts[column].to_list(), counts["len"].to_list(), strict=True))


def _tally(values: list[str]) -> dict[str, int]:
    return {value: values.count(value) for value in sorted(set(values))}
