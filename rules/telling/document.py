"""The whole rulebook as a policy document that anybody can read: HTML that stands alone."""

from collections.abc import Iterator, Mapping
from datetime import date

from rules.language.model import Case, Intervention, Rule, Rulebook
from rules.language.parameters import Parameter
from rules.language.phrases import Phrases, is_leaf
from rules.language.tree import AllOf, AnyOf, AtLeast, Condition, Known, Not
from rules.language.wording import parameter_words
from rules.loading.topics import Topics
from rules.telling.document_flow import flow
from rules.telling.html_page import page, pairs, paragraph, table, text
from smart_record.events import History
from smart_record.facts.terms.wording import describe
from smart_record.purposes import LAW

_NOT_CONFIRMED = "not confirmed yet"


def document(rulebook: Rulebook, *, as_of: date, topics: Topics | None = None) -> str:
    """The rulebook as HTML.

    Args:
        rulebook: A rulebook without fault.
        as_of: The date on which parameters and periods are looked at.
        topics: What residents contact the council about, where the directory says.
    """
    return page(f"The rulebook on {_day(as_of)}", _body(rulebook, as_of, topics))


def _body(rulebook: Rulebook, as_of: date, topics: Topics | None) -> Iterator[str]:
    suggesting = [rule for rule in rulebook.rules if rule.suppresses is None]
    holds = [rule for rule in rulebook.rules if rule.suppresses is not None]
    yield paragraph(
        f"{len(suggesting)} rules suggest help, {len(holds)} hold something back to protect a household. "
        "A rule suggests; a person decides.",
        "lead",
    )
    yield paragraph(
        f"Content {rulebook.content_hash}. A fact that is not known is never taken as no.", "note"
    )
    yield from _contents(rulebook, topics)
    yield '<h2 id="flow">How a household reaches a team</h2>'
    yield flow(rulebook)
    yield from _signals(rulebook, as_of)
    for ruleset in sorted({rule.ruleset for rule in suggesting}):
        yield from _ruleset(
            ruleset, [rule for rule in suggesting if rule.ruleset == ruleset], rulebook, as_of
        )
    yield '<h2 id="holds">Holds: what is kept back, to protect</h2>'
    for rule in holds:
        yield from _rule(rule, rulebook, as_of)
    yield from _interventions(rulebook)
    yield from _ladders(rulebook)
    yield from _events(rulebook)
    yield from _parameters(rulebook, as_of)
    if topics is not None:
        yield from _topics(topics)


def _contents(rulebook: Rulebook, topics: Topics | None) -> Iterator[str]:
    rulesets = sorted({rule.ruleset for rule in rulebook.rules if rule.suppresses is None})
    entries = [
        ("flow", "How a household reaches a team"),
        ("signals", "Signals"),
        *((f"set-{name}", f"Rules: {_plain(name)}") for name in rulesets),
        ("holds", "Holds"),
        ("interventions", "What the council can do"),
        ("ladders", "Stages of recovery"),
        ("events", "What can have happened"),
        ("parameters", "Numbers and where they come from"),
        *([("topics", "What residents contact us about")] if topics else []),
    ]
    items = "".join(f'<li><a href="#{text(at)}">{text(name)}</a></li>' for at, name in entries)
    yield f'<nav aria-label="Contents"><ul>{items}</ul></nav>'


def _signals(rulebook: Rulebook, as_of: date) -> Iterator[str]:
    yield '<h2 id="signals">Signals: conclusions that several rules share</h2>'
    if not rulebook.signals:
        yield paragraph("There is none.")
    for signal in rulebook.signals.values():
        yield f"<h3>{text(signal.meaning.capitalize())}</h3>"
        yield paragraph(signal.name, "note")
        yield conditions(signal.when, _phrases(signal.when, rulebook, as_of))


def _ruleset(name: str, rules: list[Rule], rulebook: Rulebook, as_of: date) -> Iterator[str]:
    yield f'<h2 id="set-{text(name)}">Rules: {text(_plain(name))}</h2>'
    versions = sorted({f"version {rule.version}, owner {rule.owner}" for rule in rules})
    yield paragraph("; ".join(versions), "note")
    for rule in rules:
        yield from _rule(rule, rulebook, as_of)


def _rule(rule: Rule, rulebook: Rulebook, as_of: date) -> Iterator[str]:
    yield f'<h3 id="rule-{text(rule.id)}">{text(rule.id)}: {text(rule.title)}</h3>'
    if not rule.is_in_force(as_of):
        yield f'<p><span class="mark">Not in force on {text(_day(as_of))}.</span></p>'
    yield paragraph("It applies where:")
    yield conditions(rule.when, _phrases(rule.when, rulebook, as_of))
    until = f" until {_day(rule.in_force_until)}" if rule.in_force_until else ""
    yield pairs(
        [
            ("What then", _consequence(rule, rulebook.interventions)),
            ("Reason given", rule.because.text),
            ("Priority", _PRIORITIES[rule.priority]),
            ("In force", f"from {_day(rule.in_force_from)}{until}"),
            ("Legal purpose", f"{_plain(rule.purpose)} ({LAW[rule.purpose]})"),
            ("Source", rule.source),
            ("As the file has it", " ".join(rule.text.split())),
        ]
    )
    yield from _cases(rule, rulebook)


_PRIORITIES: Mapping[int, str] = {1: "same day", 2: "this week", 3: "this month", 4: "routine"}


def _consequence(rule: Rule, interventions: Mapping[str, Intervention]) -> str:
    if rule.suppresses is not None:
        classes = ", ".join(
            _plain(each) for each in sorted(rule.suppresses.classes, key=lambda one: one.rank)
        )
        about = ", ".join(_plain(each) for each in sorted(rule.suppresses.about))
        return f"Suggestions of these kinds are kept back: {classes}. About: {about}."
    assert rule.intervention is not None
    each = interventions[rule.intervention]
    return f"{each.title}: tier {rule.tier}, {_plain(each.team)}, by {_plain(each.channel)}. {each.next_step}"


def _cases(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    rows = [(_given(case, rulebook), _day(case.as_of), case.expect.words) for case in rule.cases]
    caption = f"{rule.id}: example households"
    yield f"<details><summary>{len(rows)} example households of {text(rule.id)}</summary>"
    yield table(caption, ("A household of which we know", "On", "The rule is"), rows)
    yield "</details>"


def _given(case: Case, rulebook: Rulebook) -> str:
    return "; ".join(_known(name, value, rulebook) for name, value in case.given.items()) or "nothing"


def _known(name: str, value: Known, rulebook: Rulebook) -> str:
    if isinstance(value, History):
        days = ", ".join(_day(each.on) for each in value.happenings)
        return f"{rulebook.meaning_of(name)}: {days or 'never'}"
    return f"{rulebook.meaning_of(name)}: {describe(rulebook.catalogue[name], value)}"


def _interventions(rulebook: Rulebook) -> Iterator[str]:
    yield '<h2 id="interventions">What the council can do</h2>'
    rows = [
        (
            each.title,
            str(each.tier),
            _plain(each.team),
            _plain(each.intervention_class),
            each.next_step,
            f"{each.within_days} days" if each.within_days else "same day",
            f"{each.cool_off_days} days",
            "yes" if each.statutory else "no",
        )
        for each in sorted(
            rulebook.interventions.values(), key=lambda one: (one.intervention_class.rank, one.tier, one.id)
        )
    ]
    heads = ("Intervention", "Tier", "Team", "Kind", "Next step", "Within", "Not again for", "Duty")
    yield table("Interventions, most protective kind first", heads, rows, numbers=frozenset({1}))


def _ladders(rulebook: Rulebook) -> Iterator[str]:
    yield '<h2 id="ladders">Stages of recovery: what may follow what</h2>'
    heads = ("Stage", "May lead to", "After", "From", "Stands", "Source")
    for ladder in rulebook.ladders.values():
        rows = [
            (
                _plain(step.stage),
                ", ".join(_plain(each) for each in step.leads_to) or "nothing",
                f"{step.after_days} days",
                _day(edition.in_force_from),
                "confirmed" if step.confirmed else _NOT_CONFIRMED,
                step.source,
            )
            for edition in ladder.editions
            for step in edition.steps
        ]
        yield table(f"{_plain(ladder.name).capitalize()}: {ladder.meaning}", heads, rows)


def _events(rulebook: Rulebook) -> Iterator[str]:
    yield '<h2 id="events">What can have happened: events that rules may speak of</h2>'
    read = {rule.id: rulebook.events_behind(rule.when) | {*rule.because.events} for rule in rulebook.rules}
    rows = [
        (
            f"{each.meaning[:1].upper()}{each.meaning[1:]} ({each.name})",
            each.note,
            ", ".join(rule_id for rule_id, names in read.items() if each.name in names) or "none",
            ", ".join(sorted(_plain(purpose) for purpose in each.purposes)),
        )
        for each in rulebook.events.values()
    ]
    heads = ("Event", "Its day, and when it is not known", "Rules", "May be used for")
    yield table("Events, each with the rules that speak of it", heads, rows)


def _parameters(rulebook: Rulebook, as_of: date) -> Iterator[str]:
    yield '<h2 id="parameters">Numbers and where they come from</h2>'
    waiting = [
        _plain(each.name)
        for each in rulebook.parameters.values()
        if any(not dated.confirmed for dated in each.values)
    ]
    if waiting:
        yield f'<p><span class="mark">{len(waiting)} have a value that is {_NOT_CONFIRMED}.</span></p>'
    rows = [row for each in rulebook.parameters.values() for row in _values(each, as_of)]
    heads = ("Parameter", "Value", "From", "Stands", "Source")
    yield table("Parameters with every dated value", heads, rows)


def _values(parameter: Parameter, as_of: date) -> Iterator[tuple[str, str, str, str, str]]:
    for dated in parameter.values:
        began = dated.in_force_from <= as_of
        stands = "later" if not began else "now" if parameter.dated_on(as_of) is dated else "past"
        confirmed = "confirmed" if dated.confirmed else _NOT_CONFIRMED
        value = parameter_words(parameter, dated.in_force_from)
        source = dated.source
        yield _plain(parameter.name), value, _day(dated.in_force_from), f"{stands}, {confirmed}", source


def _topics(topics: Topics) -> Iterator[str]:
    yield '<h2 id="topics">What residents contact us about</h2>'
    rows = [
        (each.title, str(each.tier), _plain(each.team), _plain(each.channel), each.next_step)
        for each in topics.by_id.values()
    ]
    yield table("Topics", ("Topic", "Tier", "Team", "Channel", "Next step"), rows, numbers=frozenset({1}))


def conditions(condition: Condition, phrases: Phrases) -> str:
    """A condition in plain English, as nested lists."""
    if isinstance(condition, AllOf | AnyOf | AtLeast):
        parts = "".join(f"<li>{_nested(part, phrases)}</li>" for part in condition.parts)
        return f"<p>{text(phrases.of(condition).capitalize())}:</p><ul>{parts}</ul>"
    return f"<ul><li>{_nested(condition, phrases)}</li></ul>"


def _nested(condition: Condition, phrases: Phrases) -> str:
    words = text(phrases.of(condition))
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return f"{words}:<ul>{''.join(f'<li>{_nested(part, phrases)}</li>' for part in parts)}</ul>"
        case AtLeast(_, parts):
            return f"{words}:<ul>{''.join(f'<li>{_nested(part, phrases)}</li>' for part in parts)}</ul>"
        case Not(part) if not is_leaf(part):
            return f"{words}:<ul><li>{_nested(part, phrases)}</li></ul>"
        case _:
            return words


def _phrases(condition: Condition, rulebook: Rulebook, as_of: date) -> Phrases:
    """Words on the date, or on the first later one on which every number that is needed has a value."""
    needed = (rulebook.parameters[name] for name in rulebook.parameters_behind(condition))
    return Phrases(rulebook, max([as_of, *(each.values[0].in_force_from for each in needed)]))


def _plain(word: str) -> str:
    return str(word).replace("_", " ").replace("-", " ")


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
