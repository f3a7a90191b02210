"""Where a version stands and which comes back: laws over random histories of approvals and roll backs."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.store.rulebooks import StoredVersion, Switch, SwitchKind
from triage.versions.history import Standing, before_it, chosen, in_force, standing_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def switch(content_hash: str, kind: SwitchKind = SwitchKind.APPROVAL) -> Switch:
    return Switch(content_hash=content_hash, kind=kind, actor="a", switched_at=NOW, why="")


def version(content_hash: str, approved_by: str | None = None) -> StoredVersion:
    return StoredVersion(
        content_hash=content_hash,
        submitted_by="a",
        submitted_at=NOW,
        submitted_why="",
        commit_id=None,
        approved_by=approved_by,
    )


def test_before_the_first_approval_nothing_is_in_force() -> None:
    assert in_force([]) is None
    assert before_it([]) is None
    assert before_it([switch("one")]) is None


def test_each_roll_back_goes_one_further_and_never_forth_again() -> None:
    log = [switch("one"), switch("two"), switch("three")]
    for expected in ("two", "one"):
        assert before_it(log) == expected
        log.append(switch(expected, SwitchKind.ROLLBACK))
        assert in_force(log) == expected
    assert before_it(log) is None


def test_after_a_roll_back_a_new_approval_comes_back_to_what_it_replaced() -> None:
    log = [switch("one"), switch("bad"), switch("one", SwitchKind.ROLLBACK), switch("three")]
    assert before_it(log) == "one"


def test_a_roll_back_to_a_version_that_was_left_behind_can_be_undone() -> None:
    log = [switch("one"), switch("two"), switch("one", SwitchKind.ROLLBACK)]
    log.append(switch("two", SwitchKind.ROLLBACK))
    assert before_it(log) == "one"


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abcd"), unique=True), st.integers(0, 6))
def test_rolling_back_ends_at_the_first_version(approved: list[str], times: int) -> None:
    log = [switch(each) for each in approved]
    for _ in range(times):
        back = before_it(log)
        assert back is None or back != in_force(log)
        log += [switch(back, SwitchKind.ROLLBACK)] if back else []
    assert in_force(log) == (approved[max(len(approved) - 1 - times, 0)] if approved else None)


def test_a_version_stands_checked_then_approved_then_in_force() -> None:
    log = [switch("one"), switch("two")]
    assert standing_of(version("three"), log) is Standing.CHECKED
    assert standing_of(version("one", "b"), log) is Standing.APPROVED
    assert standing_of(version("two", "b"), log) is Standing.IN_FORCE


def test_a_version_is_meant_by_its_first_characters_and_never_by_none() -> None:
    versions = [version("abc1"), version("abd2")]
    assert [each.content_hash for each in chosen(versions, "abc")] == ["abc1"]
    assert len(chosen(versions, "ab")) == 2
    assert chosen(versions, "") == []
