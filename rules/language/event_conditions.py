"""What a condition says of events: parse tree to typed pattern, and what to say if it means nothing."""

from lark import Token

from rules.language.event_tree import EventName, Followed, Happened, Length
from rules.language.grammar import ConditionMisread, ParseTree, span_of
from rules.language.names import Names, unknown_event
from rules.language.operands import read_constant
from rules.language.tree import Constant, Literal, ParameterValue, Span
from rules.language.units import check_days
from smart_record.facts.terms.catalogue import FactType

_ONE = Literal(FactType.COUNT, 1)


def read_pattern(tree: ParseTree, names: Names) -> Happened | Followed:
    """The pattern of a parse tree `happened`, `several` or `followed`.

    Raises:
        ConditionMisread: If it speaks of no event, or of a time that can't be meant.
    """
    if tree.data == "followed":
        return _followed(tree, names)
    within, lately = (_length(tree, part, names) for part in ("within", "lately"))
    if tree.data == "happened":
        return Happened(_ONE, _event(tree.children[0], names), None, lately, span_of(tree))
    count, named = tree.children[:2]
    assert isinstance(count, Token)
    pattern = Happened(_count(count, names), _event(named, names), within, lately, span_of(tree))
    _check_windows(pattern)
    return pattern


def _followed(tree: ParseTree, names: Names) -> Followed:
    first, then = (_event(each, names) for each in tree.children[:2])
    within, lately = (_length(tree, part, names) for part in ("within", "lately"))
    assert within is not None
    if first.name == then.name:
        message = f"nothing follows itself; write `at least 2 of {first.name} within 30 days`"
        raise ConditionMisread(then.span, message)
    pattern = Followed(first, then, within, lately, span_of(tree))
    _check_windows(pattern)
    return pattern


def _event(part: Token | ParseTree, names: Names) -> EventName:
    if isinstance(part, Token):
        start = part.start_pos or 0
        name, span = str(part), Span(start, start + len(part))
    else:
        span = span_of(part)
        if part.data != "name":
            raise ConditionMisread(span, "an event stands here, such as rent.payment_missed")
        name = str(part.children[0])
    if name in names.events:
        return EventName(name, span)
    raise ConditionMisread(span, unknown_event(name, names))


def _count(token: Token, names: Names) -> Constant:
    count = read_constant(token, names)
    dated = names.parameters[count.name].values if isinstance(count, ParameterValue) else (count,)
    values = [each.value for each in dated]
    if any(int(str(value)) < 1 for value in values):
        raise ConditionMisread(count.span, "at least 0 is never in doubt; use 1 or more")
    return count


def _length(tree: ParseTree, part: str, names: Names) -> Length | None:
    for each in tree.children:
        if not isinstance(each, Token) and each.data == part:
            number, unit = each.children
            assert isinstance(number, Token)
            per = 7 if unit == "weeks" else 1
            amount = read_constant(number, names)
            check_days(amount, per, names)
            return Length(amount, per, span_of(each))
    return None


def _check_windows(pattern: Happened | Followed) -> None:
    """Refuse a window that nothing can turn on: it was meant otherwise."""
    within, lately = _days(pattern.within), _days(pattern.lately)
    if within is not None and lately is not None and within > lately:
        message = f"what lies in the last {lately} days is never further apart; write `within {lately} days`"
        raise ConditionMisread(pattern.within.span if pattern.within else pattern.span, message)
    if isinstance(pattern, Happened) and pattern.within and _is_one(pattern.count):
        message = f"one event has no others to lie within; write `{pattern.event.name} in the last 30 days`"
        raise ConditionMisread(pattern.within.span, message)


def _days(length: Length | None) -> int | None:
    if length is None or not isinstance(length.amount, Literal):
        return None
    return int(str(length.amount.value)) * length.per


def _is_one(count: Constant) -> bool:
    return isinstance(count, Literal) and count.value == 1
