"""Drives durable-rules 2.0.28 along the one path found safe; nothing else may touch that library.

The library is C without memory safety. With two live sessions it can mix two households; given a null, a
join or a comparison of two facts it can fire falsely; past its limits it crashes or loops. So here:

- no `Host`, hence none of its background threads; one session lives at a time, under the constant sid "1";
- a sentinel rule that always fires, and a warm-up session: deleting a session slot in which no rule ever
  fired frees an uninitialised pointer;
- one flat message of integers for a household, unknown facts left out, and conditions that compare one
  field with one constant: no joins, no events, no timers, no strings;
- shards within the limits of `rules.durable_plan`;
- hits are a set, since the library fires a rule once for each true side of an "or";
- an exception in an action, which the library keeps in its state and says nothing of, is raised.

A fault in native memory can't be caught, so a session belongs in a worker process: `rules.durable_worker`.
"""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from durable import engine

from rules.durable_plan import LARGEST, Condition, Layer, fields_of, shards_of
from rules.errors import RuleEngineFailed

_SID = "1"
_SENTINEL = "zz_sentinel"
_MOST_ACTIONS = 1_000


@dataclass(frozen=True, slots=True)
class _Shard:
    """A durable ruleset small enough to be safe, and the fields that its conditions read."""

    ruleset: engine.Ruleset
    fields: frozenset[str]


class DurableSession:
    """Says which conditions a household meets, one household at a time; keeps nothing of it afterwards.

    Not thread-safe, and one to a process.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._hits: set[str] = set()
        self._shards_made = 0
        self._layers = [[self._shard(part) for part in shards_of(layer)] for layer in layers]
        for shard in self._shards():
            self._run(shard, {})

    def fired(self, message: Mapping[str, int]) -> frozenset[str]:
        """The names of all layers' conditions that the message meets.

        Args:
            message: Known facts only, by field.

        Raises:
            RuleEngineFailed: If the library refused the message or an action failed.
        """
        known = {field: max(-LARGEST, min(LARGEST, value)) for field, value in message.items()}
        fired: set[str] = set()
        for shards in self._layers:
            self._hits = set()
            for shard in shards:
                if read := {field: value for field, value in known.items() if field in shard.fields}:
                    self._run(shard, read)
            fired |= self._hits
            known |= dict.fromkeys(self._hits, 1)
        return frozenset(fired)

    def close(self) -> None:
        """Give the native memory of the rulesets back."""
        for shard in self._shards():
            engine.durable_rules_engine.delete_ruleset(shard.ruleset._handle)  # noqa: SLF001 - no public way
        self._layers = []

    def _shards(self) -> Iterator[_Shard]:
        return (shard for shards in self._layers for shard in shards)

    def _shard(self, conditions: Mapping[str, Condition]) -> _Shard:
        self._shards_made += 1
        definition = {
            name: {"all": [{"m": condition}], "run": self._recorder(name)}
            for name, condition in conditions.items()
        }
        definition[_SENTINEL] = {"all": [{"m": {_SENTINEL: 1}}], "run": lambda _: None}
        fields = frozenset[str]().union(*map(fields_of, conditions.values()))
        return _Shard(engine.Ruleset(f"shard{self._shards_made}", None, definition), fields)

    def _recorder(self, name: str) -> Callable[[object], None]:
        def record(_: object) -> None:  # one parameter exactly: two would make the action asynchronous
            self._hits.add(name)

        return record

    def _run(self, shard: _Shard, message: Mapping[str, int]) -> None:
        batch = [{**message, "sid": _SID, "id": "0"}, {_SENTINEL: 1, "sid": _SID, "id": "1"}]
        try:
            with contextlib.suppress(engine.MessageNotHandledException):  # only the sentinel's rule is met
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
