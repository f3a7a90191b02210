"""The form in which a source file is declared: what a row is, its columns, and what may be done with them.

A declaration says what the product needs, in its own words; a mapping file (see `mapping_files`) says where
a supplier keeps it. Columns that are not declared are never read.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from smart_record.purposes import Purpose


class Kind(StrEnum):
    """What a column holds, and so how its text is read."""

    TEXT = "text"
    CODE = "code"
    OPEN_CODE = "open_code"
    DATE = "date"
    MONEY = "money"
    COUNT = "count"
    UPRN = "uprn"
    YES_NO = "yes_no"


DTYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.CODE: pl.String(),
    Kind.OPEN_CODE: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.MONEY: pl.Int64(),
    Kind.COUNT: pl.Int64(),
    Kind.UPRN: pl.Int64(),
    Kind.YES_NO: pl.Boolean(),
}
"""The polars type of each kind; money is integer pence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a declared source.

    Attributes:
        name: Canonical name, as mapping files write it.
        kind: What it holds.
        purposes: Legal purposes for which the council may use it.
        required: The file must have it, or the mapping a constant for it.
        filled: Each row must have a value; a row without one is set aside.
        personal: It tells who somebody is or how to reach them; its values are never shown in a report.
        choices: The values a `CODE` may have.
        not_negative: An amount below nothing can't be right.
        signed: Its sign follows the supplier's convention for debits and credits.
        birth: A date of birth, which can't be after the date of the run.
        extract: False for a column that serves intake alone and does not reach the extract.
    """

    name: str
    kind: Kind
    purposes: frozenset[Purpose]
    required: bool = False
    filled: bool = False
    personal: bool = False
    choices: tuple[str, ...] = ()
    not_negative: bool = False
    signed: bool = False
    birth: bool = False
    extract: bool = True

    @property
    def frame_name(self) -> str:
        """Its name in the extract: money says that it is in pence."""
        return f"{self.name}_pence" if self.kind is Kind.MONEY else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One declared source file.

    Attributes:
        name: Name of the extract.
        row: What a row is, in the words of an officer: "account", "claim".
        key: Columns that make `record_ref`, joined by "/".
        columns: Its columns, in the order of the extract.
        unique: One row per key. False for histories and ledgers, which have many.
        parent: The source that must have accepted the record which a row belongs to.
        parent_key: The column that holds the parent's `record_ref`.
        begins: When the record comes into force; a later row is not known yet.
        ends: When it ends; never before it begins.
        happened: When a dated row happened; a later row is not known yet.
        states: (date, state) columns of a snapshot: a state dated later is not known yet, the row is.
        changed: When the row was last changed. A later day stays, unlike a state's: it alone tells that what
            the row shows undated may not have been so yet.
        chased: (balance, stage, stages) of a snapshot: at these stages somebody owes, so a balance that says
            the council does shows a wrong sign; None where no stage tells that.
        blanks_tell: Groups of columns that say by their blanks that there is none of something (a partner, a
            breathing space). A file that has none of a group says nothing of it, nor does its extract have
            the columns: nulls would be taken for that "none".
        protects: Columns that protect whom the row is about: they count even where another row of the same
            record is believed.
        records: Systems one of whose records each row belongs to, named by its key; () for a file that has a
            `parent` or none.
        optional: A council may have neither the file nor a mapping for it.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: bool = False
    parent: str | None = None
    parent_key: str | None = None
    begins: str | None = None
    ends: str | None = None
    happened: str | None = None
    states: tuple[tuple[str, str | None], ...] = ()
    changed: str | None = None
    chased: tuple[str, str, tuple[str, ...]] | None = None
    blanks_tell: tuple[tuple[str, ...], ...] = ()
    protects: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    optional: bool = False

    def column(self, name: str) -> Column:
        """The declared column of that canonical name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Columns and types of its extract, if the file has something of each group of `blanks_tell`."""
        alone = self.key if len(self.key) == 1 else ()  # such a key is `record_ref` itself: no second copy
        shown = (column for column in self.columns if column.extract and column.name not in alone)
        return {
            "record_ref": pl.String(),
            "line": pl.Int64(),
            **{column.frame_name: DTYPES[column.kind] for column in shown},
        }
