"""Where a household's debts stand on their ladders, what may come next and when, and what protects it."""

from collections.abc import Mapping
from datetime import date

from rules import Debt, InterventionClass
from rules.ladders import Ladder
from rules.tree import Known
from triage.household import DebtStanding, NextStep
from triage.sight import NOT_SAID, Sight


def debt_standings(
    known: Mapping[str, Known | None], met: Mapping[str, str], sight: Sight, *, as_of: date
) -> tuple[DebtStanding, ...]:
    """One standing for each ladder in force on which it is known where the household stands.

    Args:
        known: The household's facts.
        met: Reasons of the rules that are met, by rule id.
        sight: Whose look it is: ladders that may not be seen are left out, so are the reasons of holds.
        as_of: The date that decides which edition of a ladder counts.
    """
    facts = sight.rulebook.catalogue
    return tuple(
        _standing(ladder, known, sight, as_of, held_by=_protection(ladder, met, sight))
        for ladder in sight.rulebook.ladders.values()
        if known.get(ladder.fact) is not None
        and ladder.editions[0].in_force_from <= as_of
        and sight.fact(facts[ladder.fact], bears=True)
    )


def _standing(
    ladder: Ladder, known: Mapping[str, Known | None], sight: Sight, as_of: date, *, held_by: tuple[str, ...]
) -> DebtStanding:
    stage, since = str(known[ladder.fact]), known.get(f"{ladder.fact}_since")
    assert since is None or isinstance(since, date)
    in_order = sight.rulebook.catalogue[ladder.fact].choices
    return DebtStanding(
        ladder=ladder.name,
        meaning=ladder.meaning,
        stage=stage,
        since=since,
        next_steps=tuple(
            NextStep(stage=each, earliest=earliest)
            for each, earliest in ladder.next_steps(stage, since, as_of)
            if in_order.index(each) > in_order.index(stage)  # down the ladder is never feared
        ),
        held_by=held_by,
    )


def _protection(ladder: Ladder, met: Mapping[str, str], sight: Sight) -> tuple[str, ...]:
    """Reasons of the holds that are met and keep back recovery of this ladder's debt.

    That a hold protects is told for every purpose, recovery above all; why, only where that may be seen.
    """
    debts = {Debt.ALL.value, ladder.fact.partition(".")[0]}
    reasons = (
        met[rule.id] if sight.rule(rule) else f"a hold protects them; why is {NOT_SAID}"
        for rule in sight.rulebook.rules
        if rule.id in met
        and rule.suppresses is not None
        and InterventionClass.RECOVERY in rule.suppresses.classes
        and not debts.isdisjoint(rule.suppresses.about)
    )
    return tuple(dict.fromkeys(reasons))
