"""Two people, one record: the actions over a real store, and what the council then works by."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from rules import RulebookInvalid, load_rulebook
from smart_record.purposes import Purpose
from triage.actions.approve_rulebook import approve_rulebook
from triage.actions.init_council import init_council
from triage.actions.list_rulebook_versions import list_rulebook_versions
from triage.actions.roll_back_rulebook import roll_back_rulebook
from triage.actions.submit_rulebook import submit_rulebook
from triage.audit import Actor
from triage.council import Council, open_council
from triage.errors import ApprovalRefused, NoVersionBefore, RulebookAltered, RulebookVersionUnknown
from triage.store.tables import audit_events
from triage.versions.in_use import name_of, rulebook_in_use, rules_folder

NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ADA, BEA = (Actor(name=name, purpose=Purpose.WELFARE_SUPPORT) for name in ("ada", "bea"))


@pytest.fixture
def council(tmp_path: Path):
    init_council(tmp_path / "c", actor=ADA, clock=lambda: NOW)
    council = open_council(tmp_path / "c", clock=lambda: NOW)
    yield council
    council.close()


def a_draft(council: Council, name: str, days: int) -> Path:
    """The council's rules with one more number in them."""
    draft = council.directory.parent / name
    shutil.copytree(council.rules, draft)
    dated = f'{{from: 2026-04-01, value: {days}, source: "a trial", confirmed: no}}'
    (draft / "trial.yaml").write_text(
        f"parameters:\n  - name: trial_days\n    type: count\n    values:\n      - {dated}\n"
    )
    return draft


def hash_in_use(council: Council) -> str:
    with council.engine.begin() as connection:
        return rulebook_in_use(council, connection).rulebook.content_hash


def approved(council: Council, draft: Path) -> str:
    submitted = submit_rulebook(council, draft, why="trial", actor=ADA)
    return approve_rulebook(council, submitted.content_hash[:8], why="read", actor=BEA).content_hash


def test_until_the_first_approval_the_rules_folder_is_used(council) -> None:
    submitted = submit_rulebook(council, a_draft(council, "d", 3), why="trial", actor=ADA)
    with council.engine.begin() as connection:
        in_use = rulebook_in_use(council, connection)
        assert rules_folder(council, connection) == council.rules
    assert in_use.version is None
    assert in_use.rulebook.content_hash != submitted.content_hash
    assert "not under approval" in in_use.told()["note"]


def test_an_approved_version_is_used_whatever_becomes_of_the_rules_folder(council) -> None:
    content_hash = approved(council, a_draft(council, "d", 3))
    (council.rules / "broken.yaml").write_text("rules: nonsense\n")
    assert hash_in_use(council) == content_hash
    with council.engine.begin() as connection:
        in_use = rulebook_in_use(council, connection)
        assert rules_folder(council, connection).name == content_hash
    assert in_use.told()["approved_by"] == "bea"
    assert in_use.rulebook.value_on("trial_days", NOW.date()) == 3


@pytest.mark.parametrize("name", ["ada", "ADA"])
def test_nobody_approves_what_they_submitted(council, name) -> None:
    submitted = submit_rulebook(council, a_draft(council, "d", 3), why="trial", actor=ADA)
    with pytest.raises(ApprovalRefused, match="second person"):
        approve_rulebook(council, submitted.content_hash, why="", actor=Actor(name=name, purpose=ADA.purpose))
    assert hash_in_use(council) != submitted.content_hash


def test_submitting_again_under_another_name_does_not_make_one_a_second_person(council) -> None:
    draft = a_draft(council, "d", 3)
    first = submit_rulebook(council, draft, why="trial", actor=ADA)
    assert submit_rulebook(council, draft, why="again", actor=BEA) == first
    with pytest.raises(ApprovalRefused):
        approve_rulebook(council, first.content_hash, why="", actor=ADA)


def test_a_faulty_draft_is_not_taken_in(council) -> None:
    draft = a_draft(council, "d", 3)
    file = draft / "council_tax.yaml"
    file.write_text(file.read_text().replace("expect: met", "expect: not met", 1))  # a case that fails
    with pytest.raises(RulebookInvalid):
        submit_rulebook(council, draft, why="trial", actor=ADA)
    assert list_rulebook_versions(council, actor=ADA).versions == ()


def test_what_was_altered_after_submission_is_not_approved(council) -> None:
    submitted = submit_rulebook(council, a_draft(council, "d", 3), why="trial", actor=ADA)
    file = council.directory / "rulebooks" / submitted.content_hash / "trial.yaml"
    file.chmod(0o644)
    file.write_text(file.read_text().replace("value: 3", "value: 1", 1))
    with pytest.raises(RulebookAltered):
        approve_rulebook(council, submitted.content_hash, why="", actor=BEA)
    assert list_rulebook_versions(council, actor=ADA).switches == ()


def test_rolling_back_is_one_step_and_one_person(council) -> None:
    first = approved(council, a_draft(council, "one", 3))
    second = approved(council, a_draft(council, "two", 4))
    assert hash_in_use(council) == second
    assert roll_back_rulebook(council, why="too many calls", actor=ADA).content_hash == first
    assert hash_in_use(council) == first
    with pytest.raises(NoVersionBefore):
        roll_back_rulebook(council, why="further", actor=ADA)
    assert roll_back_rulebook(council, why="it was right", actor=ADA, to=second[:6]).content_hash == second
    assert hash_in_use(council) == second


def test_only_approved_versions_can_be_gone_back_to(council) -> None:
    submitted = submit_rulebook(council, a_draft(council, "d", 3), why="trial", actor=ADA)
    with pytest.raises(NoVersionBefore, match="never approved"):
        roll_back_rulebook(council, why="", actor=ADA, to=submitted.content_hash)
    with pytest.raises(RulebookVersionUnknown, match="No version begins"):
        approve_rulebook(council, "zz", why="", actor=BEA)
    with pytest.raises(NoVersionBefore, match="no earlier"):
        roll_back_rulebook(council, why="", actor=ADA)


def test_every_step_is_in_the_audit_log_with_who_and_why(council) -> None:
    first = approved(council, a_draft(council, "one", 3))
    approved(council, a_draft(council, "two", 4))
    roll_back_rulebook(council, why="too many calls", actor=ADA)
    with council.engine.begin() as connection:
        rows = connection.execute(
            sa.select(audit_events.c.actor, audit_events.c.action, audit_events.c.subject).order_by(
                "event_id"
            )
        ).all()
    steps = [(row.actor, row.action) for row in rows if "rulebook" in row.action]
    once = [("ada", "submit_rulebook"), ("bea", "approve_rulebook"), ("bea", "put_rulebook_in_force")]
    assert steps == [*once, *once, ("ada", "roll_back_rulebook")]
    assert rows[-1].subject == f"{first[:12]}: too many calls"


def test_a_rulebook_is_named_by_what_it_is_to_the_council(council) -> None:
    first, second = a_draft(council, "d", 3), a_draft(council, "e", 4)

    def named(folder: Path) -> str:
        with council.engine.begin() as connection:
            return name_of(council, connection, load_rulebook(folder))

    assert named(council.rules) == "in use: the rules folder as it stands, not under approval"
    assert named(first) == "a draft"
    submit_rulebook(council, first, why="trial", actor=ADA)
    assert named(first) == "submitted by ada, not approved yet"
    approved(council, first)
    assert named(first) == "in force since 1 November 2026, approved by bea"
    assert named(council.rules) == "a draft"
    approved(council, second)
    assert named(first) == "an earlier version, approved by bea and no longer in force"
