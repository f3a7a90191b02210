"""What would change a rule's answer: single facts at their nearest telling value, true by the reference."""

from datetime import date
from pathlib import Path

import pytest

import rules
from rules import explain, judge, load_rulebook
from rules.language.model import Case, Rule
from rules.language.vocabulary import Outcome
from rules.telling.what_if import what_would_change

RULEBOOK = load_rulebook(Path(rules.__file__).parent / "library")
AS_OF = date(2026, 10, 31)
BEHIND = {"council_tax.liable": True, "council_tax.missed_instalments_3m": 2, "rent.tenant": True}


def changes(rule: str, given: dict, as_of: date = AS_OF) -> dict[str, str]:
    found = what_would_change(RULEBOOK.rule(rule), given, rulebook=RULEBOOK, as_of=as_of)
    return {each.name: each.instead for each in found}


def test_the_nearest_value_of_a_threshold_is_told_for_the_fact_that_alone_decides() -> None:
    assert changes("R06", BEHIND | {"rent.weeks_in_arrears": 1}) == {"rent.weeks_in_arrears": "2 weeks"}


def test_each_fact_that_would_undo_a_met_rule_is_told() -> None:
    assert changes("R06", BEHIND | {"rent.weeks_in_arrears": 9}) == {
        "council_tax.liable": "no",
        "council_tax.missed_instalments_3m": "1 payment",
        "rent.tenant": "no",
        "rent.weeks_in_arrears": "1 week",
    }


def test_where_only_several_facts_together_would_do_there_is_none() -> None:
    given = BEHIND | {"rent.weeks_in_arrears": 0, "council_tax.missed_instalments_3m": 0}
    assert changes("R06", given) == {}


def test_a_date_is_told_by_the_day_that_would_do() -> None:
    given = {"rent.possession_date_set": True, "rent.possession_date": date(2027, 2, 1)}
    assert changes("R17-date", given) == {"rent.possession_date": "26 December 2026"}


def test_a_stage_is_told_by_the_nearest_that_would_do() -> None:
    given = {"council_tax.reduction": True, "council_tax.stage": "reminder_1"}
    assert changes("R03", given) == {"council_tax.stage": "liability order"}


def test_of_what_is_not_known_there_is_something_to_ask_and_nothing_to_change() -> None:
    explained = explain(RULEBOOK.rule("R06"), BEHIND, rulebook=RULEBOOK, as_of=AS_OF, changes=True)
    assert explained.ask
    assert explained.changes == ()


def test_the_explanation_says_it_in_plain_english() -> None:
    explained = explain(
        RULEBOOK.rule("R06"),
        BEHIND | {"rent.weeks_in_arrears": 1},
        rulebook=RULEBOOK,
        as_of=AS_OF,
        changes=True,
    )
    assert "  would be met if whole weeks of rent owed: 2 weeks (now 1 week)" in list(explained.lines())
    assert explained.as_json()["changes"][0]["instead"] == "2 weeks"


CASES = [
    pytest.param(rule, case, id=f"{rule.id}-{case.place.line}")
    for rule in RULEBOOK.rules[::4]
    for case in rule.cases
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_every_change_of_the_library_cases_is_true_and_of_one_fact(rule: Rule, case: Case) -> None:
    before = judge(rule, case.given, rulebook=RULEBOOK, as_of=case.as_of).outcome
    for change in what_would_change(rule, case.given, rulebook=RULEBOOK, as_of=case.as_of):
        assert change.outcome is not before
        assert change.outcome is not Outcome.NOT_KNOWN
        assert change.now != change.instead
