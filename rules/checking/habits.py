"""What reads badly in a rule though it is no fault: unnamed numbers, `and` beside `or`, units said twice."""

from collections.abc import Iterator

from rules.language.event_tree import Followed, Happened, events_of
from rules.language.model import Rule, Rulebook
from rules.language.template import FactPlace
from rules.language.tree import AllOf, AnyOf, AtLeast, Condition, Literal, walk
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.wording import SINGULAR


def habits(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    """Notes on how a rule is written."""
    yield from numbers_without_a_name(rule.when)
    yield from unbracketed(rule.when, rule.text)
    yield from without_end(rule.when)
    yield from units_said_twice(rule, rulebook)


def numbers_without_a_name(condition: Condition) -> Iterator[str]:
    """Amounts, days and counts written into a rule: policy numbers change, and belong in dated parameters.

    £0, 0 and 1 are no policy; nor is the k of "at least k of (...)".
    """
    counted = {id(node.count) for node in walk(condition) if isinstance(node, AtLeast | Happened)}
    for node in walk(condition):
        if isinstance(node, Literal) and id(node) not in counted and (shown := _policy_number(node)):
            yield f"{shown} is written into the rule; a parameter would give it a name, a date and a source"


def _policy_number(literal: Literal) -> str:
    value = literal.value
    if literal.type is FactType.MONEY and isinstance(value, int) and value != 0:
        return f"£{value / 100:,.2f}"
    if literal.type is FactType.COUNT and isinstance(value, int) and value not in {0, 1}:
        return str(value)
    return ""


def without_end(condition: Condition) -> Iterator[str]:
    """A condition on events without `in the last` is met by what happened years ago."""
    for node in walk(condition):
        if isinstance(node, Happened | Followed) and node.lately is None:
            named = " then ".join(events_of(node))
            yield f"{named} is looked for as far back as the records go; say `in the last 365 days` if not"


def unbracketed(condition: Condition, text: str) -> Iterator[str]:
    """`a and b or c` without brackets: read as `(a and b) or c`, which may not be what was meant."""
    for node in walk(condition):
        if not isinstance(node, AnyOf):
            continue
        for part in node.parts:
            if (
                isinstance(part, AllOf)
                and not _bracketed(part, text)
                and " and " in f" {_words(part, text)} "
            ):
                yield f"`and` beside `or` is read as ({_words(part, text)}) or ...; put the brackets in"


def _bracketed(part: AllOf, text: str) -> bool:
    before, after = text[: part.span.start].rstrip(), text[part.span.end :].lstrip()
    return before.endswith("(") and after.startswith(")")


def _words(part: AllOf, text: str) -> str:
    return " ".join(text[part.span.start : part.span.end].split())


def units_said_twice(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    """`{rent.weeks_in_arrears} weeks` comes out as "3 weeks weeks": values bring their units along."""
    for place, after in zip(rule.because.parts, rule.because.parts[1:], strict=False):
        if isinstance(place, FactPlace) and isinstance(after, str):
            fact = rulebook.catalogue[place.name]
            if after.split()[:1] and after.split()[0].strip(",.;:") in _units(fact):
                said = after.split()[0].strip(",.;:")
                yield f"the value of {fact.name} brings its unit along; take out `{said}` after it"
    for before, place in zip(rule.because.parts, rule.because.parts[1:], strict=False):
        if isinstance(place, FactPlace) and isinstance(before, str) and before.endswith("£"):
            yield f"the value of {place.name} brings its £ along; take out the one before it"


def _units(fact: Fact) -> set[str]:
    return {fact.unit, SINGULAR.get(fact.unit, fact.unit)} - {""}
