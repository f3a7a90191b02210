"""The words that the other council is made of: names by group, their other forms, streets and buildings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.other_council.chance import Chance

_WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Names:
    """Names with how common each is."""

    words: Sequence[str]
    shares: Sequence[float]

    def drawn(self, chance: Chance) -> str:
        """One of them."""
        return self.words[chance.position(self.shares)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """Names that go together; a household has one group.

    Attributes:
        share: Its share of all households.
        forenames: By sex, F or M.
        surnames: Of both.
    """

    share: float
    forenames: Mapping[str, Names]
    surnames: Names


@cache
def name_groups() -> Mapping[str, NameGroup]:
    """The groups by what the labels call them."""
    return {name: _group(told) for name, told in _read("names").items()}


@cache
def nicknames() -> Mapping[str, Sequence[str]]:
    """What people are called, by forename."""
    return _read("nicknames")


@cache
def spellings() -> Mapping[str, Sequence[str]]:
    """Other spellings, by name."""
    return _read("spellings")


@cache
def places() -> Mapping[str, Any]:
    """What addresses are made of, as `words/places.yaml` has it."""
    return _read("places")


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((_WORDS / f"{name}.yaml").read_text(encoding="utf-8"))
    return read


def _group(told: Mapping[str, Any]) -> NameGroup:
    forenames, surnames = told["falls"]
    return NameGroup(
        share=told["share"],
        forenames={
            "F": _names(told["female"], falls=forenames),
            "M": _names(told["male"], falls=forenames),
        },
        surnames=_names(told["surnames"], falls=surnames),
    )


def _names(words: str, *, falls: float) -> Names:
    listed = words.split()
    return Names(listed, [1 / place**falls for place in range(1, len(listed) + 1)])
