"""Which rules one household meets, by durable-rules: for live events, where the nightly frames are too slow.

The meaning is the reference's; tests hold it to that. It runs in a worker process that may be lost at any
time without anything wrong being said.
"""

from collections.abc import Mapping
from datetime import date
from threading import Lock
from types import TracebackType
from typing import Self

from rules.durable.compiling import compile_plan
from rules.durable.process import DurableProcess
from rules.language.model import Rulebook
from rules.language.tree import Known


class DurableEngine:
    """The rules in force on a date, ready for one household after another; safe to share between threads.

    Args:
        rulebook: Loaded and without faults.
        as_of: The date on which households are judged.
        seconds: How long one household may take before the worker is taken for lost.

    Raises:
        ParameterNotInForce: If a rule needs a parameter that has no value on the date.
    """

    def __init__(self, rulebook: Rulebook, *, as_of: date, seconds: float = 10.0) -> None:
        self._plan = compile_plan(rulebook, as_of=as_of)
        self._process = DurableProcess(self._plan.layers, self._plan.fields.patterns, seconds=seconds)
        self._lock = Lock()

    @property
    def worker(self) -> int | None:
        """The worker's process id; None while there is none."""
        return self._process.pid

    def met(self, facts: Mapping[str, Known | None]) -> frozenset[str]:
        """Ids of the rules that a household meets.

        Args:
            facts: Values by fact name, and histories by event name; absent or None is not known.

        Raises:
            RuleEngineFailed: If the library failed on this household; nothing is then said of it.
        """
        asked = self._plan.fields.asked(facts)
        with self._lock:
            fired = self._process.fired(**asked)
        rules = (self._plan.rules.get(name, ()) for name in fired)
        return self._plan.always.union(*rules)

    def close(self) -> None:
        """End the worker; a later `met` would start another."""
        with self._lock:
            self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.close()
