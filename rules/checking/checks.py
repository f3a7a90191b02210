"""What can be said of a rules directory before it is used: faults to put right, notes to weigh."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rules.checking.case_checks import check_cases
from rules.checking.habits import habits, units_said_twice
from rules.decision_tables.decision_table import is_table
from rules.entries.sources import fault_at
from rules.errors import Fault, Severity
from rules.language.ladders import Ladder
from rules.language.model import Rule, Rulebook
from rules.language.parameters import Parameter, Place
from rules.language.tree import signals_read
from rules.language.vocabulary import InterventionClass
from rules.loading.loader import Loaded, read_rulebook
from rules.loading.topics import topic_faults
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import Fact


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding before it is put beside its line of text."""

    place: Place
    about: tuple[str, str]
    message: str
    severity: Severity = Severity.NOTE


Prove: TypeAlias = Callable[[Loaded, date], Iterable[Finding]]
"""What finds by proof; given in, since loading the prover takes longer than all other checks."""


def check(
    directory: Path, *, as_of: date, catalogue: Mapping[str, Fact] = CATALOGUE, prove: Prove | None = None
) -> list[Fault]:
    """Faults and notes of a rules directory, by file and line.

    Faults: all that `load_rulebook` and `load_topics` refuse; example households that come out otherwise than
    they expect; rules without an example for each outcome; parameters that a rule needs before they have a
    value. Notes: unconfirmed values, rules not in force on the date, what nothing uses, numbers without a
    name.

    Args:
        directory: The rules directory.
        as_of: The date on which rules and parameters are looked at.
        catalogue: The facts that conditions may speak of.
        prove: Also what can be proved, by `rules.proofs.proving.prove`; it takes a second or two.

    Raises:
        RulesMissing: If there is no rule file.
    """
    loaded = read_rulebook(directory, catalogue=catalogue)
    findings = [*_findings(loaded, as_of), *(prove(loaded, as_of) if prove else ())]
    found = [fault_of(each, loaded.texts) for each in findings]
    return sorted({*loaded.faults, *topic_faults(directory), *found})


def fault_of(finding: Finding, texts: Mapping[str, str]) -> Fault:
    """A finding with its line of text."""
    text = texts[finding.place.file]
    return fault_at(finding.place, text, finding.message, finding.about, finding.severity)


def _findings(loaded: Loaded, as_of: date) -> Iterator[Finding]:
    rulebook = loaded.rulebook
    unread = {each.table.source.file for each in loaded.tables if not each.has_its_cases}
    for rule in rulebook.rules:
        about = ("rule", rule.id)
        tabular = is_table(rule.place.file)  # its numbers have a date and a source there
        told = () if rule.place.file in unread else check_cases(rule, rulebook, shared=tabular)
        for place, message, severity in told:
            yield Finding(place, about, message, severity)
        yield from _parameters_in_time(rule, rulebook)
        yield from _period(rule, as_of)
        for message in units_said_twice(rule, rulebook) if tabular else habits(rule, rulebook):
            yield Finding(rule.place, about, message)
    yield from _tables_without_cases(loaded)
    for parameter in rulebook.parameters.values():
        yield from _unconfirmed(parameter, as_of)
    for ladder in rulebook.ladders.values():
        yield from _unconfirmed_steps(ladder, as_of)
    yield from _unused(rulebook)


def _tables_without_cases(loaded: Loaded) -> Iterator[Finding]:
    for each in loaded.tables:
        if each.table.cases is None and each.rows:
            message = (
                "the table has no cases; below its rows write a line `# cases`, a line of facts and expect, "
                "and a household a line with the row that fits it"
            )
            table = each.table
            place = table.source.place(table.head["hit policy"].start)
            yield Finding(place, ("table", table.name), message, Severity.FAULT)


def _parameters_in_time(rule: Rule, rulebook: Rulebook) -> Iterator[Finding]:
    """A rule is never in force before every parameter it needs has a value."""
    for name in sorted(rulebook.parameters_behind(rule.when) | set(rule.because.parameters)):
        first = rulebook.parameters[name].values[0].in_force_from
        if first > rule.in_force_from:
            message = (
                f"needs parameter {name}, which has no value before {first}, but is in force "
                f"from {rule.in_force_from}; add an earlier value with its source, or start the rule later"
            )
            yield Finding(rule.place, ("rule", rule.id), message, Severity.FAULT)


def _period(rule: Rule, as_of: date) -> Iterator[Finding]:
    if rule.in_force_until is not None and rule.in_force_until < as_of:
        yield Finding(rule.place, ("rule", rule.id), f"ended on {rule.in_force_until} and no longer applies")
    if rule.in_force_from > as_of:
        yield Finding(rule.place, ("rule", rule.id), f"begins on {rule.in_force_from} and does not apply yet")


def _unconfirmed(parameter: Parameter, as_of: date) -> Iterator[Finding]:
    """Values that count on the date, or will, and that nobody has confirmed."""
    in_time = [each for each in parameter.values if each.in_force_from <= as_of][-1:]
    later = [each for each in parameter.values if each.in_force_from > as_of]
    for dated in in_time + later:
        if not dated.confirmed:
            message = f"the value from {dated.in_force_from} is not confirmed ({dated.source})"
            yield Finding(dated.place, ("parameter", parameter.name), message)


def _unconfirmed_steps(ladder: Ladder, as_of: date) -> Iterator[Finding]:
    """Steps of the edition in force, and of later ones, that nobody has confirmed."""
    past = [each for each in ladder.editions if each.in_force_from <= as_of][:-1]
    for edition in ladder.editions:
        for step in () if edition in past else edition.steps:
            if not step.confirmed:
                message = (
                    f"what follows {step.stage} after {step.after_days} days is not confirmed ({step.source})"
                )
                yield Finding(step.place, ("ladder", ladder.name), message)


def _unused(rulebook: Rulebook) -> Iterator[Finding]:
    rules = rulebook.rules
    whens = [rule.when for rule in rules] + [signal.when for signal in rulebook.signals.values()]
    parameters = frozenset[str]().union(
        *(rulebook.parameters_behind(when) for when in whens), *(rule.because.parameters for rule in rules)
    )
    signals = frozenset[str]().union(*map(signals_read, whens))
    interventions = {rule.intervention for rule in rules}
    declared = [
        *(
            ("parameter", name, each.place)
            for name, each in rulebook.parameters.items()
            if name not in parameters and not each.reference
        ),
        *(("signal", name, each.place) for name, each in rulebook.signals.items() if name not in signals),
        *(
            ("intervention", name, each.place)
            for name, each in rulebook.interventions.items()
            if name not in interventions and each.intervention_class is not InterventionClass.RECOVERY
        ),
    ]
    for what, name, place in declared:
        yield Finding(place, (what, name), "nothing uses it")
