"""The time machine over a council's real nights: it does what the night did, and its formats agree."""

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from rules import load_rulebook
from triage.council import open_council
from triage.impact.past_nights import events_read, read_past_night
from triage.impact.replay import replay
from triage.nights import read_frame
from triage.store.nights import complete_nights
from triage.store.tables import audit_events

CLOCK = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def weeks(triage, town, tmp_path_factory) -> Path:
    """A council of busy teams after three nights a week apart, as if each had been run on its day."""
    council = tmp_path_factory.mktemp("weeks") / "c"
    triage("init", council)
    settings = council / "council.toml"
    settings.write_text(re.sub(r"(weekly|ward)_capacity = \d+", r"\1_capacity = 1", settings.read_text()))
    for day in ("2026-10-17", "2026-10-24", "2026-10-31"):
        triage("run", "--council", council, "--extracts", town / "extracts", "--as-of", day)
    return council


@pytest.fixture(scope="module")
def draft(weeks) -> Path:
    """The council's rules with one threshold lower."""
    draft = Path(shutil.copytree(weeks / "rules", weeks.parent / "draft"))
    file = draft / "parameters.yaml"
    before = file.read_text(encoding="utf-8")
    after = before.replace(
        "- name: arrangement_arrears\n    type: money\n    values:\n      - {from: 2025-04-01, value: £300",
        "- name: arrangement_arrears\n    type: money\n    values:\n      - {from: 2025-04-01, value: £50",
    )
    assert after != before
    file.write_text(after, encoding="utf-8")
    return draft


def test_a_replay_of_the_nights_own_rules_is_the_night(weeks) -> None:
    council = open_council(weeks, clock=lambda: CLOCK)
    with council.engine.begin() as connection:
        nights = complete_nights(connection, most=12)
    council.close()
    assert len(nights) == 3
    rulebook = load_rulebook(weeks / "rules")
    past = [read_past_night(council.nights, night, [rulebook], ()) for night in nights]
    replayed = replay(rulebook, past, [], council.settings)
    for night in nights:
        folder = council.nights / night.night_id
        columns = [
            "household_id",
            "intervention",
            "rule_id",
            "tier",
            "team",
            "priority",
            "status",
            "stopped_by",
        ]
        did = read_frame(folder, "suggestions").select(columns).sort("household_id", "intervention")
        would = replayed.suggestions.filter(as_of=night.as_of).select(columns)
        assert would.equals(did)
        met = read_frame(folder, "met").select("household_id", "rule_id")
        assert replayed.met.filter(as_of=night.as_of).select(met.columns).equals(met)
    assert replayed.suggestions["status"].is_in(["deferred", "held", "suppressed"]).any()


def test_a_night_that_kept_no_events_is_replayed_from_its_rows(weeks, tmp_path) -> None:
    council = open_council(weeks, clock=lambda: CLOCK)
    with council.engine.begin() as connection:
        night = complete_nights(connection, most=1)[0]
    council.close()
    rulebook = load_rulebook(weeks / "rules")
    names = events_read([rulebook])
    assert names
    older = Path(shutil.copytree(council.nights / night.night_id, tmp_path / night.night_id))
    for name in ("events", "event_reach"):
        (older / f"{name}.parquet").unlink()
    kept, derived = (
        read_past_night(nights, night, [rulebook], ()).events for nights in (council.nights, tmp_path)
    )
    assert kept is not None
    assert derived is not None
    assert derived.happened.filter(pl.col("event").is_in(sorted(names))).equals(kept.happened)
    assert derived.reach.equals(kept.reach)
    assert kept.happened.height > 0


def test_json_table_and_page_say_the_same(triage, weeks, draft, tmp_path) -> None:
    page = tmp_path / "impact.html"
    command = ("rules", "impact", weeks / "rules", draft, "--council", weeks, "--nights", "3", "-o", page)
    impact = json.loads(triage(*command, "--json").stdout)
    shown = triage(*command).stdout
    assert impact["nights"] == ["2026-10-17", "2026-10-24", "2026-10-31"]
    assert impact["differences"] == [
        {"what": "parameter", "name": "arrangement_arrears", "change": "£300 → £50"}
    ]
    assert impact["households_gaining"] > 0
    assert impact["changes_in_all"] >= len(impact["changes"]) > 0
    headline = f"{impact['households_gaining']:,} would gain an offer of help"
    assert headline in shown
    assert headline in page.read_text(encoding="utf-8")


def test_looking_changes_nothing_but_the_audit_log(triage, weeks, draft) -> None:
    def state() -> tuple[object, ...]:
        council = open_council(weeks, clock=lambda: CLOCK)
        with council.engine.begin() as connection:
            tables = sorted(sa.inspect(connection).get_table_names())
            counts = {
                name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))
                for name in tables
                if name != "audit_events"
            }
            last = connection.execute(
                sa.select(audit_events.c.action, audit_events.c.subject).order_by(
                    audit_events.c.event_id.desc()
                )
            ).first()
        council.close()
        files = sorted((str(file), file.stat().st_mtime_ns) for file in (weeks / "nights").rglob("*.parquet"))
        assert last is not None
        return counts, files, tuple(last)

    *before, _ = state()
    triage("rules", "impact", weeks / "rules", draft, "--council", weeks)
    *after, (action, subject) = state()
    assert before == after
    assert action == "measure_impact"
    assert subject.endswith("on 1 nights")


def test_before_the_first_night_it_says_what_to_do(triage, draft, tmp_path) -> None:
    triage("init", tmp_path / "c")
    told = triage("rules", "impact", draft, draft, "--council", tmp_path / "c", exit_code=6).stderr
    assert "triage run" in told


def test_a_faulty_draft_is_told_before_anything_is_read(triage, weeks, tmp_path) -> None:
    (tmp_path / "mine.yaml").write_text("rules:\n  - id: X\n", encoding="utf-8")
    told = triage("rules", "impact", weeks / "rules", tmp_path, "--council", weeks, exit_code=4).stderr
    assert "mine.yaml" in told


def test_households_told_by_id_are_the_nights_own(triage, weeks, draft) -> None:
    told = triage("rules", "impact", weeks / "rules", draft, "--council", weeks, "--json").stdout
    known = set(pl.read_parquet(weeks / "nights" / "2026-10-31.1" / "households.parquet")["household_id"])
    assert {each["household_id"] for each in json.loads(told)["changes"]} <= known
