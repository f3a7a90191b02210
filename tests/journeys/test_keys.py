"""A council gives an officer access, sees who has it, and takes it away."""

import json

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from triage.council import open_council


def test_an_officer_gets_a_key_uses_it_and_loses_it(night, triage, tmp_path) -> None:
    give = ("keys", "make", "front desk", "--council", night, "--role", "officer", "--purpose", "housing")
    told = triage(*give, "--days", 30).stdout
    (key,) = [line for line in told.splitlines() if line.startswith("wt_")]
    assert "Housing Act 1985" in told
    council = open_council(night)
    client = TestClient(create_app(council), headers={"Authorization": f"Bearer {key}"})
    assert client.get("/api/v1/referrals").status_code == 200
    assert "front desk has a key already" in triage(*give, exit_code=6).stderr

    listed = triage("keys", "list", "--council", night).stdout
    assert "front desk" in listed
    assert "in use" in listed
    assert key.removeprefix("wt_") not in listed
    (mine,) = [
        each
        for each in json.loads(triage("keys", "list", "--council", night, "--json").stdout)
        if each["key"]["name"] == "front desk"
    ]
    assert (mine["standing"], mine["key"]["role"]) == ("in use", "officer")

    triage("keys", "withdraw", "front desk", "--council", night)
    assert client.get("/api/v1/referrals").status_code == 401
    assert "withdrawn" in triage("keys", "list", "--council", night).stdout
    missing = triage("keys", "withdraw", "front desk", "--council", night, exit_code=6).stderr
    assert "front desk has no key in use" in missing
    council.close()


@pytest.mark.parametrize("name", ["", " ", "two\nlines", "x" * 61])
def test_a_holders_name_fits_the_audit_log(name, night, triage) -> None:
    make = ("keys", "make", name, "--council", night, "--role", "viewer", "--purpose", "housing")
    refused = triage(*make, exit_code=2)
    assert "wt_" not in refused.stdout + refused.stderr
    listed = triage("keys", "list", "--json", "--council", night).stdout
    assert name not in [each["key"]["name"] for each in json.loads(listed)]
