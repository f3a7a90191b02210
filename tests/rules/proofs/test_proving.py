"""What proofs find in rules, with a household that the reference evaluator agrees with."""
# ruff: noqa: E501  # messages are compared whole

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.errors import Severity
from rules.language.model import Intervention, Rulebook, Suppresses
from rules.language.tree import Value
from rules.language.vocabulary import Channel, Debt, InterventionClass, Outcome, RuleKind, Team
from rules.loading.loader import Loaded
from rules.meaning.reference import judge
from rules.proofs.proving import difference, differences, prove
from tests.rules.builders import AS_OF, NOWHERE, a_rulebook
from tests.rules.strategies import conditions, fact_sheets

PLACE = "(invented.yaml line 1)"

CALL = Intervention(
    id="call", title="Call", measure="M1", tier=2, team=Team.INCOME, intervention_class=InterventionClass.RECOVERY,
    about=Debt.RENT, channel=Channel.PHONE, next_step="Ring.", within_days=7, cool_off_days=90, statutory=False, place=NOWHERE,
)  # fmt: skip


def suggesting(rules: Mapping[str, str], **changes: Mapping[str, object]) -> Rulebook:
    """Rules that all suggest a call, each changed as the keyword of its id says."""
    book = a_rulebook(rules, signals={"signal.slide": "rent.months_rising >= 2"})
    made = tuple(
        replace(rule, **{"intervention": "call"} | dict(changes.get(rule.id, {}))) for rule in book.rules
    )  # type: ignore[arg-type]
    return replace(book, rules=made, interventions=MappingProxyType({"call": CALL}))


def found(book: Rulebook, as_of: date = AS_OF) -> list[str]:
    """Each finding as "severity id: message"."""
    loaded = Loaded(rulebook=book, faults=(), texts={})
    return [f"{each.severity} {each.about[1]}: {each.message}" for each in prove(loaded, as_of)]


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("rent.arrears < £0", "`rent.arrears < £0`"),
        ("rent.tenant and rent.arrears > £300 and rent.arrears < £300", "`rent.arrears > £300` and `rent.arrears < £300` together"),
        ("rent.tenant and (rent.months_rising > 0 and not rent.tenant)", "`rent.tenant` and `not rent.tenant` together"),
        ("rent.stage before court and rent.stage = eviction", "`rent.stage before court` and `rent.stage = eviction` together"),
        ("signal.slide and rent.months_rising = 1", "`signal.slide` and `rent.months_rising = 1` together"),
        ("25% of rent.arrears > £10 and rent.arrears <= £40", "`25% of rent.arrears > £10` and `rent.arrears <= £40` together"),
        ("rent.arrears is missing and rent.arrears > £10", "`rent.arrears is missing` and `rent.arrears > £10` together"),
        ("days since rent.stage_since > 60 and weeks since rent.stage_since <= 7", "`days since rent.stage_since > 60` and `weeks since rent.stage_since <= 7` together"),
        ('household.ward = "Elm" and household.ward = "Oak"', '`household.ward = "Elm"` and `household.ward = "Oak"` together'),
        ("at least 2 of (rent.arrears > £5, rent.arrears < £5, rent.arrears = £5)", "`at least 2 of (rent.arrears > £5, rent.arrears < £5, rent.arrears = £5)`"),
    ],
)  # fmt: skip
def test_a_rule_that_can_never_be_met_is_a_fault_and_says_what_clashes(text: str, clash: str) -> None:
    assert found(suggesting({"A": text})) == [f"fault A: can never be met: no household can have {clash}"]


def test_money_that_may_be_negative_is_allowed_to_be() -> None:
    assert found(suggesting({"A": "council_tax.balance < £0 and rent.paid_3m < £0"})) == []


def test_a_rule_that_always_is_met_is_noted() -> None:
    told = found(suggesting({"A": "rent.arrears >= £0"}))
    assert told == [
        "note A: is never not met: whatever its facts are, it is met once they are known (example: rent.arrears £0)"
    ]


def test_an_alternative_that_the_rest_rules_out_is_noted() -> None:
    told = found(suggesting({"A": "rent.arrears > £100 and (rent.tenant or rent.arrears = £50)"}))
    assert told == [
        (
            "note A: the alternative `rent.arrears = £50` is idle: "
            "no household can have `rent.arrears = £50` and `rent.arrears > £100` together"
        )
    ]


def test_a_rule_that_another_makes_redundant_is_noted() -> None:
    told = found(suggesting({"A": "rent.arrears > £300 and rent.tenant", "B": "rent.arrears > £50"}))
    assert told == [
        (
            f"note A: is redundant: whenever it is met, B {PLACE} is met too and leads to the same "
            "(example: rent.arrears £301, rent.tenant yes)"
        )
    ]


def test_a_rule_that_asks_sooner_is_not_redundant() -> None:
    rules = {"A": "rent.arrears > £300", "B": "rent.arrears > £50"}
    assert found(suggesting(rules, A={"priority": 2})) == []
    assert found(suggesting(rules, A={"tier": 3})) == []
    assert found(suggesting(rules, A={"intervention": "visit"})) == []


def test_two_rules_for_the_same_households_are_told_both_ways() -> None:
    told = found(suggesting({"A": "not (rent.arrears <= £50)", "B": "rent.arrears > £50"}))
    assert told == [
        f"note {a}: is met for the same households as {b} {PLACE}; keep one (example: rent.arrears £51)"
        for a, b in ("AB", "BA")
    ]


def test_a_rule_that_another_would_only_cover_if_a_fact_were_known_is_not_redundant() -> None:
    both = "rent.arrears > £50 and (rent.tenant or not rent.tenant)"
    assert found(suggesting({"A": "rent.arrears > £50", "B": both})) == [
        (
            f"note B: is redundant: whenever it is met, A {PLACE} is met too and leads to the same "
            "(example: rent.arrears £51, rent.tenant yes)"
        )
    ]


def test_a_suggestion_that_a_hold_always_keeps_back_is_noted() -> None:
    holding = {
        "kind": RuleKind.HOLD,
        "intervention": None,
        "suppresses": Suppresses(
            classes=frozenset({InterventionClass.RECOVERY}), about=frozenset({Debt.RENT})
        ),
    }
    rules = {"A": "rent.arrears > £300 and holds.vulnerable", "H": "holds.vulnerable"}
    assert found(suggesting(rules, H=holding)) == [
        (
            f"note A: never reaches anyone: hold H {PLACE} keeps it back whenever it is met "
            "(example: holds.vulnerable yes, rent.arrears £301)"
        )
    ]
    other = holding | {
        "suppresses": Suppresses(classes=frozenset(InterventionClass), about=frozenset({Debt.COUNCIL_TAX}))
    }
    assert found(suggesting(rules, H=other)) == []


@pytest.mark.parametrize(
    ("lower", "upper", "where", "example"),
    [
        ("rent.arrears < £300", "rent.arrears > £300", "rent.arrears £300", "rent.arrears £300"),
        ("rent.arrears <= £299 and rent.tenant", "£300 <= rent.arrears and holds.vulnerable", "rent.arrears £299.01 to £299.99", "holds.vulnerable yes, rent.arrears £299.01, rent.tenant yes"),
        ("rent.weeks_in_arrears between 2 and 4", "rent.weeks_in_arrears >= 8", "rent.weeks_in_arrears 5 weeks to 7 weeks", "rent.weeks_in_arrears 5 weeks"),
        ("days since rent.stage_since < 28", "days since rent.stage_since > 28", "rent.stage_since 4 October 2026", "rent.stage_since 4 October 2026"),
    ],
)  # fmt: skip
def test_a_gap_between_neighbours_is_noted(lower: str, upper: str, where: str, example: str) -> None:
    (told,) = found(suggesting({"A": lower, "B": upper}))
    assert told.endswith(f"neither is met for {where} (example: {example})")


def test_what_a_third_rule_fills_is_no_gap() -> None:
    rules = {"A": "rent.arrears < £300", "B": "rent.arrears > £300", "C": "rent.arrears = £300"}
    assert found(suggesting(rules)) == []


def test_ranges_far_apart_under_other_conditions_are_no_gap() -> None:
    rules = {"A": "rent.arrears < £300 and rent.tenant", "B": "rent.arrears > £900 and holds.vulnerable"}
    assert found(suggesting(rules)) == []


def test_each_rule_is_looked_at_once_it_is_in_force() -> None:
    rules = {"A": "rent.arrears > £60", "B": "rent.arrears > small_debt"}
    later = {"in_force_from": date(2027, 4, 1)}
    assert [each.split(":")[0] for each in found(suggesting(rules))] == ["note A"]  # small_debt is £50
    assert ["is met for the same households as" in each for each in found(suggesting(rules, A=later))] == [
        True,
        True,
    ]  # small_debt is £60 then
    ended = {"in_force_until": date(2026, 10, 31)}
    assert found(suggesting(rules, A=ended)) == []


def test_a_question_beyond_the_prover_is_told_as_such() -> None:
    cubes = "council_tax.missed_instalments_3m * council_tax.missed_instalments_6m * council_tax.missed_instalments_12m"
    text = f"{cubes} = rent.missed_payments_3m * rent.missed_payments_6m * 7 + 1 and rent.missed_payments_3m > 50 and council_tax.missed_instalments_3m > 60"
    told = found(suggesting({"A": text}))
    assert all(each.startswith("note A: is beyond the prover") for each in told)


def test_only_what_can_never_be_met_is_a_fault() -> None:
    rules = {
        "A": "rent.arrears < £0",
        "B": "rent.arrears >= £0",
        "C": "rent.arrears > £5",
        "D": "rent.arrears > £9",
    }
    severities = {each.split()[1][0]: each.split()[0] for each in found(suggesting(rules))}
    assert severities == {"A": Severity.FAULT, "B": Severity.NOTE, "C": Severity.NOTE, "D": Severity.NOTE}


def test_a_changed_threshold_gains_and_loses_a_household() -> None:
    old, new = a_rulebook({"A": "rent.arrears >= £300"}), a_rulebook({"A": "rent.arrears > £300"})
    change = difference((old.rules[0], old), (new.rules[0], new), as_of=AS_OF)
    assert (change.gained, change.lost) == (None, {"rent.arrears": 30000})
    assert change.lines(new) == ("A lost: rent.arrears £300",)


def test_an_example_of_a_change_has_its_facts_known_where_it_can() -> None:
    old, new = a_rulebook({"A": "rent.tenant"}), a_rulebook({"A": "rent.arrears > £0"})
    change = difference((old.rules[0], old), (new.rules[0], new), as_of=AS_OF)
    assert change.gained == {"rent.arrears": 100, "rent.tenant": False}


def test_differences_tell_of_changed_parameters_and_of_rules_that_come_and_go() -> None:
    old = a_rulebook({"A": "rent.arrears > £50", "B": "rent.tenant", "C": "rent.direct_debit"})
    new = a_rulebook({"A": "rent.arrears > small_debt", "B": "rent.tenant", "D": "holds.vulnerable"})
    told = [line for each in differences(old, new, as_of=AS_OF) for line in each.lines(new)]
    assert told == ["C lost: rent.direct_debit yes", "D gained: holds.vulnerable yes"]
    later = [line for each in differences(old, new, as_of=date(2027, 4, 1)) for line in each.lines(new)]
    assert later == ["A lost: rent.arrears £51", *told]


def _check_differences(first: str, second: str, sheet: Mapping[str, list[Value | None]]) -> None:
    signals = {"signal.first": "rent.arrears > £0"}
    old, new = a_rulebook({"A": first}, signals=signals), a_rulebook({"A": second}, signals=signals)

    def met(book: Rulebook, facts: Mapping[str, Value | None]) -> bool:
        return judge(book.rules[0], facts, rulebook=book, as_of=AS_OF).outcome is Outcome.MET

    change = difference((old.rules[0], old), (new.rules[0], new), as_of=AS_OF)
    for example, one, other in ((change.gained, new, old), (change.lost, old, new)):
        if example is not None:
            assert met(one, example)
            assert not met(other, example)
    for values in zip(*sheet.values(), strict=True):
        facts = dict(zip(sheet, values, strict=True))
        before, after = met(old, facts), met(new, facts)
        assert not (after and not before and change.gained is None)
        assert not (before and not after and change.lost is None)


@st.composite
def _sheets(draw: st.DrawFn) -> Mapping[str, list[Value | None]]:
    frame = draw(fact_sheets(12)).drop("household_id")
    sheet = {name.replace("__", "."): frame[name].to_list() for name in frame.columns}
    return {
        name: [max(value, 0) if type(value) is int else value for value in values]
        for name, values in sheet.items()
    }


@settings(derandomize=True, max_examples=60, deadline=None)
@given(conditions(("signal.first",)), conditions(("signal.first",)), _sheets())
def test_proofs_agree_with_the_reference(
    first: str, second: str, sheet: Mapping[str, list[Value | None]]
) -> None:
    _check_differences(first, second, sheet)


@pytest.mark.deep
@settings(max_examples=3000, deadline=None)
@given(conditions(("signal.first",)), conditions(("signal.first",)), _sheets())
def test_proofs_agree_with_the_reference_thousands_of_times(
    first: str, second: str, sheet: Mapping[str, list[Value | None]]
) -> None:
    _check_differences(first, second, sheet)
