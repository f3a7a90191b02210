"""One household explained in words, as a colleague would write it. Text only: no decision is made here."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import fill

from models.histories.labels import NO_LONGER_NEW
from triage.explained.household import DebtStanding, HouseholdView, NextStep, Suggestion
from triage.sight import NOT_SAID

_TIERS = {
    0: "self-serve",
    1: "a person helps",
    2: "back office",
    3: "neighbourhood and specialist services",
}
_PRIORITIES = {1: "today", 2: "this week", 3: "this month", 4: "when there is time"}
_SOURCES = {
    "council_tax": "council tax",
    "benefits": "benefits",
    "benefits_dependants": "benefits",
    "rent": "rent",
}
_CONFIDENCE = {
    "confirmed": "We are sure who belongs to this household.",
    "strong": "The match of who belongs to this household is strong.",
    "probable": "The match of who belongs to this household is only probable: confirm it before any contact.",
}
_FACT_TOPICS = {
    "household": "The household",
    "council_tax": "Council tax",
    "benefits": "Benefits",
    "rent": "Rent",
    "holds": "Protection",
    "debts": "All debts together",
}
_WIDTH = 100
_MOST_QUESTIONS = 6


def letter(view: HouseholdView) -> str:
    """The household in plain English, for a terminal or a printer."""
    return "\n".join(
        line
        for part in (
            _opening,
            _people,
            _addresses,
            _suggested,
            _stopped,
            _referred,
            _debts,
            _risk,
            _known,
            _rules,
            _close,
        )
        for line in part(view)
    )


def _opening(view: HouseholdView) -> Iterator[str]:
    yield f"Household {view.household_id}, {', '.join(_home(view))}"
    yield f"As of {view.as_of:%-d %B %Y}. {_CONFIDENCE[view.confidence]}"
    if view.confidence == "probable":
        yield f"What is in doubt, side by side: triage links review --household {view.household_id}"
    if view.shown_for:
        yield from _item(view.shown_for, indent="")


def _home(view: HouseholdView) -> Iterator[str]:
    """Address and ward; what no record that is shown has is not said, where another may have it."""
    told = {"address": view.address, "ward": view.ward and f"{view.ward} ward"}
    yield from filter(None, told.values())
    missing = [name for name, value in told.items() if not value]
    if missing and view.shown_for:
        yield f"{' and '.join(missing)} {NOT_SAID}"


def _people(view: HouseholdView) -> Iterator[str]:
    yield from _heading("Who lives here, and how we know")
    for member in view.members:
        yield f"  {member.name} ({member.resident_id})"
        for record in member.records:
            role = record.role.replace("_", " ")
            source = _SOURCES[record.source]
            yield from _item(f"{source} {record.record_ref}, {role}: {record.evidence}", indent="    ")


def _addresses(view: HouseholdView) -> Iterator[str]:
    if not view.addresses:
        return
    yield from _heading("Where each record says they live, and how sure that is")
    for each in view.addresses:
        yield from _item(f"{_SOURCES[each.source]} {each.record_ref}: {each.told}.")


def _suggested(view: HouseholdView) -> Iterator[str]:
    yield from _heading("What we suggest")
    open_ones = [each for each in view.suggestions if each.status == "suggested"]
    if not open_ones:
        yield f"  Nothing {'that may be shown for this purpose' if view.shown_for else 'at present'}."
    for each in sorted(open_ones, key=lambda each: (each.priority, -each.tier, each.intervention)):
        yield from _item(
            f"{each.title}: tier {each.tier} ({_TIERS[each.tier]}), {each.team_title}, {_when(each)}."
        )
        yield from _item(f"Because {each.because}.", indent="    ")
        yield from _item(each.next_step, indent="    ")


def _stopped(view: HouseholdView) -> Iterator[str]:
    stopped = [each for each in view.suggestions if each.status != "suggested"]
    if not stopped:
        return
    yield from _heading("What is held back, and why")
    reasons = dict.fromkeys((each.status, each.stopped_because) for each in stopped)
    for status, reason in reasons:
        titles = [each.title for each in stopped if (each.status, each.stopped_because) == (status, reason)]
        yield from _item(f"{status.capitalize()}: {reason}.")
        for title in titles:
            yield from _item(title, indent="    ")


def _referred(view: HouseholdView) -> Iterator[str]:
    if not view.referrals:
        return
    yield from _heading("Referrals")
    for each in view.referrals:
        yield from _item(
            f"{each.referral_id} to {each.team_title}: {each.status}, to act by {each.due_on:%-d %B %Y}, "
            f"because {each.reasons}."
        )


def _debts(view: HouseholdView) -> Iterator[str]:
    """Debts that have left the foot of their ladder, or once had, or may have, or that something protects."""
    standings = [each for each in view.standings if each.begun is not False or each.since or each.held_by]
    if not standings:
        return
    yield from _heading("Where recovery stands, and what may come next")
    for each in standings:
        yield from _item(f"{_upper(each.meaning)}: {_where(each)}.")
        if each.held_by:
            yield from _item(f"Nothing may follow now: {'; '.join(each.held_by)}.", indent="    ")
        elif each.next_steps:
            yield from _next(each, view.as_of)


def _where(standing: DebtStanding) -> str:
    if standing.stage is None:
        return "it is not known where it stands; ask the team before anything is said or sent"
    stage = _words(standing.stage)
    if standing.since is not None:
        return f"{stage} since {standing.since:%-d %B %Y}"
    return f"{stage}, since when is not known" if standing.begun else stage


def _next(standing: DebtStanding, as_of: date) -> Iterator[str]:
    """What may come next; under holds that are not known, first what to find out."""
    steps = _steps(standing.next_steps, as_of)
    if not standing.undecided_holds:
        yield from _item(f"May come next: {steps}.", indent="    ")
        return
    questions = dict.fromkeys(ask for hold in standing.undecided_holds for ask in hold.ask or (hold.title,))
    unknown = f"It is not known whether a hold protects them. Find out first: {'; '.join(questions)}."
    yield from _item(unknown, indent="    ")
    yield from _item(f"Unless one does, may come next: {steps}.", indent="    ")


def _steps(steps: Sequence[NextStep], as_of: date) -> str:
    days = {each.earliest for each in steps}
    stages = " or ".join(_words(each.stage) for each in steps)
    (earliest,) = days  # a stage has one waiting time, whatever it leads to
    if earliest is None:
        return f"{stages}, from a day that is not known"
    return f"{stages}, {'any day' if earliest <= as_of else f'not before {earliest:%-d %B %Y}'}"


def _words(word: str) -> str:
    return word.replace("_", " ")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _risk(view: HouseholdView) -> Iterator[str]:
    yield from _heading("Risk of a new liability order or rent court step in the next six months")
    if view.risk is None:
        yield from _item(f"No score is shown. {view.risk_note}")
        return
    band = view.risk.band.replace("_", " ")
    yield from _item(f"About {view.risk.probability:.0%}, band {band}: {view.risk.reasons.rstrip('.')}.")
    taken = [
        f"{each.meaning}: {_words(each.stage)}" for each in view.standings if each.stage in NO_LONGER_NEW
    ]
    if taken:
        where = "; ".join(taken)
        yield from _item(
            f"It is about a new step only. Taken already ({where}), so a low score is no relief."
        )
    yield from _item("The score puts offers of help in order. It never raises recovery action.")


def _known(view: HouseholdView) -> Iterator[str]:
    yield from _heading("What this rests on")
    for topic, title in _FACT_TOPICS.items():
        known = [
            f"{fact.meaning}: {fact.value}"
            for fact in view.facts
            if fact.name.startswith(f"{topic}.") and fact.bears and fact.value is not None
        ]
        if known:
            yield from _item(f"{title}: {'; '.join(known)}.")
    if not any(fact.bears for fact in view.facts):
        why = (
            "No rule that may be shown for this purpose is met: others may be."
            if view.shown_for
            else "No rule is met, so nothing here calls for help."
        )
        yield from _item(f"{why} Every fact {'that may be shown' if view.shown_for else 'we hold'}: --json")


def _rules(view: HouseholdView) -> Iterator[str]:
    yield from _asked(view)
    yield from _heading("The rules")
    for outcome in ("met", "not met"):
        ids = [each.rule_id for each in view.rules if each.outcome == outcome]
        if ids:
            yield from _item(f"{outcome.capitalize()}: {', '.join(ids)}.")


def _asked(view: HouseholdView) -> Iterator[str]:
    """What to find out, the questions that bear on most rules first."""
    bears_on: dict[str, list[str]] = {}
    for rule in view.rules:
        for question in rule.ask:
            bears_on.setdefault(question, []).append(rule.rule_id)
    if not bears_on:
        return
    yield from _heading("What we don't know, and would ask")
    ranked = sorted(bears_on, key=lambda question: (-len(bears_on[question]), question))
    for question in ranked[:_MOST_QUESTIONS]:
        yield from _item(f"{question}: bears on {', '.join(bears_on[question])}")
    if len(ranked) > _MOST_QUESTIONS:
        yield f"  and {len(ranked) - _MOST_QUESTIONS} more; all of them: --json"


def _close(_view: HouseholdView) -> Iterator[str]:
    yield ""
    yield "This suggests; a person decides."


def _when(suggestion: Suggestion) -> str:
    return _PRIORITIES[suggestion.priority]


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text


def _item(text: str, indent: str = "  ") -> Iterator[str]:
    yield from fill(
        text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    ).split("\n")
