"""What can be proved of a decision table: rows that overlap and may not, households that fit no row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rules.checking.checks import Finding
from rules.decision_tables.decision_table import HitPolicy
from rules.decision_tables.rules import Compiled, TableRow
from rules.errors import Severity
from rules.language.model import Rule, Rulebook
from rules.proofs.encoding import Truth
from rules.proofs.solver import Prover
from rules.proofs.wording import household_words

_MUST_AGREE = ("intervention", "tier", "priority")
"""What overlapping rows lead to alike under the hit policy ANY; their reasons may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """A row in force with its own test, leaving aside the rows before it."""

    row: TableRow
    rule: Rule
    truth: Truth
    names: frozenset[str]


def prove_table(prover: Prover, compiled: Compiled, rulebook: Rulebook, as_of: date) -> Iterator[Finding]:
    """Findings about one table, on a date.

    Raises:
        ParameterNotInForce: If a cell needs a parameter that has no value on the date.
        Undecided: If the prover gives up.
    """
    rules = {rule.id: rule for rule in rulebook.in_force(as_of)}
    known = [row for row in compiled.rows if row.rule_id in rules]
    tested = [_tested(prover, row, rules[row.rule_id], rulebook, as_of) for row in known]
    policy = compiled.table.policy
    if policy in {HitPolicy.UNIQUE, HitPolicy.ANY}:
        for first, second in combinations(tested, 2):
            if policy is HitPolicy.UNIQUE or _differ(first.row, second.row):
                yield from _overlap(prover, (first, second), policy, rulebook, as_of)
    if compiled.table.complete and tested and len(known) == len(compiled.table.rows):
        yield from _hole(prover, compiled, tested, rulebook, as_of)


def _tested(prover: Prover, row: TableRow, rule: Rule, rulebook: Rulebook, as_of: date) -> _Tested:
    when = rulebook.signals[row.signal].when if row.signal else rule.when
    truth = prover.truth(when, rulebook, as_of)
    return _Tested(row=row, rule=rule, truth=truth, names=rulebook.facts_behind(when))


def _differ(first: TableRow, second: TableRow) -> bool:
    one, other = dict(first.leads_to), dict(second.leads_to)
    return any(one.get(key) != other.get(key) for key in _MUST_AGREE)


def _overlap(
    prover: Prover, pair: tuple[_Tested, _Tested], policy: HitPolicy, rulebook: Rulebook, as_of: date
) -> Iterator[Finding]:
    first, second = pair
    household = prover.example([first.truth.met, second.truth.met], first.names | second.names, as_of=as_of)
    if household is None:
        return
    words = household_words(household, rulebook.catalogue)
    why = "" if policy is HitPolicy.UNIQUE else " and lead to different things"
    message = (
        f"row {second.row.number} and row {first.row.number} (line {first.rule.place.line}) both fit one "
        f"household{why}, which the hit policy {policy} rules out (example: {words})"
    )
    yield Finding(second.rule.place, ("rule", second.rule.id), message, Severity.FAULT)


def _hole(
    prover: Prover, compiled: Compiled, tested: Sequence[_Tested], rulebook: Rulebook, as_of: date
) -> Iterator[Finding]:
    names = frozenset[str]().union(*(each.names for each in tested))
    household = prover.example([each.truth.not_met for each in tested], names, as_of=as_of)
    if household is not None:
        words = household_words(household, rulebook.catalogue)
        message = f"no row fits this household, though the table is to be complete: {words}"
        table = compiled.table
        place = table.source.place(table.head["complete"].start)
        yield Finding(place, ("table", table.name), message, Severity.FAULT)
