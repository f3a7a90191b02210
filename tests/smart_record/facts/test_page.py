"""docs/facts.md says what the catalogue says."""

from pathlib import Path

from smart_record.facts.declarations import FACTS
from smart_record.facts.page import catalogue_page

PAGE = Path(__file__).parents[3] / "docs" / "facts.md"


def test_the_page_is_fresh() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == catalogue_page(), "run: python -m smart_record.facts.page > docs/facts.md"


def test_every_fact_has_a_row() -> None:
    rows = [line for line in catalogue_page().splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(fact.name for fact in FACTS)
    assert {row.count("|") for row in rows} == {7}
