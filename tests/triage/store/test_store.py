"""The store over a real SQLite file: what is written is what is read, and each write has its audit line."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.triage.store.builders import DAY, NOW, OFFICER, a_key, a_night, a_referral, event, events_of
from triage.errors import StoreBusy
from triage.store.anchors import Anchored, anchors_of
from triage.store.contacts import ContactIssue, insert_contact
from triage.store.database import make_engine, reading
from triage.store.keys import KeyStanding, all_keys, find_key, insert_key, withdraw_keys
from triage.store.log import insert_events
from triage.store.nights import current_night, insert_night, kept_night_ids, next_attempt
from triage.store.outcomes import (
    OutcomeKind,
    RecordedOutcome,
    completed_help,
    insert_outcome,
    outcomes_known_by,
    outcomes_near,
)
from triage.store.referrals import (
    ReferralStatus,
    all_referrals,
    insert_referrals,
    open_referrals,
    referrals_told_to_contacts,
    withdraw_untouched,
)
from triage.store.tables import Instant, audit_events, keys, referrals


def test_a_referral_and_its_audit_line_stand_or_fall_together(engine: sa.Engine) -> None:
    class Crash(Exception):
        pass

    def crash() -> None:
        with engine.begin() as connection:
            insert_referrals(connection, [a_referral()], audit=[event("open_referral")])
            raise Crash

    with pytest.raises(Crash):
        crash()
    with engine.begin() as connection:
        assert all_referrals(connection) == []
        assert events_of(connection, "H1") == []
        insert_referrals(connection, [a_referral()], audit=[event("open_referral")])
    with engine.begin() as connection:
        assert all_referrals(connection) == [a_referral()]
        assert [each.action for each in events_of(connection, "H1")] == ["open_referral"]


def test_the_queue_lists_statutory_first_then_by_priority(engine: sa.Engine) -> None:
    queue = [
        a_referral("F1", priority=2),
        a_referral("F2", priority=3, statutory=True),
        a_referral("F3", priority=1),
        a_referral("F4", status=ReferralStatus.CLOSED),
        a_referral("F5", team="income"),
    ]
    with engine.begin() as connection:
        insert_referrals(connection, queue, audit=[])
        team = open_referrals(connection, team="neighbourhood-park")
    assert [each.referral_id for each in team] == ["F2", "F3", "F1"]


def test_a_repeated_night_takes_back_only_what_nobody_touched(engine: sa.Engine) -> None:
    queue = [
        a_referral("F1"),
        a_referral("F2", status=ReferralStatus.ACCEPTED),
        a_referral("F3", origin="contact"),
        a_referral("F4", opened_on=date(2026, 10, 30)),
    ]
    with engine.begin() as connection:
        insert_referrals(connection, queue, audit=[])
        withdraw_untouched(connection, opened_on=DAY, audit=event("withdraw_referral", None))
        told = [(each.action, each.subject) for each in events_of(connection, "H1")]
        left = set(connection.scalars(sa.select(referrals.c.referral_id)))
    assert left == {"F2", "F3", "F4"}
    assert told == [("withdraw_referral", "F1")]


def test_the_newest_attempt_of_the_newest_date_is_current(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        assert current_night(connection) is None
        assert next_attempt(connection, DAY) == 1
        for night in (a_night(1, date(2026, 10, 30)), a_night(1), a_night(2)):
            insert_night(connection, night, audit=event("complete_night", None))
        assert current_night(connection) == a_night(2)
        assert kept_night_ids(connection) == {"2026-10-30.1", "2026-10-31.2"}
        assert next_attempt(connection, DAY) == 3


def test_an_outcome_recorded_later_is_not_known_earlier(engine: sa.Engine) -> None:
    recorded = RecordedOutcome(
        household_id="H1", intervention="plan", outcome=OutcomeKind.REFUSED, recorded_on=DAY
    )
    with engine.begin() as connection:
        insert_outcome(connection, recorded, audit=event("record_outcome"))
        assert outcomes_known_by(connection, DAY) == [recorded]
        assert outcomes_known_by(connection, date(2026, 10, 30)) == []


def test_a_key_is_known_by_its_hash_alone_and_kept_once_withdrawn(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        secret = insert_key(connection, a_key(), audit=event("make_key", None))
        assert find_key(connection, secret) == a_key()
        assert find_key(connection, secret + "x") is None
        assert secret.removeprefix("wt_") not in str(connection.execute(sa.select(keys)).one())
        assert secret not in str(connection.execute(sa.select(audit_events)).one())
        withdraw_keys(connection, "desk", audit=event("withdraw_key", None))
        assert all_keys(connection) == [a_key(withdrawn_by="officer", withdrawn_at=NOW)]
        actions = connection.scalars(sa.select(audit_events.c.action).order_by("event_id"))
        assert list(actions) == ["make_key", "withdraw_key"]


def test_a_key_is_good_up_to_the_instant_it_expires_or_is_withdrawn() -> None:
    key, ends = a_key(), NOW + timedelta(days=1)
    assert key.standing(ends - timedelta(microseconds=1)) is KeyStanding.IN_USE
    assert key.standing(ends) is KeyStanding.EXPIRED
    assert a_key(withdrawn_at=NOW, withdrawn_by="operator").standing(NOW) is KeyStanding.WITHDRAWN


def test_a_repeated_night_leaves_what_a_contact_was_told_of(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        both = [a_referral(), a_referral("F2", team="income")]
        held = {"H1": [("rent", "1"), ("rent", "1"), ("council_tax", "2")]}
        insert_referrals(connection, both, records=held, audit=[])
        issue = ContactIssue(topic="arrears", tier=3, team="income", due_on=DAY, referral_id="F2")
        insert_contact(connection, "C1", "H1", DAY, [issue], audit=event("take_contact"))
        assert referrals_told_to_contacts(connection) == {"F2"}
        assert anchors_of(connection, Anchored.REFERRAL).height == 4
    with engine.begin() as connection:
        withdraw_untouched(connection, opened_on=DAY, audit=event("withdraw_referral", None))
    with engine.begin() as connection:
        assert [each.referral_id for each in all_referrals(connection)] == ["F2"]
        assert anchors_of(connection, Anchored.REFERRAL)["subject_id"].unique().to_list() == ["F2"]


def test_help_completed_later_is_not_known_earlier_and_a_refusal_is_no_help(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for kind, day in ((OutcomeKind.COMPLETED, DAY), (OutcomeKind.REFUSED, date(2026, 10, 1))):
            ended = RecordedOutcome(household_id="H1", intervention="plan", outcome=kind, recorded_on=day)
            insert_outcome(connection, ended, audit=event("record_outcome"))
        assert completed_help(outcomes_known_by(connection, DAY)).rows() == [("H1", DAY)]
        assert completed_help(outcomes_known_by(connection, date(2026, 10, 30))).is_empty()


def test_an_outcome_is_held_by_the_records_of_its_household(engine: sa.Engine) -> None:
    recorded = RecordedOutcome(
        household_id="H1", intervention="call", outcome=OutcomeKind.REFUSED, recorded_on=DAY
    )
    with engine.begin() as connection:
        insert_outcome(connection, recorded, records=[("rent", "1")], audit=event("record_outcome"))
        (known,) = outcomes_known_by(connection, DAY)
        assert anchors_of(connection, Anchored.OUTCOME).rows() == [(str(known.outcome_id), "rent", "1")]
        assert anchors_of(connection, Anchored.REFERRAL).is_empty()
        other = replace(recorded, household_id="H2")
        insert_outcome(connection, other, records=[("rent", "2")], audit=event("record_outcome", "H2"))
        assert outcomes_near(connection, "H9", [("rent", "1")], DAY) == [recorded]
        assert outcomes_near(connection, "H2", [("rent", "1")], DAY) == [recorded, other]
        assert outcomes_near(connection, "H1", [("rent", "1")], date(2026, 10, 30)) == []


def test_an_instant_is_the_same_whatever_zone_the_database_answers_in() -> None:
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/London"))
    read = Instant().process_result_value(summer, None)
    assert read == summer
    assert read is not None
    assert read.utcoffset() == timedelta(0)
    assert Instant().process_result_value(datetime(2026, 7, 1, 11, 0), None) == summer  # noqa: DTZ001


def test_a_store_that_another_writes_is_said_to_be_busy_and_can_be_read(engine: sa.Engine) -> None:
    impatient = make_engine(str(engine.url), wait_seconds=0)
    with engine.begin() as connection:
        insert_referrals(connection, [a_referral()], audit=[event()])
        with pytest.raises(StoreBusy, match="Try again"), impatient.begin():
            pass
        with reading(impatient) as other:
            assert all_referrals(other) == []
    with impatient.begin() as connection:
        assert all_referrals(connection) == [a_referral()]
    impatient.dispose()


def test_the_audit_log_is_only_ever_added_to(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        insert_events(connection, [event("one"), event("two")])
    for change in (sa.update(audit_events).values(actor="nobody"), sa.delete(audit_events)):
        with pytest.raises(sa.exc.IntegrityError, match="only ever added to"), engine.begin() as connection:
            connection.execute(change)
    with engine.begin() as connection:
        assert [(each.actor, each.action) for each in events_of(connection, "H1")] == [
            (OFFICER, "one"),
            (OFFICER, "two"),
        ]
