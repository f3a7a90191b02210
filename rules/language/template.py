"""The reason a rule gives, with places for the household's own values."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from rules.language.grammar import ConditionMisread
from rules.language.names import DependsOnFaulty, Names
from rules.language.scalars import nearest
from rules.language.tree import Span

_BRACED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class FactPlace:
    """Where the household's value of a fact is shown: `{council_tax.arrears}`."""

    name: str


@dataclass(frozen=True, slots=True)
class ParameterPlace:
    """Where the value of a parameter on the as-of date is shown: `{small_debt}`."""

    name: str


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where the day of the household's last such event is shown: `{rent.payment_missed}`."""

    name: str


Part: TypeAlias = str | FactPlace | ParameterPlace | EventPlace


@dataclass(frozen=True, slots=True)
class Template:
    """Text and places, left to right; `text` is what the file says."""

    text: str
    parts: tuple[Part, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts shown, each once, in order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, FactPlace)))

    @property
    def events(self) -> tuple[str, ...]:
        """Names of the events shown, each once, in order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, EventPlace)))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters shown, each once, in order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, ParameterPlace)))


def read_template(text: str, names: Names, problems: list[ConditionMisread]) -> Template | None:
    """The template of a text, or None with every problem added to `problems`."""
    parts: list[Part] = []
    at = 0
    for found in _BRACED.finditer(text):
        parts += _plain(text, Span(at, found.start()), problems)
        at = found.end()
        try:
            parts.append(_place(found[1].strip(), Span(found.start(), at), names))
        except ConditionMisread as error:
            problems.append(error)
    parts += _plain(text, Span(at, len(text)), problems)
    if not text.strip():
        problems.append(ConditionMisread(Span(0, len(text)), "write the reason in words"))
    return None if problems else Template(text, _trimmed(parts))


def _trimmed(parts: list[Part]) -> tuple[Part, ...]:
    """Without white space at the ends, which a block of YAML text brings along."""
    first = [parts[0].lstrip() if isinstance(parts[0], str) else parts[0], *parts[1:]]
    last = first[-1]
    kept = [*first[:-1], last.rstrip() if isinstance(last, str) else last]
    return tuple(part for part in kept if part)


def _plain(text: str, span: Span, problems: list[ConditionMisread]) -> list[str]:
    plain = text[span.start : span.end]
    stray = re.search(r"[{}]", plain)
    if stray:
        at = span.start + stray.start()
        problems.append(
            ConditionMisread(Span(at, at + 1), "a brace without its partner; write {council_tax.arrears}")
        )
    return [re.sub(r"\s+", " ", plain)] if plain else []


def _place(name: str, span: Span, names: Names) -> FactPlace | ParameterPlace | EventPlace:
    if name in names.catalogue:
        return FactPlace(name)
    if name in names.events:
        return EventPlace(name)
    if name in names.faulty:
        raise DependsOnFaulty(span, f"{name} has a fault of its own")
    if name in names.parameters:
        return ParameterPlace(name)
    near = nearest(name, [*names.catalogue, *names.parameters, *names.events])
    raise ConditionMisread(span, f"no fact or parameter is called {name or 'nothing'}{near}")
