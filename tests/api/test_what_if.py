"""What-ifs over HTTP: the same word as the reference's, audited, and nothing kept of what was said."""

import os
import signal
import threading
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from rules import Outcome
from rules.meaning.reference import judge
from triage.actions.reading import household_known, last_night
from triage.council import Council
from triage.live.said import read_said
from triage.nights import scan_frame
from triage.store.tables import METADATA, audit_events
from triage.versions.in_use import rulebook_of_night

SAID = [
    {"name": "benefits.claim_ended", "value": "2026-10-20"},
    {"name": "rent.payment_missed", "value": "2026-10-25"},
    {"name": "council_tax.arrears", "value": "£900"},
]


@pytest.fixture
def tenant(council: Council) -> str:
    """A tenant with a live claim, of whom no bill was missed after one ended."""
    folder = council.nights / "2026-10-31.1"
    wanted = pl.col("rent__tenant") & pl.col("benefits__claim_live")
    return scan_frame(folder, "facts").filter(wanted).collect()["household_id"].sort()[0]


def ask(client: TestClient, household: str, said: list[dict[str, str]] = SAID) -> Any:
    return client.post(f"/api/v1/households/{household}/what-if", json={"said": said})


def rows(council: Council) -> dict[str, int]:
    with council.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }


def test_what_was_said_brings_up_what_the_rules_say_of_it(
    client: TestClient, council: Council, tenant: str
) -> None:
    answer = ask(client, tenant)
    assert answer.status_code == 200
    found = answer.json()
    assert found["agreement"] == "agreed"
    assert found["as_of"] == "2026-10-31"
    changes = {each["rule_id"]: (each["before"], each["after"]) for each in found["rules"]}
    with council.engine.connect() as connection:
        night = last_night(council, connection)
        rulebook = rulebook_of_night(council, connection, night)
    known = household_known(council, night, tenant)
    told = [(each["name"], each["value"]) for each in SAID]
    with_said = read_said(told, rulebook, until=night.as_of).put_into(known)
    for rule in rulebook.in_force(night.as_of):
        before, after = (
            judge(rule, each, rulebook=rulebook, as_of=night.as_of).outcome for each in (known, with_said)
        )
        assert changes.get(rule.id, (before.words, before.words)) == (before.words, after.words)
        if rule.id == "R10-bill-after":
            assert (before is Outcome.MET, after) == (False, Outcome.MET)
    call = next(each for each in found["suggestions"] if each["intervention"] == "welfare_call")
    assert (call["change"], call["status"]) == ("new", "suggested")
    assert "their benefit claim ended on 20 October 2026" in call["because"]


def test_what_was_said_is_not_kept_and_that_it_was_asked_is(
    client: TestClient, council: Council, tenant: str
) -> None:
    before, folder = rows(council), council.nights / "2026-10-31.1"
    held = {file: file.stat().st_mtime_ns for file in folder.rglob("*.parquet")}
    assert ask(client, tenant).status_code == 200
    after = rows(council)
    assert {name for name in after if after[name] != before[name]} == {"audit_events"}
    assert after["audit_events"] - before["audit_events"] == 1
    assert held == {file: file.stat().st_mtime_ns for file in folder.rglob("*.parquet")}
    with council.engine.connect() as connection:
        last = connection.execute(sa.select(audit_events).order_by(sa.desc(audit_events.c.event_id))).first()
    assert last is not None
    assert (last.action, last.household_id) == ("ask_what_if", tenant)
    assert last.subject == "2026-10-31.1: benefits.claim_ended, council_tax.arrears, rent.payment_missed"
    assert "900" not in last.subject


def test_a_worker_killed_in_mid_flight_loses_nothing(
    client: TestClient, council: Council, tenant: str
) -> None:
    expected = ask(client, tenant).json()
    worker = council.live.worker
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (worker, signal.SIGKILL))
    killer.start()
    assert ask(client, tenant).json() == expected
    killer.join()
    assert council.live.worker not in {None, worker}
    assert expected["agreement"] == "agreed"


def test_an_engine_that_is_lost_is_told_in_the_audit_log_without_the_household(
    client: TestClient, council: Council, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = ask(client, tenant).json()
    council.live.close()
    monkeypatch.setattr("sys.executable", "/bin/false")
    found = ask(client, tenant).json()
    assert found == {**expected, "agreement": "engine_lost"}
    with council.engine.connect() as connection:
        told = connection.execute(
            sa.select(audit_events).where(audit_events.c.action == "distrust_live_rules")
        ).all()
    assert told
    assert {each.household_id for each in told} == {None}
    assert all(each.subject.startswith("engine_lost by rulebook ") for each in told)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([{"name": "rent.arears", "value": "£5"}], 422),
        ([{"name": "rent.arrears", "value": "secret"}], 422),
        ([], 422),
        ([{"name": "rent.arrears", "value": "£5", "also": "x"}], 422),
    ],
)
def test_what_cannot_be_is_refused(
    client: TestClient, tenant: str, said: list[dict[str, str]], status: int
) -> None:
    answer = ask(client, tenant, said)
    assert answer.status_code == status
    assert "secret" not in answer.text


def test_a_household_that_is_not_there_and_a_stranger(client: TestClient, stranger: TestClient) -> None:
    assert ask(client, "H000000000000").status_code == 404
    assert ask(stranger, "H000000000000").status_code == 401
