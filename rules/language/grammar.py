"""Condition text to parse tree, and what to say when the text can't be read."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from rules.errors import RuleError
from rules.language.tree import Span

ParseTree = Tree[Token]

KEYWORDS = frozenset(
    {"after", "and", "at", "before", "between", "days", "in", "is", "known", "last", "least", "missing"}
    | {"no", "not", "of", "or", "since", "the", "then", "until", "weeks", "within", "yes"}
)
"""Words of the language: no parameter or signal may be called so."""

MOST_CHARACTERS = 4_000
MOST_LEVELS = 40

_MONTHS = re.compile(r"(jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)", re.IGNORECASE)
_SLASHED_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_CHARACTERS: Mapping[str, str] = MappingProxyType(
    {
        "/": "division is not offered: multiply the other side instead, as in `a > b * 2`",
        "&": "write `and`",
        "|": "write `or`",
        "!": "write `not`, or `!=` for `is not equal to`",
        "≥": "write >=",
        "≤": "write <=",
        "≠": "write !=",
        "×": "write *",
        "$": "amounts are in pounds: £100",
        "€": "amounts are in pounds: £100",
        '"': "this quotation mark is never closed on its line",
        "£": "write the amount straight after the £: £300 or £1,400.50",
        ";": "one rule has one condition; join its parts by `and` or `or`",
        "–": "write a plain minus sign, -",
        "−": "write a plain minus sign, -",
    }
    | dict.fromkeys("'‘’“”`", 'use straight double quotation marks: "summons"')
)


class ConditionMisread(RuleError):
    """A piece of rule text can't be understood; `span` says which piece."""

    def __init__(self, span: Span, message: str) -> None:
        self.span = span
        super().__init__(message)


@cache
def _parser() -> Lark:
    grammar = files("rules.language").joinpath("condition.lark").read_text(encoding="utf-8")
    # The basic lexer keeps keywords reserved everywhere: `and and x` is no fact called "and".
    return Lark(grammar, parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False)


def parse(text: str) -> ParseTree:
    """The parse tree of a condition.

    Raises:
        ConditionMisread: If it isn't one, with the nearest right thing.
    """
    if not text.strip():
        raise ConditionMisread(Span(0, len(text)), "the condition is empty")
    if len(text) > MOST_CHARACTERS:
        message = f"the condition is longer than {MOST_CHARACTERS} characters; name parts of it as signals"
        raise ConditionMisread(Span(0, 1), message)
    try:
        tree = _parser().parse(text)
    except UnexpectedCharacters as error:
        at = int(getattr(error, "pos_in_stream", 0))
        raise ConditionMisread(Span(at, at + 1), _about_character(text, at)) from None
    except UnexpectedToken as error:
        raise ConditionMisread(_span_of_token(error.token, text), _about_token(text, error)) from None
    _check_depth(tree)
    return tree


def span_of(tree: ParseTree) -> Span:
    """Where a parse tree stands in its text."""
    return Span(tree.meta.start_pos, tree.meta.end_pos)


def _check_depth(tree: ParseTree) -> None:
    level: list[ParseTree] = [tree]
    for _ in range(MOST_LEVELS):
        level = [child for each in level for child in each.children if isinstance(child, Tree)]
        if not level:
            return
    message = "the condition is nested too deeply to be read; name parts of it as signals"
    raise ConditionMisread(span_of(level[0]), message)


def _span_of_token(token: Token, text: str) -> Span:
    if token.type == "$END":
        return Span(len(text.rstrip()), len(text.rstrip()) + 1)
    start = token.start_pos or 0
    return Span(start, start + len(token))


def _about_character(text: str, at: int) -> str:
    if text[at] == "/" and (slashed := _SLASHED_DATE.search(text, max(0, at - 2))):
        return f"{slashed[0]} is not a date here; write it as 2026-04-01"
    if text[at] in _CHARACTERS:
        return f"{text[at]} can't stand here; {_CHARACTERS[text[at]]}"
    return f"{text[at]} can't stand here"


def _about_token(text: str, error: UnexpectedToken) -> str:
    token = error.token
    before = text[: _span_of_token(token, text).start].rstrip()
    last = re.search(r"[^\s(),]+$", before)
    previous = last[0] if last else ""
    if previous.endswith("%") and re.search(r"\*\s*\S+$", before):
        return f"write the percentage first: {previous} of the amount"
    if said := _about_event(before, token):
        return said
    if token.type == "$END":
        return f"the condition stops after {previous}; something must follow, or a bracket is not closed"
    return _about_pair(previous, token) or _about_one(previous, token)


def _about_event(before: str, token: Token) -> str | None:
    """What is missing where something was said of events."""
    words = before.split()
    if words[-2:-1] == ["then"] and words[-1] not in KEYWORDS:
        return f"after `then {words[-1]}` say how soon, as in `then {words[-1]} within 30 days`"
    if words[-2:-1] == ["of"] and words[-4:-2] and words[-4] == "least" and "." in words[-1]:
        example = f"at least {words[-3]} of {words[-1]}"
        return f"say in what time: `{example} within 90 days` or `{example} in the last 90 days`"
    if words[-2:-1] in (["within"], ["last"]) and token not in {"days", "weeks"}:
        return f"after `{words[-2]} {words[-1]}` write days or weeks"
    if str(token) == "within" and words and words[-1] not in KEYWORDS:
        return f"write `{words[-1]} in the last 30 days`; `within` goes with `at least 2 of` and `then`"
    if words[-1:] == ["the"] or (words[-1:] == ["in"] and str(token) in {"last", "past"}):
        return "write `in the last 30 days`"
    return None


def _about_pair(previous: str, token: Token) -> str | None:
    """Mistakes that show in the word before the one that can't stand."""
    if previous in {"=", "<", ">"} and token.type == "OPERATOR":
        wanted = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<="}.get(previous + token, "one comparison sign")
        return f"{previous}{token} is not a comparison; write {wanted}"
    if previous == "is":
        return f"`is` goes with `known` or `missing`, not with {token}; to compare, write ="
    if previous.endswith("%"):
        return f"after a percentage write `of`: {previous} of council_tax.arrears"
    if previous.isdigit() and _MONTHS.match(token):
        return f"write dates as 2026-04-01, not {previous} {token}"
    return None


def _about_one(previous: str, token: Token) -> str:
    word = str(token)
    if word.lower() in KEYWORDS and word not in KEYWORDS:
        return f"write `{word.lower()}` in small letters"
    if token.type == "OPERATOR":
        return f"{word} can't stand here; compare two values at a time, or write `x between a and b`"
    if word in KEYWORDS:
        after = f" after {previous}" if previous else " at the start"
        return f"`{word}` is a word of the rule language and can't stand{after}"
    if word == ")":
        return "this bracket closes nothing, or something is missing before it"
    if previous:
        return f"{word} can't follow {previous}; is `and`, `or` or a comparison missing between them?"
    return f"{word} can't stand here"
