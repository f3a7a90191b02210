"""One household through the triage policy at once, before and after something was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from rules import Outcome, Rulebook, reason_for
from rules.language.tree import Known
from smart_record.facts.terms.catalogue import DTYPES
from triage.live.rules import LiveAnswer
from triage.live.what_if import LiveSuggestion, RuleChange
from triage.nights import scan_frame
from triage.policy.frames import STEPS, last_steps
from triage.policy.suggesting import Judged, suggest
from triage.policy.teams import team_title
from triage.settings import Settings
from triage.store.outcomes import RecordedOutcome

_ORDER = ("new", "changed", "gone", "same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What one household is judged with.

    Attributes:
        row: Its row of the households export.
        folder: The night's, for its risk score.
        outcomes: Refusals and completions recorded by the date.
    """

    row: pl.DataFrame
    folder: Path
    rulebook: Rulebook
    settings: Settings
    outcomes: Sequence[RecordedOutcome]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveHousehold:
    """What is known of the household, and what the rules say of it."""

    known: Mapping[str, Known | None]
    answer: LiveAnswer


def rule_changes(before: LiveHousehold, after: LiveHousehold, around: Around) -> tuple[RuleChange, ...]:
    """The rules that say something else."""
    changes = []
    for was, now in zip(before.answer.outcomes, after.answer.outcomes, strict=True):
        if was.outcome is not now.outcome:
            rule = around.rulebook.rule(now.rule_id)
            changes.append(
                RuleChange(
                    rule_id=rule.id,
                    title=rule.title,
                    kind=str(rule.kind),
                    before=was.outcome.words,
                    after=now.outcome.words,
                    because=_reason(rule.id, after, around) if now.outcome is Outcome.MET else "",
                    ask=tuple(map(around.rulebook.meaning_of, now.missing)),
                )
            )
    return tuple(changes)


def suggestion_changes(
    before: LiveHousehold, after: LiveHousehold, around: Around
) -> tuple[LiveSuggestion, ...]:
    """Every suggestion of before and after with how it changes."""
    was, now = ({row["intervention"]: row for row in _suggested(each, around)} for each in (before, after))
    found = [_shown(row, _change(was.get(name), row), around) for name, row in now.items()]
    found += [_shown(row, "gone", around) for name, row in was.items() if name not in now]
    return tuple(
        sorted(found, key=lambda each: (_ORDER.index(each.change), each.priority, each.intervention))
    )


def _change(was: Mapping[str, object] | None, now: Mapping[str, object]) -> str:
    if was is None:
        return "new"
    return "same" if all(was[name] == now[name] for name in ("status", "tier", "priority")) else "changed"


def _suggested(household: LiveHousehold, around: Around) -> list[dict[str, object]]:
    household_id = around.row["household_id"].item()
    met = [each.rule_id for each in household.answer.outcomes if each.outcome is Outcome.MET]
    rows = [(household_id, rule_id, _reason(rule_id, household, around)) for rule_id in met]
    schema = {"household_id": pl.String, "rule_id": pl.String, "because": pl.String}
    risk = scan_frame(around.folder, "risk").filter(pl.col("household_id") == household_id).collect()
    found = suggest(
        judged=Judged(
            met=pl.DataFrame(rows, schema=schema, orient="row"),
            steps=_steps(household, household_id),
        ),
        risk=risk,
        households=around.row,
        outcomes=around.outcomes,
        rulebook=around.rulebook,
        settings=around.settings,
        as_of=around.as_of,
    )
    return found.to_dicts()


def _steps(household: LiveHousehold, household_id: str) -> pl.DataFrame:
    """As of a night's facts, of one household."""
    read = [fact for facts in STEPS.values() for fact in facts]
    known = {
        fact.column: pl.Series([household.known.get(fact.name)], dtype=DTYPES[fact.type]) for fact in read
    }
    return last_steps(pl.DataFrame({"household_id": [household_id], **known}))


def _reason(rule_id: str, household: LiveHousehold, around: Around) -> str:
    rulebook = around.rulebook
    return reason_for(rulebook.rule(rule_id), household.known, rulebook=rulebook, as_of=around.as_of)


def _shown(row: Mapping[str, object], change: str, around: Around) -> LiveSuggestion:
    intervention = around.rulebook.interventions[str(row["intervention"])]
    team = str(row["team"])
    return LiveSuggestion(
        rule_id=str(row["rule_id"]),
        intervention=intervention.id,
        title=intervention.title,
        tier=int(str(row["tier"])),
        team=team,
        team_title=team_title(around.settings, team),
        priority=int(str(row["priority"])),
        status=str(row["status"]),
        change=change,
        because=str(row["because"]),
        next_step=intervention.next_step,
        stopped_by=None if row["stopped_by"] is None else str(row["stopped_by"]),
        stopped_because=None if row["stopped_because"] is None else str(row["stopped_because"]),
    )
