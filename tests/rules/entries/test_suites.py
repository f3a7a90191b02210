"""Suites: the Ombudsman's cases hold the library, and tell a poorer rulebook what it lacks."""

import shutil
from pathlib import Path

import pytest

import rules
from rules import RulebookInvalid, load_rulebook
from rules.entries.suite_entries import SUITES, load_suite
from rules.entries.suites import CaseResult, run_suite
from rules.errors import RulesMissing

LIBRARY = Path(rules.__file__).parent / "library"
RESULTS = run_suite(load_suite("ombudsman"), load_rulebook(LIBRARY))
NAMES = ["haringey", "high_peak", "birmingham", "wyre_forest", "tendring", "evidence"]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.case.id)
def test_the_library_passes_the_ombudsmans_cases(result: CaseResult) -> None:
    assert result.passes, "\n".join(result.lines())


def test_all_six_cases_are_there_with_their_decision_and_the_nights_before_it() -> None:
    cases = load_suite("ombudsman").cases
    assert [case.id for case in cases] == NAMES
    for case in cases:
        assert case.decision.startswith("LGO")
        assert case.link.startswith("https://")
        assert len(case.steps) >= 2
        assert any(step.must_hold for step in case.steps)


@pytest.fixture
def poorer(tmp_path: Path) -> Path:
    """The library without the rules that rest on officers' flags."""
    shutil.copytree(LIBRARY, tmp_path / "rules", ignore=shutil.ignore_patterns("protection.yaml"))
    return tmp_path / "rules"


def test_a_rulebook_without_a_protection_fails_the_cases_that_need_it_and_says_why(poorer: Path) -> None:
    results = {each.case.id: each for each in run_suite(load_suite("ombudsman"), load_rulebook(poorer))}
    assert {name for name, each in results.items() if not each.passes} == set(NAMES)
    told = "\n".join(results["evidence"].lines())
    assert "FAIL: evidence" in told
    assert "recovery of council tax is held: NO" in told
    assert "R02 is not known: the case does not tell" in told
    assert "What went wrong there: Recovery was held for a month" in told


def test_a_suggestion_that_a_hold_stops_does_not_count(poorer: Path) -> None:
    hold = """ruleset: more
version: 1
owner: a@example.gov.uk
rules:
  - id: STOP
    title: Stops every policy hold too
    kind: hold
    from: 2025-04-01
    purpose: council_tax
    suppresses: {classes: [policy_hold, recovery], about: [council_tax]}
    when: council_tax.arrears > £0
    because: "no"
    source: "none"
"""
    (poorer / "more.yaml").write_text(hold, encoding="utf-8")
    results = {each.case.id: each for each in run_suite(load_suite("ombudsman"), load_rulebook(poorer))}
    told = "\n".join(results["high_peak"].lines())
    assert "recovery of council tax is held: yes, by STOP" in told
    assert "R02-review suggests it, but is stopped by STOP" in told


OWN = """suite: our_own
title: Ours
cases:
  - id: first
    title: A plan that is kept
    decision: "complaint 12/26"
    fault: A summons went out while he paid.
    steps:
      - as_of: 2026-10-01
        happens: He pays by a plan.
        given: {council_tax.plan: yes}
        must_hold: [{class: recovery, about: council_tax}]
"""


def test_a_council_runs_its_own_cases(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN, encoding="utf-8")
    (result,) = run_suite(load_suite(str(tmp_path / "ours.yaml")), load_rulebook(LIBRARY))
    assert result.passes
    assert result.steps[0].demands[0].by == ("R16-kept",)


BESIDE_AN_AGENT = """council_tax.liable: yes
          council_tax.reduction: yes
          council_tax.arrears: £480
          council_tax.stage: enforcement_agent
          holds.breathing_space"""


@pytest.mark.parametrize(("moratorium", "passes"), [("yes", True), ("no", False)])
def test_what_must_not_be_suggested_fails_where_nothing_stops_it(
    tmp_path: Path, moratorium: str, passes: bool
) -> None:
    given = f"given:\n          {BESIDE_AN_AGENT}: {moratorium}"
    text = OWN.replace("given: {council_tax.plan: yes}", given)
    text = text.replace("must_hold: [{class: recovery", "must_not_suggest: [{class: affordability")
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    (result,) = run_suite(load_suite(str(tmp_path / "ours.yaml")), load_rulebook(LIBRARY))
    assert result.passes is passes
    told = "R03-plan suggests council_tax_arrangement and nothing stops it" in "\n".join(result.lines())
    assert told is not passes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("council_tax.plan: yes", "council_tax.plann: yes", "did you mean council_tax.plan"),
        ("class: recovery", "class: recover", "did you mean recovery?"),
        ("as_of: 2026-10-01", "as_of: soon", "soon is not a date"),
        (
            "        must_hold: [{class: recovery, about: council_tax}]\n",
            "",
            "a step asks for one of must_hold",
        ),
        ("    fault: A summons went out while he paid.\n", "", "fault is missing"),
    ],
)
def test_a_fault_of_a_suite_is_told_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (tmp_path / "ours.yaml").write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookInvalid, match=r"ours\.yaml line") as refused:
        load_suite(str(tmp_path / "ours.yaml"))
    assert expected in str(refused.value)


def test_an_unknown_suite_is_named_with_those_that_are_there() -> None:
    with pytest.raises(RulesMissing, match="did you mean ombudsman"):
        load_suite("ombudsmen")
    assert [path.name for path in SUITES.glob("*.yaml")] == ["ombudsman.yaml"]
