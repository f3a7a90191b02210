"""What reads badly in a condition though it is no fault: numbers without a name, `and` beside `or`."""

from collections.abc import Iterator

from rules.tree import AllOf, AnyOf, AtLeast, Condition, Literal, walk
from smart_record.facts.catalogue import FactType


def numbers_without_a_name(condition: Condition) -> Iterator[str]:
    """Amounts, days and counts written into a rule: policy numbers change, and belong in dated parameters.

    £0, 0 and 1 are no policy; nor is the k of "at least k of (...)".
    """
    counted = {id(node.count) for node in walk(condition) if isinstance(node, AtLeast)}
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
