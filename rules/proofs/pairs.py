"""What can be proved of two rules: one makes the other redundant, or a hold always keeps it back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from rules.checking.checks import Finding
from rules.language.model import Rule, Rulebook
from rules.language.tree import Value
from rules.language.vocabulary import Outcome
from rules.meaning.reference import judge
from rules.proofs.encoding import Truth
from rules.proofs.solver import Prover
from rules.proofs.wording import household_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A rule that can be met, with what questions about it need.

    Attributes:
        rule: The rule.
        truth: When it is met, and when not.
        names: The facts behind it.
        example: A household that it is met for, with as few facts known as will do.
    """

    rule: Rule
    truth: Truth
    names: frozenset[str]
    example: Mapping[str, Value]


def pairs(rules: Sequence[Rule], rulebook: Rulebook) -> Iterator[tuple[Rule, Rule]]:
    """Pairs in which the second may make the first redundant or keep it back, and that share a fact."""
    facts = {rule.id: rulebook.facts_behind(rule.when) for rule in rules}
    for first, second in permutations(rules, 2):
        if (_covers(second, first) or _keeps_back(second, first, rulebook)) and (
            facts[first.id] & facts[second.id]
        ):
            yield first, second


def prove_pair(
    prover: Prover, first: Proven, second: Proven, rulebook: Rulebook, as_of: date
) -> Iterator[Finding]:
    """Findings about the first rule of a pair.

    Raises:
        Undecided: If the prover gives up.
    """
    if not _always_with(prover, first, second, rulebook, as_of):
        return
    both = prover.example([first.truth.met, second.truth.met], first.names | second.names, as_of=as_of)
    words = household_words(both or {}, rulebook.catalogue)
    second_place = f"{second.rule.id} ({second.rule.place.file} line {second.rule.place.line})"
    same = _always_with(prover, second, first, rulebook, as_of)
    if second.rule.suppresses and not first.rule.suppresses:
        always = "exactly when" if same else "whenever"
        message = (
            f"never reaches anyone: hold {second_place} keeps it back {always} it is met (example: {words})"
        )
    elif same:
        message = f"is met for the same households as {second_place}; keep one (example: {words})"
    else:
        message = (
            f"is redundant: whenever it is met, {second_place} is met too and leads to the same "
            f"(example: {words})"
        )
    yield Finding(first.rule.place, ("rule", first.rule.id), message)


def _always_with(prover: Prover, first: Proven, second: Proven, rulebook: Rulebook, as_of: date) -> bool:
    """Whether every household that meets the first meets the second, missing facts included."""
    outcome = judge(second.rule, first.example, rulebook=rulebook, as_of=as_of).outcome
    if outcome is not Outcome.MET:  # the example shows it already, at a fraction of the cost
        return False
    return not prover.can_be([first.truth.met, prover.denied(second.truth.met)], first.names | second.names)


def _covers(second: Rule, first: Rule) -> bool:
    """Whether the second leads to all that the first leads to, at least as urgently."""
    if first.suppresses and second.suppresses:
        return (
            first.suppresses.classes <= second.suppresses.classes
            and first.suppresses.about <= second.suppresses.about
        )
    same = first.intervention is not None and first.intervention == second.intervention
    return same and (second.priority, -second.tier) <= (first.priority, -first.tier)


def _keeps_back(hold: Rule, rule: Rule, rulebook: Rulebook) -> bool:
    if hold.suppresses is None or rule.intervention is None:
        return False
    intervention = rulebook.interventions.get(rule.intervention)
    return (
        intervention is not None
        and intervention.intervention_class in hold.suppresses.classes
        and intervention.about in hold.suppresses.about
    )
