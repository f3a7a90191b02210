"""A directory of rule files: what it becomes, and every fault of every file at its place."""
# ruff: noqa: E501  # messages and trees are compared whole, one case a line

from datetime import date
from pathlib import Path

import pytest

from rules.errors import ParameterNotInForce, RuleNotFound, RulesMissing
from rules.language.vocabulary import Debt, InterventionClass, Outcome, RuleKind, Team
from rules.loading.loader import load_rulebook
from tests.rules.builders import write_rules
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS, RULES, SIGNALS, broken, of_rule


def test_a_directory_becomes_a_rulebook(tmp_path: Path) -> None:
    book = load_rulebook(write_rules(tmp_path, a=INTERVENTIONS, b=PARAMETERS, c=SIGNALS, d=RULES))
    rule, hold = book.rule("R10"), book.rule("H10")
    assert [each.id for each in book.rules] == ["H10", "R10"]
    assert (rule.kind, rule.tier, rule.priority, rule.intervention) == (
        RuleKind.SUGGEST,
        2,
        2,
        "payment_plan",
    )
    assert (rule.ruleset, rule.version, rule.owner) == ("rent", "2026.11.1", "welfare-policy@example.gov.uk")
    assert (rule.place.file, rule.place.line) == ("d.yaml", 5)
    assert [case.expect for case in rule.cases] == [Outcome.MET, Outcome.NOT_MET]
    assert [case.as_of for case in rule.cases] == [date(2026, 4, 1), date(2026, 5, 1)]
    assert rule.cases[1].given == {"rent.arrears": 5000}
    assert (rule.because.facts, rule.because.parameters) == (("rent.arrears",), ("small_debt",))
    assert hold.suppresses is not None
    assert hold.suppresses.classes == {InterventionClass.RECOVERY, InterventionClass.AFFORDABILITY}
    assert hold.suppresses.about == {Debt.RENT}
    assert (hold.intervention, hold.tier) == (None, 0)
    assert book.interventions["payment_plan"].team is Team.INCOME
    assert book.facts_behind(rule.when) == {"rent.arrears", "rent.weeks_in_arrears", "rent.tenant"}
    assert book.parameters_behind(rule.when) == {"small_debt"}


def test_signals_come_after_those_they_read_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    book = load_rulebook(write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS + SIGNALS, d=RULES))
    assert list(book.signals) == ["signal.some", "signal.deep"]


def test_rules_and_parameters_are_read_by_the_date(tmp_path: Path) -> None:
    book = load_rulebook(write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS + SIGNALS, d=RULES))
    assert [rule.id for rule in book.in_force(date(2026, 3, 31))] == []
    assert [rule.id for rule in book.in_force(date(2027, 3, 31))] == ["H10", "R10"]
    assert [rule.id for rule in book.in_force(date(2027, 4, 1))] == ["R10"]
    assert book.value_on("small_debt", date(2027, 3, 31)) == 5000
    assert book.value_on("small_debt", date(2027, 4, 1)) == 6000
    with pytest.raises(ParameterNotInForce) as refused:
        book.value_on("small_debt", date(2026, 3, 31))
    assert str(refused.value) == (
        "Parameter small_debt has no value on 31 March 2026 (first value: 01 April 2026). "
        "Add a dated value with its source to a.yaml line 15."
    )


def test_an_unknown_rule_is_named(tmp_path: Path) -> None:
    book = load_rulebook(write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS + SIGNALS, d=RULES))
    with pytest.raises(RuleNotFound, match=r"No rule is called R99. The rulebook has H10, R10."):
        book.rule("R99")


def test_the_hash_is_of_what_is_said_not_of_how_it_is_kept(tmp_path: Path) -> None:
    def digest(name: str, **files: bytes) -> str:
        directory = tmp_path / name
        directory.mkdir()
        for file, content in files.items():
            (directory / f"{file}.yaml").write_bytes(content)
        return load_rulebook(directory).content_hash

    one, two = (INTERVENTIONS + PARAMETERS + SIGNALS).encode(), RULES.encode()
    plain = digest("plain", a=one, b=two)
    assert digest("swapped", a=two, b=one) == plain
    assert digest("windows", a=one.replace(b"\n", b"\r\n"), b=two.replace(b"\n", b"\r\n")) == plain
    assert digest("old-mac", a=one.replace(b"\n", b"\r"), b=two) == plain
    assert digest("marked", a=b"\xef\xbb\xbf" + one, b=two + b"\n\n") == plain
    assert digest("changed", a=one, b=two.replace(b"priority: 2", b"priority: 3")) != plain


def test_a_rule_may_not_read_what_the_law_keeps_from_its_purpose(tmp_path: Path) -> None:
    files = of_rule(
        "purpose: housing\n    suppresses: {classes: [recovery, affordability], about: [rent]}\n    when: |\n      holds.vulnerable",
        "purpose: council_tax_recovery\n    suppresses: {classes: [recovery, affordability], about: [rent]}\n    when: |\n      holds.vulnerable and benefits.universal_credit",
    )  # fmt: skip
    (told,) = broken(tmp_path, **files)
    assert told == (
        "rent.yaml:27:28 H10: benefits.universal_credit may not be used for council_tax_recovery "
        "(Council Tax (Administration and Enforcement) Regulations 1992); it is held for "
        "benefits (Social Security Administration Act 1992), "
        "debt_respite (Debt Respite Scheme Regulations 2020), "
        "homelessness (Housing Act 1996 Part 7), "
        "welfare_support (Welfare Reform Act 2012 ss131-133 and SI 2012/1483 reg 5). "
        "Take it out of the rule or give the rule another purpose"
    )


def test_the_firewall_sees_through_signals_and_reasons(tmp_path: Path) -> None:
    files = of_rule("purpose: housing\n    intervention", "purpose: council_tax\n    intervention")
    told = broken(tmp_path, **files)
    refused = [each.split(": ", 1)[1].split(" (Local Government Finance Act 1992)")[0] for each in told]
    assert refused == [
        "signal.deep reads rent.arrears: rent.arrears may not be used for council_tax",
        "signal.deep reads rent.weeks_in_arrears: rent.weeks_in_arrears may not be used for council_tax",
        "rent.tenant may not be used for council_tax",
        "rent.arrears may not be used for council_tax",
    ]


def test_a_directory_without_rule_files_is_no_rulebook(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no rules here")
    with pytest.raises(RulesMissing, match="holds no rule file"):
        load_rulebook(tmp_path)


def test_files_may_lie_in_folders(tmp_path: Path) -> None:
    (tmp_path / "national").mkdir()
    write_rules(tmp_path / "national", rent=RULES)
    book = load_rulebook(write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS + SIGNALS))
    assert book.rule("R10").place.file == "national/rent.yaml"
