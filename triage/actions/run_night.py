"""The nightly run: extracts in; links, facts, risk, suggestions and referrals out.

One unit: everything computed goes into a folder that becomes current in the same transaction that puts the
referrals into their queues and writes the audit log. Killed anywhere, the last complete night stays; run
again, nothing doubles.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from models import current_model
from models.scorecards.registry import current_challenger
from rules import Rulebook, evaluate, explain_met
from smart_record.events import derive_events
from smart_record.facts import derive_facts, prepare_records
from smart_record.intake import take_in
from smart_record.records import Records
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.days import day_of
from triage.errors import NightOutOfOrder
from triage.links.answer_effects import Tonight
from triage.links.link_weights import weights_in_use
from triage.links.night_matching import match_night
from triage.links.review_queue import review_queue
from triage.nightly.computed import Computed
from triage.nightly.resettling import anchor_earlier, flags_frame, outcomes_of_tonight, resettle_referrals
from triage.nightly.summary import summarise
from triage.nightly.support_history import Support, read_support, support_history
from triage.nights import confirm_night, name_night, read_flags, read_frame, run_lock, sweep, write_computed
from triage.policy.frames import last_steps
from triage.policy.suggesting import Judged, check_risk_policy, suggest
from triage.referrals.anchoring import homes_of, merged_into, records_of
from triage.referrals.referring import Referring, refer
from triage.risk.challenger import score_challenger
from triage.risk.night import score_night
from triage.store.nights import (
    Night,
    current_night,
    insert_night,
    kept_night_ids,
    next_attempt,
    superseded_night_ids,
)
from triage.store.outcomes import RecordedOutcome
from triage.store.referrals import all_referrals, insert_referrals, withdraw_untouched
from triage.store.verdicts import standing_verdicts
from triage.versions.in_use import RulebookInUse, rulebook_in_use

Say = Callable[[str], None]
STAGES = 7
"""How many stages a run announces."""
_AHEAD = timedelta(days=366)
"""A night that lies further ahead is a slip of the year, and would bar every true night after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What stands before the run: rulebook, night before, officers' verdicts on links, support so far.

    Attributes:
        full: Whether everything is matched, whatever has changed.
    """

    rulebook: Rulebook
    earlier: Night | None
    verdicts: pl.DataFrame
    support: Support
    full: bool


def run_night(
    council: Council,
    extracts: Path,
    *,
    actor: Actor,
    as_of: date | None = None,
    full: bool = False,
    say: Say = lambda _: None,
) -> Night:
    """Run the main job on a folder of extracts.

    Args:
        council: An open council.
        extracts: The folder that holds the night's files.
        actor: Who runs it.
        as_of: The date the night pretends it is; default: MANIFEST.json's beside the extracts, else today.
        full: Match all rows, not only what has changed since the night before and whom that may concern.
        say: Told the name of each stage as it begins.

    Raises:
        SourceError: If the extracts can't be taken in.
        LinkageError: If officers' verdicts on links contradict each other.
        RuleError: If the rule files have a fault.
        RulebookAltered: If the approved rulebook is not what was approved.
        CouncilInvalid: If the settings would let the risk score offer what the rulebook doesn't have, or
            what would recover a debt.
        ModelError: If the file of the council's risk model can't be read as one. A model whose scores can't
            be trusted tonight is no error: the rules run alone.
        RunInProgress: If another run is under way.
        NightOutOfOrder: If a later night is complete already, or the date lies more than a year ahead.
        NightsUnknown: If there are complete nights that the store does not know.
    """
    with run_lock(council.nights):
        with council.engine.begin() as connection:
            earlier = current_night(connection)
            keep, superseded = kept_night_ids(connection), superseded_night_ids(connection)
        sweep(council.nights, keep=keep, superseded=superseded)
        say("Checking the rule files")
        with council.engine.begin() as connection:
            in_use = rulebook_in_use(council, connection, keep=True)
            check_risk_policy(in_use.rulebook, council.settings)
            before = Before(
                rulebook=in_use.rulebook,
                earlier=earlier,
                verdicts=standing_verdicts(connection),
                full=full,
                support=read_support(connection),
            )
        computed = _compute(council, extracts, before, as_of, say)
        say("Writing the night")
        intake = computed.intake
        write_computed(council.nights, extracts=intake.extracts, named=intake.named, frames=computed.frames())
        say("Deciding tiers and filling the referral queues")
        night = _complete(council, computed, in_use, actor)
        confirm_night(council.nights, night.night_id)
        return night


def _compute(council: Council, extracts: Path, before: Before, as_of: date | None, say: Say) -> Computed:
    rulebook, earlier = before.rulebook, before.earlier
    model, weights = current_model(council.directory), weights_in_use(council.directory)
    challenger = current_challenger(council.directory)
    say("Taking in the extracts")
    today = day_of(council.clock())
    intake = take_in(extracts, council.mappings, as_of=as_of, today=today)
    night_date = intake.as_of or today
    _check_order(earlier, night_date, today, council.directory)
    matched = match_night(
        intake,
        None if earlier is None else council.nights / earlier.night_id,
        as_of=night_date,
        verdicts=before.verdicts,
        weights=weights,
        full=before.full,
        say=say,
    )
    linkage = matched.linkage
    homes = homes_of(linkage.links, linkage.registry)
    records = Records(
        extracts=intake.extracts,
        named=intake.named,
        links=linkage.links,
        households=linkage.households,
        support=support_history(before.support, homes, merged_into(linkage.changes)),
    )
    say("Deriving the facts")
    prepared = prepare_records(records)
    facts = derive_facts(prepared, as_of=night_date)
    events = derive_events(prepared, as_of=night_date)
    say("Applying the rules and scoring the risk" if model else "Applying the rules (there is no risk model)")
    found = evaluate(rulebook, facts, as_of=night_date, events=events)
    met = explain_met(rulebook, found, facts, as_of=night_date, events=events)
    return Computed(
        as_of=night_date,
        intake=intake,
        homes=homes,
        records=records,
        matched=matched,
        verdicts=before.verdicts,
        facts=facts,
        events=events,
        met=met,
        risk=score_night(model, facts, as_of=night_date, brought=intake.extracts),
        challenger=score_challenger(challenger, facts, as_of=night_date, brought=intake.extracts),
    )


def _complete(council: Council, computed: Computed, in_use: RulebookInUse, actor: Actor) -> Night:
    as_of = computed.as_of
    with council.engine.begin() as connection:
        taken_back = AuditEvent(actor=actor, action="withdraw_referral", occurred_at=council.clock())
        withdraw_untouched(connection, opened_on=as_of, audit=taken_back)
        earlier = current_night(connection)
        resettling = AuditEvent(actor=actor, action="resettle", occurred_at=council.clock())
        if earlier is not None:
            links = read_frame(council.nights / earlier.night_id, "links")
            anchor_earlier(connection, links, resettling)
        tonight = _judged(council, computed, in_use.rulebook, outcomes_of_tonight(connection, computed))
        suggestions = suggest(
            judged=tonight.judged,
            risk=computed.risk.frame,
            households=computed.linkage.households,
            outcomes=tonight.outcomes,
            rulebook=tonight.rulebook,
            settings=tonight.settings,
            as_of=as_of,
        )
        told = _flags_before(council, earlier)
        flags = flags_frame(resettle_referrals(connection, computed, suggestions, told, resettling))
        referring = refer(suggestions, all_referrals(connection), settings=council.settings, as_of=as_of)
        attempt = next_attempt(connection, as_of)
        night = Night(
            night_id=f"{as_of.isoformat()}.{attempt}",
            as_of=as_of,
            attempt=attempt,
            fingerprint=computed.intake.fingerprint,
            rulebook=in_use.rulebook.content_hash,
            model=None if computed.risk.used is None else computed.risk.used.content_hash,
            summary=summarise(computed, referring, in_use, flags),
            completed_at=council.clock(),
        )
        name_night(
            council.nights,
            night.night_id,
            suggestions=referring.suggestions,
            flags=flags,
            review=review_queue(computed.linkage.possible, tonight),
        )
        insert_referrals(
            connection,
            referring.new,
            records=records_of(computed.linkage.links),
            audit=_openings(night, referring, actor),
        )
        done = AuditEvent(
            actor=actor, action="complete_night", occurred_at=night.completed_at, subject=night.night_id
        )
        insert_night(connection, night, audit=done)
    return night


def _judged(
    council: Council, computed: Computed, rulebook: Rulebook, outcomes: Sequence[RecordedOutcome]
) -> Tonight:
    return Tonight(
        as_of=computed.as_of,
        records=computed.records,
        judged=Judged(met=computed.met, steps=last_steps(computed.facts)),
        outcomes=outcomes,
        rulebook=rulebook,
        settings=council.settings,
    )


def _flags_before(council: Council, earlier: Night | None) -> pl.DataFrame:
    """What the last complete night told teams to look at; nights of earlier releases told nothing."""
    return read_flags(None if earlier is None else council.nights / earlier.night_id)


def _openings(night: Night, referring: Referring, actor: Actor) -> list[AuditEvent]:
    return [
        AuditEvent(
            actor=actor,
            action="open_referral",
            occurred_at=night.completed_at,
            household_id=referral.household_id,
            subject=referral.referral_id,
        )
        for referral in referring.new
    ]


def _check_order(earlier: Night | None, as_of: date, today: date, directory: Path) -> None:
    if as_of > today + _AHEAD:
        raise NightOutOfOrder(
            f"The night would be as of {as_of:%-d %B %Y}, more than a year after today ({today:%-d %B %Y}); "
            "no night before that date could be run after it. Nothing was changed. Correct `as_of` in "
            "MANIFEST.json or --as-of, then run again."
        )
    if earlier is not None and as_of < earlier.as_of:
        raise NightOutOfOrder(
            f"The last complete night of {directory} is as of {earlier.as_of:%-d %B %Y}; a run as of "
            f"{as_of:%-d %B %Y} would rewrite what officers already see. Nothing was changed. "
            "To look at an earlier date, make another council with: triage init"
        )
