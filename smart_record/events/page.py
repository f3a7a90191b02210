"""docs/events.md, written from the catalogue: `python -m smart_record.events.page > docs/events.md`."""

import sys

from smart_record.events.catalogue import Event
from smart_record.events.declarations import EVENTS

_INTRODUCTION = """# Events

What can have happened to a household as of a date, and what rules may speak of ([rule-language.md](rule-language.md)). Written from the catalogue by `python -m smart_record.events.page > docs/events.md`; a test holds it fresh.

- An event has the day it happened and the day from which a record could tell of it; one that no record could tell of by the as-of date does not count.
- For each household and event the night also keeps since when it is **known**: the whole past, from a day on, or not at all. No record of a source is not "it did not happen".
- Postings are known from an account's first one; wholly where the account began after the first posting of its system. Recovery steps are known from the first one of the system's history.
- **Purposes** are the legal gateways, as for facts.

| Event | Meaning | Source | Purposes |
| --- | --- | --- | --- |
"""  # noqa: E501 - a paragraph of a page is one line


def events_page() -> str:
    """The whole page, in Markdown."""
    return _INTRODUCTION + "".join(f"{_row(event)}\n" for event in EVENTS)


def _row(event: Event) -> str:
    meaning = f"{event.meaning[0].upper()}{event.meaning[1:]}. {event.note}".strip()
    sources = ", ".join(f"`{source}`" for source in event.sources)
    purposes = ", ".join(sorted(purpose.value for purpose in event.purposes))
    return f"| `{event.name}` | {meaning} | {sources} | {purposes} |"


if __name__ == "__main__":
    sys.stdout.write(events_page())
