"""The service as a stranger on the council's network, a browser and a careless client meet it."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.app import create_app
from api.edge import MOST_BYTES
from triage.council import Council
from triage.nights import read_frame
from triage.store.tables import audit_events

SECRET = "Zebedee Quillfeather"


def every_kind_of_answer(client: TestClient, stranger: TestClient) -> Iterator:
    yield client.get("/api/v1/health")
    yield client.get("/api/v1/openapi.json")
    yield stranger.get("/api/v1/referrals")
    yield client.get("/api/v1/nothing-here")
    yield client.get("/api/v1/health/")
    yield client.put("/api/v1/health")
    yield client.get("/api/v1/households/H0")
    yield client.post("/api/v1/contacts", content=b"{not json")
    yield client.post("/api/v1/contacts", content=b"x" * (MOST_BYTES + 1))


def test_no_answer_may_be_kept_framed_or_read_by_another_site(client, stranger) -> None:
    statuses = set()
    for answer in every_kind_of_answer(client, stranger):
        statuses.add(answer.status_code)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
    assert statuses == {200, 401, 404, 405, 413, 422}


def test_another_sites_scripts_are_given_no_leave(client: TestClient) -> None:
    origin = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for answer in (
        client.options("/api/v1/referrals", headers=origin),
        client.get("/api/v1/referrals", headers=origin),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_body_beyond_bounds_is_refused_whatever_length_it_announced(client: TestClient) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 1024 + 1):
            yield b" " * 1024

    assert client.post("/api/v1/contacts", content=drip()).status_code == 413
    padded = b'{"issues": [{"topic": "council_tax_bill"}]}'.ljust(MOST_BYTES)
    as_json = {"Content-Type": "application/json"}
    assert client.post("/api/v1/contacts", content=padded, headers=as_json).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"issues": [{"topic": "council_tax_bill"}], SECRET: 1},
        {"issues": [{"topic": "council_tax_bill", SECRET: 1}]},
        {"issues": SECRET},
        {"issues": [{"topic": "council_tax_bill"}], "household_id": [SECRET]},
        {"issues": [{"topic": "council_tax_bill"}], "ward": SECRET},
        {"issues": [{"topic": SECRET}]},
        [SECRET],
        SECRET,
    ],
)
def test_what_does_not_fit_is_not_repeated_nor_the_names_it_was_sent_under(body, client) -> None:
    answer = client.post("/api/v1/contacts", json=body)
    assert answer.status_code == 422
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "said", [{"name": SECRET, "value": "yes"}, {"name": "rent.arrears", "value": SECRET}]
)
def test_what_somebody_said_is_not_repeated_either(said, client, council) -> None:
    household_id = read_frame(next(council.nights.glob("2026*")), "households")["household_id"].min()
    answer = client.post(f"/api/v1/households/{household_id}/what-if", json={"said": [said]})
    assert answer.status_code == 422
    assert SECRET not in answer.text


def test_a_ward_that_is_none_goes_into_no_queue(client, council) -> None:
    contact = {"issues": [{"topic": "struggling_family"}], "ward": f"{SECRET}, 12 Mill Lane"}
    refused = client.post("/api/v1/contacts", json=contact)
    assert refused.json()["title"] == "WardNotFound"
    with council.engine.begin() as connection:
        assert "zebedee" not in str(connection.execute(sa.text("SELECT * FROM referrals")).all()).lower()


def test_an_unforeseen_error_tells_neither_caller_nor_log_whose_record_it_was(council, caplog) -> None:
    app = create_app(council)

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise ValueError(SECRET)

    with caplog.at_level(logging.INFO):
        answer = TestClient(app).get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.json()["title"] == "Fault"
    assert "ValueError" in caplog.text
    assert "test_edge.py" in caplog.text
    assert SECRET not in caplog.text + answer.text


def test_an_error_of_the_store_names_no_value(council: Council) -> None:
    with pytest.raises(sa.exc.IntegrityError) as caught, council.engine.begin() as connection:
        connection.execute(sa.insert(audit_events).values(actor=SECRET))
    assert SECRET not in str(caught.value)


def test_fifty_at_once_are_all_answered_and_each_look_is_on_record(client, council) -> None:
    def looks() -> int:
        with council.engine.begin() as connection:
            wanted = audit_events.c.action == "list_referrals"
            wanted &= audit_events.c.household_id.is_(None)
            return connection.scalar(sa.select(sa.func.count()).select_from(audit_events).where(wanted)) or 0

    before = looks()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(client.get, ["/api/v1/referrals"] * 50))
    assert {answer.status_code for answer in answers} == {200}
    assert looks() == before + 50
