"""Tonight's merges, splits and vanished households, applied to standing referrals; each step audited."""

from dataclasses import replace
from datetime import date

import polars as pl
import sqlalchemy as sa

from triage.audit import AuditEvent
from triage.nightly.computed import Computed
from triage.referrals.anchoring import merged_into, outcomes_now, records_of
from triage.referrals.changed_households import GONE, Resettled, Standing, resettle
from triage.store.anchors import Anchored, anchors_of, insert_anchors
from triage.store.log import insert_event
from triage.store.outcomes import RecordedOutcome, outcomes_known_by
from triage.store.referrals import (
    all_referrals,
    move_referral,
    referrals_told_to_contacts,
    withdraw_referral,
)


def outcomes_of_tonight(connection: sa.Connection, computed: Computed) -> list[RecordedOutcome]:
    """Every outcome known by the night, with its household of tonight: cool-offs follow records."""
    return outcomes_now(
        outcomes_known_by(connection, computed.as_of),
        anchors_of(connection, Anchored.OUTCOME),
        computed.homes,
        merged_into(computed.linkage.changes),
    )


def anchor_earlier(connection: sa.Connection, earlier: pl.DataFrame, event: AuditEvent) -> None:
    """Hold what was opened or recorded before there were anchors by the records that it is about.

    Args:
        connection: In the night's transaction, before anything moves.
        earlier: Links of the night before: the household ids that the store still speaks of.
        event: Says who and when.
    """
    held = records_of(earlier)
    outcomes = outcomes_known_by(connection, date.max)
    loose: dict[Anchored, dict[str, str | None]] = {
        Anchored.OUTCOME: {str(each.outcome_id): each.household_id for each in outcomes},
        Anchored.REFERRAL: {each.referral_id: each.household_id for each in all_referrals(connection)},
    }
    for kind, households in loose.items():
        known = set(anchors_of(connection, kind)["subject_id"])
        for subject_id, household_id in sorted(households.items()):
            if subject_id not in known and household_id in held:
                insert_anchors(connection, kind, subject_id, held[household_id])
                told = replace(event, action=f"anchor_{kind}", household_id=household_id, subject=subject_id)
                insert_event(connection, told)


def resettle_referrals(
    connection: sa.Connection,
    computed: Computed,
    suggestions: pl.DataFrame,
    flagged_before: pl.DataFrame,
    event: AuditEvent,
) -> Resettled:
    """Let earlier referrals follow their households.

    Args:
        connection: In the night's transaction.
        computed: The night.
        suggestions: Tonight's, before deferrals.
        flagged_before: The flags of the night before: what is told there is not audited again.
        event: Says who and when.
    """
    standing = Standing(
        referrals=all_referrals(connection),
        anchors=anchors_of(connection, Anchored.REFERRAL),
        counted_on=referrals_told_to_contacts(connection),
    )
    resettled = resettle(standing, computed.linkage.changes, computed.homes, suggestions)
    for referral, household_id in resettled.moved:
        subject = f"{referral.referral_id}: was {referral.household_id}"
        told = replace(event, action="move_referral", household_id=household_id, subject=subject)
        move_referral(connection, referral, household_id, audit=told)
    for referral in resettled.withdrawn:
        told = replace(
            event,
            action="withdraw_referral",
            household_id=referral.household_id,
            subject=referral.referral_id,
        )
        withdraw_referral(connection, referral, audit=told)
    known = set(flagged_before.select("referral_id", "flag").iter_rows())
    homes = {each.referral_id: each.household_id for each in all_referrals(connection)}
    for referral_id, flag in sorted(resettled.flagged.items()):
        if (referral_id, flag) not in known:
            action = "household_gone" if flag == GONE else "household_split"
            told = replace(event, action=action, household_id=homes[referral_id], subject=referral_id)
            insert_event(connection, told)
    return resettled


def flags_frame(resettled: Resettled) -> pl.DataFrame:
    """What teams should look at: referral_id, flag; sorted."""
    schema = {"referral_id": pl.String, "flag": pl.String}
    return pl.DataFrame(sorted(resettled.flagged.items()), schema=schema, orient="row")
