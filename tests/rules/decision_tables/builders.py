"""Decision tables in few words, and what is said of them."""
# messages are compared whole

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from rules.checking.checks import check
from rules.errors import RulebookInvalid
from rules.language.model import Rulebook
from rules.language.tree import Value
from rules.loading.loader import load_rulebook
from rules.meaning.reference import judge
from rules.proofs.proving import prove
from tests.rules.builders import AS_OF, write_rules
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS

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
    """What is said of the table but that it has no cases; for those there is test_cases."""
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
