"""Decision tables: the rules they become, what their faults say, and what is proved of them."""
# ruff: noqa: E501  # messages are compared whole

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from rules.checks import check
from rules.decision_table_cells import condition_text
from rules.errors import RulebookInvalid
from rules.loader import load_rulebook
from rules.model import Rulebook
from rules.proofs import prove
from rules.reference import judge
from rules.tree import Value
from rules.vocabulary import Outcome
from tests.rules.builders import AS_OF, write_rules
from tests.rules.strategies import fact_sheets
from tests.rules.test_loader import INTERVENTIONS, PARAMETERS

HEAD = """\
# hit policy: {policy}
# table: RA
# ruleset: rent-arrears
# version: 2026.11.1
# owner: welfare-policy@example.gov.uk
# from: 2026-04-01
# purpose: housing
# intervention: payment_plan
# priority: 3
# source: local policy
"""

LADDER = """\
rent.arrears,rent.tenancy_type,tier,because
>= £500,"secure, fixed",3,they owe {rent.arrears}
>= £50,-,2,"they owe {rent.arrears}, more than a little"
-,introductory,1,they are new
"""


def table(body: str = LADDER, policy: str = "first", **head: str) -> str:
    """A table's text: the head, with lines changed or added, and the body."""
    text = HEAD.format(policy=policy)
    for key, value in head.items():
        line = f"# {key}: {value}\n"
        old = [each for each in text.splitlines(keepends=True) if each.startswith(f"# {key}:")]
        text = text.replace(old[0], line) if old else text + line
    return text + body


def written(directory: Path, text: str) -> Path:
    """A rules directory with the table and what it needs."""
    write_rules(directory, a=INTERVENTIONS + PARAMETERS)
    (directory / "arrears.csv").write_text(text, encoding="utf-8")
    return directory


def loaded(directory: Path, text: str) -> Rulebook:
    return load_rulebook(written(directory, text))


def faults(directory: Path, text: str) -> list[str]:
    with pytest.raises(RulebookInvalid) as invalid:
        loaded(directory, text)
    return [f"{each.line}:{each.column} {each.rule_id}: {each.message}" for each in invalid.value.faults]


def proved(directory: Path, text: str) -> list[str]:
    """What is said of the table but that it has no cases; for those there is test_decision_table_cases."""
    told = check(written(directory, text), as_of=AS_OF, prove=prove)
    return [
        f"{each.severity} {each.line} {each.rule_id}: {each.message}"
        for each in told
        if each.file == "arrears.csv" and "has no cases" not in each.message
    ]


def outcomes(book: Rulebook, **facts: Value) -> dict[str, str]:
    """How each rule comes out; fact names with two underscores for the dot."""
    given = {name.replace("__", "."): value for name, value in facts.items()}
    return {rule.id: judge(rule, given, rulebook=book, as_of=AS_OF).outcome.words for rule in book.rules}


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


def test_rows_that_give_way_begin_and_end_together(tmp_path: Path) -> None:
    body = "rent.arrears,from,because\n> £5,2026-04-01,a\n> £1,2027-04-01,b\n"
    (told,) = faults(tmp_path, table(body))
    assert "all rows begin and end together" in told
    assert len(loaded(tmp_path, table(body, "collect")).rules) == 2


def test_overlapping_rows_are_a_fault_under_unique(tmp_path: Path) -> None:
    body = "rent.arrears,rent.tenant,because\n>= £500,yes,a\n<= £500,-,b\n> £900,no,c\n"
    assert proved(tmp_path, table(body, "unique")) == [
        "fault 13 RA-2: row 2 and row 1 (line 12) both fit one household, which the hit policy unique rules out (example: rent.arrears £500, rent.tenant yes)"
    ]


def test_overlapping_rows_must_agree_under_any(tmp_path: Path) -> None:
    body = "rent.arrears,tier,because\n>= £500,2,a\n>= £900,{},b\n"
    told = proved(tmp_path, table(body.format(3), "any"))
    assert told[0].startswith(
        "fault 13 RA-2: row 2 and row 1 (line 12) both fit one household and lead to different things"
    )
    assert not [each for each in proved(tmp_path, table(body.format(2), "any")) if each.startswith("fault")]


@pytest.mark.parametrize("policy", ["first", "unique", "collect"])
def test_a_table_that_is_to_be_complete_shows_who_fits_no_row(tmp_path: Path, policy: str) -> None:
    body = "rent.arrears,because\n< £500,a\n> £500,b\n"
    told = proved(tmp_path, table(body, policy, complete="yes"))
    assert (
        "fault 11 RA: no row fits this household, though the table is to be complete: rent.arrears £500"
        in told
    )
    closed = proved(tmp_path, table(body.replace("> £500", ">= £500"), policy, complete="yes"))
    assert not [each for each in closed if "no row fits" in each]


def test_a_row_hidden_behind_another_can_never_be_met(tmp_path: Path) -> None:
    told = proved(tmp_path, table("rent.arrears,because\n> £5,a\n> £9,b\n"))
    assert told == [
        "fault 13 RA-2: can never be met: no household can have `signal.ra_row_2` and `not signal.ra_row_1` together"
    ]


def a_workbook(path: Path, text: str, **cells: object) -> Path:
    """A table's text as a workbook, one cell each, with some cells set otherwise."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [line] if line.startswith("#") else _split(line)
        for column, part in enumerate(parts, start=1):
            sheet.cell(number, column, part)
    for place, value in cells.items():
        sheet[place] = value
    book.save(path)
    return path


def _split(line: str) -> list[str]:
    return next(csv.reader([line]))


def test_a_spreadsheet_says_the_same_as_the_csv(tmp_path: Path) -> None:
    book = loaded(tmp_path, table())
    other = tmp_path / "other"
    other.mkdir()
    write_rules(other, a=INTERVENTIONS + PARAMETERS)
    a_workbook(other / "arrears.xlsx", table(), C12=3, C13=2)
    sheet = load_rulebook(other)
    assert [(rule.id, rule.text, rule.tier, rule.place.line) for rule in sheet.rules] == [
        (rule.id, rule.text, rule.tier, rule.place.line) for rule in book.rules
    ]


def test_values_of_a_spreadsheet_are_read_as_they_are_meant(tmp_path: Path) -> None:
    body = "rent.arrears,rent.tenant,rent.tenant_since,rent.weeks_in_arrears,because\na,b,c,d,why\n"
    write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS)
    path = a_workbook(
        tmp_path / "x.xlsx", table(body, "unique"), A12=1234.5, B12=True, C12=date(2026, 4, 1), D12=4
    )
    book = load_workbook(path)
    book.worksheets[0]["A12"].number_format = '"£"#,##0.00'
    book.save(path)
    (rule,) = load_rulebook(tmp_path).rules
    assert (
        rule.text
        == "rent.arrears = £1234.50 and rent.tenant and rent.tenant_since = 2026-04-01 and rent.weeks_in_arrears = 4"
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("=1+1", "cell A12: a formula; paste its value"),
        (0.25, "cell A12: 0.25 is not a whole number; an amount needs a £ format, or text such as £12.50"),
        (300, "row 1, column rent.arrears: cannot compare money with a number; write £300"),
    ],
)
def test_what_a_cell_of_a_spreadsheet_cannot_hold(tmp_path: Path, value: object, told: str) -> None:
    write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS)
    a_workbook(tmp_path / "x.xlsx", table(), A12=value)
    with pytest.raises(RulebookInvalid) as invalid:
        load_rulebook(tmp_path)
    assert [(each.file, each.line, each.message) for each in invalid.value.faults] == [("x.xlsx", 12, told)]


def test_a_file_that_is_no_workbook_is_a_fault(tmp_path: Path) -> None:
    write_rules(tmp_path, a=INTERVENTIONS + PARAMETERS)
    (tmp_path / "x.xlsx").write_bytes(b"not a zip")
    with pytest.raises(RulebookInvalid, match="save it as"):
        load_rulebook(tmp_path)


CELLS: Mapping[str, Sequence[tuple[str, str]]] = {
    "rent.arrears": (
        ("-", ""),
        (">= £50", "rent.arrears >= £50"),
        ('"< £1, > £300"', "(rent.arrears < £1 or rent.arrears > £300)"),
        ("[£0.01..£300)", "rent.arrears >= £0.01 and rent.arrears < £300"),
        ("missing", "rent.arrears is missing"),
    ),
    "rent.stage": (
        ("-", ""),
        ('"none, court"', "rent.stage in (none, court)"),
        ("at or after court", "rent.stage at or after court"),
        ("not(none)", "rent.stage not in (none)"),
    ),
    "rent.months_rising": (
        ("-", ""),
        ("2", "rent.months_rising = 2"),
        ("between 1 and 3", "rent.months_rising between 1 and 3"),
        ('"0, missing"', "(rent.months_rising = 0 or rent.months_rising is missing)"),
    ),
    "rent.direct_debit": (("-", ""), ("yes", "rent.direct_debit"), ("no", "not rent.direct_debit")),
}
"""What a cell may hold, and the same in the rule language, written by hand."""


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[list[tuple[str, str]]], list[int]]:
    policy = draw(st.sampled_from(["unique", "any", "first", "priority", "collect"]))
    rows = draw(
        st.lists(
            st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())).filter(
                lambda row: any(text for _, text in row)
            ),
            min_size=1,
            max_size=4,
        )
    )
    return policy, [list(row) for row in rows], draw(st.lists(st.integers(1, 4), min_size=4, max_size=4))


@settings(derandomize=True, max_examples=20, deadline=None)
@given(tables(), fact_sheets(10))
def test_a_table_means_what_the_same_rules_mean_in_yaml(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[str, list[list[tuple[str, str]]], list[int]],
    sheet: object,
) -> None:
    policy, rows, priorities = drawn
    body = "\n".join(
        f"{','.join(cell for cell, _ in row)},{priority},why"
        for row, priority in zip(rows, priorities, strict=False)
    )
    text = table(f"{','.join(CELLS)},priority,because\n{body}\n", policy)
    by_table = loaded(tmp_path_factory.mktemp("table"), text)
    folder = tmp_path_factory.mktemp("yaml")
    by_yaml = load_rulebook(
        write_rules(folder, a=INTERVENTIONS + PARAMETERS, b=_yaml(policy, rows, priorities))
    )
    for facts in _households(sheet):
        for rule, other in zip(by_table.rules, by_yaml.rules, strict=True):
            one = judge(rule, facts, rulebook=by_table, as_of=AS_OF)
            two = judge(other, facts, rulebook=by_yaml, as_of=AS_OF)
            assert (one.rule_id, one.outcome) == (two.rule_id, two.outcome)
        if policy in {"first", "priority"}:
            met = [judge(rule, facts, rulebook=by_table, as_of=AS_OF).outcome for rule in by_table.rules]
            assert met.count(Outcome.MET) <= 1


def _yaml(policy: str, rows: list[list[tuple[str, str]]], priorities: list[int]) -> str:
    whens = [" and ".join(f"({text})" for _, text in row if text) for row in rows]
    order = (
        sorted(range(len(rows)), key=lambda at: priorities[at])
        if policy == "priority"
        else list(range(len(rows)))
    )
    rules = []
    for place, at in enumerate(order):
        before = [f"not ({whens[each]})" for each in order[:place]] if policy in {"first", "priority"} else []
        rules.append(
            f"  - id: RA-{at + 1}\n    title: t\n    kind: suggest\n    from: 2026-04-01\n    purpose: housing\n"
            f"    intervention: payment_plan\n    priority: {priorities[at]}\n    source: s\n    because: why\n"
            f"    when: |\n      {' and '.join([whens[at], *before])}\n"
        )
    return "ruleset: r\nversion: 1\nowner: o\nrules:\n" + "".join(rules)


def _households(sheet: object) -> list[dict[str, Value | None]]:
    rows = sheet.drop("household_id").to_dicts()  # type: ignore[attr-defined]
    return [{name.replace("__", "."): value for name, value in row.items()} for row in rows]
