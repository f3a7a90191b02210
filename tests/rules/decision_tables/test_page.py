"""The page about decision tables does what it says, step by step, on the rule library."""

import re
import shutil
from pathlib import Path

from rules.checking.checks import check
from rules.errors import Severity
from rules.language.vocabulary import Outcome
from rules.loading.loader import load_rulebook
from rules.meaning.reference import judge
from rules.proofs.proving import prove
from tests.rules.builders import AS_OF

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "decision-tables.md").read_text(encoding="utf-8")
(TABLE,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)


def a_folder(directory: Path, text: str) -> Path:
    """The parameters and interventions of the library, with the page's table."""
    for name in ("interventions.yaml", "parameters.yaml"):
        shutil.copy(ROOT / "rules" / "library" / name, directory)
    (directory / "ctr_bands.csv").write_text(text, encoding="utf-8")
    return directory


def told(directory: Path, text: str) -> list[str]:
    found = check(a_folder(directory, text), as_of=AS_OF, prove=prove)
    return [str(each.message) for each in found if each.file == "ctr_bands.csv"]


def test_the_table_is_as_it_should_be(tmp_path: Path) -> None:
    assert told(tmp_path, TABLE) == []


def test_each_household_fits_the_row_that_the_page_means(tmp_path: Path) -> None:
    book = load_rulebook(a_folder(tmp_path, TABLE))
    bands = {12000: "CTRB-2", 12001: "CTRB-4", 20000: "CTRB-4", 20001: "CTRB-5", 26001: "CTRB-6"}
    for pence, rule_id in bands.items():
        facts = {
            "council_tax.reduction": False,
            "benefits.income_weekly": pence,
            "household.children": 0,
        }
        met = [
            rule.id
            for rule in book.rules
            if judge(rule, facts, rulebook=book, as_of=AS_OF).outcome is Outcome.MET
        ]
        assert met == [rule_id]


def test_the_change_that_the_page_proposes_is_found(tmp_path: Path) -> None:
    changed = TABLE.replace("# hit policy: first", "# hit policy: unique").replace(
        "(£120..£200],>= 1", "< £200,>= 1"
    )
    changed = changed.replace("-,-,-,4,0,", "no,> £260,-,4,0,").replace("# complete: yes\n", "")
    found = told(tmp_path, changed)
    assert [each.split(", which")[0] for each in found if "both fit" in each] == [
        "row 3 and row 2 (line 12) both fit one household"
    ]


def test_without_its_last_row_the_table_has_a_hole(tmp_path: Path) -> None:
    last = "-,-,-,4,0,income of {benefits.income_weekly} a week is above the bands\n"
    assert last in TABLE
    shorter = TABLE.split("# cases")[0].replace(last, "")
    found = check(a_folder(tmp_path, shorter), as_of=AS_OF, prove=prove)
    hole, _ = sorted(
        (each for each in found if each.severity is Severity.FAULT), key=lambda each: each.message
    )
    assert hole.message.startswith("no row fits this household")
