"""Drives durable-rules 2.0.28 along the one path found safe; nothing else may touch that library.

The library is C without memory safety. With two live sessions it can mix two households; given a null, a
join or a comparison of two facts it can fire falsely; past its limits it crashes or loops. So here:

- no `Host`, hence none of its background threads; one session lives at a time, under the constant sid "1";
- a sentinel rule that always fires, and a warm-up session: deleting a session slot in which no rule ever
  fired frees an uninitialised pointer;
- one flat message of integers for a household, unknown facts left out, and conditions that compare one
  field with one constant: no consumed events, no timers, no strings;
- joins only of what happened, in rulesets of their own: every field there, integer days, and an always true
  comparison at the end (`rules.durable.plan.joined`);
- shards within the limits of `rules.durable.plan`;
- hits are a set, since the library fires a rule once for each true side of an "or";
- an exception in an action, which the library keeps in its state and says nothing of, is raised.

A fault in native memory can't be caught, so a session belongs in a worker process: `rules.durable.worker`.
"""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from durable import engine

from rules.durable.plan import (
    LARGEST,
    MAX_PATTERNS,
    Condition,
    EventMessage,
    EventPattern,
    Layer,
    fields_of,
    joined,
    shards_of,
)
from rules.errors import RuleEngineFailed

_SID = "1"
_SENTINEL = "zz_sentinel"
_MOST_ACTIONS = 20_000
"""Many more than events can bring: one for each pair that fits, of at most 250 within a window of days."""


@dataclass(frozen=True, slots=True)
class _Shard:
    """A durable ruleset small enough to be safe, and the fields that its conditions read."""

    ruleset: engine.Ruleset
    fields: frozenset[str]


class DurableSession:
    """Says which conditions a household meets, one household at a time; keeps nothing of it afterwards.

    Not thread-safe, and one to a process.
    """

    def __init__(self, layers: Sequence[Layer], patterns: Mapping[str, EventPattern] | None = None) -> None:
        self._hits: set[str] = set()
        self._shards_made = 0
        patterns = patterns or {}
        names = list(patterns)
        self._events = [
            self._event_shard({name: patterns[name] for name in names[at : at + MAX_PATTERNS]})
            for at in range(0, len(names), MAX_PATTERNS)
        ]
        self._layers = [[self._shard(part) for part in shards_of(layer)] for layer in layers]
        for shard in self._shards():
            self._run(shard, [{}])

    def fired(
        self,
        message: Mapping[str, int],
        events: Sequence[EventMessage] = (),
        otherwise: Mapping[str, int] | None = None,
    ) -> frozenset[str]:
        """The names of all patterns and layers' conditions that a household meets.

        Args:
            message: Known facts only, by field.
            events: What happened to it.
            otherwise: Fields of patterns that have this value where nothing meets them.

        Raises:
            RuleEngineFailed: If the library refused the message or an action failed.
        """
        known = {field: max(-LARGEST, min(LARGEST, value)) for field, value in message.items()}
        self._hits = set()
        for shard in self._events if events else ():
            self._run(shard, [{**event, "zz_one": 1} for event in events])
        fired = set(self._hits)
        known |= dict(otherwise or {}) | dict.fromkeys(fired, 1)
        for shards in self._layers:
            self._hits = set()
            for shard in shards:
                if read := {field: value for field, value in known.items() if field in shard.fields}:
                    self._run(shard, [read])
            fired |= self._hits
            known |= dict.fromkeys(self._hits, 1)
        return frozenset(fired)

    def close(self) -> None:
        """Give the native memory of the rulesets back."""
        for shard in self._shards():
            engine.durable_rules_engine.delete_ruleset(shard.ruleset._handle)  # noqa: SLF001 - no public way
        self._layers, self._events = [], []

    def _shards(self) -> Iterator[_Shard]:
        yield from self._events
        yield from (shard for shards in self._layers for shard in shards)

    def _event_shard(self, patterns: Mapping[str, EventPattern]) -> _Shard:
        return self._ruleset({name: joined(pattern) for name, pattern in patterns.items()}, frozenset())

    def _shard(self, conditions: Mapping[str, Condition]) -> _Shard:
        fields = frozenset[str]().union(*map(fields_of, conditions.values()))
        return self._ruleset({name: [{"m": each}] for name, each in conditions.items()}, fields)

    def _ruleset(self, rules: Mapping[str, Sequence[Condition]], fields: frozenset[str]) -> _Shard:
        self._shards_made += 1
        definition: dict[str, Condition] = {
            name: {"all": list(messages), "run": self._recorder(name)} for name, messages in rules.items()
        }
        definition[_SENTINEL] = {"all": [{"m": {_SENTINEL: 1}}], "run": lambda _: None}
        return _Shard(engine.Ruleset(f"shard{self._shards_made}", None, definition), fields)

    def _recorder(self, name: str) -> Callable[[object], None]:
        def record(_: object) -> None:  # one parameter exactly: two would make the action asynchronous
            self._hits.add(name)

        return record

    def _run(self, shard: _Shard, messages: Sequence[Mapping[str, int]]) -> None:
        batch: list[dict[str, Any]] = [
            {**message, "sid": _SID, "id": str(at)} for at, message in enumerate([*messages, {_SENTINEL: 1}])
        ]
        try:
            with contextlib.suppress(engine.MessageNotHandledException):  # some message meets no rule
                shard.ruleset.assert_facts(batch)
            _run_actions(shard.ruleset)
            state = shard.ruleset.get_state(_SID)
            if "exception" in state:
                raise RuleEngineFailed(f"A durable-rules action failed: {state['exception']}")
        except (engine.MessageObservedException, engine.durable_rules_engine.error) as error:
            raise RuleEngineFailed(f"durable-rules refused a household: {type(error).__name__}.") from error
        finally:
            shard.ruleset.delete_state(_SID)


def _run_actions(ruleset: engine.Ruleset) -> None:
    """Run each activated action; the library would leave all but the first to a background thread."""
    failures: list[BaseException | None] = []
    for _ in range(_MOST_ACTIONS):
        activated = engine.durable_rules_engine.start_action(ruleset._handle)  # noqa: SLF001 - no public way
        if not activated:
            break
        state, message, handle = activated
        ruleset._flush_actions(  # noqa: SLF001 - no public way
            json.loads(state),
            {"message": json.loads(message)},
            handle,
            lambda error, _: failures.append(error),
        )
    else:
        raise RuleEngineFailed(f"durable-rules still had actions to run after {_MOST_ACTIONS}.")
    for failure in filter(None, failures):
        raise RuleEngineFailed("durable-rules could not run an action.") from failure
