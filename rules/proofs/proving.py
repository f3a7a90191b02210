"""What can be proved of a rulebook before it meets a household, each finding with an example household.

`prove` looks for rules that can never be met, are always met, are made redundant or always kept back, and
for gaps between neighbours. `difference` and `differences` say what a change of rules means.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.checking.checks import Finding
from rules.errors import ParameterNotInForce
from rules.language.model import Rule, Rulebook
from rules.language.tree import Value
from rules.language.vocabulary import RuleKind
from rules.loading.loader import Loaded
from rules.proofs.gaps import prove_gaps
from rules.proofs.pairs import Proven, pairs, prove_pair
from rules.proofs.rules import prove_rule
from rules.proofs.solver import Prover, Undecided
from rules.proofs.tables import prove_table
from rules.proofs.wording import household_words

Say = Callable[[str], None]

STAGES = 4
"""How often `prove` says what it does next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a changed rule means: one household that it gains and one that it loses, where there are any.

    Attributes:
        rule_id: The rule, of the new rulebook or else of the old.
        gained: Facts of a household that meets the new rule and not the old.
        lost: Facts of a household that meets the old rule and not the new.
    """

    rule_id: str
    gained: Mapping[str, Value] | None
    lost: Mapping[str, Value] | None

    def lines(self, rulebook: Rulebook) -> tuple[str, ...]:
        """The two households in words."""
        found = (("gained", self.gained), ("lost", self.lost))
        return tuple(
            f"{self.rule_id} {what}: {household_words(household, rulebook.catalogue)}"
            for what, household in found
            if household is not None
        )


def prove(loaded: Loaded, as_of: date, say: Say = lambda _: None) -> Iterator[Finding]:
    """Findings about the rules in force on a date or later, each looked at on its first day or that date.

    A rule that can never be met is a fault; all else is a note. Rules are compared where they share a fact
    and lead to the same intervention, or where the one is a hold that stops what the other suggests.

    Args:
        loaded: The rulebook, or what of it has no fault, and its decision tables.
        as_of: The date.
        say: Told the name of each of `STAGES` stages as it begins.
    """
    rulebook = loaded.rulebook
    prover = Prover(rulebook)
    current = [rule for rule in rulebook.rules if rule.in_force_until is None or rule.in_force_until >= as_of]
    say("Proofs: each rule by itself")
    for rule in current:
        yield from _decided(rule, prove_rule(prover, rule, rulebook, _day(as_of, rule)))
    proven = _Provens(prover, rulebook)
    say("Proofs: redundant rules and holds")
    for first, second in pairs(current, rulebook):
        yield from _decided(first, _prove_pair(prover, proven, (first, second), rulebook, as_of))
    say("Proofs: gaps between neighbours")
    for group in _by_intervention(current):
        yield from _decided(group[0], _prove_group(prover, proven, group, rulebook, as_of))
    say("Proofs: decision tables")
    for table in loaded.tables:
        rows = {row.rule_id for row in table.rows}
        begun = [rule for rule in current if rule.id in rows]
        if begun:
            yield from _decided(begun[0], prove_table(prover, table, rulebook, _day(as_of, *begun)))


def difference(old: tuple[Rule, Rulebook], new: tuple[Rule, Rulebook], *, as_of: date) -> Difference:
    """A household gained and one lost by a change of one rule.

    Args:
        old: The rule as it was, with its rulebook.
        new: The rule as it is to be, with its rulebook, of the same catalogue.
        as_of: The date; a rule that is not in force is met for nobody.

    Raises:
        ParameterNotInForce: If either needs a parameter that has no value on the date.
        Undecided: If the prover gives up.
    """
    return _difference(Prover(new[1]), old, new, as_of)


def differences(old: Rulebook, new: Rulebook, *, as_of: date) -> tuple[Difference, ...]:
    """The rules of two rulebooks, of one catalogue, that are not met for the same households, by id.

    A rule that only one of them has is lost or gained for all whom it is met for.

    Raises:
        RuleError: As `difference`.
    """
    prover = Prover(new)
    before, after = ({rule.id: rule for rule in book.rules} for book in (old, new))
    found = []
    for rule_id in sorted(before.keys() | after.keys()):
        sides = (before.get(rule_id), old), (after.get(rule_id), new)
        changed = _difference(prover, *sides, as_of)
        if changed.gained is not None or changed.lost is not None:
            found.append(changed)
    return tuple(found)


def _difference(
    prover: Prover, old: tuple[Rule | None, Rulebook], new: tuple[Rule | None, Rulebook], as_of: date
) -> Difference:
    rule = new[0] or old[0]
    assert rule is not None
    return Difference(
        rule_id=rule.id,
        gained=_only_in(prover, new, old, as_of),
        lost=_only_in(prover, old, new, as_of),
    )


def _only_in(
    prover: Prover, one: tuple[Rule | None, Rulebook], other: tuple[Rule | None, Rulebook], as_of: date
) -> Mapping[str, Value] | None:
    """A household that meets the one rule and not the other; if it can be, one whose facts are all known."""
    if one[0] is None or not one[0].is_in_force(as_of):
        return None
    met, names = prover.truth(one[0].when, one[1], as_of).met, one[1].facts_behind(one[0].when)
    if other[0] is None or not other[0].is_in_force(as_of):
        return prover.example([met], names, as_of=as_of)
    truth = prover.truth(other[0].when, other[1], as_of)
    names |= other[1].facts_behind(other[0].when)
    settled = prover.example([met, truth.not_met], names, as_of=as_of)
    return (
        settled
        if settled is not None
        else prover.example([met, prover.denied(truth.met)], names, as_of=as_of)
    )


class _Provens:
    """Rules that can be met on a date, each worked out once; None for those that can't."""

    def __init__(self, prover: Prover, rulebook: Rulebook) -> None:
        self._prover = prover
        self._rulebook = rulebook
        self._found: dict[tuple[str, date], Proven | None] = {}

    def of(self, rule: Rule, as_of: date) -> Proven | None:
        key = (rule.id, as_of)
        if key not in self._found:
            self._found[key] = self._prove(rule, as_of)
        return self._found[key]

    def _prove(self, rule: Rule, as_of: date) -> Proven | None:
        truth = self._prover.truth(rule.when, self._rulebook, as_of)
        names = self._rulebook.facts_behind(rule.when)
        example = self._prover.example([truth.met], names, as_of=as_of)
        return None if example is None else Proven(rule=rule, truth=truth, names=names, example=example)


def _prove_pair(
    prover: Prover, proven: _Provens, pair: tuple[Rule, Rule], rulebook: Rulebook, as_of: date
) -> Iterator[Finding]:
    day = _day(as_of, *pair)
    if all(rule.is_in_force(day) for rule in pair):
        first, second = (proven.of(rule, day) for rule in pair)
        if first and second:
            yield from prove_pair(prover, first, second, rulebook, day)


def _prove_group(
    prover: Prover, proven: _Provens, group: Sequence[Rule], rulebook: Rulebook, as_of: date
) -> Iterator[Finding]:
    day = _day(as_of, *group)
    found = [proven.of(rule, day) for rule in group if rule.is_in_force(day)]
    yield from prove_gaps(prover, [each for each in found if each], rulebook, day)


def _by_intervention(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.kind is RuleKind.SUGGEST and rule.intervention:
            groups.setdefault(rule.intervention, []).append(rule)
    yield from (group for group in groups.values() if len(group) > 1)


def _day(as_of: date, *rules: Rule) -> date:
    """The date, or the first day on which all of the rules have begun."""
    return max(as_of, *(rule.in_force_from for rule in rules))


def _decided(rule: Rule, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings, up to where the prover gives up, which is itself told."""
    try:
        yield from findings
    except Undecided:
        message = "is beyond the prover, most likely as it multiplies two facts; its cases must speak for it"
        yield Finding(rule.place, ("rule", rule.id), message)
    except ParameterNotInForce:
        return  # told already, where the parameter's dates are looked at
