"""Where a household's debts stand on their ladders, what may come next and when, and what protects it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from rules import Debt, InterventionClass, Outcome, Rule
from rules.executors.online import Judged
from rules.language.ladders import Ladder
from rules.language.tree import Known
from triage.explained.household import DebtStanding, NextStep, UndecidedHold
from triage.sight import NOT_SAID, Sight

_HAS_THE_DEBT = {"council_tax": "council_tax.liable", "rent": "rent.tenant"}
"""The fact, by debt, that says whether a household can have it at all."""


def debt_standings(
    known: Mapping[str, Known | None],
    met: Mapping[str, str],
    judged: Mapping[str, Judged],
    sight: Sight,
    *,
    sources: Collection[str],
    as_of: date,
) -> tuple[DebtStanding, ...]:
    """One standing for each ladder in force on which the household stands, or may.

    Args:
        known: The household's facts.
        met: Reasons of the rules that are met, by rule id.
        judged: What each rule in force says, by rule id.
        sight: Whose look it is: ladders that may not be seen are left out, so are the reasons of holds.
        sources: Systems whose records name the household, rows set aside included: without one there is no
            such debt.
        as_of: The date that decides which edition of a ladder counts.
    """
    facts = sight.rulebook.catalogue
    return tuple(
        _standing(
            ladder,
            known,
            as_of,
            in_order=facts[ladder.fact].choices,
            held_by=_protection(ladder, met, sight),
            undecided_holds=_undecided(ladder, judged, sight),
        )
        for ladder in sight.rulebook.ladders.values()
        if (known.get(ladder.fact) is not None or _may_stand(ladder, known, sources))
        and ladder.editions[0].in_force_from <= as_of
        and sight.fact(facts[ladder.fact], bears=True)
    )


def _may_stand(ladder: Ladder, known: Mapping[str, Known | None], sources: Collection[str]) -> bool:
    debt = _debt(ladder)
    return debt in sources and debt in _HAS_THE_DEBT and known.get(_HAS_THE_DEBT[debt]) is not False


def _debt(ladder: Ladder) -> str:
    return ladder.fact.partition(".")[0]


def _standing(
    ladder: Ladder,
    known: Mapping[str, Known | None],
    as_of: date,
    *,
    in_order: tuple[str, ...],
    held_by: tuple[str, ...],
    undecided_holds: tuple[UndecidedHold, ...],
) -> DebtStanding:
    stage, since = known.get(ladder.fact), known.get(f"{ladder.fact}_since")
    assert stage is None or isinstance(stage, str)
    assert since is None or isinstance(since, date)
    following = () if stage is None else ladder.next_steps(stage, since, as_of)
    return DebtStanding(
        ladder=ladder.name,
        meaning=ladder.meaning,
        stage=stage,
        since=since,
        begun=None if stage is None else stage != in_order[0],
        next_steps=tuple(
            NextStep(stage=each, earliest=earliest)
            for each, earliest in following
            if in_order.index(each) > in_order.index(str(stage))  # down the ladder is never feared
        ),
        held_by=held_by,
        undecided_holds=undecided_holds,
    )


def _protection(ladder: Ladder, met: Mapping[str, str], sight: Sight) -> tuple[str, ...]:
    """Reasons of the holds that are met and keep back recovery of this ladder's debt.

    That a hold protects is told for every purpose, recovery above all; why, only where that may be seen.
    """
    reasons = (
        met[rule.id] if sight.rule(rule) else f"a hold protects them; why is {NOT_SAID}"
        for rule in _holds_on(ladder, sight)
        if rule.id in met
    )
    return tuple(dict.fromkeys(reasons))


def _undecided(ladder: Ladder, judged: Mapping[str, Judged], sight: Sight) -> tuple[UndecidedHold, ...]:
    """Holds on recovery of this ladder's debt that are not known.

    That there are any is told for every purpose as well: not known is not no.
    """
    hidden = UndecidedHold(rule_id=None, title=f"which hold is {NOT_SAID}", ask=())
    undecided = (
        UndecidedHold(
            rule_id=rule.id,
            title=rule.title,
            ask=tuple(map(sight.rulebook.meaning_of, judged[rule.id].missing)),
        )
        if sight.rule(rule)
        else hidden
        for rule in _holds_on(ladder, sight)
        if rule.id in judged and judged[rule.id].outcome is Outcome.NOT_KNOWN
    )
    return tuple(dict.fromkeys(undecided))


def _holds_on(ladder: Ladder, sight: Sight) -> Iterator[Rule]:
    """Holds that keep back recovery of a ladder's debt."""
    debts = {Debt.ALL.value, _debt(ladder)}
    for rule in sight.rulebook.rules:
        stops = rule.suppresses
        if stops and InterventionClass.RECOVERY in stops.classes and not debts.isdisjoint(stops.about):
            yield rule
