"""Faults of rule files: each told at its place, all at once."""
# ruff: noqa: E501  # messages and trees are compared whole, one case a line

from pathlib import Path

import pytest

from rules.errors import RulebookInvalid
from rules.loading.loader import load_rulebook
from tests.rules.builders import write_rules
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS, RULES, SIGNALS, broken, of_rule


def test_a_fault_reads_like_this(tmp_path: Path) -> None:
    with pytest.raises(RulebookInvalid) as invalid:
        load_rulebook(
            write_rules(
                tmp_path,
                **of_rule("      holds.vulnerable", "      holds.vulnerable\n      and rent.arrears > 300"),
            )
        )
    assert str(invalid.value) == (
        "The rulebook has 1 fault and was not loaded.\n\n"
        "rent.yaml line 28 column 26, rule H10: cannot compare money with a number; write £300\n"
        "          and rent.arrears > 300\n"
        "                             ^"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: R10", "id: H10", ["rent.yaml:19:5 : H10 is declared already in rent.yaml line 5; keep one"]),
        ("id: R10", "id: R 10", ["rent.yaml:5:9 R 10: id: R 10 is not an id; use letters, digits, - and _, as in R05"]),
        ("    title: Deep in arrears\n", "", ["rent.yaml:5:5 R10: title is missing"]),
        ("title: Deep in arrears", "titel: Deep", ["rent.yaml:5:5 R10: title is missing", "rent.yaml:6:5 R10: there is no key titel here; did you mean title?"]),
        ("    priority: 2\n", "    priority: 2\n    priority: 3\n", ["rent.yaml:13:5 R10: priority is written twice; keep one"]),
        ("priority: 2", "priority: high", ["rent.yaml:12:15 R10: priority: high is not a whole number, such as 2"]),
        ("priority: 2", "priority: 5", ["rent.yaml:12:15 R10: priority: 5 is outside 1 to 4"]),
        ("priority: 2", "priority: [2]", ["rent.yaml:12:15 R10: priority is one value, not a list or a mapping"]),
        ("    priority: 2\n", "", ["rent.yaml:7:11 R10: a rule of kind suggest needs the key priority"]),
        ("kind: suggest", "kind: sugest", ["rent.yaml:7:11 R10: kind: sugest is not one of suggest, hold; did you mean suggest?"]),
        ("kind: hold", "kind: suggest", ["rent.yaml:21:11 H10: a rule of kind suggest needs the key intervention", "rent.yaml:21:11 H10: a rule of kind suggest needs the key priority", "rent.yaml:25:17 H10: a rule of kind suggest has no key suppresses"]),
        ("kind: suggest", "kind: hold", ["rent.yaml:7:11 R10: a rule of kind hold needs the key suppresses", "rent.yaml:11:19 R10: a rule of kind hold has no key intervention"]),
        ("from: 2026-04-01\n    until:\n", "from: 1/4/2026\n", ["rent.yaml:8:11 R10: from: 1/4/2026 is not a date; write it as 2026-04-01"]),
        ("until: 2027-03-31", "until: 2025-03-31", ["rent.yaml:23:12 H10: the rule ends before it begins, on 2026-04-01"]),
        ("purpose: housing\n    intervention", "purpose: hosing\n    intervention", ["rent.yaml:10:14 R10: purpose: hosing is not one of council_tax, council_tax_recovery, benefits, welfare_support, housing, homelessness, debt_respite; did you mean housing?"]),
        ("intervention: payment_plan", "intervention: payment_plans", ["rent.yaml:11:19 R10: no intervention is called payment_plans; did you mean payment_plan?"]),
        ("classes: [recovery, affordability]", "classes: [recovry]", ["rent.yaml:25:28 H10: entry: recovry is not one of statutory_stop, safety, policy_hold, income_maximisation, affordability, discretionary_cash, recovery; did you mean recovery?"]),
        ("about: [rent]}", "about: []}", ["rent.yaml:25:61 H10: write a list, as in [affordability, recovery]"]),
        ("when: signal.deep and rent.tenant", "when: signal.depp and rent.tennant", ["rent.yaml:13:11 R10: no signal is called signal.depp; did you mean signal.deep?", "rent.yaml:13:27 R10: no fact is called rent.tennant; did you mean rent.tenant?"]),
        ("when: signal.deep and rent.tenant", "when: offer\n", ["rent.yaml:13:11 R10: no parameter is called offer; declare it, or write text in quotation marks"]),
        ("{small_debt}", "{small_dept}", ["rent.yaml:14:54 R10: no fact or parameter is called small_dept; did you mean small_debt?"]),
        ("more than {small_debt}", "more than {small_debt", ["rent.yaml:14:54 R10: a brace without its partner; write {council_tax.arrears}"]),
        ("because: an officer has marked it", "because:", ["rent.yaml:28:13 H10: because: write the reason in words"]),
        ("source: local policy", "source:", ["rent.yaml:29:12 H10: source: write something here"]),
        ("expect: met}", "expect: fires}", ["rent.yaml:17:93 R10: expect: fires is not one of met, not met, not known"]),
        ("rent.arrears: £50.01", "rent.arrears: 50.01", ["rent.yaml:17:32 R10: rent.arrears: 50.01 is not an amount of money; write £300 or £1,400.50"]),
        ("rent.arrears: £50.01", "rent.arears: £50.01", ["rent.yaml:17:18 R10: no fact is called rent.arears; did you mean rent.arrears?"]),
        ("rent.arrears: £50.01", "rent.arrears: £1,400", ["rent.yaml:17:35 R10: 400 is no fact; inside { } write amounts without a comma, or in quotation marks"]),
        ("ruleset: rent\n", "", ["rent.yaml:1:1 : ruleset is missing"]),
        ("rules:", "rule:", ["rent.yaml:4:1 : there is no key rule here; did you mean rules?"]),
    ],
)  # fmt: skip
def test_a_faulty_rule_is_told_at_its_place(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert broken(tmp_path, **of_rule(old, new)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": INTERVENTIONS.replace("team: income", "team: incomes")}, ["a.yaml:6:11 payment_plan: team: incomes is not one of revenues_benefits, welfare_support, housing_solutions, income, neighbourhood, education, advice_partner, customer_services; did you mean income?"]),
        ({"a": INTERVENTIONS.replace("tier: 2", "tier: 4")}, ["a.yaml:5:11 payment_plan: tier: 4 is outside 0 to 3"]),
        ({"a": INTERVENTIONS.replace("statutory: no", "statutory: false")}, ["a.yaml:13:16 payment_plan: statutory: false is neither yes nor no"]),
        ({"a": INTERVENTIONS, "b": INTERVENTIONS}, ["b.yaml:2:5 : payment_plan is declared already in a.yaml line 2; keep one"]),
        ({"a": PARAMETERS.replace("value: £50,", "value: 50,")}, ["a.yaml:5:35 small_debt: value: 50 is not an amount of money; write £50"]),
        ({"a": PARAMETERS.replace("value: £50,", "value: £1,500,")}, ["a.yaml:5:38 small_debt: there is no key 500 here; inside { } write amounts without a comma: £1400, not £1,400"]),
        ({"a": PARAMETERS.replace("2027-04-01", "2025-04-01")}, ["a.yaml:2:5 small_debt: the values come oldest first, each from a date of its own"]),
        ({"a": PARAMETERS.replace("name: small_debt", "name: since")}, ["a.yaml:2:11 since: since is a word of the rule language; choose another name"]),
        ({"a": PARAMETERS.replace("name: small_debt", "name: summons")}, ["a.yaml:2:11 summons: summons is a value of council_tax.stage; choose another name"]),
        ({"a": PARAMETERS.replace("type: money", "type: amount")}, ["a.yaml:3:11 small_debt: type: amount is not one of money, count, date, yes_no, choice, text"]),
        ({"a": PARAMETERS.replace("type: money", "type: money\n    unit: pounds")}, ["a.yaml:4:11 small_debt: unit: pounds is not one of attempts, breaches, days, debts, months, notices, offers, orders, payments, people, systems, weeks, years"]),
        ({"a": "parameters:\n  - name: small_debt\n    type: money\n    values: []\n"}, ["a.yaml:2:5 small_debt: a parameter needs at least one dated value"]),
        ({"a": SIGNALS.replace("signal.some\n", "some\n"), "b": PARAMETERS}, ["a.yaml:4:11 signal.deep: no signal is called signal.some", "a.yaml:5:11 some: a signal is called signal. and a name, as in signal.rent_slide, not some"]),
        ({"a": SIGNALS.replace("rent.arrears > small_debt", "rent.arrears > small_debt and not signal.deep"), "b": PARAMETERS}, ["a.yaml:4:11 signal.deep: signal.deep needs signal.some needs signal.deep: a signal can't wait for itself; take one of these steps out"]),
        ({"a": SIGNALS.replace("when: rent.arrears > small_debt", "when: rent.arrears > £5 or 3"), "b": PARAMETERS}, ["a.yaml:7:32 signal.some: this is a value, not a condition; compare it with something"]),
        ({"a": "- a\n- b\n"}, ["a.yaml:1:1 : a rule file begins with keys such as `rules:`"]),
        ({"a": ""}, ["a.yaml:1:1 : the file is empty"]),
        ({"a": "rules:\n  R10: x\nruleset: a\nversion: a\nowner: a\n"}, ["a.yaml:2:3 : rules is a list; begin each entry with -"]),
        ({"a": "rules:\n  - R10\nruleset: a\nversion: a\nowner: a\n"}, ["a.yaml:2:5 : an entry of rules has keys, such as `id: ...`"]),
        ({"a": "rules: [\n"}, ["a.yaml:2:1 : this isn't YAML: did not find expected node content"]),
        ({"a": "rules:\n  - &x {id: R1}\n"}, ["a.yaml:2:5 : YAML anchors (& and *) are not used here; write the value out"]),
    ],
)  # fmt: skip
def test_a_faulty_declaration_is_told_at_its_place(
    tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    assert broken(tmp_path, **files) == expected


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    told = broken(
        tmp_path,
        a=INTERVENTIONS.replace("tier: 2", "tier: 9"),
        b=PARAMETERS.replace("£50", "50"),
        c=SIGNALS,
        d=RULES.replace("rent.tenant\n", "rent.tennant\n"),
    )
    assert [each.split(" ")[0] for each in told] == ["a.yaml:5:11", "b.yaml:5:35", "d.yaml:13:27"]


def test_what_depends_on_a_faulty_declaration_is_not_blamed_for_it(tmp_path: Path) -> None:
    told = broken(tmp_path, a=INTERVENTIONS + PARAMETERS.replace("£50", "fifty") + SIGNALS, d=RULES)
    assert told == [
        "a.yaml:18:35 small_debt: value: fifty is not an amount of money; write £300 or £1,400.50"
    ]


def test_files_that_are_not_utf8_are_told_and_the_rest_still_read(tmp_path: Path) -> None:
    (tmp_path / "z.yaml").write_bytes("rules: £\n".encode("latin-1"))
    assert broken(tmp_path, a=PARAMETERS.replace("£50", "50")) == [
        "a.yaml:5:35 small_debt: value: 50 is not an amount of money; write £50",
        "z.yaml:1:1 : line 1 is not UTF-8 text; save the file as UTF-8",
    ]
