"""What a key's purpose lets its holder see, over HTTP and on the command line's own actions."""

import json
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from rules import load_rulebook
from smart_record.facts.declarations import CATALOGUE
from smart_record.purposes import Purpose
from tests.triage.store.builders import events_of
from triage.actions.explain_risk import explain_risk
from triage.actions.explain_rule import explain_rule
from triage.actions.export import KINDS, export
from triage.actions.make_key import make_key
from triage.audit import Actor
from triage.council import Council
from triage.errors import PurposeRefused
from triage.nights import scan_frame
from triage.roles import Role
from triage.sight import NOT_SAID, sources_for

RECOVERY = Purpose.COUNCIL_TAX_RECOVERY
CHIEF = Actor(name="chief", purpose=Purpose.WELFARE_SUPPORT)


@pytest.fixture(scope="module")
def clients(council: Council) -> dict[Purpose, TestClient]:
    keys = {
        purpose: make_key(
            council, f"for {purpose}", role=Role.DATA_OFFICER, purpose=purpose, actor=CHIEF
        ).secret
        for purpose in Purpose
    }
    return {
        purpose: TestClient(create_app(council), headers={"Authorization": f"Bearer {key}"})
        for purpose, key in keys.items()
    }


@pytest.fixture(scope="module")
def links(council: Council) -> pl.DataFrame:
    return scan_frame(council.nights / "2026-10-31.1", "links").collect()


@pytest.fixture(scope="module")
def household(links: pl.DataFrame, council: Council) -> str:
    """One with records in all three systems, and most suggestions."""
    of = links.group_by("household_id").agg(pl.col("source").n_unique())
    counts = (
        scan_frame(council.nights / "2026-10-31.1", "suggestions").collect().group_by("household_id").len()
    )
    wanted = of.filter(pl.col("source") >= 3).join(counts, on="household_id")
    return wanted.sort("len", "household_id", descending=True)["household_id"][0]


def view(client: TestClient, household: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/households/{household}")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("purpose", Purpose)
def test_no_purpose_shows_a_fact_record_or_reason_that_it_does_not_allow(
    purpose, clients, links, household, council
) -> None:
    whole, seen = view(clients[Purpose.WELFARE_SUPPORT], household), view(clients[purpose], household)
    assert all(purpose in CATALOGUE[fact["name"]].purposes for fact in seen["facts"])
    rulebook = load_rulebook(council.rules)
    hidden = {rule.id for rule in rulebook.rules if purpose not in rulebook.purposes_behind(rule)}
    assert hidden.isdisjoint(rule["rule_id"] for rule in seen["rules"])
    reasons = [rule["because"] for rule in whole["rules"] if rule["rule_id"] in hidden and rule["because"]]
    said = json.dumps(seen)
    assert not [reason for reason in reasons if reason in said]
    systems = {record["source"] for member in seen["members"] for record in member["records"]}
    assert systems <= {"council_tax", "benefits", "benefits_dependants", "rent"}
    for source, record_ref in links.filter(pl.col("household_id") == household)[
        "source", "record_ref"
    ].rows():
        allowed = purpose.value in {
            "council_tax": {"council_tax", "council_tax_recovery", "benefits"},
            "rent": {"benefits", "housing"},
        }.get(source, {"benefits"}) | {"welfare_support", "homelessness", "debt_respite"}
        assert (record_ref in said) == allowed
    assert (seen["shown_for"] == "") == (purpose in {"welfare_support", "homelessness", "debt_respite"})
    assert (seen == whole | {"shown_for": seen["shown_for"]}) == (seen["shown_for"] == "")


def test_recovery_still_sees_its_own_debt_and_every_hold(clients, household) -> None:
    seen = view(clients[RECOVERY], household)
    assert {"council_tax.arrears", "holds.breathing_space"} <= {fact["name"] for fact in seen["facts"]}
    assert "R01" in {rule["rule_id"] for rule in seen["rules"]}
    assert seen["risk"] is None
    assert "Enforcement" in seen["shown_for"]


def test_a_household_of_another_systems_records_alone_is_not_shown(clients, links) -> None:
    tenants = links.filter(pl.col("source") == "rent").select("household_id")
    others = links.join(tenants, on="household_id", how="anti")["household_id"].sort()
    answer = clients[Purpose.HOUSING].get(f"/api/v1/households/{others[0]}")
    assert answer.status_code == 403
    assert answer.json()["title"] == "PurposeRefused"


def test_a_contact_and_a_what_if_show_no_more_than_the_household(clients, household) -> None:
    seen = {each["intervention"] for each in view(clients[RECOVERY], household)["suggestions"]}
    contact = {"household_id": household, "issues": [{"topic": "council_tax_bill"}]}
    taken = clients[RECOVERY].post("/api/v1/contacts", json=contact).json()
    assert {each["intervention"] for each in taken["suggestions"]} <= seen
    path = f"/api/v1/households/{household}/what-if"
    said = {"said": [{"name": "benefits.universal_credit", "value": "yes"}]}
    refused = clients[RECOVERY].post(path, json=said)
    assert refused.status_code == 403
    assert "benefits.universal_credit may not be used for council_tax_recovery" in refused.json()["detail"]
    said = {"said": [{"name": "council_tax.arrears", "value": "£900"}]}
    answer = clients[RECOVERY].post(path, json=said).json()
    whole = clients[Purpose.WELFARE_SUPPORT].post(path, json=said).json()
    fewer = {each["intervention"] for each in answer["suggestions"]}
    assert fewer < {each["intervention"] for each in whole["suggestions"]}


@pytest.mark.parametrize("path", ["/links/review", "/links/addresses", "/referrals"])
def test_links_and_queues_are_not_for_recovery(path, clients) -> None:
    assert clients[RECOVERY].get(f"/api/v1{path}").status_code == 403
    assert clients[Purpose.HOMELESSNESS].get(f"/api/v1{path}").status_code == 200


def test_a_verdict_is_withdrawn_by_nobody_who_may_not_see_the_rows(clients) -> None:
    verdict = "/api/v1/links/verdicts/999"
    assert clients[RECOVERY].delete(verdict).json()["title"] == "PurposeRefused"
    missing = clients[Purpose.HOMELESSNESS].delete(verdict)
    assert "triage links verdicts" in missing.json()["detail"]


def test_a_queues_reasons_are_told_to_who_may_see_what_they_rest_on(clients) -> None:
    housing = clients[Purpose.HOUSING].get("/api/v1/referrals").json()
    help_ = clients[Purpose.WELFARE_SUPPORT].get("/api/v1/referrals").json()
    assert [each["referral_id"] for each in housing] == [each["referral_id"] for each in help_]
    assert {each["reasons"] for each in housing} == {"not said for this purpose"}
    assert "not said for this purpose" not in {each["reasons"] for each in help_}


def test_the_command_lines_looks_are_limited_alike(council, household, tmp_path) -> None:
    actor = Actor(name="officer", purpose=RECOVERY)
    for kind in KINDS:
        if kind != "facts":
            with pytest.raises(PurposeRefused):
                export(council, kind, tmp_path / f"{kind}.csv", actor=actor)
    export(council, "facts", tmp_path / "facts.parquet", actor=actor)
    columns = pl.read_parquet(tmp_path / "facts.parquet").columns
    assert "council_tax__arrears" in columns
    assert not [name for name in columns if name.startswith(("benefits__", "rent__"))]
    before = len(events_of_household(council, household))
    with pytest.raises(PurposeRefused, match="What rule R05 reads"):
        explain_rule(council, council.rules, "R05", household, actor=actor)
    with pytest.raises(PurposeRefused):
        explain_risk(council, household, actor=actor)
    assert len(events_of_household(council, household)) == before


@pytest.mark.parametrize("purpose", [Purpose.COUNCIL_TAX, Purpose.COUNCIL_TAX_RECOVERY, Purpose.HOUSING])
def test_a_rule_is_explained_without_the_records_of_other_systems(purpose, council, links, household) -> None:
    rulebook = load_rulebook(council.rules)
    hidden = set(links.filter(~pl.col("source").is_in(sources_for(purpose)))["record_ref"])
    actor = Actor(name="officer", purpose=purpose)
    told = [
        record
        for rule in rulebook.rules
        if purpose in rulebook.purposes_behind(rule)
        for fact in explain_rule(council, council.rules, rule.id, household, actor=actor).evidence
        for record in fact.records
    ]
    assert [record for record in told if record.rpartition(" ")[2] in hidden] == []
    assert f"any record of another system: {NOT_SAID}" in told
    assert len(set(told)) > 1


def events_of_household(council: Council, household: str) -> list[Any]:
    with council.engine.begin() as connection:
        return events_of(connection, household)
