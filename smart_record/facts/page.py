"""docs/facts.md, written from the catalogue: `python -m smart_record.facts.page > docs/facts.md`."""

import sys
from collections.abc import Iterator
from itertools import groupby

from smart_record.facts.declarations import FACTS
from smart_record.facts.terms.catalogue import Fact, FactType

_TITLES = {
    "household": "Household",
    "council_tax": "Council tax",
    "benefits": "Benefits",
    "rent": "Rent",
    "holds": "Holds: what protects a household",
    "debts": "Debts",
    "universal_credit": "Universal Credit, from the data share for Council Tax Reduction",
    "crisis": "Crisis payments",
    "homelessness": "Homelessness",
    "affordability": "What is left of an income",
    "contact": "Contact",
    "support": "Support: what this product itself holds",
}
_INTRODUCTION = """# Facts

What the engine can know about a household as of a date, and what rules and models may speak of. Written from
the catalogue by `python -m smart_record.facts.page > docs/facts.md`; a test holds it fresh.

- **Not known** is neither no nor zero. A source that the night did not bring, a household of which a source
  has no record, a value that can't be read: the fact is not known, and a rule that needs it says so.
- **As of** a date, nothing dated later counts; what ends later has not ended.
- **Dated** facts can be derived for any past date from dated rows alone, so that a model may learn from their
  past. The others show the night of the extract and are not known for earlier dates, except where a benefit
  claim was not changed since.
- **Further files** (plans, court dates, flags, awards, cases, forms, contacts, notices of breathing space and
  of Universal Credit) and further columns are a council's choice. What it doesn't bring is not known; a file
  that comes is whole, so that a household without a row in it has none.
- **Reserved** facts tell of health: only rules for the measures named, and holds where it says so, may read
  them.
- **Purposes** are the legal gateways; a rule may read only facts that are open to its own purpose.
- Money is held in pence and written in pounds. A month back from the last day of a month is the last day of
  that month.
"""
_HEAD = "| Fact | Type | Dated | Meaning | Source | Purposes |\n| --- | --- | --- | --- | --- | --- |"


def catalogue_page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    by_topic = sorted(FACTS, key=lambda fact: list(_TITLES).index(_topic(fact)))
    for topic, facts in groupby(by_topic, key=_topic):
        yield f"## {_TITLES[topic]}\n\n{_HEAD}"
        yield from map(_row, facts)
        yield ""


def _topic(fact: Fact) -> str:
    return fact.name.split(".")[0]


def _row(fact: Fact) -> str:
    reserved = f" Reserved for {', '.join(fact.reserved_for)}." if fact.reserved_for else ""
    meaning = f"{_capital(fact.meaning)}. {fact.note}{reserved}"
    cells = (
        f"`{fact.name}`",
        _type(fact),
        "yes" if fact.dated else "no",
        meaning.strip(),
        ", ".join(f"`{source}`" for source in fact.sources),
        ", ".join(sorted(purpose.value for purpose in fact.purposes)),
    )
    return f"| {' | '.join(cells)} |"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _type(fact: Fact) -> str:
    match fact.type:
        case FactType.MONEY:
            return "money (£)"
        case FactType.COUNT:
            return f"count of {fact.unit}"
        case FactType.CHOICE:
            return "choice: " + ", ".join(f"`{choice}`" for choice in fact.choices)
        case _:
            return fact.type.value.replace("_", "/")


if __name__ == "__main__":
    sys.stdout.write(catalogue_page())
