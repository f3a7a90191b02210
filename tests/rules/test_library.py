"""The rule library: every case beside every rule, and what must hold of the whole."""

from datetime import date
from pathlib import Path

import pytest

import rules
from rules import load_rulebook
from rules.checking.checks import check
from rules.errors import Severity
from rules.language.model import Case, Rule
from rules.language.vocabulary import AGAINST_THE_HOUSEHOLD, Debt, InterventionClass, Outcome, RuleKind
from rules.meaning.reference import judge
from smart_record.facts.declarations import CATALOGUE
from smart_record.purposes import Purpose

LIBRARY = Path(rules.__file__).parent / "library"
RULEBOOK = load_rulebook(LIBRARY)
AS_OF = date(2026, 10, 31)

SUGGESTIONS = [rule for rule in RULEBOOK.rules if rule.kind is RuleKind.SUGGEST]
HOLDS = [rule for rule in RULEBOOK.rules if rule.kind is RuleKind.HOLD]
AT_ONCE = {"R17", "R17-date", "R17-notice", "R17-referred"}
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
    found = check(LIBRARY, as_of=AS_OF)
    notes = [finding for finding in found if finding.what not in {"parameter", "ladder"}]
    assert notes == []


def test_the_strategy_is_covered_by_rules_in_force() -> None:
    in_force = {rule.id for rule in RULEBOOK.in_force(AS_OF)}
    assert len(in_force) >= 85
    assert {f"R{number:02}" for number in range(1, 26)} <= in_force


def test_the_toolbox_is_whole() -> None:
    measures = {each.measure for each in RULEBOOK.interventions.values()}
    assert {f"M{number}" for number in range(1, 33)} <= measures


def test_every_intervention_but_those_against_a_household_is_suggested_by_a_rule() -> None:
    suggested = {rule.intervention for rule in SUGGESTIONS}
    assert RULEBOOK.interventions.keys() - suggested == {
        "attachment_of_earnings",
        "deduction_from_benefits",
        "deduction_for_rent",
    }


def test_every_parameter_is_read() -> None:
    read = frozenset[str]().union(*(RULEBOOK.parameters_behind(rule.when) for rule in RULEBOOK.rules))
    for_officers = {name for name, each in RULEBOOK.parameters.items() if each.reference}
    assert set(RULEBOOK.parameters) == read | for_officers
    assert read & for_officers == set()


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
    for intervention in RULEBOOK.interventions.values():
        against = intervention.intervention_class is InterventionClass.RECOVERY
        assert (intervention.measure in AGAINST_THE_HOUSEHOLD) is against
        assert not against or intervention.id not in {rule.intervention for rule in SUGGESTIONS}
    assert Purpose.COUNCIL_TAX_RECOVERY not in {rule.purpose for rule in RULEBOOK.rules}


def test_a_hold_on_a_debt_never_stops_help() -> None:
    for hold in HOLDS:
        assert hold.suppresses is not None
        if Debt.NONE not in hold.suppresses.about:
            assert hold.suppresses.classes.isdisjoint(HELP), hold.id
    for_all = [hold.id for hold in HOLDS if hold.suppresses and Debt.NONE in hold.suppresses.about]
    assert for_all == ["R23", "R39"]


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
    assert statutory == {"homelessness_prevention", "duty_to_refer_answer"}
    assert {RULEBOOK.interventions[each].within_days for each in statutory} == {0}
    urgent = [rule for rule in SUGGESTIONS if rule.intervention in statutory]
    assert {rule.id for rule in urgent} == AT_ONCE
    assert {(rule.priority, rule.tier, rule.purpose) for rule in urgent} == {(1, 3, Purpose.HOMELESSNESS)}


def test_tier_3_that_capacity_may_put_off_is_reached_by_few_rules() -> None:
    reached = {rule.id for rule in SUGGESTIONS if rule.tier == 3} - AT_ONCE
    assert reached == {"R20", "R20-contact", "R21", "R21-refused"}


def test_background_figures_wait_for_a_policy_lead() -> None:
    values = [dated for each in RULEBOOK.parameters.values() for dated in each.values]
    assert [each.source for each in values if each.confirmed and "background" in each.source] == []
    assert [each.source for each in values if each.confirmed and "local policy" in each.source] == []
    noted = {each.rule_id for each in check(LIBRARY, as_of=AS_OF) if each.what == "parameter"}
    unconfirmed = {name for name, each in RULEBOOK.parameters.items() if not each.values[-1].confirmed}
    assert unconfirmed <= noted


def test_the_ladders_are_those_of_the_catalogue_and_end_where_it_ends() -> None:
    for name, fact in (("council_tax_recovery", "council_tax.stage"), ("rent_possession", "rent.stage")):
        ladder = RULEBOOK.ladders[name]
        assert ladder.fact == fact
        assert tuple(step.stage for step in ladder.on(AS_OF).steps) == CATALOGUE[fact].choices


def test_the_vulnerability_gate_stands_before_every_step_to_court_or_agent() -> None:
    steps = RULEBOOK.ladders["council_tax_recovery"].on(AS_OF).steps
    before = [step.stage for step in steps if {"summons", "enforcement_agent"} & set(step.leads_to)]
    assert before
    gate = RULEBOOK.rule("R02")
    for stage in before:
        given = {"council_tax.arrears": 1, "council_tax.stage": stage, "holds.vulnerable": True}
        assert judge(gate, given, rulebook=RULEBOOK, as_of=AS_OF).outcome is Outcome.MET, stage


@pytest.mark.parametrize(
    ("stage", "since", "expected"),
    [
        (
            "summons",
            date(2026, 10, 20),
            (("liability_order", date(2026, 11, 3)), ("bill", date(2026, 11, 3))),
        ),
        ("reminder_2", None, (("final_notice", None), ("summons", None), ("bill", None))),
    ],
)
def test_a_ladder_says_what_may_come_next_and_when(
    stage: str, since: date | None, expected: tuple[tuple[str, date | None], ...]
) -> None:
    assert RULEBOOK.ladders["council_tax_recovery"].next_steps(stage, since, AS_OF) == expected


def test_health_is_read_by_the_named_measures_and_by_holds_alone() -> None:
    reserved = {name for name, fact in CATALOGUE.items() if fact.reserved_for}
    assert reserved == {"benefits.care_or_mobility", "benefits.carer"}
    readers = {rule.id for rule in RULEBOOK.rules if RULEBOOK.facts_behind(rule.when) & reserved}
    assert readers == {"R02-care", "R14-care", "R30-carer"}
