"""The facts that rules and models may speak of: one form for name, type, unit, source, purpose, meaning.

A fact is a statement about one household as of one date, or null where it is not known: null is never
zero and never "no". Names are written with a dot (`council_tax.arrears`); the column of a frame has two
underscores (`council_tax__arrears`), since dots fail on Spark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from smart_record.purposes import Purpose


class FactType(StrEnum):
    """What kind of value a fact has, and so what may be compared with it."""

    MONEY = "money"
    COUNT = "count"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


DTYPES: Mapping[FactType, pl.DataType] = MappingProxyType(
    {
        FactType.MONEY: pl.Int64(),
        FactType.COUNT: pl.Int64(),
        FactType.DATE: pl.Date(),
        FactType.YES_NO: pl.Boolean(),
        FactType.CHOICE: pl.String(),
        FactType.TEXT: pl.String(),
    }
)
"""The polars type of each kind of fact; money is integer pence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One entry of the catalogue.

    Attributes:
        name: Dotted name, as rule files write it.
        type: What kind of value.
        meaning: One plain-English phrase; it reads well after "Known: ".
        sources: Declared extracts it is derived from.
        purposes: Legal purposes under which it may be used.
        note: How it is worked out and when it is not known, for those who must rely on it.
        unit: `pence`, or what is counted, in the plural: `days`, `weeks`, `months`, `years`, `people`,
            `payments`, `notices`, `orders`, `systems`, `debts`, `breaches`, `attempts`, `offers`; "" for what
            has none.
        choices: The allowed values of a choice.
        dated: True where it can be derived for any past date from dated rows alone, so that a model may
            learn from its past values. False where it is a snapshot, known on the extract's date only.
        reserved_for: Measures of the Welfare Strategy whose rules alone may read it, and `hold` for holds; ()
            for a fact that any rule of the right purpose may read. For what tells of health.
    """

    name: str
    type: FactType
    meaning: str
    sources: tuple[str, ...]
    purposes: frozenset[Purpose]
    note: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    dated: bool = False
    reserved_for: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The column that holds it in a frame."""
        return column_of(self.name)


def column_of(name: str) -> str:
    """The frame column of a fact name.

    >>> column_of("council_tax.arrears")
    'council_tax__arrears'
    """
    return name.replace(".", "__")
