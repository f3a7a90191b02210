"""Decision tables kept in a spreadsheet: what its cells mean, and what they can't hold."""
# ruff: noqa: E501  # messages are compared whole

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rules.errors import RulebookInvalid
from rules.loading.loader import load_rulebook
from tests.rules.builders import write_rules
from tests.rules.decision_tables.builders import a_workbook, loaded, table
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS


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
