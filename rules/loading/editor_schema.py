"""A JSON Schema of rule files, so that an editor completes fact names, teams and classes as they are typed.

It says which keys and words there are; what a condition may say is for `triage rules check`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from rules.language.vocabulary import Channel, Debt, InterventionClass, Outcome, RuleKind, Team
from rules.loading.topics import ContactTeam
from smart_record.events import EVENT_CATALOGUE, Event
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.purposes import Purpose

Schema: TypeAlias = dict[str, Any]

_PROSE: Schema = {"type": "string", "minLength": 1}
_NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_YES_NO: Schema = {"enum": ["yes", "no"]}
_AMOUNT: Schema = {"type": "string", "pattern": r"^-?£(\d{1,3}(,\d{3})+|\d+)(\.\d{2})?$"}
_NOT_KNOWN: Schema = {"const": "not known"}


def editor_schema(catalogue: Mapping[str, Fact], events: Mapping[str, Event] = EVENT_CATALOGUE) -> Schema:
    """The schema of every YAML file of a rules directory (JSON Schema, draft 2020-12).

    Scalars are as YAML 1.2 reads them: yes, no, dates and amounts are text, as for the loader.

    Args:
        catalogue: The facts that cases may give.
        events: The events that cases may give.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Welfare Triage rule file",
        **_entry(
            {
                "ruleset": _PROSE,
                "version": {"type": ["string", "number"]},
                "owner": _PROSE,
                "rules": _list(_rule(catalogue, events)),
                "interventions": _list(_intervention()),
                "parameters": _list(_parameter(catalogue)),
                "ladders": _list(_ladder(catalogue)),
                "signals": _list(_signal()),
                "topics": _list(_topic()),
            },
            (),
        ),
        "dependentRequired": {"rules": ["ruleset", "version", "owner"]},
    }


def _entry(properties: Schema, needed: Iterable[str] | None = None) -> Schema:
    """A mapping with these keys and no others; all are needed unless said otherwise."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties if needed is None else needed),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _word(*vocabularies: type[StrEnum]) -> Schema:
    return {"enum": [word.value for words in vocabularies for word in words]}


def _whole(lowest: int, highest: int) -> Schema:
    return {"type": "integer", "minimum": lowest, "maximum": highest}


def _intervention() -> Schema:
    properties: Schema = {
        "id": _NAME,
        "title": _PROSE,
        "measure": _PROSE,
        "tier": _whole(0, 3),
        "team": _word(Team),
        "class": _word(InterventionClass),
        "about": _word(Debt),
        "channel": _word(Channel),
        "next_step": _PROSE,
        "within_days": _whole(0, 366),
        "cool_off_days": _whole(0, 3660),
        "statutory": _YES_NO,
        "costs": _list(_NAME),
    }
    return _entry(properties, properties.keys() - {"costs"})


def _parameter(catalogue: Mapping[str, Fact]) -> Schema:
    units = sorted({fact.unit for fact in catalogue.values()} - {"", "pence"})
    value = {"type": ["string", "integer"]}
    dated = _entry({"from": _DATE, "value": value, "source": _PROSE, "confirmed": _YES_NO})
    properties = {
        "name": _NAME,
        "type": _word(FactType),
        "unit": {"enum": units},
        "reference": _YES_NO,
        "values": _list(dated),
    }
    return _entry(properties, properties.keys() - {"unit", "reference"})


def _ladder(catalogue: Mapping[str, Fact]) -> Schema:
    staged = [fact for fact in catalogue.values() if fact.type is FactType.CHOICE]
    stage = {"enum": sorted({choice for fact in staged for choice in fact.choices})}
    step = {
        "stage": stage,
        "leads_to": _list(stage),
        "after_days": _whole(0, 3660),
        "source": _PROSE,
        "confirmed": _YES_NO,
    }
    edition = {"from": _DATE, "steps": _list(_entry(step))}
    facts = {"enum": [fact.name for fact in staged]}
    return _entry({"name": _NAME, "fact": facts, "meaning": _PROSE, "editions": _list(_entry(edition))})


def _signal() -> Schema:
    name = {"type": "string", "pattern": r"^signal\.[a-z][a-z0-9_]*$"}
    return _entry({"name": name, "meaning": _PROSE, "when": _PROSE})


def _topic() -> Schema:
    properties = {
        "id": _NAME,
        "title": _PROSE,
        "tier": _whole(0, 3),
        "team": _word(Team, ContactTeam),
        "channel": _word(Channel),
        "next_step": _PROSE,
        "within_days": _whole(0, 366),
        "statutory": _YES_NO,
    }
    return _entry(properties, properties.keys() - {"statutory"})


def _rule(catalogue: Mapping[str, Fact], events: Mapping[str, Event]) -> Schema:
    suppresses = _entry({"classes": _list(_word(InterventionClass)), "about": _list(_word(Debt))})
    properties = {
        "id": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"},
        "title": _PROSE,
        "kind": _word(RuleKind),
        "from": _DATE,
        "until": {"anyOf": [_DATE, {"type": "null"}]},
        "purpose": _word(Purpose),
        "intervention": _PROSE,
        "suppresses": suppresses,
        "priority": _whole(1, 4),
        "tier": _whole(0, 3),
        "when": _PROSE | {"description": "The condition, in the rule language."},
        "because": _PROSE | {"description": "The reason, with {facts} in braces."},
        "source": _PROSE,
        "tests": _list(_case(catalogue, events)),
    }
    optional = {"until", "intervention", "suppresses", "priority", "tier", "tests"}
    kinds = [
        {"properties": {"kind": {"const": "suggest"}}, "required": ["intervention", "priority"]},
        {"properties": {"kind": {"const": "hold"}}, "required": ["suppresses"]},
    ]
    return _entry(properties, properties.keys() - optional) | {"anyOf": kinds}


def _case(catalogue: Mapping[str, Fact], events: Mapping[str, Event]) -> Schema:
    facts = {name: _value(fact) for name, fact in catalogue.items()}
    happened = {name: _days(event) for name, event in events.items()}
    given = _entry(facts | happened, ())
    properties = {
        "given": given,
        "expect": {"enum": [outcome.words for outcome in Outcome]},
        "as_of": _DATE,
        "bug": {"type": "string"},
        "question": {"type": "string"},
    }
    return _entry(properties, ("given", "expect"))


def _days(event: Event) -> Schema:
    return {"description": f"The days on which {event.meaning}.", "anyOf": [_list(_DATE), _NOT_KNOWN]}


def _value(fact: Fact) -> Schema:
    kinds: Mapping[FactType, Schema] = {
        FactType.MONEY: _AMOUNT,
        FactType.COUNT: {"type": "integer"},
        FactType.DATE: _DATE,
        FactType.YES_NO: _YES_NO,
        FactType.CHOICE: {"enum": list(fact.choices)},
        FactType.TEXT: {"type": "string"},
    }
    return {"description": fact.meaning, "anyOf": [kinds[fact.type], _NOT_KNOWN]}
