"""The text of a YAML scalar as a value: amounts, dates, counts, words. Each refusal says what to write."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeAlias, TypeVar

from rules.language.tree import Value
from smart_record.facts.terms.catalogue import FactType

Word = TypeVar("Word", bound=StrEnum)

LARGEST_PENCE = 100_000_000_000
LARGEST_COUNT = 100_000
"""Bounds of what can be calculated with exactly: a thousand million pounds, and a hundred thousand."""

Reader: TypeAlias = Callable[[str], Value]
"""Turns text into a value, or raises a ValueError that says what to write."""

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")
_POUNDS = re.compile(r"(-?)£(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{2}))?")


def nearest(word: str, known: Sequence[str]) -> str:
    """A "did you mean" for a word, or "" where nothing known is near.

    >>> nearest("council_tax.arears", ["council_tax.arrears", "rent.arrears"])
    '; did you mean council_tax.arrears?'
    """
    near = [each for each in known if _same_tail(word, each)][:2] if _strange_head(word, known) else []
    near = near or get_close_matches(word, known, n=1, cutoff=0.75)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _strange_head(word: str, known: Sequence[str]) -> bool:
    """Whether a dotted name begins with a topic that doesn't exist, as in ct.arrears."""
    return "." in word and word.split(".", 1)[0] not in {each.split(".", 1)[0] for each in known}


def _same_tail(word: str, other: str) -> bool:
    return "." in other and word.rsplit(".", 1)[-1] == other.rsplit(".", 1)[-1]


def prose(text: str) -> str:
    """Some text, its ends and inner line breaks tidied."""
    if not text.strip():
        raise ValueError("write something here")
    return " ".join(text.split())


def identifier(text: str) -> str:
    """An id in letters, digits, - and _."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", text):
        raise ValueError(f"{text or 'nothing'} is not an id; use letters, digits, - and _, as in R05")
    return text


def snake_case(text: str) -> str:
    """A name in small letters, digits and _."""
    if not _SNAKE_CASE.fullmatch(text):
        raise ValueError(
            f"{text or 'nothing'} is not a name; use small letters, digits and _, as in small_debt"
        )
    return text


def money(text: str) -> int:
    """Pence of an amount in pounds.

    >>> money("£1,400.50")
    140050
    """
    found = _POUNDS.fullmatch(text.strip())
    if not found:
        number = re.fullmatch(r"-?[\d,]+(\.\d+)?", text.strip())
        example = f"£{text.strip()}" if number and "." not in text else "£300 or £1,400.50"
        raise ValueError(f"{text} is not an amount of money; write {example}")
    sign, pounds, pence = found.groups()
    amount = int(pounds.replace(",", "")) * 100 + int(pence or 0)
    if amount > LARGEST_PENCE:
        raise ValueError(f"{text} is more than any household's money; the most is £1,000,000,000")
    return -amount if sign else amount


def count(text: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"-?\d{1,9}", text.strip()):
        hint = "; it has no £, since it is a count" if "£" in text else ", such as 2"
        raise ValueError(f"{text} is not a whole number{hint}")
    if abs(int(text)) > LARGEST_COUNT:
        raise ValueError(f"{text} is too large; the most is 100000")
    return int(text)


def day(text: str) -> date:
    """A date written year first.

    >>> day("2026-04-01")
    datetime.date(2026, 4, 1)
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        raise ValueError(f"{text or 'nothing'} is not a date; write it as 2026-04-01")
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text} is not a day of the calendar") from None
    if not 1800 <= found.year <= 2999:
        raise ValueError(f"{text} is outside the years 1800 to 2999")
    return found


def yes_no(text: str) -> bool:
    """Yes or no, in those words."""
    if text not in {"yes", "no"}:
        raise ValueError(f"{text or 'nothing'} is neither yes nor no")
    return text == "yes"


def between(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds."""

    def read(text: str) -> int:
        number = count(text)
        if not lowest <= number <= highest:
            raise ValueError(f"{text} is outside {lowest} to {highest}")
        return number

    return read


def word_of(words: type[Word]) -> Callable[[str], Word]:
    """A reader of one word of a closed list."""

    def read(text: str) -> Word:
        known = [word.value for word in words]
        if text not in known:
            raise ValueError(f"{text or 'nothing'} is not one of {', '.join(known)}{nearest(text, known)}")
        return words(text)

    return read


def value(text: str, kind: FactType, choices: Sequence[str] = ()) -> Value:
    """The value of a fact or parameter of a type; a choice must be one of `choices` where there are any."""
    if kind is FactType.CHOICE and choices and text not in choices:
        raise ValueError(f"{text} is not one of {', '.join(choices)}{nearest(text, choices)}")
    readers: dict[FactType, Reader] = {
        FactType.MONEY: money,
        FactType.COUNT: count,
        FactType.DATE: day,
        FactType.YES_NO: yes_no,
        FactType.CHOICE: prose,
        FactType.TEXT: prose,
    }
    return readers[kind](text)


def is_snake_case(text: str) -> bool:
    """Whether a text is a name in small letters, digits and _."""
    return _SNAKE_CASE.fullmatch(text) is not None
