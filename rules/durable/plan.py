"""What crosses from the rules to durable-rules: conditions on integer fields, cut to the library's limits.

No import of the library here: the product builds plans, only the worker process runs them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
"""In durable's own form: `{"f1": 3}`, `{"$gte": {"f1": 3}}`, `{"$and": [...]}` or `{"$or": [...]}`."""

Layer = Mapping[str, Condition]
"""Conditions by name; what is met in one layer is a field with the value 1 in the layers after it."""

EventPattern = Mapping[str, int]
"""A condition on events, over numbered events and days: `first`, `then` and `within`; or `event`, `others`
(how many more there must be) and maybe `within`. With `since`, the first day that counts."""

EventMessage = Mapping[str, int]
"""One event: `e` its number, `day` its day, `n` its place among those of its number, `d` 1 for the first of
them on its day, else 0."""

MAX_PATTERNS = 20
"""Of a ruleset: each has one or two conditions of the first level."""
MAX_EVENTS = 250
"""Of a household: every pair that fits is an activation, so that more would take seconds."""
MAX_ALTERNATIVES = 48
"""Of a ruleset, which refuses a message that makes over 64 true and crashes at 256 rules on one condition."""
MAX_FIELDS = 200
"""Of a message: more than 252 are refused."""
STARTING_SECONDS = 30.0
"""What a worker may take to start on a busy machine, before it is taken for lost."""
LARGEST = 2**53
"""Integers beyond this are kept at it: the library holds larger ones inexactly."""


def fields_of(condition: Condition) -> frozenset[str]:
    """The fields that a condition reads.

    >>> sorted(fields_of({"$and": [{"f1": 3}, {"$gte": {"f2": 3}}]}))
    ['f1', 'f2']
    """
    return frozenset(_fields(condition))


def alternatives_of(condition: Condition) -> int:
    """Upper bound of the first-level alternatives that a condition adds to its ruleset."""
    if "$or" in condition:
        return sum(map(alternatives_of, condition["$or"]))
    if "$and" in condition:
        return max(map(alternatives_of, condition["$and"]))
    return 1


def shards_of(layer: Layer) -> Iterator[dict[str, Condition]]:
    """A layer in parts small enough to be one ruleset each, in the order given."""
    shard: dict[str, Condition] = {}
    alternatives, fields = 0, frozenset[str]()
    for name, condition in layer.items():
        more, read = alternatives_of(condition), fields_of(condition)
        if shard and (alternatives + more > MAX_ALTERNATIVES or len(fields | read) > MAX_FIELDS):
            yield shard
            shard, alternatives, fields = {}, 0, frozenset()
        shard[name] = condition
        alternatives, fields = alternatives + more, fields | read
    if shard:
        yield shard


def _fields(condition: Condition) -> Iterator[str]:
    for name, value in condition.items():
        if name in ("$and", "$or"):
            for part in value:
                yield from _fields(part)
        elif name.startswith("$"):
            yield from value
        else:
            yield name


def joined(pattern: EventPattern) -> list[dict[str, Condition]]:
    """A pattern as the messages that durable-rules is to join.

    A join whose last comparison is false makes the library read past the end of its array; so each ends with
    one that is always true.
    """
    earlier: list[Condition] = [{"e": pattern.get("first", pattern.get("event", 0))}]
    if "since" in pattern:
        earlier.append({"$gte": {"day": pattern["since"]}})
    if "first" in pattern:
        both_on_first = {"d": 1}  # of several on one day the first stands for all
        earlier.append(both_on_first)
        later: list[Condition] = [{"e": pattern["then"]}, both_on_first, {"$gte": {"day": {"a": "day"}}}]
    elif pattern["others"]:
        later = [{"e": pattern["event"]}, {"n": _after("n", pattern["others"])}]
    else:
        return [{"a": {"$and": [*earlier, {"zz_one": 1}]}}]
    if "within" in pattern:
        later.append({"$lte": {"day": _after("day", pattern["within"])}})
    return [{"a": {"$and": [*earlier, {"zz_one": 1}]}}, {"b": {"$and": [*later, _ALWAYS]}}]


_ALWAYS: Condition = {"$gte": {"zz_one": {"a": "zz_one"}}}


def _after(field: str, more: int) -> Condition:
    return {"$add": {"$l": {"a": field}, "$r": more}}
