"""A what-if in words, for the terminal."""

from collections.abc import Iterator

from triage.live.rules import Agreement
from triage.live.what_if import LiveSuggestion, RuleChange, WhatIf

_CHECKED = {
    Agreement.AGREED: "Two evaluators said the same.",
    Agreement.DISAGREED: "The live evaluator said otherwise; this is the reference's word. The audit log "
    "names the rules.",
    Agreement.ENGINE_LOST: "The live evaluator was lost; this is the reference's word.",
}
_CHANGES = {"new": "New", "changed": "Changed", "gone": "No longer", "same": "As before"}


def what_if_text(found: WhatIf) -> str:
    """The what-if in plain English."""
    return "\n".join(_lines(found))


def _lines(found: WhatIf) -> Iterator[str]:
    yield f"What if, for household {found.household_id}, as of {found.as_of:%-d %B %Y}:"
    yield from (f"  {each}" for each in found.said)
    yield ""
    yield "Suggestions" if found.suggestions else "Nothing is suggested."
    for each in found.suggestions:
        yield from _suggestion(each)
    yield ""
    yield "Rules that say something else" if found.rules else "No rule says anything else."
    for rule in found.rules:
        yield from _rule(rule)
    yield ""
    yield f"{_CHECKED[found.agreement]} Nothing of this is stored. This suggests; a person decides."


def _suggestion(each: LiveSuggestion) -> Iterator[str]:
    status = "" if each.status == "suggested" else f", {each.status}"
    yield f"  {_CHANGES[each.change]}: {each.title} (tier {each.tier}, {each.team_title}{status})"
    if each.change != "same":
        yield f"    because {each.because}"
        if each.stopped_because:
            yield f"    {each.status}, since {each.stopped_because}"
        elif each.change != "gone":
            yield f"    next: {each.next_step}"


def _rule(each: RuleChange) -> Iterator[str]:
    yield f"  {each.rule_id} {each.title}: {each.before} before, {each.after} now"
    if each.because:
        yield f"    {each.because}"
    if each.ask:
        yield f"    ask: {'; '.join(each.ask)}"
