"""Cases of decision tables: what each says of every row, what check asks for, and what their faults say."""
# ruff: noqa: E501  # messages are compared whole

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rules.checking.checks import check
from rules.loading.loader import load_rulebook
from rules.telling.document import document
from smart_record.events import History
from tests.rules.builders import AS_OF, write_rules
from tests.rules.decision_tables.builders import a_workbook, faults, loaded, table, written
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS

CASES = """\
# cases
rent.arrears,rent.tenancy_type,expect
£500,secure,1
£499.99,fixed,2
£49.99,introductory,3
£10,secure,none
£600,,"1..2 not known"
,introductory,"RA-2 not known, 3 not known"
£900,other,2
-,-,1..3 not known
"""


def told(directory: Path, text: str) -> list[str]:
    """What check, without proofs, says of the table."""
    found = check(written(directory, text), as_of=AS_OF)
    return [f"{each.severity} {each.line} {each.what} {each.rule_id}: {each.message}" for each in found if each.file == "arrears.csv"]  # fmt: skip


def test_a_case_is_one_of_every_row(tmp_path: Path) -> None:
    book = loaded(tmp_path, table() + CASES)
    assert [[case.expect.words for case in rule.cases] for rule in book.rules] == [
        ["met", "not met", "not met", "not met", "not known", "not met", "not met", "not known"],
        ["not met", "met", "not met", "not met", "not known", "not known", "met", "not known"],
        ["not met", "not met", "met", "not met", "not met", "not known", "not met", "not known"],
    ]
    first = book.rules[0].cases[0]
    assert (dict(first.given), first.as_of) == ({"rent.arrears": 50000, "rent.tenancy_type": "secure"}, date(2026, 4, 1))  # fmt: skip
    assert (first.place.file, first.place.line) == ("arrears.csv", 17)
    assert "rent.tenancy_type" not in book.rules[0].cases[4].given


def test_good_cases_leave_nothing_to_tell(tmp_path: Path) -> None:
    assert told(tmp_path, table() + CASES) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("£500,secure,1", "£499,secure,1", ["fault 17 rule RA-1: the case expects met but comes out not met: `signal.ra_row_1` is not met", "fault 17 rule RA-2: the case expects not met but comes out met", "fault 12 rule RA-1: no case shows a household for which it is met"]),
        ('"1..2 not known"', "1", ["fault 21 rule RA-1: the case expects met but comes out not known: rent.tenancy_type is not given", "fault 21 rule RA-2: the case expects not met but comes out not known: rent.tenancy_type is not given"]),
        ("£10,secure,none", "£60,secure,none", ["fault 20 rule RA-2: the case expects not met but comes out met"]),
    ],
)  # fmt: skip
def test_a_case_that_comes_out_otherwise_is_a_fault(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:  # fmt: skip
    assert old in CASES
    found = told(tmp_path, table() + CASES.replace(old, new))
    assert set(found) <= set(expected)
    assert set(expected[:2]) <= set(found)


def test_each_row_needs_cases_of_its_own(tmp_path: Path) -> None:
    thin = "# cases\nrent.arrears,rent.tenancy_type,expect\n£900,secure,1\n£900,other,2\n"
    assert told(tmp_path, table() + thin) == [
        "fault 12 rule RA-1: no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known",
        "fault 13 rule RA-2: no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known",
        "fault 14 rule RA-3: no case lies on a boundary or leaves out a fact; add one at the threshold, or one that expects not known",
        "fault 14 rule RA-3: no case shows a household for which it is met",
    ]


def test_a_table_without_cases_is_told_how_to_write_them(tmp_path: Path) -> None:
    assert told(tmp_path, table()) == [
        "fault 1 table RA: the table has no cases; below its rows write a line `# cases`, a line of facts and expect, and a household a line with the row that fits it"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("£500,secure,1", "500,secure,1", ["17:1 RA: rent.arrears: 500 is not an amount of money; write £500"]),
        ("£500,secure,1", "£500,secured,1", ["17:6 RA: rent.tenancy_type: secured is not one of secure, introductory, fixed, other; did you mean secure?"]),
        ("£500,secure,1", "£500,secure,4", ["17:13 RA: expect: there is no row 4; the rows are 1 to 3"]),
        ("£500,secure,1", "£500,secure,RB-1", ["17:13 RA: expect: there is no row RB-1; the rows are 1 to 3"]),
        ("£500,secure,1", "£500,secure,", ["17:13 RA: expect: say which row fits, as in 2; or none, or 2 not known"]),
        ("£500,secure,1", "£500,secure,row 1", ["17:13 RA: expect: row 1 names no row; write 2, or none, or 2 not known"]),
        ('"1..2 not known"', "2..1 not known", ["21:7 RA: expect: 2..1 runs backwards; write the smaller row first"]),
        ("£500,secure,1", "£1,500,secure,1", ["17:1 RA: the case has 4 of the 3 cells that the columns ask for; a cell with a comma in it goes in quotation marks"]),
        ("rent.arrears,rent", "rent.arears,rent", ["16:1 RA: no fact is called rent.arears; did you mean rent.arrears?"]),
        ("rent.arrears,rent", "rent.arrears + £1,rent", ["16:1 RA: no fact is called rent.arrears + £1; did you mean rent.arrears?"]),
        ("type,expect", "type,expects", ["16:1 RA: the cases have no column expect; it says which row fits, as in 2, or none", "16:32 RA: no fact is called expects; did you mean expect?"]),
        ("rent.tenancy_type,expect", "rent.arrears,expect", ["16:14 RA: the column rent.arrears stands here twice; keep one"]),
        ("£500,secure,1", "# owner: another", ["17:1 : # owner: another stands below `# cases`; write it above the columns of the table; a remark begins with ##"]),
        (CASES, "# cases\nrent.arrears,expect\n", ["15:1 RA: below `# cases` stand a line of column names and a line a case"]),
        (CASES, "# cases\n", ["15:1 RA: below `# cases` stand a line of column names and a line a case"]),
    ],
)  # fmt: skip
def test_a_fault_of_a_case_names_its_place(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert old in CASES
    assert faults(tmp_path, table() + CASES.replace(old, new)) == expected


def test_cases_that_cannot_be_read_are_not_asked_for_what_they_lack(tmp_path: Path) -> None:
    assert len(told(tmp_path, table() + CASES.replace("£500,secure,1", "500,secure,1"))) == 1


def test_cases_give_what_columns_calculate_with_and_events_and_have_a_date(tmp_path: Path) -> None:
    body = "days since rent.stage_since,at least 2 of rent.payment_missed within 90 days,because\n> 28,yes,a\n> 60,-,b\n"
    cases = (
        "# cases\nrent.stage_since,rent.payment_missed,as_of,expect\n"
        '2026-04-02,"2026-04-10, 2026-04-20",2026-05-01,1\n'
        "2026-04-02,never,2026-05-01,none\n2026-03-02,never,2026-05-02,2\n"
    )
    text = table(body, "collect") + cases
    rule = loaded(tmp_path, text).rules[0]
    assert rule.cases[0].as_of == date(2026, 5, 1)
    assert rule.cases[0].given["rent.payment_missed"] == History.of(date(2026, 4, 10), date(2026, 4, 20))
    assert told(tmp_path, text) == []


def test_under_collect_a_case_names_every_row_that_is_met(tmp_path: Path) -> None:
    body = "rent.arrears,because\n> £1,a\n> £2,b\n"
    cases = '# cases\nrent.arrears,expect\n£2.01,"1, 2"\n£2,1\n£1,none\n'
    assert told(tmp_path, table(body, "collect") + cases) == []
    (fault,) = told(tmp_path, table(body, "collect") + cases.replace('"1, 2"', "2"))
    assert fault.startswith("fault 16 rule RA-1: the case expects not met but comes out met")


def test_a_spreadsheet_may_hold_cases_wider_or_narrower_than_its_table(tmp_path: Path) -> None:
    marker, head, *lines = CASES.splitlines()
    parts = [next(csv.reader([line])) for line in lines]
    wide = [f'{arrears},{tenancy},yes,2026-05-01,"{expect}"' for arrears, tenancy, expect in parts]
    wider = "\n".join([marker, head.replace(",expect", ",rent.tenant,as_of,expect"), *wide])
    for name, cases in (("narrow", CASES), ("wide", wider)):
        folder = tmp_path / name
        folder.mkdir()
        write_rules(folder, a=INTERVENTIONS + PARAMETERS)
        path = a_workbook(folder / "x.xlsx", table() + cases)
        book = load_workbook(path)
        book.worksheets[0]["A17"].value = 500
        book.worksheets[0]["A17"].number_format = '"£"#,##0'
        book.save(path)
        assert [len(rule.cases) for rule in load_rulebook(folder).rules] == [8, 8, 8]
        assert [each for each in check(folder, as_of=AS_OF) if each.file == "x.xlsx"] == []


def test_the_policy_document_shows_the_cases_of_a_row(tmp_path: Path) -> None:
    page = document(loaded(tmp_path, table() + CASES), as_of=AS_OF)
    assert "8 example households of RA-1" in page
