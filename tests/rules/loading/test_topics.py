from pathlib import Path

import pytest

import rules
from rules.checking.checks import check
from rules.errors import Fault, RulebookInvalid, RulesMissing, Severity
from rules.language.vocabulary import Channel
from rules.loading.topics import FILE, Topics, TopicUnknown, load_topics
from tests.rules.builders import AS_OF, write_rules
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS

LIBRARY = Path(rules.__file__).parent / "library"

ONE = """\
topics:
  - id: planning_application
    title: Planning application
    tier: 0
    team: customer_services
    channel: online
    next_step: Send the link to the planning portal.
    within_days: 0
"""


@pytest.fixture(scope="module")
def library() -> Topics:
    return load_topics(LIBRARY)


def written(directory: Path, text: str) -> Path:
    (directory / FILE).write_text(text, encoding="utf-8")
    return directory


@pytest.mark.parametrize(
    ("topic_id", "tier", "team"),
    [
        ("planning_application", 0, "customer_services"),
        ("bin_collection", 0, "customer_services"),
        ("parking", 0, "customer_services"),
        ("moving_home", 0, "revenues_benefits"),
        ("free_school_meals", 0, "education"),
        ("council_tax_bill", 1, "revenues_benefits"),
        ("rent_arrears", 1, "income"),
        ("blue_badge", 1, "customer_services"),
        ("bereavement", 1, "customer_services"),
        ("food_or_fuel_crisis", 1, "welfare_support"),
        ("benefit_claim", 2, "revenues_benefits"),
        ("council_tax_reduction", 2, "revenues_benefits"),
        ("debt_advice", 2, "advice_partner"),
        ("struggling_family", 3, "neighbourhood"),
        ("adult_social_care", 3, "social_care"),
        ("homelessness", 3, "housing_solutions"),
        ("child_safeguarding", 3, "social_care"),
        ("domestic_abuse", 3, "housing_solutions"),
    ],
)
def test_an_issue_goes_to_its_own_tier_and_team(library: Topics, topic_id: str, tier: int, team: str) -> None:
    topic = library.topic(topic_id)
    assert (topic.tier, str(topic.team)) == (tier, team)


def test_what_residents_can_do_themselves_is_online(library: Topics) -> None:
    assert {topic.channel for topic in library.by_id.values() if topic.tier == 0} == {Channel.ONLINE}


def test_statutory_issues_are_tier_3_and_the_same_day(library: Topics) -> None:
    statutory = {topic.id: topic for topic in library.by_id.values() if topic.statutory}
    assert set(statutory) == {"homelessness", "child_safeguarding", "adult_safeguarding", "domestic_abuse"}
    assert {(topic.tier, topic.within_days) for topic in statutory.values()} == {(3, 0)}


def test_someone_in_danger_at_home_is_reached_only_in_a_safe_way(library: Topics) -> None:
    assert "safe" in library.topic("domestic_abuse").next_step
    assert "No letters" in library.topic("domestic_abuse").next_step


def test_food_or_fuel_running_out_has_48_hours(library: Topics) -> None:
    assert library.topic("food_or_fuel_crisis").within_days == 2


def test_an_unknown_topic_names_the_nearest(library: Topics) -> None:
    with pytest.raises(TopicUnknown, match="did you mean homelessness"):
        library.topic("homelesness")


def test_a_file_saved_on_windows_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbf" + ONE.replace("\n", "\r\n").encode())
    assert list(load_topics(tmp_path).by_id) == ["planning_application"]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("tier: 0", "tier: 4", "line 4 column 11", "outside 0 to 3"),
        ("customer_services", "custommer_services", "line 5 column 11", "did you mean customer_services"),
        ("online", "carrier pigeon", "line 6 column 14", "carrier pigeon is not one of"),
        ("within_days: 0", "within_days: soon", "line 8 column 18", "soon is not a whole number"),
        ("within_days: 0", "within_days: 0\n    purpose: housing", "line 9 column 5", "no key purpose"),
        ("    title: Planning application\n", "", "line 2 column 5", "title is missing"),
        ("title:", "titel:", "line 3 column 5", "did you mean title"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    with pytest.raises(RulebookInvalid) as caught:
        load_topics(written(tmp_path, ONE.replace(old, new)))
    assert place in str(caught.value)
    assert message in str(caught.value)


def test_the_check_of_a_rules_directory_tells_the_faults_of_its_topics(tmp_path: Path) -> None:
    write_rules(written(tmp_path, ONE.replace("tier: 0", "tier: 4")), a=INTERVENTIONS + PARAMETERS)
    told = [(each.file, each.line, each.rule_id) for each in check(tmp_path, as_of=AS_OF) if is_fault(each)]
    assert told == [(FILE, 4, "planning_application")]


def test_topics_in_another_file_are_not_passed_over(tmp_path: Path) -> None:
    write_rules(tmp_path, more=ONE, a=INTERVENTIONS + PARAMETERS)
    (told,) = [each for each in check(tmp_path, as_of=AS_OF) if is_fault(each)]
    assert (told.file, told.line) == ("more.yaml", 2)
    assert told.message == "topics stand in topics.yaml and in no other file; move them there"


def is_fault(each: Fault) -> bool:
    return each.severity is Severity.FAULT


def test_topics_that_are_not_utf_8_are_a_fault_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(ONE.replace("Planning", "Pl\xe4nning").encode("latin-1"))
    with pytest.raises(RulebookInvalid, match="line 3 is not UTF-8 text"):
        load_topics(tmp_path)


def test_a_topic_declared_twice_is_a_fault_that_names_the_first(tmp_path: Path) -> None:
    with pytest.raises(RulebookInvalid, match="already a topic, on line 2"):
        load_topics(written(tmp_path, ONE + ONE.removeprefix("topics:\n")))


@pytest.mark.parametrize("text", ["", "topics:\n", "topics: []\n", "routes: []\n"])
def test_a_file_without_topics_is_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulebookInvalid):
        load_topics(written(tmp_path, text))


def test_a_directory_without_topics_says_where_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(RulesMissing, match="triage init"):
        load_topics(tmp_path)
