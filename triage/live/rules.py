"""The rules for one household at once: durable-rules answers, the reference checks every answer.

The library chains facts, events and signals forward in a process of its own. It is no faster than the
reference and it is not memory-safe, so nothing rests on it alone: where the two differ, or the library is
lost, the reference's word is given and the difference is told, without anything about the household.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from threading import Lock

from rules import Outcome, Rulebook
from rules.durable.engine import DurableEngine
from rules.errors import RuleEngineFailed
from rules.language.tree import Known
from rules.meaning.reference import RuleOutcome, judge


class Agreement(StrEnum):
    """Whether the two evaluators said the same."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    ENGINE_LOST = "engine_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAnswer:
    """What each rule in force says of one household.

    Attributes:
        outcomes: The reference's word, in the order of rule ids.
        agreement: Whether durable-rules met the same rules.
        differing: Ids of the rules that one of them met and the other did not.
    """

    outcomes: tuple[RuleOutcome, ...]
    agreement: Agreement
    differing: tuple[str, ...] = ()


class LiveRules:
    """Keeps one worker process for the rulebook and date last asked about; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._for: tuple[str, date] | None = None
        self._engine: DurableEngine | None = None

    def answer(self, known: Mapping[str, Known | None], *, rulebook: Rulebook, as_of: date) -> LiveAnswer:
        """Ask both evaluators.

        Args:
            known: Values of facts and histories of events by name; absent or None is not known.
            rulebook: Its rules in force are asked.
            as_of: The date on which the household is judged.

        Raises:
            ParameterNotInForce: If a rule needs a parameter that has no value on the date.
        """
        rules = rulebook.in_force(as_of)
        outcomes = tuple(judge(rule, known, rulebook=rulebook, as_of=as_of) for rule in rules)
        met = {each.rule_id for each in outcomes if each.outcome is Outcome.MET}
        try:
            differing = met ^ self._met(known, rulebook, as_of)
        except RuleEngineFailed:
            return LiveAnswer(outcomes=outcomes, agreement=Agreement.ENGINE_LOST)
        agreement = Agreement.DISAGREED if differing else Agreement.AGREED
        return LiveAnswer(outcomes=outcomes, agreement=agreement, differing=tuple(sorted(differing)))

    @property
    def worker(self) -> int | None:
        """The worker's process id; None while there is none."""
        return self._engine.worker if self._engine else None

    def close(self) -> None:
        """End the worker; a later answer would start another."""
        with self._lock:
            self._end()

    def _met(self, known: Mapping[str, Known | None], rulebook: Rulebook, as_of: date) -> frozenset[str]:
        with self._lock:
            if self._engine is None or self._for != (rulebook.content_hash, as_of):
                self._end()
                self._engine = DurableEngine(rulebook, as_of=as_of)
                self._for = (rulebook.content_hash, as_of)
            return self._engine.met(known)

    def _end(self) -> None:
        if self._engine is not None:
            self._engine.close()
        self._engine, self._for = None, None
