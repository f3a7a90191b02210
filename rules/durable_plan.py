"""What crosses from the rules to durable-rules: conditions on integer fields, cut to the library's limits.

No import of the library here: the product builds plans, only the worker process runs them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
"""In durable's own form: `{"f1": 3}`, `{"$gte": {"f1": 3}}`, `{"$and": [...]}` or `{"$or": [...]}`."""

Layer = Mapping[str, Condition]
"""Conditions by name; what is met in one layer is a field with the value 1 in the layers after it."""

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
