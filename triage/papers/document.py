"""A paper as data: headings, paragraphs, lists, tables and figures; HTML and Markdown are written from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from models.measures.fairness import Estimate

TO_FILL_IN = "to be filled in by the council"
"""Stands where the product does not know a fact that a paper must state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption; all columns but the first `words` hold figures."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing, with the same figures as a table for those who can't see it, or read Markdown."""

    svg: str
    table: Table


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper."""

    title: str
    blocks: tuple[Block, ...]


def percent(value: float | None, places: int = 1) -> str:
    """A share in words; a dash where it is not defined."""
    return "–" if value is None else f"{value:.{places}%}"


def estimate(found: Estimate, places: int = 1) -> str:
    """A share with its range."""
    if found.value is None or found.low is None or found.high is None:
        return "–"
    return f"{found.value:.{places}%} ({found.low:.{places}%} to {found.high:.{places}%})"


def facts_table(caption: str, rows: Sequence[tuple[str, str]]) -> Table:
    """A table of what is asked and what is so."""
    return Table(caption=caption, header=("Field", "Entry"), rows=tuple(rows), words=2)
