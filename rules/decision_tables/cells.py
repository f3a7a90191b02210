"""A cell of a decision table as a condition of the rule language, on the fact that its column names.

`>= £500`, `between 4 and 7`, `[4..7]`, `private_rent, social_rent`, `not(a, b)`, `missing`, `yes`; `-` or an
empty cell asks nothing.
"""

import re
from collections.abc import Iterator

_THOUSANDS = re.compile(r"£\d{1,3}(?:,\d{3})+")
_RANGE = re.compile(r"([\[(]?)\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])]?)")
_COMPARISON = re.compile(r"[<>=!]")
_WORDS = re.compile(r"(?:not between|between|not in|in|at or after|at or before|after|before)\b")


def condition_text(column: str, cell: str) -> str | None:
    """The condition of a cell, or None where it asks nothing.

    >>> condition_text("rent.arrears", ">= £1,000")
    'rent.arrears >= £1,000'
    >>> condition_text("household.tenure", "private_rent, social_rent")
    'household.tenure in (private_rent, social_rent)'
    >>> condition_text("rent.weeks_in_arrears", "[4..7)")
    '(rent.weeks_in_arrears >= 4 and rent.weeks_in_arrears < 7)'
    >>> condition_text("rent.tenant", "no")
    'not rent.tenant'
    """
    text = cell.strip()
    if text in {"", "-"}:
        return None
    items = list(_items(text))
    inner = re.fullmatch(r"not\s*\((.*)\)", text)
    if inner:
        listed = ", ".join(_items(inner[1]))
        return f"{column} not in ({listed})"
    if len(items) > 1 and not any(_is_test(item) for item in items):
        return f"{column} in ({', '.join(items)})"
    tests = [_one(column, item) for item in items]
    return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"


def _is_test(item: str) -> bool:
    return bool(
        _COMPARISON.match(item)
        or _WORDS.match(item)
        or _RANGE.fullmatch(item)
        or item in {"missing", "known", "yes", "no"}
    )


def _one(column: str, item: str) -> str:
    """The condition of one of a cell's alternatives."""
    if item in {"yes", "no"}:
        return column if item == "yes" else f"not {column}"
    if item in {"missing", "known"}:
        return f"{column} is {item}"
    if found := _RANGE.fullmatch(item):
        opening, low, high, closing = found.groups()
        above, below = (">" if opening == "(" else ">="), ("<" if closing == ")" else "<=")
        return f"({column} {above} {low} and {column} {below} {high})"
    if item.startswith(("between", "not between")):
        return f"({column} {item})"
    if _is_test(item):
        return f"{column} {item}"
    return f"{column} = {item}"


def _items(text: str) -> Iterator[str]:
    """The alternatives of a cell, at its commas outside quotation marks, brackets and amounts."""
    depth, quoted, item = 0, False, ""
    inside = {at for found in _THOUSANDS.finditer(text) for at in range(*found.span())}
    for at, character in enumerate(text):
        quoted ^= character == '"'
        depth += (character in "([") - (character in ")]") if not quoted else 0
        if character == "," and depth == 0 and not quoted and at not in inside:
            yield item.strip()
            item = ""
        else:
            item += character
    yield item.strip()
