"""What residents contact the council about, and which tier and team each issue goes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from rules.entries.entries import name_of
from rules.entries.sources import Field, Source
from rules.errors import Fault, RulebookInvalid, RuleError, RulesMissing
from rules.language.parameters import Place
from rules.language.scalars import between, nearest, prose, snake_case, word_of, yes_no
from rules.language.vocabulary import Channel, Team
from rules.loading.rule_files import source_of
from smart_record.positioned_yaml import Mapping as MappingNode

FILE = "topics.yaml"


class ContactTeam(StrEnum):
    """Teams that take contacts, and that no rule suggests work for."""

    SOCIAL_CARE = "social_care"


class TopicUnknown(RuleError):
    """A contact names a topic that `topics.yaml` doesn't have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One kind of issue and its route; fields as in `topics.yaml`.

    Attributes:
        id: In snake_case.
        title: As a resident would say it.
        tier: 0 they do it themselves, 1 a person helps, 2 a processing team, 3 a specialist team.
        team: Who takes it; `neighbourhood` is the neighbourhood team of the resident's ward.
        channel: How the first step is taken.
        next_step: What the officer does now.
        within_days: By when; 0 is the same day.
        statutory: Whether a law sets it, so that no lack of capacity may put it off.
        place: Where it is declared.
    """

    id: str
    title: str
    tier: int
    team: Team | ContactTeam
    channel: Channel
    next_step: str
    within_days: int
    statutory: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Topics:
    """A council's topics, by id, in the order of the file."""

    by_id: Mapping[str, Topic]

    def topic(self, topic_id: str) -> Topic:
        """The topic of an id.

        Raises:
            TopicUnknown: If there is none; the message names the nearest, and does not repeat what came in.
        """
        if found := self.by_id.get(topic_id):
            return found
        near = nearest(topic_id, list(self.by_id)) or "."
        raise TopicUnknown(f"{FILE} has no topic of that name{near} It has {', '.join(self.by_id)}.")


def load_topics(directory: Path) -> Topics:
    """The topics of a rules directory, from its `topics.yaml`.

    Raises:
        RulesMissing: If it has no `topics.yaml`.
        RulebookInvalid: With every fault of the file.
    """
    path = directory / FILE
    if not path.is_file():
        raise RulesMissing(
            f"{directory} holds no {FILE}. Copy it from the rule library, or run `triage init`."
        )
    source = source_of(path, FILE)
    topics = {} if source.faults else _read(source)
    if source.faults:
        raise RulebookInvalid(source.faults)
    return Topics(MappingProxyType(topics))


def topic_faults(directory: Path) -> tuple[Fault, ...]:
    """What is wrong with a rules directory's topics; nothing where it has none."""
    try:
        load_topics(directory)
    except RulebookInvalid as invalid:
        return invalid.faults
    except RulesMissing:
        return ()
    return ()


def _team(text: str) -> Team | ContactTeam:
    known = [*map(str, Team), *map(str, ContactTeam)]
    if text not in known:
        raise ValueError(f"{text or 'nothing'} is not one of {', '.join(known)}{nearest(text, known)}")
    return Team(text) if text in set(Team) else ContactTeam(text)


_FIELDS: Mapping[str, Field] = {
    "id": Field(snake_case),
    "title": Field(prose),
    "tier": Field(between(0, 3)),
    "team": Field(_team),
    "channel": Field(word_of(Channel)),
    "next_step": Field(prose),
    "within_days": Field(between(0, 366)),
    "statutory": Field(yes_no, optional=True, default=False),
}


def _read(source: Source) -> dict[str, Topic]:
    root = source.root()
    nodes = source.keys(root, {"topics": True}, "") if root else {}
    topics: dict[str, Topic] = {}
    for node in source.entries(nodes.get("topics"), "topics"):
        topic = _topic(source, node)
        if topic and topic.id in topics:
            first = topics[topic.id].place.line
            source.fault(node.start, f"{topic.id} is already a topic, on line {first}", f"topic {topic.id}")
        elif topic:
            topics[topic.id] = topic
    if not topics and not source.faults:
        source.fault(0, "there is no topic here; copy them from the rule library")
    return topics


def _topic(source: Source, node: MappingNode) -> Topic | None:
    about = f"topic {name_of(node, 'id')}"
    nodes = source.keys(node, {key: not each.optional for key, each in _FIELDS.items()}, about)
    values = source.read(nodes, _FIELDS, about)
    return None if values is None else Topic(place=source.place(node.start), **values)
