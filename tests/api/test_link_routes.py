"""Officers settle links over HTTP: the queue, a verdict, and its withdrawal."""

import polars as pl
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from tests.triage.store.builders import events_of
from triage.actions.reading import MOST_NUMBER, MOST_PAGES
from triage.council import Council
from triage.nights import scan_frame
from triage.store.tables import audit_events
from triage.store.verdicts import standing_verdicts

QUEUE, VERDICTS = "/api/v1/links/review", "/api/v1/links/verdicts"
EXPLAIN = "/api/v1/links/explain"


def a_verdict(one: str, other: str, kind: str = "same_person") -> dict[str, str]:
    sides = [one.split("/"), other.split("/")]
    names = ("source", "record_ref", "role")
    mine = dict(zip(names, sides[0], strict=True))
    theirs = dict(zip((f"other_{name}" for name in names), sides[1], strict=True))
    return {"kind": kind, "reason": "seen both files", **mine, **theirs}


def test_a_pair_is_settled_leaves_the_queue_and_comes_back(client: TestClient, council: Council) -> None:
    queue = client.get(QUEUE, params={"limit": 200}).json()
    pair = queue[0]
    assert abs(sum(pair["explained"]["weights"].values()) - pair["explained"]["match_weight"]) < 1e-6
    turned = a_verdict(pair["other_ref"], pair["one_ref"], "different_people")  # either way round
    answer = client.post(VERDICTS, json=turned)
    assert answer.status_code == 201, answer.text
    verdict_id = answer.json()["verdict_id"]
    left = client.get(QUEUE, params={"limit": 200}).json()
    assert pair["pair_id"] not in {each["pair_id"] for each in left}
    listed = client.get(VERDICTS).json()
    assert [(each["verdict_id"], each["one_ref"]) for each in listed] == [(verdict_id, pair["other_ref"])]
    contrary = client.post(VERDICTS, json=a_verdict(pair["one_ref"], pair["other_ref"]))
    assert contrary.status_code == 409
    assert contrary.json()["title"] == "VerdictRefused"
    assert f"triage links withdraw {verdict_id}" in contrary.json()["detail"]
    assert client.delete(f"{VERDICTS}/{verdict_id}").status_code == 204
    assert client.delete(f"{VERDICTS}/{verdict_id}").status_code == 404
    assert client.get(QUEUE, params={"limit": 200}).json() == queue
    assert client.get(VERDICTS).json() == []
    (taken,) = client.get(VERDICTS, params={"withdrawn": True}).json()
    assert taken["withdrawn_at"] is not None
    with council.engine.begin() as connection:
        actions = set(connection.scalars(sa.select(audit_events.c.action)))
        assert standing_verdicts(connection).is_empty()
    assert {"review_links", "decide_link", "withdraw_verdict"} <= actions


@pytest.mark.parametrize("number", [2**63, 10**23, 0, -1])
@pytest.mark.parametrize("ask", ["verdict", "page of addresses", "page of verdicts"])
def test_a_number_that_nothing_can_have_is_refused_in_words(
    client: TestClient, ask: str, number: int
) -> None:
    if ask == "verdict":
        told = client.delete(f"{VERDICTS}/{number}")
    else:
        path = VERDICTS if ask == "page of verdicts" else "/api/v1/links/addresses"
        told = client.get(path, params={"page": number, "limit": 200})
    assert (told.status_code, told.json()["title"]) == (422, "RequestInvalid")
    assert str(number) not in told.json()["detail"] or number in {0, -1}


def test_the_largest_numbers_that_may_be_asked_for_find_nothing(client: TestClient) -> None:
    assert client.delete(f"{VERDICTS}/{MOST_NUMBER}").status_code == 404
    for path in (VERDICTS, "/api/v1/links/addresses"):
        assert client.get(path, params={"page": MOST_PAGES, "limit": 200}).status_code == 200


def test_a_look_at_verdicts_is_on_the_record_of_every_household_they_are_about(
    client: TestClient, council: Council
) -> None:
    links = scan_frame(council.nights / "2026-10-31.1", "links").collect()
    about = [
        pair for pair in client.get(QUEUE, params={"limit": 200}).json() if pair["one_ref"].count("/") == 2
    ][:2]
    made = [
        client.post(VERDICTS, json=a_verdict(each["one_ref"], each["other_ref"], "different_people")).json()
        for each in about
    ]
    of = links.with_columns(ref=pl.concat_str("source", "record_ref", "role", separator="/"))
    whose = [
        set(of.filter(pl.col("ref").is_in([each["one_ref"], each["other_ref"]]))["household_id"])
        for each in about
    ]
    before = {each: looks(council, each) for each in whose[0] | whose[1]}
    assert [each["verdict_id"] for each in client.get(VERDICTS).json()] == [
        made[1]["verdict_id"],
        made[0]["verdict_id"],
    ]
    first = client.get(VERDICTS, params={"limit": 1}).json()
    second = client.get(VERDICTS, params={"limit": 1, "page": 2}).json()
    assert (first, second) == ([made[1]], [made[0]])
    for household, was in before.items():
        added = looks(council, household)[len(was) :]
        told = [
            str(each["verdict_id"]) for each, homes in zip(made, whose, strict=True) if household in homes
        ]
        assert added[0] == f"verdict {', '.join(told)}"
        assert len(added) == 1 + len(told)
    assert client.get(VERDICTS, params={"page": 3, "limit": 1}).json() == []
    for each in made:
        assert client.delete(f"{VERDICTS}/{each['verdict_id']}").status_code == 204


def looks(council: Council, household: str) -> list[str]:
    """The subjects of the looks at verdicts on a household's record."""
    with council.engine.begin() as connection:
        lines = events_of(connection, household)
    return [str(each.subject) for each in lines if each.action == "list_verdicts"]


def test_a_verdict_about_a_row_that_is_not_there_is_a_problem_in_words(client: TestClient) -> None:
    told = client.post(VERDICTS, json=a_verdict("council_tax/0/liable_1", "rent/0/tenant"))
    assert told.status_code == 404
    assert told.headers["content-type"] == "application/problem+json"
    assert "triage export links" in told.json()["detail"]
    assert client.post(VERDICTS, json={"kind": "same_person"}).status_code == 422


def test_a_pair_is_explained_and_the_look_is_audited(client: TestClient, council: Council) -> None:
    pair = client.get(QUEUE).json()[0]
    names = ("source", "record_ref", "role")
    one, other = (dict(zip(names, pair[ref].split("/"), strict=True)) for ref in ("one_ref", "other_ref"))
    answer = client.post(EXPLAIN, json={"one": one, "other": other})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["joined"] is pair["joined"]
    assert told["explained"] == pair["explained"]
    with council.engine.begin() as connection:
        looked = sa.select(audit_events.c.household_id).where(audit_events.c.action == "explain_link")
        assert {pair["household_id"], pair["other_household_id"]} <= set(connection.scalars(looked))
    gone = client.post(EXPLAIN, json={"one": {**one, "record_ref": "0"}, "other": other})
    assert gone.status_code == 404
    assert client.post(EXPLAIN, json={"one": one}).status_code == 422


def test_explaining_needs_a_key(stranger: TestClient) -> None:
    row = {"source": "rent", "record_ref": "1", "role": "tenant"}
    assert stranger.post(EXPLAIN, json={"one": row, "other": row}).status_code == 401


def test_addresses_are_counted_by_way_and_the_look_is_audited(client: TestClient, council: Council) -> None:
    answer = client.get("/api/v1/links/addresses", params={"limit": 5})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert sum(way["records"] for way in told["ways"]) > 400
    assert len(told["page"]) == min(5, told["unsettled"])
    assert client.get("/api/v1/links/addresses", params={"page": 0}).status_code == 422
    with council.engine.begin() as connection:
        assert "list_addresses" in set(connection.scalars(sa.select(audit_events.c.action)))


def test_a_question_is_settled_by_its_id(client: TestClient) -> None:
    pair = client.get(QUEUE).json()[0]
    home = client.get(QUEUE, params={"household_id": pair["household_id"]}).json()
    assert pair in home
    answer = {"accept": False, "reason": "seen both files"}
    settled = client.post(f"{QUEUE}/{pair['pair_id']}", json=answer)
    assert settled.status_code == 201, settled.text
    assert {settled.json()["one_ref"], settled.json()["other_ref"]} == {pair["one_ref"], pair["other_ref"]}
    assert settled.json()["kind"].startswith("different_")
    assert client.delete(f"{VERDICTS}/{settled.json()['verdict_id']}").status_code == 204
    unknown = client.post(f"{QUEUE}/P0", json=answer)
    assert unknown.status_code == 404
    assert client.post(f"{QUEUE}/{pair['pair_id']}", json={"accept": True}).status_code == 422
