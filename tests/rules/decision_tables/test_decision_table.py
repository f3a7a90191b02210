"""Decision tables: the rules they become, and what their faults say."""
# ruff: noqa: E501  # messages are compared whole

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.decision_tables.cells import condition_text
from rules.errors import RulebookInvalid
from rules.loading.loader import load_rulebook
from tests.rules.builders import write_rules
from tests.rules.decision_tables.builders import (
    faults,
    loaded,
    outcomes,
    table,
    written,
)
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS


@pytest.mark.parametrize(
    ("cell", "condition"),
    [
        ("-", None),
        ("", None),
        ("yes", "f"),
        ("no", "not f"),
        ("missing", "f is missing"),
        ("known", "f is known"),
        ("£300", "f = £300"),
        ("summons", "f = summons"),
        ('"North End"', 'f = "North End"'),
        ("!= summons", "f != summons"),
        (">= £1,000", "f >= £1,000"),
        ("< 25% of rent.weekly_rent", "f < 25% of rent.weekly_rent"),
        ("between 4 and 7", "(f between 4 and 7)"),
        ("not between £1 and £2", "(f not between £1 and £2)"),
        ("[4..7]", "(f >= 4 and f <= 7)"),
        ("(£100..£1,200)", "(f > £100 and f < £1,200)"),
        ("4..7", "(f >= 4 and f <= 7)"),
        ("private_rent, social_rent", "f in (private_rent, social_rent)"),
        ('"private","housing, association"', 'f in ("private", "housing, association")'),
        ("£1,000, £2,000", "f in (£1,000, £2,000)"),
        ("1, 200", "f in (1, 200)"),
        ("not(owner, social_rent)", "f not in (owner, social_rent)"),
        ("in (a, b)", "f in (a, b)"),
        ("at or after summons", "f at or after summons"),
        ("< £1, > £9", "(f < £1 or f > £9)"),
        ("0, >= 5", "(f = 0 or f >= 5)"),
        ("missing, no", "(f is missing or not f)"),
    ],
)
def test_a_cell_is_a_condition_on_its_column(cell: str, condition: str | None) -> None:
    assert condition_text("f", cell) == condition


def test_a_table_becomes_rules_that_say_where_they_come_from(tmp_path: Path) -> None:
    book = loaded(tmp_path, table())
    first, second, third = book.rules
    assert [rule.id for rule in book.rules] == ["RA-1", "RA-2", "RA-3"]
    assert (first.tier, second.tier, third.tier) == (3, 2, 1)
    assert (first.intervention, first.priority, first.source) == ("payment_plan", 3, "local policy")
    assert (first.ruleset, first.version, first.owner) == (
        "rent-arrears",
        "2026.11.1",
        "welfare-policy@example.gov.uk",
    )
    assert (second.title, second.place.file, second.place.line) == ("rent-arrears, row 2", "arrears.csv", 13)
    assert second.text == "signal.ra_row_2 and not signal.ra_row_1"
    assert book.signals["signal.ra_row_2"].text == "rent.arrears >= £50"
    assert book.facts_behind(second.when) == {"rent.arrears", "rent.tenancy_type"}
    assert second.because.text == "they owe {rent.arrears}, more than a little"


def test_what_the_head_says_holds_unless_the_row_says_otherwise(tmp_path: Path) -> None:
    body = "rule,rent.tenant,priority,from,title,because\nR1,yes,,2027-04-01,Own title,a\n,no,1,,,b\n"
    first, second = loaded(tmp_path, table(body, "unique")).rules
    assert (first.id, first.priority, first.in_force_from, first.title) == (
        "R1",
        3,
        date(2027, 4, 1),
        "Own title",
    )
    assert (second.id, second.priority, second.in_force_from) == ("RA-2", 1, date(2026, 4, 1))


def test_under_first_a_row_gives_way_to_those_above_it(tmp_path: Path) -> None:
    book = loaded(tmp_path, table())
    met = outcomes(book, rent__arrears=60000, rent__tenancy_type="secure")
    assert met == {"RA-1": "met", "RA-2": "not met", "RA-3": "not met"}
    assert outcomes(book, rent__arrears=60000, rent__tenancy_type="other")["RA-2"] == "met"


def test_under_first_a_missing_fact_lets_nobody_slip_through(tmp_path: Path) -> None:
    book = loaded(tmp_path, table())
    unknown = outcomes(book, rent__arrears=60000)
    assert unknown == {"RA-1": "not known", "RA-2": "not known", "RA-3": "not met"}
    assert outcomes(book, rent__arrears=20000) == {"RA-1": "not met", "RA-2": "met", "RA-3": "not met"}
    assert outcomes(book, rent__tenancy_type="introductory")["RA-3"] == "not known"


def test_under_priority_the_most_urgent_row_goes_first(tmp_path: Path) -> None:
    body = "rent.arrears,rent.tenant,priority,because\n> £1,-,4,a\n> £1,yes,1,b\n> £1,yes,1,c\n"
    book = loaded(tmp_path, table(body, "priority"))
    assert outcomes(book, rent__arrears=200, rent__tenant=True) == {
        "RA-1": "not met",
        "RA-2": "met",
        "RA-3": "not met",
    }
    assert outcomes(book, rent__arrears=200, rent__tenant=False)["RA-1"] == "met"


@pytest.mark.parametrize("policy", ["unique", "any", "collect", "COLLECT"])
def test_under_the_other_policies_each_row_stands_alone(tmp_path: Path, policy: str) -> None:
    book = loaded(tmp_path, table("rent.arrears,because\n> £1,a\n> £2,b\n", policy))
    assert outcomes(book, rent__arrears=300) == {"RA-1": "met", "RA-2": "met"}
    assert not book.signals


def test_a_last_row_without_tests_takes_the_rest(tmp_path: Path) -> None:
    book = loaded(tmp_path, table("rent.arrears,because\n> £1,a\n-,b\n"))
    assert outcomes(book, rent__arrears=100) == {"RA-1": "not met", "RA-2": "met"}
    assert outcomes(book) == {"RA-1": "not known", "RA-2": "not known"}


def test_columns_may_be_calculations_signals_and_times(tmp_path: Path) -> None:
    signal = "signals:\n  - {name: signal.some, meaning: some, when: rent.tenant}\n"
    body = "days since rent.stage_since,rent.arrears + rent.credit,signal.some,because\n> 28,> small_debt,yes,a\n"
    written(tmp_path, table(body, "unique"))
    write_rules(tmp_path, b=signal)
    (rule,) = load_rulebook(tmp_path).rules
    assert (
        rule.text
        == "days since rent.stage_since > 28 and rent.arrears + rent.credit > small_debt and signal.some"
    )


def test_remarks_and_blank_lines_are_nothing(tmp_path: Path) -> None:
    plain = [rule.text for rule in loaded(tmp_path, table()).rules]
    remarked = (
        table()
        .replace("# table", "## a remark, with commas\n\n# table")
        .replace("# from: 2026-04-01", "# from: 2026-04-01,,,")
    )
    assert [rule.text for rule in loaded(tmp_path, remarked + "\n,,,\n").rules] == plain


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# hit policy: first\n", "", ["1:1 : hit policy is missing (unique, any, first, priority or collect); above the column names write a line `# hit policy: ...`"]),
        ("# hit policy: first", "# hit policy: frist", ["1:1 : hit policy: frist is not one of unique, any, first, priority, collect; did you mean first?"]),
        ("# owner:", "# onwer:", ["1:1 : owner is missing; above the column names write a line `# owner: ...`", "5:1 : # onwer: welfare-policy@example.gov.uk is not a line of a table's head; did you mean owner?; a remark begins with ##"]),
        ("# purpose: housing\n", "", ["11:1 RA-1: purpose is missing", "12:1 RA-2: purpose is missing", "13:1 RA-3: purpose is missing"]),
        ("rent.arrears,rent", "rent.arears,rent", ["11:1 RA: column rent.arears: no fact is called rent.arears; did you mean rent.arrears?"]),
        ("tier,because", "teir,because", ["11:32 RA: column teir: no fact and no output column is called teir; did you mean tier?"]),
        (">= £500,", ">= 500,", ["12:1 RA-1: row 1, column rent.arrears: cannot compare money with a number; write £500"]),
        ('"secure, fixed"', '"secure, fixxed"', ["12:9 RA-1: row 1, column rent.tenancy_type: fixxed is not a value of rent.tenancy_type; did you mean fixed? (rent.tenancy_type is one of secure, introductory, fixed, other)"]),
        ('fixed",3,', 'fixed",7,', ["12:25 RA-1: tier: 7 is outside 0 to 3"]),
        ('fixed",3,', 'fixed",', ["12:1 : row 1 has 3 cells where the table has 4 columns; a cell that fits everyone holds -"]),
        ('"they owe {rent.arrears}, more than a little"', "they owe {rent.arrears}, a lot", ["13:1 : row 2 has 5 cells where the table has 4 columns; a cell with a comma in it goes in quotation marks"]),
        ("{rent.arrears}\n", "{rent.arears}\n", ["12:36 RA-1: no fact or parameter is called rent.arears; did you mean rent.arrears?"]),
        (">= £50,", '">= £50,', ["13:1 : row 2 has 2 cells where the table has 4 columns; a cell that fits everyone holds -"]),
        ("payment_plan", "payment_plam", [f"8:1 RA-{row}: no intervention is called payment_plam; did you mean payment_plan?" for row in (1, 2, 3)]),
        (">= £50,-,2", "-,-,2", ["13:1 RA-2: row 2 tests nothing, so no later row would ever be reached; move it to the end"]),
        ("rent.tenancy_type,tier", "rent.arrears,tier", ["11:14 : the column rent.arrears stands here twice; write one range, as in [0..5]"]),
    ],
)  # fmt: skip
def test_a_fault_names_row_and_column(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert old in table()
    assert faults(tmp_path, table().replace(old, new)) == told


def test_a_table_may_not_suggest_what_is_against_the_household(tmp_path: Path) -> None:
    adverse = INTERVENTIONS.replace("measure: M15", "measure: M24").replace("affordability", "recovery")
    rules = written(tmp_path, table())
    write_rules(rules, a=adverse + PARAMETERS)
    with pytest.raises(RulebookInvalid) as invalid:
        load_rulebook(rules)
    told = [(each.rule_id, each.line, each.message.partition(",")[0]) for each in invalid.value.faults]
    assert told == [(f"RA-{row}", 8, "payment_plan is of class recovery") for row in (1, 2, 3)]


def test_a_table_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    nameless = table().replace("# table: RA\n", "")
    assert loaded(tmp_path, nameless).rules[0].id == "arrears-1"
    (tmp_path / "arrears.csv").rename(tmp_path / "rent arrears 2026.csv")
    with pytest.raises(RulebookInvalid, match="table: rent arrears 2026 is not an id"):
        load_rulebook(tmp_path)


def test_a_table_obeys_the_purpose_firewall(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, table("rent.arrears,benefits.income_weekly,because\n> £1,< £9,a\n", "unique"))
    assert told.startswith("11:14 RA: benefits.income_weekly may not be used for housing")


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.integers(0, 700), st.text(alphabet='",#:-\n[]()<>=£ar.1yes', max_size=12), st.integers(0, 30))
def test_whatever_is_typed_into_a_table_is_a_rulebook_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, at: int, typed: str, gone: int
) -> None:
    text = table()[:at] + typed + table()[at + gone :]
    directory = written(tmp_path_factory.mktemp("typed"), text)
    try:
        assert load_rulebook(directory).rules
    except RulebookInvalid as invalid:
        lines = text.count("\n") + 1
        assert all(each.file == "arrears.csv" and 1 <= each.line <= lines for each in invalid.faults)  # noqa: PT017
