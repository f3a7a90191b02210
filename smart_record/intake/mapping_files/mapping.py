"""What a mapping file says, once read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from smart_record.intake.declared.declaration import Column, Source
from smart_record.intake.mapping_files.date_forms import DateForm


class Sign(StrEnum):
    """How a supplier signs transactions and balances; ours is that what is owed is positive."""

    DEBIT_POSITIVE = "debit_positive"
    CREDIT_POSITIVE = "credit_positive"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What a supplier's codes mean.

    Attributes:
        meanings: Code (see `plain_code`) to canonical value; None says that the code means nothing.
        has_other: Whether any other code is taken too, as `other`.
        other: What any other code means.
        blank: What an empty cell means; None for not known.
    """

    meanings: Mapping[str, str | None]
    has_other: bool = False
    other: str | None = None
    blank: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """A declared column and where the supplier keeps it.

    Attributes:
        column: The declared column.
        name: The supplier's name for it.
        codes: What the supplier's codes mean, where the mapping says so.
        blanks: Texts that mean nothing, such as "n/a" (see `plain_code`).
    """

    column: Column
    name: str
    codes: Codes | None = None
    blanks: tuple[str, ...] = ()


Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMapping:
    """One mapping file.

    Attributes:
        path: The file itself.
        source: The declared source that it maps.
        files: Names or globs of which one must match one file.
        required: Whether a night without the file stops.
        encoding: Python's name of the text encoding.
        separator: What stands between fields.
        quotes: Whether fields may stand in double quotation marks.
        dates: Date forms, tried in this order.
        sign: Sign convention of transactions and balances.
        columns: Mapped columns, in the declared order.
        constants: Values for columns that the supplier lacks; None for not known.
        ignore: Supplier's columns that are left unread knowingly.
    """

    path: Path
    source: Source
    files: tuple[str, ...]
    required: bool
    encoding: str
    separator: str
    quotes: bool
    dates: tuple[DateForm, ...]
    sign: Sign
    columns: tuple[MappedColumn, ...]
    constants: Mapping[str, Scalar]
    ignore: frozenset[str]


def plain_code(code: str) -> str:
    """A code as compared: case and spacing don't matter.

    >>> plain_code(" Direct  DEBIT ")
    'direct debit'
    """
    return " ".join(code.split()).lower()
