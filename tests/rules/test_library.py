"""The rule library: every case beside every rule, and what must hold of the whole."""

from datetime import date
from pathlib import Path

import pytest

import rules
from rules import load_rulebook
from rules.checks import check
from rules.errors import Severity
from rules.model import Case, Rule
from rules.reference import judge
from rules.vocabulary import Debt, InterventionClass, Outcome, RuleKind
from smart_record.purposes import Purpose

LIBRARY = Path(rules.__file__).parent / "library"
RULEBOOK = load_rulebook(LIBRARY)
AS_OF = date(2026, 10, 31)

SUGGESTIONS = [rule for rule in RULEBOOK.rules if rule.kind is RuleKind.SUGGEST]
HOLDS = [rule for rule in RULEBOOK.rules if rule.kind is RuleKind.HOLD]
HELP = {InterventionClass.SAFETY, InterventionClass.INCOME_MAXIMISATION, InterventionClass.DISCRETIONARY_CASH}


CASES = [
    pytest.param(rule, case, id=f"{rule.id}-{case.place.file}-{case.place.line}")
    for rule in RULEBOOK.rules
    for case in rule.cases
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_says_of_its_example_household_what_the_file_expects(rule: Rule, case: Case) -> None:
    found = judge(rule, case.given, rulebook=RULEBOOK, as_of=case.as_of)
    assert (found.outcome is case.expect) is not bool(case.bug), found.missing


def test_the_checks_find_no_fault() -> None:
    faults = [finding for finding in check(LIBRARY, as_of=AS_OF) if finding.severity is Severity.FAULT]
    assert faults == []


def test_the_checks_note_nothing_but_what_a_policy_lead_has_to_confirm() -> None:
    notes = [finding for finding in check(LIBRARY, as_of=AS_OF) if finding.what != "parameter"]
    assert notes == []


def test_the_strategy_is_covered_by_rules_in_force() -> None:
    in_force = {rule.id for rule in RULEBOOK.in_force(AS_OF)}
    assert len(in_force) >= 40
    triggers = "R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R17 R18 R19 R20 R21 R23 R24"
    assert set(triggers.split()) <= in_force


def test_every_measure_is_suggested_by_a_rule() -> None:
    assert set(RULEBOOK.interventions) == {rule.intervention for rule in SUGGESTIONS}


def test_every_parameter_is_read() -> None:
    read = frozenset[str]().union(*(RULEBOOK.parameters_behind(rule.when) for rule in RULEBOOK.rules))
    assert set(RULEBOOK.parameters) == read


def test_every_signal_is_used() -> None:
    texts = [rule.text for rule in RULEBOOK.rules] + [signal.text for signal in RULEBOOK.signals.values()]
    assert [name for name in RULEBOOK.signals if not any(name in text for text in texts)] == []


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_has_an_authority_and_a_case_for_each_outcome(rule: Rule) -> None:
    assert len(rule.source) > 10
    assert {case.expect for case in rule.cases} == set(Outcome)


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_has_values_for_its_parameters_from_its_first_day(rule: Rule) -> None:
    names = RULEBOOK.parameters_behind(rule.when)
    assert [
        name for name in names if RULEBOOK.parameters[name].values[0].in_force_from > rule.in_force_from
    ] == []


def test_nothing_against_a_household_can_be_suggested() -> None:
    adverse = {"M21", "M22", "M24"}  # attachment of earnings, deductions from benefits, deductions for rent
    for intervention in RULEBOOK.interventions.values():
        assert intervention.intervention_class is not InterventionClass.RECOVERY
        assert intervention.measure not in adverse
    assert Purpose.COUNCIL_TAX_RECOVERY not in {rule.purpose for rule in RULEBOOK.rules}


def test_a_hold_on_a_debt_never_stops_help() -> None:
    for hold in HOLDS:
        assert hold.suppresses is not None
        if Debt.NONE not in hold.suppresses.about:
            assert hold.suppresses.classes.isdisjoint(HELP), hold.id
    assert [hold.id for hold in HOLDS if hold.suppresses and Debt.NONE in hold.suppresses.about] == ["R23"]


def test_nothing_ever_stops_a_statutory_stop_or_keeps_a_household_from_safety() -> None:
    first = {InterventionClass.STATUTORY_STOP, InterventionClass.SAFETY}
    assert [hold.id for hold in HOLDS if hold.suppresses and hold.suppresses.classes & first] == []


def test_breathing_space_stops_what_is_about_its_debts() -> None:
    suppresses = RULEBOOK.rule("R01").suppresses
    assert suppresses is not None
    assert suppresses.classes == {InterventionClass.AFFORDABILITY, InterventionClass.RECOVERY}
    assert suppresses.about == {Debt.COUNCIL_TAX, Debt.RENT}


def test_statutory_tier_3_is_the_same_day_and_first() -> None:
    statutory = {each.id for each in RULEBOOK.interventions.values() if each.statutory and each.tier == 3}
    assert statutory == {"homelessness_prevention"}
    assert {RULEBOOK.interventions[each].within_days for each in statutory} == {0}
    urgent = [rule for rule in SUGGESTIONS if rule.intervention in statutory]
    assert {rule.id for rule in urgent} == {"R17", "R17-notice"}
    assert {(rule.priority, rule.tier, rule.purpose) for rule in urgent} == {(1, 3, Purpose.HOMELESSNESS)}


def test_tier_3_that_capacity_may_put_off_is_reached_by_two_rules_only() -> None:
    reached = {rule.id for rule in SUGGESTIONS if rule.tier == 3} - {"R17", "R17-notice"}
    assert reached == {"R20", "R21"}


def test_background_figures_wait_for_a_policy_lead() -> None:
    confirmed = {
        name for name, each in RULEBOOK.parameters.items() if any(value.confirmed for value in each.values)
    }
    assert confirmed == {
        "managed_payment_weeks",
        "managed_payment_weeks_if_underpaid",
        "managed_payment_underpaid",
    }
