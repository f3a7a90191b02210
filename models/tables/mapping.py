"""What a mapping says of a table: which column is the outcome, and what each other column is and may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.histories.features import Direction


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    YES_NO = "yes_no"
    CATEGORY = "category"


class Use(StrEnum):
    """What a column is for."""

    FEATURE = "feature"
    AUDIT = "audit"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column of the table.

    Attributes:
        name: As in the table.
        use: A feature, for the audit by group alone, or unused.
        kind: What it holds.
        direction: What a larger value may do to the score; categories are always free.
        unit: Of a number, as shown.
        meaning: In words, as reasons show it; the name where empty.
        missing: Codes that mean not known, beside empty cells.
        labels: Words for codes of a category.
    """

    name: str
    use: Use = Use.FEATURE
    kind: Kind = Kind.NUMBER
    direction: Direction = Direction.FREE
    unit: str = ""
    meaning: str = ""
    missing: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """How reasons call it."""
        return self.meaning or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """One mapping.

    Attributes:
        title: What the table is.
        target: Column of the outcome.
        positive: Its values that mean the outcome came.
        meaning: The outcome in words.
        order_by: Column of a date or number by which older rows are learned from and newer ones measured
            on; without one, rows are drawn by lot.
        key: Column that names a row; without one, its number does.
        columns: Every column that is a feature or audited.
    """

    title: str
    target: str
    positive: tuple[str, ...]
    meaning: str
    order_by: str | None = None
    key: str | None = None
    columns: tuple[TableColumn, ...] = ()

    @property
    def features(self) -> tuple[TableColumn, ...]:
        """Columns that the model may read."""
        return tuple(column for column in self.columns if column.use is Use.FEATURE)

    @property
    def audited(self) -> tuple[TableColumn, ...]:
        """Columns that rows are grouped by in the audit, and nothing else."""
        return tuple(column for column in self.columns if column.use is Use.AUDIT)
