"""Looking for a household of which something is true: found with its facts, or proved not to exist."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import z3

from rules.errors import RuleError
from rules.language.model import Rulebook
from rules.language.tree import Condition, Value
from rules.proofs.encoding import Encoding, Truth
from rules.proofs.facts import Facts
from smart_record.facts.terms.catalogue import FactType

MOST_STEPS = 1_000_000
"""Steps after which the prover gives up on one question; counted, not timed, so that it gives up alike
everywhere. Only products of two facts come near it."""

_PLAIN_PENCE = 1_000_000
_PLAIN_COUNT = 100
_PLAIN_DAYS = 3 * 365


class Undecided(RuleError):
    """The prover gave up: whether such a household can be is not known."""


class Prover:
    """Answers questions about all households that could be, for rulebooks of one catalogue.

    The same questions in the same order bring the same answers, examples included.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._facts = Facts(rulebook.catalogue)
        self._solver = z3.SimpleSolver(ctx=self._facts.context)
        self._solver.set("rlimit", MOST_STEPS)
        self._encodings: dict[tuple[int, date], Encoding] = {}
        self._rulebooks: list[Rulebook] = []

    def truth(self, condition: Condition, rulebook: Rulebook, as_of: date) -> Truth:
        """When a condition of a rulebook is surely met on a date, and when surely not.

        Raises:
            ParameterNotInForce: If it needs a parameter that has no value then.
        """
        return self._encoding(rulebook, as_of).truth(condition)

    def value_lies(self, name: str, first: int, last: int) -> z3.BoolRef:
        """That a fact is known, from one number (pence, count or day) to another, both ends in."""
        unknown = self._facts.unknown(name)
        return z3.And(unknown.known, unknown.value >= first, unknown.value <= last)

    def denied(self, formula: z3.BoolRef) -> z3.BoolRef:
        """That a formula does not hold: of "surely met", that it is not met or not known."""
        return z3.Not(formula)

    def can_be(self, goals: Sequence[z3.BoolRef], names: frozenset[str]) -> bool:
        """Whether some household fulfils all goals.

        Args:
            goals: Formulas of `truth`.
            names: The facts that the goals read.

        Raises:
            Undecided: If the prover gives up.
        """
        return self.example(goals, names, plain=False) is not None

    def example(
        self,
        goals: Sequence[z3.BoolRef],
        names: frozenset[str],
        *,
        as_of: date | None = None,
        plain: bool = True,
    ) -> Mapping[str, Value] | None:
        """The known facts of a household that fulfils all goals, or None where none can be.

        Args:
            goals: Formulas of `truth`.
            names: The facts that the goals read.
            as_of: Dates of a plain example lie around it.
            plain: Look for one that reads well: few facts, round amounts.

        Raises:
            Undecided: If the prover gives up.
        """
        self._solver.push()
        try:
            self._solver.add(*goals, *self._facts.ranges(names))
            answer = self._solver.check()
            if answer == z3.unsat:
                return None
            if answer != z3.sat:
                raise Undecided("the prover gave up on this question")
            model = self._solver.model()
            if plain:
                model = self._plainer(model, names, as_of)
            return self._facts.household(model, names)
        finally:
            self._solver.pop()

    def _encoding(self, rulebook: Rulebook, as_of: date) -> Encoding:
        key = (id(rulebook), as_of)
        if key not in self._encodings:
            self._rulebooks.append(rulebook)  # an id is one rulebook's for as long as that lives
            self._encodings[key] = Encoding(rulebook, as_of, self._facts)
        return self._encodings[key]

    def _plainer(self, model: z3.ModelRef, names: frozenset[str], as_of: date | None) -> z3.ModelRef:
        """A model that also has each property of a plain example that it can have, one after the other."""
        for wish in self._wishes(sorted(names), as_of):
            if z3.is_true(model.eval(wish, model_completion=True)):
                self._solver.add(wish)
                continue
            self._solver.push()
            self._solver.add(wish)
            if self._solver.check() == z3.sat:
                model = self._solver.model()
                self._solver.pop()
                self._solver.add(wish)
            else:
                self._solver.pop()
        return model

    def _wishes(self, names: Sequence[str], as_of: date | None) -> Iterator[z3.BoolRef]:
        unknowns = [self._facts.unknown(name) for name in names]
        for unknown in unknowns:
            yield z3.Not(unknown.known)
        for unknown in unknowns:
            value = unknown.value
            match unknown.fact.type:
                case FactType.MONEY:
                    yield z3.And(value >= -_PLAIN_PENCE, value <= _PLAIN_PENCE)
                    yield value % 100 == 0
                case FactType.COUNT:
                    yield value <= _PLAIN_COUNT
                case FactType.DATE if as_of is not None:
                    today = as_of.toordinal()
                    yield z3.And(value >= today - _PLAIN_DAYS, value <= today + _PLAIN_DAYS)
                case _:
                    pass
