"""Topics here are the library's own: what a contact is about decides tier and team."""

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from rules.loading.topics import Topics, load_topics
from tests.triage.store.builders import a_referral
from tests.triage.test_settings import SHIPPED, settings_of
from triage.referrals.contact_referrals import Caller, open_for_contact, team_of

DAY = date(2026, 10, 30)
CALLER = Caller(contact_id="C1", household_id="H1", ward="Park", received_on=DAY)


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_topics(Path(str(files("rules") / "library")))


def test_the_resident_of_the_strategy_has_one_issue_referred_and_three_handled(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    issues = [
        topics.topic(name)
        for name in ("planning_application", "council_tax_bill", "benefit_claim", "struggling_family")
    ]
    assert [issue.tier for issue in issues] == [0, 1, 2, 3]
    assert issues[0].channel == "online"
    opened = open_for_contact(issues, CALLER, [], settings)
    assert [(each.team, each.household_id) for each in opened.new] == [("neighbourhood-park", "H1")]


def test_a_full_team_defers_all_but_statutory_cases(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    full = [a_referral(f"F{n}", household_id=f"X{n}", opened_on=DAY) for n in range(5)]
    opened = open_for_contact([topics.topic("struggling_family")], CALLER, full, settings)
    assert opened.new == ()
    assert "2 November 2026" in opened.deferred["neighbourhood-park"]
    duty = topics.topic("homelessness")
    team = team_of(duty, CALLER, settings)
    full = [a_referral(f"F{n}", household_id=f"X{n}", team=team, opened_on=DAY) for n in range(50)]
    assert [each.statutory for each in open_for_contact([duty], CALLER, full, settings).new] == [True]


def test_a_household_in_the_queue_already_keeps_its_place(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    standing = [a_referral("F7", household_id="H1", opened_on=date(2026, 9, 1))]
    opened = open_for_contact([topics.topic("struggling_family")], CALLER, standing, settings)
    assert opened.new == ()
    assert opened.by_team["neighbourhood-park"] == "F7"


def test_a_duty_is_not_swallowed_by_what_the_team_has_already(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    earlier = open_for_contact([topics.topic("adult_social_care")], CALLER, [], settings).new
    later = replace(CALLER, contact_id="C2")
    opened = open_for_contact([topics.topic("child_safeguarding")], later, earlier, settings)
    (duty,) = opened.grown
    assert opened.new == ()
    assert opened.by_team[duty.team] == duty.referral_id == earlier[0].referral_id
    assert (duty.statutory, duty.priority, duty.due_on) == (True, 1, DAY)
    assert duty.reasons == f"{earlier[0].reasons}; in contact about: {title(topics, 'child_safeguarding')}"


def test_an_issue_told_again_among_others_is_named_once(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    both = [topics.topic("homelessness"), topics.topic("adult_social_care")]
    (first,) = open_for_contact(both[:1], CALLER, [], settings).new
    grown = replace(first, reasons=f"in contact about: {both[0].title.lower()}, {both[1].title.lower()}")
    again = open_for_contact(both[:1], replace(CALLER, contact_id="C2"), [grown], settings)
    assert all(each.reasons == grown.reasons for each in again.grown)


def test_a_second_call_about_the_same_thing_changes_nothing(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    issue = topics.topic("homelessness")
    first = open_for_contact([issue], CALLER, [], settings).new
    tomorrow = replace(CALLER, contact_id="C2", received_on=DAY + timedelta(days=1))
    again = open_for_contact([issue], tomorrow, first, settings)
    assert (again.new, again.grown) == ((), ())
    assert again.by_team[first[0].team] == first[0].referral_id


def title(topics: Topics, topic_id: str) -> str:
    return topics.topic(topic_id).title.lower()


def test_someone_whose_household_is_not_known_can_still_be_referred(topics, tmp_path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    unknown = Caller(contact_id="C2", household_id=None, ward=None, received_on=DAY)
    standing = [a_referral("F7", household_id=None, team="neighbourhood")]
    opened = open_for_contact([topics.topic("struggling_family")], unknown, standing, settings)
    assert [(each.team, each.household_id) for each in opened.new] == [("neighbourhood", None)]
