"""docs/events.md says what the catalogue says."""

from pathlib import Path

from smart_record.events.page import events_page

PAGE = Path(__file__).parents[3] / "docs" / "events.md"


def test_the_page_is_fresh() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == events_page(), "run: python -m smart_record.events.page > docs/events.md"
