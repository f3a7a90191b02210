"""A key that is made for one team sees that team's queue alone."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from smart_record.purposes import Purpose
from triage.actions.list_keys import list_keys
from triage.actions.list_referrals import ListedReferral, list_referrals
from triage.actions.make_key import make_key
from triage.audit import Actor
from triage.council import Council
from triage.errors import TeamNotFound
from triage.roles import Role

CHIEF = Actor(name="chief", purpose=Purpose.WELFARE_SUPPORT)
HELP = {"role": Role.VIEWER, "purpose": Purpose.WELFARE_SUPPORT, "actor": CHIEF}


@pytest.fixture(scope="module")
def waiting(council: Council) -> list[ListedReferral]:
    """Every team's referrals."""
    found = list_referrals(council, team=None, actor=CHIEF)
    assert len({each.team for each in found}) > 1
    return found


@pytest.fixture(scope="module")
def team(waiting: list[ListedReferral]) -> str:
    return min(each.team for each in waiting if each.team.startswith("neighbourhood"))


@pytest.fixture(scope="module")
def team_screen(council: Council, team: str) -> TestClient:
    key = make_key(council, "team screen", team=team, **HELP).secret
    return TestClient(create_app(council), headers={"Authorization": f"Bearer {key}"})


def test_it_sees_its_own_queue_and_no_other(team_screen, team, waiting) -> None:
    own = {each.referral_id for each in waiting if each.team == team}
    for asked in ({}, {"team": team}):
        answer = team_screen.get("/api/v1/referrals", params=asked)
        assert {each["referral_id"] for each in answer.json()} == own
    other = next(each.team for each in waiting if each.team != team)
    refused = team_screen.get("/api/v1/referrals", params={"team": other})
    assert (refused.status_code, refused.json()["title"]) == (403, "TeamRefused")
    assert team in refused.json()["detail"]
    assert "triage keys make" in refused.json()["detail"]


def test_of_a_household_it_sees_the_referral_to_its_team_alone(team_screen, team, waiting) -> None:
    of_households = [each for each in waiting if each.household_id is not None]
    own = next(each for each in of_households if each.team == team)
    other = next(each for each in of_households if each.team != team)
    for each in (own, other):
        seen = team_screen.get(f"/api/v1/households/{each.household_id}").json()["referrals"]
        assert (each.referral_id in {one["referral_id"] for one in seen}) is (each is own)


def test_the_list_of_keys_says_which_team_one_is_for(council, team_screen, team) -> None:
    keys = {each.key.name: each.key.team for each in list_keys(council, actor=CHIEF)}
    assert keys["team screen"] == team
    assert keys["first key"] is None


def test_a_key_for_a_team_that_is_not_there_is_refused(council) -> None:
    with pytest.raises(TeamNotFound, match="There is no such team"):
        make_key(council, "nobody", team="nowhere", **HELP)
    assert "nobody" not in {each.key.name for each in list_keys(council, actor=CHIEF)}
