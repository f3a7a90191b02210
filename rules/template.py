"""The reason a rule gives, with places for the household's own values."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class FactPlace:
    """Where the household's value of a fact is shown: `{council_tax.arrears}`."""

    name: str


@dataclass(frozen=True, slots=True)
class ParameterPlace:
    """Where the value of a parameter on the as-of date is shown: `{small_debt}`."""

    name: str


Part: TypeAlias = str | FactPlace | ParameterPlace


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
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters shown, each once, in order."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, ParameterPlace)))
