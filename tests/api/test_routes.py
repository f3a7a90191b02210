from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.errors import STATUS
from triage.council import Council
from triage.nights import read_frame
from triage.store.tables import audit_events, contact_issues


def a_household(council: Council) -> tuple[str, str]:
    """A household with a ward and an open suggestion, and its ward."""
    night = next(council.nights.glob("2026*"))
    known = read_frame(night, "households").filter(pl.col("ward").is_not_null())
    row = (
        read_frame(night, "suggestions")
        .join(known, on="household_id")
        .sort("household_id")
        .row(0, named=True)
    )
    return row["household_id"], row["ward"]


def lines_of(council: Council, household_id: str) -> list[str]:
    with council.engine.begin() as connection:
        return list(
            connection.scalars(
                sa.select(audit_events.c.action)
                .where(audit_events.c.household_id == household_id)
                .order_by(audit_events.c.event_id)
            )
        )


def test_health_needs_no_key_and_says_how_old_the_night_is(stranger: TestClient) -> None:
    answer = stranger.get("/api/v1/health")
    assert answer.json() == {"status": "ok", "as_of": "2026-10-31", "night_id": "2026-10-31.1"}


def test_every_other_route_needs_a_key(stranger: TestClient) -> None:
    paths = stranger.get("/api/v1/openapi.json").json()["paths"]
    tried = 0
    for path, methods in paths.items():
        for method in methods:
            if path.endswith("/health"):
                continue
            answer = stranger.request(
                method, path.replace("{household_id}", "H1"), json={"issues": [{"topic": "x"}]}
            )
            assert answer.status_code == 401, path
            assert answer.headers["content-type"] == "application/problem+json"
            tried += 1
    assert tried >= 3
    assert stranger.get("/api/v1/referrals", headers={"Authorization": "Bearer wt_no"}).status_code == 401


def test_a_household_is_explained_and_the_look_is_in_the_audit_log(client, council) -> None:
    household_id, ward = a_household(council)
    before = len(lines_of(council, household_id))
    answer = client.get(f"/api/v1/households/{household_id}")
    assert answer.status_code == 200
    body = answer.json()
    assert body["ward"] == ward
    assert body["suggestions"]
    assert body["members"]
    assert body["note"] == "This suggests; a person decides."
    assert lines_of(council, household_id)[before:] == ["view_household"]


def test_a_next_step_comes_with_the_holds_that_are_not_known_and_what_to_ask(client, council) -> None:
    facts = read_frame(next(council.nights.glob("2026*")), "facts")
    behind = facts.filter(
        (pl.col("council_tax__stage") == "reminder_1") & pl.col("holds__claim_waiting").is_null()
    )
    body = client.get(f"/api/v1/households/{behind['household_id'].min()}").json()
    (tax,) = [each for each in body["standings"] if each["ladder"] == "council_tax_recovery"]
    assert tax["begun"]
    assert tax["next_steps"]
    waits = {each["rule_id"]: each["ask"] for each in tax["undecided_holds"]}
    assert waits["R02-claim"] == ["a benefit or reduction claim waits for a decision"]


def test_an_unknown_household_is_a_problem_in_words(client: TestClient) -> None:
    answer = client.get("/api/v1/households/H0")
    assert answer.status_code == 404
    assert answer.json()["title"] == "HouseholdNotFound"
    assert "triage export households" in answer.json()["detail"]


TYPED = "Zebedee Quill, 1 Far Row"
WAYS = {
    "a household": ("GET", f"households/{TYPED}", {}),
    "a what-if": (
        "POST",
        f"households/{TYPED}/what-if",
        {"json": {"said": [{"name": "rent.tenant", "value": "yes"}]}},
    ),
    "a contact": (
        "POST",
        "contacts",
        {"json": {"household_id": TYPED, "issues": [{"topic": "council_tax_bill"}]}},
    ),
    "a household's questions": ("GET", "links/review", {"params": {"household_id": TYPED}}),
    "a team": ("GET", "referrals", {"params": {"team": TYPED}}),
    "a ward's team": ("GET", "referrals", {"params": {"team": f"neighbourhood-{TYPED}"}}),
    "a question": ("POST", f"links/review/{TYPED}", {"json": {"accept": True, "reason": "x"}}),
    "a row": (
        "POST",
        "links/explain",
        {
            "json": {
                side: {"source": "rent", "record_ref": TYPED, "role": "tenant"} for side in ("one", "other")
            }
        },
    ),
    "a verdict": (
        "POST",
        "links/verdicts",
        {
            "json": {"kind": "same_household", "reason": "x", "source": "rent", "record_ref": TYPED}
            | {"other_source": "rent", "other_record_ref": "1"}
        },
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_typed_for_an_id_is_neither_repeated_nor_kept(client: TestClient, council, way: str) -> None:
    method, path, sent = WAYS[way]
    answer = client.request(method, f"/api/v1/{path}", **sent)
    assert answer.status_code == 404, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert not [word for word in ("Zebedee", "Quill", "Far Row") if word in answer.text]
    with council.engine.begin() as connection:
        lines = connection.execute(sa.select(audit_events.c.subject, audit_events.c.household_id))
        assert not [line for line in lines if "Zebedee" in str(line)]


def test_the_resident_of_the_strategy_gets_four_routes_and_one_referral(client, council) -> None:
    household_id, ward = a_household(council)
    topics = ("planning_application", "council_tax_bill", "benefit_claim", "struggling_family")
    contact = {"household_id": household_id, "issues": [{"topic": topic} for topic in topics]}
    answer = client.post("/api/v1/contacts", json=contact)
    assert answer.status_code == 201, answer.text
    body = answer.json()
    issues = body["issues"]
    assert [issue["tier"] for issue in issues] == [0, 1, 2, 3]
    assert issues[0]["channel"] == "online"
    assert [issue["referral_id"] is not None for issue in issues] == [False, False, False, True]
    assert ward.split()[0].lower() in issues[3]["team"]
    assert all(issue["next_step"] and issue["due_on"] for issue in issues)
    assert {each["intervention"] for each in body["suggestions"]}
    queue = client.get("/api/v1/referrals", params={"team": issues[3]["team"]}).json()
    assert household_id in {each["household_id"] for each in queue}
    assert issues[3]["referral_id"] in {each["referral_id"] for each in queue}
    assert {"open_referral", "take_contact"} <= set(lines_of(council, household_id))
    with council.engine.begin() as connection:
        stored = connection.scalars(
            sa.select(contact_issues.c.topic).where(contact_issues.c.contact_id == body["contact_id"])
        )
        assert set(stored) == set(topics)


def test_an_unknown_topic_is_told_with_the_nearest_one(client: TestClient) -> None:
    answer = client.post("/api/v1/contacts", json={"issues": [{"topic": "council_tax_bil"}]})
    assert answer.status_code == 422
    assert "council_tax_bill" in answer.json()["detail"]


def test_a_request_that_does_not_fit_is_told_without_repeating_what_was_sent(client: TestClient) -> None:
    answer = client.post("/api/v1/contacts", json={"issues": [], "name": "Zebedee"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "issues" in answer.json()["detail"]
    assert "Zebedee" not in answer.text


def test_an_unknown_team_is_told_with_those_there_are(client: TestClient) -> None:
    answer = client.get("/api/v1/referrals", params={"team": "neighborhood"})
    assert answer.status_code == 404
    assert "housing_solutions" in answer.json()["detail"]


def test_the_description_is_openapi_3_1_and_knows_every_refusal(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    refusals = {status for _, status in STATUS if status < 500} | {413, 422, 503}
    for path, methods in described["paths"].items():
        if path.endswith("/health"):
            continue
        wanted = refusals - (set() if "/links" in path else {409})
        for method, told in methods.items():
            answers = {int(status) for status in told["responses"]}
            assert wanted - {400} <= answers, (method, path)
            assert "StoreBusy" in told["responses"]["503"]["description"], (method, path)


def test_a_safeguarding_call_is_no_footnote_of_an_earlier_one(client: TestClient, council: Council) -> None:
    household_id, _ = a_household(council)

    def call(topic: str) -> dict[str, Any]:
        contact = {"household_id": household_id, "issues": [{"topic": topic}]}
        return client.post("/api/v1/contacts", json=contact).json()["issues"][0]

    care, child, again = (
        call(topic) for topic in ("adult_social_care", "child_safeguarding", "child_safeguarding")
    )
    assert care["team"] == child["team"]
    assert care["referral_id"] == child["referral_id"] == again["referral_id"]
    queue = client.get("/api/v1/referrals", params={"team": child["team"]}).json()
    (duty,) = [each for each in queue if each["referral_id"] == child["referral_id"]]
    assert (duty["statutory"], duty["due_on"]) == (True, child["due_on"])
    assert duty["reasons"].count("in contact about") == 2
    assert lines_of(council, household_id).count("grow_referral") == 1
