"""What is found in rule files before they are used: wrong cases, thin cases, late parameters, bad habits."""
# ruff: noqa: E501  # messages are compared whole

from datetime import date
from pathlib import Path

import pytest

from rules.checking.checks import check
from rules.errors import Severity
from tests.rules.builders import AS_OF, write_rules
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS

GOOD = """\
ruleset: rent
version: 1
owner: welfare-policy@example.gov.uk
rules:
  - id: R10
    title: In arrears
    kind: suggest
    from: 2026-04-01
    purpose: housing
    intervention: payment_plan
    priority: 2
    when: rent.tenant and rent.arrears > small_debt
    because: "{rent.arrears} of rent is owed"
    source: Housing Act 1985
    tests:
      - {given: {rent.tenant: yes, rent.arrears: £50.01}, expect: met}
      - {given: {rent.tenant: yes, rent.arrears: £50}, expect: not met}
"""
CONFIRMED = PARAMETERS.replace("confirmed: no", "confirmed: yes")


def found(
    directory: Path, rules: str = GOOD, *, as_of: date = AS_OF, parameters: str = CONFIRMED
) -> list[str]:
    """Each finding as "severity line id: message"."""
    write_rules(directory, a=INTERVENTIONS + parameters, rent=rules)
    return [
        f"{each.severity} {each.line} {each.rule_id}: {each.message}"
        for each in check(directory, as_of=as_of)
    ]


def test_a_good_directory_has_nothing_to_tell(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("£50}, expect: not met", "£50}, expect: met", ["fault 17 R10: the case expects met but comes out not met: `rent.arrears > small_debt` is not met", "fault 5 R10: no case shows a household for which it is not met"]),
        ("rent.arrears: £50}", "rent.arrears: not known}", ["fault 17 R10: the case expects not met but comes out not known: rent.arrears is not given"]),
        ("{rent.tenant: yes, rent.arrears: £50}", "{}", ["fault 17 R10: the case expects not met but comes out not known: rent.arrears, rent.tenant are not given"]),
        ("rent.arrears: £50}, expect: not met", "rent.arrears: £51}, expect: not met", ["fault 17 R10: the case expects not met but comes out met"]),
        ("expect: not met}", "expect: not met, as_of: 2026-03-31}", ["fault 17 R10: the case can't be judged: Parameter small_debt has no value on 31 March 2026 (first value: 01 April 2026). Add a dated value with its source to a.yaml line 15."]),
        ("£50.01}, expect: met", "£900}, expect: met", []),
        ("£50}, expect: not met", "£1}, expect: not met", []),
        ("rent.arrears: £50}, expect: not met}", "rent.arrears: £51}, expect: not met, bug: the threshold is wrong}", ["note 17 R10: known fault of the rule: the threshold is wrong"]),
        ("expect: not met}", "expect: not met, bug: the threshold is wrong}", ["fault 17 R10: the case comes out right now; take out its `bug`"]),
        ("expect: not met}", "expect: not met, question: is £50 much?}", ["note 17 R10: open question: is £50 much?"]),
        ("{rent.tenant: yes, rent.arrears: £50}", "{rent.tenant: yes, rent.arrears: £50, rent.weeks_in_arrears: 3}", ["note 17 R10: the case gives rent.weeks_in_arrears, which the rule does not read"]),
        ("from: 2026-04-01", "from: 2026-03-01", ["fault 16 R10: the case can't be judged: Parameter small_debt has no value on 01 March 2026 (first value: 01 April 2026). Add a dated value with its source to a.yaml line 15.", "fault 17 R10: the case can't be judged: Parameter small_debt has no value on 01 March 2026 (first value: 01 April 2026). Add a dated value with its source to a.yaml line 15.", "fault 5 R10: needs parameter small_debt, which has no value before 2026-04-01, but is in force from 2026-03-01; add an earlier value with its source, or start the rule later", "fault 5 R10: no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known"]),
        ("from: 2026-04-01", "from: 2026-04-01\n    until: 2026-10-31", ["note 5 R10: ended on 2026-10-31 and no longer applies"]),
        ("from: 2026-04-01", "from: 2026-12-01", ["note 5 R10: begins on 2026-12-01 and does not apply yet"]),
        ("when: rent.tenant and rent.arrears > small_debt", "when: rent.tenant and rent.arrears > £50 + small_debt - small_debt", ["note 5 R10: £50.00 is written into the rule; a parameter would give it a name, a date and a source"]),
        ("when: rent.tenant and rent.arrears > small_debt", "when: rent.tenant and rent.arrears > small_debt or rent.weeks_in_arrears > 3", ["fault 17 R10: the case expects not met but comes out not known: rent.weeks_in_arrears is not given", "note 5 R10: 3 is written into the rule; a parameter would give it a name, a date and a source", "note 5 R10: `and` beside `or` is read as (rent.tenant and rent.arrears > small_debt) or ...; put the brackets in"]),
        ("of rent is owed", "£ of rent is owed", []),
        ('"{rent.arrears} of rent is owed"', '"£{rent.arrears} of rent is owed"', ["note 5 R10: the value of rent.arrears brings its £ along; take out the one before it"]),
        ('"{rent.arrears} of rent is owed"', '"{rent.weeks_in_arrears} weeks of rent are owed"', ["note 5 R10: the value of rent.weeks_in_arrears brings its unit along; take out `weeks` after it"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_found(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert old in GOOD
    assert sorted(found(tmp_path, GOOD.replace(old, new))) == expected


def test_thin_cases_are_faults(tmp_path: Path) -> None:
    told = found(tmp_path, GOOD[: GOOD.index("    tests:")])
    assert told == [
        "fault 5 R10: no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known",
        "fault 5 R10: no case shows a household for which it is met",
        "fault 5 R10: no case shows a household for which it is not met",
    ]


def test_a_case_far_from_the_boundary_is_not_enough(tmp_path: Path) -> None:
    told = found(tmp_path, GOOD.replace("£50.01", "£900").replace("£50}", "£1}"))
    assert told == [
        "fault 5 R10: no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known"
    ]


def test_a_not_known_case_stands_in_for_a_boundary(tmp_path: Path) -> None:
    more = "      - {given: {rent.tenant: yes}, expect: not known}\n"
    assert found(tmp_path, GOOD.replace("£50.01", "£900").replace("£50}", "£1}") + more) == []


def test_unconfirmed_values_that_count_now_or_later_are_noted(tmp_path: Path) -> None:
    unconfirmed = PARAMETERS.replace("confirmed: yes", "confirmed: no")
    later = "note 19 small_debt: the value from 2027-04-01 is not confirmed (local policy)"
    now = "note 18 small_debt: the value from 2026-04-01 is not confirmed (local policy)"
    assert found(tmp_path, parameters=unconfirmed) == [now, later]
    assert found(tmp_path, parameters=unconfirmed, as_of=date(2027, 5, 1)) == [later]


def test_what_nothing_uses_is_noted(tmp_path: Path) -> None:
    signal = "signals:\n  - {name: signal.idle, meaning: idle, when: rent.tenant}\n"
    told = found(tmp_path, GOOD.replace("small_debt", "£0"), parameters=CONFIRMED + signal)
    assert "note 15 small_debt: nothing uses it" in told
    assert "note 21 signal.idle: nothing uses it" in told


def test_faults_of_loading_are_told_with_the_rest(tmp_path: Path) -> None:
    other = GOOD[GOOD.index("  - id") :].replace("R10", "R11").replace("rent.tenant and", "rent.tennant and")
    assert found(tmp_path, GOOD.replace("£50}", "£51}") + other) == [
        "fault 17 R10: the case expects not met but comes out met",
        "fault 25 R11: no fact is called rent.tennant; did you mean rent.tenant?",
    ]


def test_findings_come_by_file_and_line_with_their_text(tmp_path: Path) -> None:
    write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS, rent=GOOD.replace("expect: met", "expect: not known"))
    told = check(tmp_path, as_of=AS_OF)
    assert [(each.file, each.line, each.severity) for each in told] == [
        ("a.yaml", 19, Severity.NOTE),
        ("rent.yaml", 5, Severity.FAULT),
        ("rent.yaml", 16, Severity.FAULT),
    ]
    assert told[2].excerpt.splitlines() == [
        "          - {given: {rent.tenant: yes, rent.arrears: £50.01}, expect: not known}",
        "            ^",
    ]
