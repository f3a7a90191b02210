"""An example household in words, for findings and impact reports."""

from collections.abc import Mapping

from rules.language.tree import Condition, Span, Value
from rules.proofs.facts import OTHER_TEXT
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import describe


def household_words(household: Mapping[str, Value], catalogue: Mapping[str, Fact]) -> str:
    """Its known facts, by name, each with its value as people write it.

    >>> from smart_record.facts.declarations import CATALOGUE
    >>> household_words({"rent.arrears": 30000, "rent.tenant": True}, CATALOGUE)
    'rent.arrears £300, rent.tenant yes'
    >>> household_words({}, CATALOGUE)
    'nothing known'
    """
    words = [f"{name} {_value(catalogue[name], value)}" for name, value in sorted(household.items())]
    return ", ".join(words) or "nothing known"


def _value(fact: Fact, value: Value) -> str:
    if fact.type is FactType.CHOICE:
        return str(value)
    return f'"{value}"' if fact.type is FactType.TEXT and value != OTHER_TEXT else describe(fact, value)


def quoted(condition: Condition, text: str) -> str:
    """A condition as its file says it, in marks."""
    return f"`{excerpt(condition.span, text)}`"


def excerpt(span: Span, text: str) -> str:
    """A piece of a rule's text on one line."""
    return " ".join(text[span.start : span.end].split())
