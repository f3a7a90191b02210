"""An officer joins two households and takes it back: what was each one's own is its own again."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from smart_record.linkage.rows.verdicts import VerdictKind
from smart_record.purposes import Purpose
from tests.triage.store.builders import events_of
from triage.actions.ask_what_if import ask_what_if
from triage.actions.decide_link import decide_link, verdict_of
from triage.actions.list_referrals import list_referrals
from triage.actions.reading import last_night
from triage.actions.record_outcome import record_outcome
from triage.actions.run_night import run_night
from triage.actions.take_contact import take_contact
from triage.actions.withdraw_verdict import withdraw_verdict
from triage.audit import Actor
from triage.council import Council, open_council
from triage.nights import read_frame
from triage.referrals.anchoring import records_of
from triage.store.anchors import Anchored, anchors_of
from triage.store.outcomes import OutcomeKind
from triage.store.referrals import ReferralStatus, all_referrals
from triage.store.tables import anchors, referrals
from triage.store.verdicts import Verdict

OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)


@pytest.fixture
def council(triage, town: Path, tmp_path: Path) -> Council:
    triage("init", tmp_path / "c")
    opened = open_council(tmp_path / "c")
    run_night(opened, town / "extracts", actor=OFFICER)
    yield opened
    opened.close()


def frame(council: Council, name: str) -> pl.DataFrame:
    with council.engine.begin() as connection:
        return read_frame(council.nights / last_night(council, connection).night_id, name)


def a_record(council: Council, household_id: str) -> tuple[str, str]:
    links = frame(council, "links").filter(
        pl.col("household_id") == household_id, pl.col("role") != "dependant"
    )
    return links.select("source", "record_ref").row(0)


def home_of(council: Council, record: tuple[str, str]) -> str:
    links = frame(council, "links").filter(source=record[0], record_ref=record[1])
    return links["household_id"][0]


def test_what_an_undone_link_caused_is_withdrawn(council: Council, town: Path) -> None:
    extracts = town / "extracts"
    with council.engine.begin() as connection:
        standing = all_referrals(connection)
    taken_on, other = standing[0], next(r for r in standing if r.household_id != standing[0].household_id)
    mine, theirs = a_record(council, taken_on.household_id), a_record(council, other.household_id)
    with council.engine.begin() as connection:
        accept = sa.update(referrals).where(referrals.c.referral_id == taken_on.referral_id)
        connection.execute(accept.values(status=ReferralStatus.ACCEPTED))
    suggested = frame(council, "suggestions").filter(household_id=taken_on.household_id)
    record_outcome(
        council, taken_on.household_id, suggested["intervention"][0], OutcomeKind.REFUSED, actor=OFFICER
    )
    before = frame(council, "suggestions")
    verdict = Verdict(
        kind=VerdictKind.SAME_HOUSEHOLD,
        source=mine[0],
        record_ref=mine[1],
        role=None,
        other_source=theirs[0],
        other_record_ref=theirs[1],
        other_role=None,
    )
    decided = decide_link(council, verdict, reason="test", actor=OFFICER)
    run_night(council, extracts, actor=OFFICER)
    merged = home_of(council, mine)
    assert merged == home_of(council, theirs)
    with council.engine.begin() as connection:
        joined = {r.referral_id: r.household_id for r in all_referrals(connection)}
    assert set(joined.values()) <= set(frame(council, "households")["household_id"])
    assert joined[taken_on.referral_id] == merged
    withdraw_verdict(council, decided.verdict_id, actor=OFFICER)
    run_night(council, extracts, actor=OFFICER)
    assert home_of(council, mine) != home_of(council, theirs)
    with council.engine.begin() as connection:
        after = {r.referral_id: r for r in all_referrals(connection)}
        events = [each.action for each in events_of(connection, after[taken_on.referral_id].household_id)]
    queued = {(r.household_id, r.team) for r in after.values()}
    assert (home_of(council, theirs), other.team) in queued
    assert after[taken_on.referral_id].household_id == home_of(council, mine)
    assert len(queued) == len(after)
    assert "record_outcome" in events
    same = ["intervention", "tier", "team", "priority", "status"]
    for home, record in ((taken_on.household_id, mine), (other.household_id, theirs)):
        was = before.filter(household_id=home).select(same)
        now = frame(council, "suggestions").filter(household_id=home_of(council, record)).select(same)
        assert now.select("intervention", "tier", "team").equals(was.select("intervention", "tier", "team"))


def test_a_refusal_stands_with_the_household_that_it_was_merged_into_wherever_one_looks(
    council: Council, town: Path
) -> None:
    extracts, offer = town / "extracts", "missed_payment_call"
    suggested = frame(council, "suggestions").filter(intervention=offer, status="suggested")
    sizes = frame(council, "links").group_by("household_id").len()
    offered = suggested.join(sizes, on="household_id").sort("len", "household_id")["household_id"]
    small, large = offered[0], offered[-1]
    mine, theirs = a_record(council, small), a_record(council, large)
    that_day = replace(council, clock=lambda: datetime(2026, 10, 31, 12, tzinfo=UTC))
    record_outcome(that_day, small, offer, OutcomeKind.REFUSED, actor=OFFICER)
    for record in records_of(frame(council, "links"))[small]:
        both = verdict_of(VerdictKind.SAME_HOUSEHOLD, "/".join(record), "/".join(theirs))
        decide_link(council, both, reason="test", actor=OFFICER)
    run_night(council, extracts, actor=OFFICER)
    merged = home_of(council, mine)
    assert merged == home_of(council, theirs) != small
    (night,) = frame(council, "suggestions").filter(household_id=merged, intervention=offer).to_dicts()
    what_if = ask_what_if(council, merged, [("council_tax.last_payment_on", "2026-10-01")], actor=OFFICER)
    (live,) = (each for each in what_if.suggestions if each.intervention == offer)
    facts = frame(council, "facts").filter(household_id=merged).row(0, named=True)
    assert (night["status"], night["stopped_because"]) == (live.status, live.stopped_because)
    assert (live.status, facts["support__offers_refused_12m"]) == ("held", 1)
    assert facts["support__in_tier_3"] is False


def test_a_night_repeated_after_a_contact_keeps_the_referral_the_caller_was_told_of(
    council: Council, town: Path
) -> None:
    housing = next(
        r for r in list_referrals(council, team="housing_solutions", actor=OFFICER) if r.household_id
    )
    taken = take_contact(
        council, ["homelessness"], household_id=housing.household_id, ward=None, actor=OFFICER
    )
    assert taken.issues[0].referral_id == housing.referral_id
    run_night(council, town / "extracts", actor=OFFICER)
    assert housing.referral_id in {r.referral_id for r in list_referrals(council, team=None, actor=OFFICER)}


def test_a_household_that_leaves_the_extracts_is_flagged_to_the_team(
    council: Council, town: Path, tmp_path: Path
) -> None:
    extracts = tmp_path / "later"
    shutil.copytree(town / "extracts", extracts)
    (extracts / "MANIFEST.json").unlink()  # it counts the rows
    waiting = list_referrals(council, team=None, actor=OFFICER)[0]
    gone = set(frame(council, "links").filter(household_id=waiting.household_id)["record_ref"])
    for file in extracts.glob("*.csv"):
        header, *lines = file.read_text().splitlines(keepends=True)
        file.write_text(header + "".join(line for line in lines if line.split(",")[0] not in gone))
    night = run_night(council, extracts, actor=OFFICER, as_of=later(council))
    assert waiting.referral_id in night.summary["referrals"]["flagged"]["gone"]
    listed = {each.referral_id: each for each in list_referrals(council, team=None, actor=OFFICER)}
    assert listed[waiting.referral_id].look == "the household is in no extract any more"
    run_night(council, extracts, actor=OFFICER, as_of=later(council))
    with council.engine.begin() as connection:
        events = events_of(connection, waiting.household_id)
    told = [each.subject for each in events if each.action == "household_gone"]
    assert told.count(waiting.referral_id) == 1  # once, not every night


def test_what_an_earlier_release_recorded_is_held_by_its_records_from_the_next_night_on(
    council: Council, town: Path
) -> None:
    (one, *_) = list_referrals(council, team=None, actor=OFFICER)
    offered = frame(council, "suggestions").filter(household_id=one.household_id)["intervention"][0]
    record_outcome(council, one.household_id, offered, OutcomeKind.REFUSED, actor=OFFICER)
    with council.engine.begin() as connection:
        kept = {kind: anchors_of(connection, kind) for kind in Anchored}
        accept = sa.update(referrals).where(referrals.c.referral_id == one.referral_id)
        connection.execute(accept.values(status=ReferralStatus.ACCEPTED))
        connection.execute(sa.delete(anchors))
    run_night(council, town / "extracts", actor=OFFICER)
    with council.engine.begin() as connection:
        for kind in Anchored:
            assert anchors_of(connection, kind).equals(kept[kind])
        actions = [each.action for each in events_of(connection, one.household_id)]
    assert {"anchor_outcome", "anchor_referral"} <= set(actions)


def later(council: Council) -> date:
    """The day after the first night: its own referrals are then earlier ones."""
    with council.engine.begin() as connection:
        return max(each.opened_on for each in all_referrals(connection)) + timedelta(days=1)
