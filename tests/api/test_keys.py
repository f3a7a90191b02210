"""Access to the API: who gets in, as what, and what is left behind of those who don't."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.app import create_app
from smart_record.purposes import Purpose
from triage.actions.list_keys import list_keys
from triage.actions.make_key import make_key
from triage.actions.withdraw_key import withdraw_key
from triage.audit import Actor
from triage.council import Council
from triage.errors import KeyExists, KeyNotFound
from triage.roles import Role
from triage.store.keys import KeyStanding
from triage.store.tables import audit_events, keys

CHIEF = Actor(name="chief", purpose=Purpose.WELFARE_SUPPORT)


def made(council: Council, name: str, role: Role = Role.VIEWER, **more: object) -> str:
    return make_key(council, name, role=role, purpose=Purpose.BENEFITS, actor=CHIEF, **more).secret


def asks(council: Council, key: str, path: str = "/referrals", method: str = "GET", **more: object):
    client = TestClient(create_app(council), headers={"Authorization": f"Bearer {key}"})
    return client.request(method, f"/api/v1{path}", **more)


def audit_of(council: Council, actor: str) -> list[tuple[str, str, str]]:
    query = sa.select(audit_events.c.action, audit_events.c.purpose, audit_events.c.subject)
    with council.engine.begin() as connection:
        found = connection.execute(query.where(audit_events.c.actor == actor).order_by("event_id"))
        return [tuple(row) for row in found]


def test_a_key_opens_the_api_under_its_holders_name_and_purpose(council: Council) -> None:
    key = made(council, "screen 1")
    assert asks(council, key).status_code == 200
    (action, purpose, _), *_ = audit_of(council, "screen 1")
    assert (action, purpose) == ("list_referrals", "benefits")
    assert ("make_key", "welfare_support", "screen 1: viewer, benefits, every team") in [
        (action, purpose, subject.partition(", until")[0])
        for action, purpose, subject in audit_of(council, "chief")
    ]


def test_a_withdrawn_key_is_refused_at_the_very_next_request_and_the_try_is_on_record(council) -> None:
    key = made(council, "leaver")
    assert asks(council, key).status_code == 200
    withdraw_key(council, "leaver", actor=CHIEF)
    refused = asks(council, key)
    assert refused.status_code == 401
    assert "withdrawn since" in refused.json()["detail"]
    assert "triage keys make" in refused.json()["detail"]
    assert audit_of(council, "leaver")[-1] == ("refuse_key", "benefits", "withdrawn")
    with pytest.raises(KeyNotFound, match="leaver has no key in use"):
        withdraw_key(council, "leaver", actor=CHIEF)


def test_an_expired_key_is_refused_in_words(council: Council) -> None:
    key = made(council, "temp", days=1)
    later = replace(council, clock=lambda: council.clock() + timedelta(days=1, seconds=1))
    refused = asks(later, key)
    assert refused.status_code == 401
    assert "expired since" in refused.json()["detail"]
    assert audit_of(council, "temp")[-1] == ("refuse_key", "benefits", "expired")


def test_a_holder_has_one_key_in_use_and_another_once_it_is_gone(council: Council) -> None:
    first = made(council, "rotating")
    with pytest.raises(KeyExists, match="withdraw"):
        made(council, "rotating")
    withdraw_key(council, "rotating", actor=CHIEF)
    second = made(council, "rotating")
    assert first != second
    assert asks(council, second).status_code == 200
    standings = [each.standing for each in list_keys(council, actor=CHIEF) if each.key.name == "rotating"]
    assert sorted(standings) == [KeyStanding.IN_USE, KeyStanding.WITHDRAWN]


def test_a_role_does_what_it_may_and_the_rest_is_refused_and_on_record(council: Council) -> None:
    contact = {"json": {"issues": [{"topic": "council_tax_bill"}]}}
    viewer, officer, data_officer = (made(council, f"a {role}", role) for role in Role)
    assert asks(council, viewer, "/contacts", "POST", **contact).status_code == 403
    assert audit_of(council, "a viewer")[-1] == ("refuse_key", "benefits", "role viewer, not officer")
    assert asks(council, officer, "/contacts", "POST", **contact).status_code == 201
    assert asks(council, officer, "/links/review").status_code == 403
    assert asks(council, data_officer, "/links/review").status_code == 200
    assert asks(council, data_officer, "/contacts", "POST", **contact).status_code == 201


def test_what_was_never_a_key_neither_fills_the_store_nor_waits_for_a_writer(council: Council) -> None:
    with council.engine.begin() as connection:
        lines = connection.scalar(sa.select(sa.func.count()).select_from(audit_events))
        # this transaction holds the write lock, as a running night would
        for guess in ("wt_no", "", "x" * 100_000, f"wt_{'A' * 43}"):
            assert asks(council, guess).status_code == 401
        assert asks(council, "", "/health").status_code == 200
        assert connection.scalar(sa.select(sa.func.count()).select_from(audit_events)) == lines


def test_nothing_at_rest_holds_a_key(council: Council) -> None:
    secret = made(council, "secretive").removeprefix("wt_")
    with council.engine.begin() as connection:
        assert secret not in str(connection.execute(sa.select(keys)).all())
    with sqlite3.connect(council.directory / "store.sqlite") as store:
        assert secret not in "\n".join(store.iterdump())
    store.close()
