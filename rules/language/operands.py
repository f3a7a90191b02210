"""The values that a condition compares: parse tree to typed operand, nothing converted in silence."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from lark import Token

from rules.language import scalars
from rules.language.grammar import ConditionMisread, ParseTree, span_of
from rules.language.names import DependsOnFaulty, Names, unknown
from rules.language.tree import (
    Arithmetic,
    Constant,
    FactValue,
    Literal,
    Operand,
    ParameterValue,
    PercentOf,
    Shifted,
    Sign,
    Span,
)
from rules.language.units import check_days, check_units
from smart_record.facts.terms.catalogue import Fact, FactType

NUMERIC = frozenset({FactType.MONEY, FactType.COUNT})

IN_WORDS: Mapping[FactType, str] = {
    FactType.MONEY: "money",
    FactType.COUNT: "a number",
    FactType.DATE: "a date",
    FactType.YES_NO: "yes or no",
    FactType.CHOICE: "a choice",
    FactType.TEXT: "text",
}

_SIGNS = {"plus": Sign.PLUS, "minus": Sign.MINUS, "times": Sign.TIMES}


def read_operand(tree: ParseTree, names: Names, beside: Fact | None = None) -> Operand:
    """The typed operand of a parse tree.

    Args:
        tree: A parse tree.
        names: What may be spoken of.
        beside: The choice fact that it is compared with: its bare words are then values.

    Raises:
        ConditionMisread: If it is no value, or mixes types.
    """
    match tree.data:
        case "name":
            return _named(_token(tree), names, beside)
        case "money" | "number" | "date" | "string" | "negative":
            return _literal(tree, beside)
        case "plus" | "minus" | "times":
            return _arithmetic(tree, names)
        case "percent_of" | "named_percent_of":
            return _percent_of(tree, names)
        case _:
            raise ConditionMisread(
                span_of(tree), _NO_VALUE.get(tree.data, "this is a condition, not a value")
            )


_NO_VALUE = {
    "yes_no": "yes and no are not compared; write the fact alone, or `not` before it",
    "duration": "days can be added to a date; after `days since` write the number alone",
    "elapsed": "`days since` is compared with a fixed number, as in `days since rent.stage_since > 28`; "
    "to compare two dates, write `rent.stage_since <= benefits.stopped_on + 30 days`",
}


def read_constant(token: Token, names: Names) -> Constant:
    """A whole number written out or the name of a count parameter."""
    span = _span(token)
    if token.type == "NUMBER":
        return Literal(FactType.COUNT, _scalar(scalars.count, str(token), span), span)
    found = _named(token, names, None)
    if isinstance(found, ParameterValue) and found.type is FactType.COUNT:
        return found
    raise ConditionMisread(span, f"{token} must be a count parameter or a whole number here")


def choice_fact(tree: ParseTree, names: Names) -> Fact | None:
    """The choice fact that a parse tree names, if it does."""
    fact = names.catalogue.get(str(tree.children[0])) if tree.data == "name" else None
    return fact if fact and fact.type is FactType.CHOICE else None


def _token(tree: ParseTree) -> Token:
    token = tree.children[0]
    assert isinstance(token, Token)
    return token


def _span(token: Token) -> Span:
    start = token.start_pos or 0
    return Span(start, start + len(token))


def _scalar(read: Callable[[str], int], text: str, span: Span) -> int:
    try:
        return read(text)
    except ValueError as error:
        raise ConditionMisread(span, str(error)) from None


def _named(token: Token, names: Names, beside: Fact | None) -> Operand:
    name, span = str(token), _span(token)
    if fact := names.catalogue.get(name):
        return FactValue(name, fact.type, span)
    if name in names.faulty:
        raise DependsOnFaulty(span, f"{name} has a fault of its own")
    if parameter := names.parameters.get(name):
        return ParameterValue(name, parameter.type, span)
    if beside:
        return Literal(FactType.CHOICE, _choice(name, beside, span), span)
    raise ConditionMisread(span, unknown(name, names))


def _choice(word: str, fact: Fact, span: Span) -> str:
    if word in fact.choices:
        return word
    known = f"{fact.name} is one of {', '.join(fact.choices)}"
    raise ConditionMisread(
        span, f"{word} is not a value of {fact.name}{scalars.nearest(word, fact.choices)} ({known})"
    )


def _literal(tree: ParseTree, beside: Fact | None) -> Literal:
    span = span_of(tree)
    if tree.data == "negative":
        (inner,) = tree.children
        if not isinstance(inner, Token) and inner.data in {"money", "number"}:
            number = _literal(inner, None)
            assert isinstance(number.value, int)
            return Literal(number.type, -number.value, span)
        raise ConditionMisread(span, "a minus sign goes before an amount or a number only")
    text = str(_token(tree))
    if tree.data == "string":
        inside = text[1:-1]
        if beside:
            return Literal(FactType.CHOICE, _choice(inside, beside, span), span)
        return Literal(FactType.TEXT, inside, span)
    if tree.data == "date":
        try:
            return Literal(FactType.DATE, scalars.day(text), span)
        except ValueError as error:
            raise ConditionMisread(span, str(error)) from None
    if tree.data == "money":
        return Literal(FactType.MONEY, _scalar(scalars.money, text, span), span)
    return Literal(FactType.COUNT, _scalar(scalars.count, text, span), span)


def _arithmetic(tree: ParseTree, names: Names) -> Operand:
    first, second = tree.children
    assert not isinstance(first, Token)
    assert not isinstance(second, Token)
    sign, span = _SIGNS[tree.data], span_of(tree)
    left = read_operand(first, names)
    if second.data == "duration":
        return _shifted(left, second, sign, names)
    right = read_operand(second, names)
    types = {left.type, right.type}
    if not types <= NUMERIC:
        raise ConditionMisread(span, _no_arithmetic(left, right, sign))
    if sign is Sign.TIMES:
        if left.type is right.type is FactType.MONEY:
            raise ConditionMisread(span, "money can't be multiplied by money")
        return Arithmetic(
            sign, left, right, FactType.MONEY if FactType.MONEY in types else FactType.COUNT, span
        )
    if len(types) > 1:
        raise ConditionMisread(span, f"money and a number can't be {_verb(sign)}{_as_pounds(left, right)}")
    check_units(left, right, names, span)
    return Arithmetic(sign, left, right, left.type, span)


def _shifted(moved: Operand, duration: ParseTree, sign: Sign, names: Names) -> Operand:
    number, unit = duration.children
    assert isinstance(number, Token)
    if moved.type is not FactType.DATE:
        raise ConditionMisread(
            span_of(duration), f"{unit} can be added to a date, not to {IN_WORDS[moved.type]}"
        )
    if sign is Sign.TIMES:
        raise ConditionMisread(span_of(duration), f"a date can't be multiplied; write + {number} {unit}")
    amount, per = read_constant(number, names), 7 if unit == "weeks" else 1
    check_days(amount, per, names)
    return Shifted(moved, amount, per, sign is Sign.MINUS, span=Span(moved.span.start, span_of(duration).end))


def _percent_of(tree: ParseTree, names: Names) -> Operand:
    share, inner = tree.children
    assert isinstance(share, Token)
    assert not isinstance(inner, Token)
    of = read_operand(inner, names)
    if of.type not in NUMERIC:
        raise ConditionMisread(
            span_of(inner), f"a percentage is of money or a number, not of {IN_WORDS[of.type]}"
        )
    if share.type == "PERCENT":
        return PercentOf(Fraction(share[:-1]) / 100, of, of.type, span_of(tree))
    named = read_constant(share, names)
    assert isinstance(named, ParameterValue)
    return PercentOf(named, of, of.type, span_of(tree))


def _no_arithmetic(left: Operand, right: Operand, sign: Sign) -> str:
    if left.type is right.type is FactType.DATE:
        return "dates are compared, or counted from today: `days since rent.stage_since > 28`"
    odd = next(each for each in (left, right) if each.type not in NUMERIC)
    hint = "; to move a date write + 30 days" if odd.type is FactType.DATE else ""
    return f"{IN_WORDS[odd.type]} can't be {_verb(sign)}{hint}"


def _verb(sign: Sign) -> str:
    return {Sign.PLUS: "added", Sign.MINUS: "subtracted", Sign.TIMES: "multiplied"}[sign]


def _as_pounds(left: Operand, right: Operand) -> str:
    for each in (left, right):
        if isinstance(each, Literal) and each.type is FactType.COUNT:
            return f"; write £{each.value}"
    return ""
