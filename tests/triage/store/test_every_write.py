"""Nothing is written without its line in the audit log: both in one transaction, whatever is written."""

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType

import pytest
import sqlalchemy as sa

import triage.store
from smart_record.linkage.rows.verdicts import VerdictKind
from tests.triage.store.builders import DAY, NOW, a_key, a_night, a_referral, event
from triage.audit import AuditEvent
from triage.store.contacts import ContactIssue, insert_contact
from triage.store.keys import insert_key, withdraw_keys
from triage.store.nights import insert_night
from triage.store.outcomes import OutcomeKind, RecordedOutcome, insert_outcome
from triage.store.referrals import (
    grow_referral,
    insert_referrals,
    move_referral,
    withdraw_referral,
    withdraw_untouched,
)
from triage.store.rulebooks import StoredVersion, SwitchKind, insert_switch, insert_version, record_approval
from triage.store.tables import METADATA, audit_events
from triage.store.verdicts import Verdict, insert_verdict, withdraw

VERDICT = Verdict(
    kind=VerdictKind.SAME_HOUSEHOLD,
    source="rent",
    record_ref="1",
    role=None,
    other_source="council_tax",
    other_record_ref="2",
    other_role=None,
)
OUTCOME = RecordedOutcome(
    household_id="H1", intervention="call", outcome=OutcomeKind.REFUSED, recorded_on=DAY
)
ISSUE = ContactIssue(topic="arrears", tier=2, team="income", due_on=DAY, referral_id=None)
PARTS_OF_A_WRITE = {"insert_event", "insert_events", "insert_anchors", "delete_anchors"}
"""The log itself, and what is part of another write and told by its line."""


_WRITING = re.compile(r"sa\.(insert|update|delete)\(")


def a_version(content_hash: str) -> StoredVersion:
    return StoredVersion(
        content_hash=content_hash, submitted_by="ada", submitted_at=NOW, submitted_why="why", commit_id=None
    )


WRITES: dict[str, Callable[[sa.Connection, AuditEvent], object]] = {
    "insert_contact": lambda to, audit: insert_contact(to, "C1", "H1", DAY, [ISSUE], audit=audit),
    "insert_key": lambda to, audit: insert_key(to, a_key(name="screen"), audit=audit),
    "withdraw_keys": lambda to, audit: withdraw_keys(to, "desk", audit=audit),
    "insert_night": lambda to, audit: insert_night(to, a_night(2), audit=audit),
    "insert_outcome": lambda to, audit: insert_outcome(to, OUTCOME, records=[("rent", "1")], audit=audit),
    "insert_referrals": lambda to, audit: insert_referrals(to, [a_referral("F2")], audit=[audit]),
    "withdraw_untouched": lambda to, audit: withdraw_untouched(to, opened_on=DAY, audit=audit),
    "grow_referral": lambda to, audit: grow_referral(to, a_referral(reasons="more"), audit=audit),
    "move_referral": lambda to, audit: move_referral(to, a_referral(), "H2", audit=audit),
    "withdraw_referral": lambda to, audit: withdraw_referral(to, a_referral(), audit=audit),
    "insert_version": lambda to, audit: insert_version(to, a_version("new"), audit=audit),
    "record_approval": lambda to, audit: record_approval(to, "kept", why="read", audit=audit),
    "insert_switch": lambda to, audit: insert_switch(
        to, "kept", kind=SwitchKind.APPROVAL, why="read", audit=audit
    ),
    "insert_verdict": lambda to, audit: insert_verdict(to, VERDICT, reason="seen", audit=audit),
    "withdraw": lambda to, audit: withdraw(to, 1, audit=audit),
}


@pytest.fixture
def stocked(engine: sa.Engine) -> sa.Engine:
    """A store that holds one of each thing that can be changed or withdrawn."""
    with engine.begin() as connection:
        insert_referrals(connection, [a_referral()], records={"H1": [("rent", "1")]}, audit=[event()])
        insert_night(connection, a_night(), audit=event())
        insert_key(connection, a_key(), audit=event())
        insert_version(connection, a_version("kept"), audit=event())
        insert_verdict(connection, VERDICT, reason="seen", audit=event())
    return engine


def held(engine: sa.Engine) -> dict[str, set[str]]:
    """Every row of every table, as text."""
    with engine.begin() as connection:
        return {
            name: {str(row) for row in connection.execute(sa.select(table))}
            for name, table in METADATA.tables.items()
        }


def writing_functions() -> Iterator[FunctionType]:
    """The functions of the store that insert, update or delete."""
    modules = [import_module(module.name) for module in iter_modules(triage.store.__path__, "triage.store.")]
    for module in modules:
        for _, each in inspect.getmembers(module, inspect.isfunction):
            if each.__module__ == module.__name__ and _WRITING.search(inspect.getsource(each)):
                yield each


def test_every_function_that_writes_takes_its_audit_line_and_is_tried_here() -> None:
    writing = {each.__name__: each for each in writing_functions()}
    assert writing.keys() - PARTS_OF_A_WRITE == WRITES.keys()
    for name in WRITES:
        assert "audit" in inspect.signature(writing[name]).parameters


@pytest.mark.parametrize("write", WRITES)
def test_a_write_leaves_its_line_in_the_audit_log(write: str, stocked: sa.Engine) -> None:
    before = held(stocked)
    with stocked.begin() as connection:
        WRITES[write](connection, event("the write"))
        action = sa.select(audit_events.c.action).order_by(audit_events.c.event_id.desc())
        assert connection.scalars(action).first() == "the write"
    after = held(stocked)
    assert len(after["audit_events"]) == len(before["audit_events"]) + 1
    assert {name for name in after if after[name] != before[name]} > {"audit_events"}


@pytest.mark.parametrize("write", WRITES)
def test_a_write_that_is_not_committed_leaves_nothing(write: str, stocked: sa.Engine) -> None:
    before = held(stocked)
    with stocked.connect() as connection:
        WRITES[write](connection, event("the write"))
        connection.rollback()
    assert held(stocked) == before
