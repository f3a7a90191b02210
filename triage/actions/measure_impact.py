"""The time machine: who would gain and lose by a draft rulebook, on the council's own past nights."""

from collections.abc import Callable
from pathlib import Path

from rules import load_rulebook
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.impact.comparing import compare
from triage.impact.past_nights import read_past_night
from triage.impact.result import Impact
from triage.referrals.followed import outcomes_of_night
from triage.store.log import insert_event
from triage.store.nights import complete_nights
from triage.store.referrals import all_referrals
from triage.versions.in_use import name_of, rules_folder

IN_FORCE = "in-force"
"""What people write for the rulebook that the night works by."""


def measure_impact(
    council: Council,
    old: Path,
    new: Path,
    *,
    actor: Actor,
    nights: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Impact:
    """Replay two rules directories on the last complete nights; nothing is changed but the audit log.

    Args:
        council: An open council.
        old: The rules in use: a folder, or `in-force` for what the night works by. So is `new`.
        new: The draft.
        actor: Who asks.
        nights: How many nights back; fewer where the council has fewer.
        say: Told the name of each stage as it begins.

    Raises:
        NotReady: Before the first night.
        RuleError: If either directory has a fault, or can't be applied to a night's facts.
    """
    say("Checking both rulebooks")
    with council.engine.begin() as connection:
        old, new = (
            rules_folder(council, connection) if _means_in_force(each) else each for each in (old, new)
        )
    before, after = load_rulebook(old), load_rulebook(new)
    say("Reading the past nights")
    with council.engine.begin() as connection:
        last_night(council, connection)
        past = complete_nights(connection, most=nights)
        event = AuditEvent(
            actor=actor,
            action="measure_impact",
            occurred_at=council.clock(),
            subject=f"{before.content_hash[:12]} to {after.content_hash[:12]} on {len(past)} nights",
        )
        insert_event(connection, event)
        outcomes = {  # a cool-off stops what it stopped then
            night.night_id: outcomes_of_night(connection, council.nights / night.night_id, night.as_of)
            for night in past
        }
        names = name_of(council, connection, before), name_of(council, connection, after)
        standing = [each for each in all_referrals(connection) if each.opened_on < past[0].as_of]
    replayed = [
        read_past_night(council.nights, night, (before, after), outcomes[night.night_id]) for night in past
    ]
    return compare(before, after, replayed, standing, council.settings, names=names, say=say)


def _means_in_force(rules: Path) -> bool:
    return str(rules) == IN_FORCE and not rules.exists()
