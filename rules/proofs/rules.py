"""What can be proved of one rule: that it can never be met, always is, or holds an idle alternative."""

from collections.abc import Iterator
from datetime import date

from rules.checking.checks import Finding
from rules.errors import Severity
from rules.language.model import Rule, Rulebook
from rules.language.tree import AllOf, AnyOf, Condition
from rules.proofs.solver import Prover
from rules.proofs.wording import household_words, quoted


def prove_rule(prover: Prover, rule: Rule, rulebook: Rulebook, as_of: date) -> Iterator[Finding]:
    """Findings about one rule by itself.

    Raises:
        ParameterNotInForce: If it needs a parameter that has no value on the date.
        Undecided: If the prover gives up.
    """
    about = ("rule", rule.id)
    truth = prover.truth(rule.when, rulebook, as_of)
    names = rulebook.facts_behind(rule.when)
    if not prover.can_be([truth.met], names):
        yield Finding(rule.place, about, _never(prover, rule, rulebook, as_of), Severity.FAULT)
        return
    if not prover.can_be([truth.not_met], names):
        example = prover.example([truth.met], names, as_of=as_of) or {}
        words = household_words(example, rulebook.catalogue)
        message = (
            f"is never not met: whatever its facts are, it is met once they are known (example: {words})"
        )
        yield Finding(rule.place, about, message)
        return
    for message in _idle_alternatives(prover, rule, rulebook, as_of):
        yield Finding(rule.place, about, message)


def _never(prover: Prover, rule: Rule, rulebook: Rulebook, as_of: date) -> str:
    clash = _clash(prover, conjuncts(rule.when), rulebook, as_of)
    return f"can never be met: {_impossible(clash, rule)}"


def _clash(
    prover: Prover, parts: tuple[Condition, ...], rulebook: Rulebook, as_of: date
) -> tuple[Condition, ...]:
    """The fewest of the parts, none of which can be left out, that no household meets together."""
    kept = list(parts)
    for part in parts:
        rest = [each for each in kept if each is not part]
        if rest and not _together(prover, rest, rulebook, as_of):
            kept = rest
    return tuple(kept)


def _together(prover: Prover, parts: list[Condition], rulebook: Rulebook, as_of: date) -> bool:
    goals = [prover.truth(part, rulebook, as_of).met for part in parts]
    names = frozenset[str]().union(*(rulebook.facts_behind(part) for part in parts))
    return prover.can_be(goals, names)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts that must all be met, brackets within brackets taken apart."""
    if isinstance(condition, AllOf):
        return tuple(inner for part in condition.parts for inner in conjuncts(part))
    return (condition,)


def _idle_alternatives(prover: Prover, rule: Rule, rulebook: Rulebook, as_of: date) -> Iterator[str]:
    """Alternatives after `or` that the rest of the rule rules out."""
    parts = conjuncts(rule.when)
    for part in parts:
        if not isinstance(part, AnyOf):
            continue
        rest = [each for each in parts if each is not part]
        for alternative in part.parts:
            if not _together(prover, [alternative, *rest], rulebook, as_of):
                clash = _clash(prover, (*conjuncts(alternative), *rest), rulebook, as_of)
                yield f"the alternative {quoted(alternative, rule.text)} is idle: {_impossible(clash, rule)}"


def _impossible(clash: tuple[Condition, ...], rule: Rule) -> str:
    parts = [quoted(each, rule.text) for each in clash]
    return f"no household can have {' and '.join(parts)}" + (" together" if len(parts) > 1 else "")
