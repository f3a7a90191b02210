"""What the other council's systems hold: rows as they are exported, and who is named in each."""

from dataclasses import dataclass, field

from bench.other_council.chance import Chance
from bench.other_council.people import Person

Row = dict[str, str | None]
Label = tuple[str, str, str, str, str, str]
LABEL_COLUMNS = ("source", "record_ref", "role", "person_id", "household_id", "group")

_UNREADABLE = ("£££", "n/a", "31/02/2025", "UNKNOWN")
_TWICE = 0.0024
"""How often a row comes twice."""


@dataclass(slots=True)
class Systems:
    """The extracts that name people, as they fill; one run of numbers serves them all."""

    chance: Chance
    accounts: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    dependants: list[Row] = field(default_factory=list)
    tenancies: list[Row] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    _last_number: int = 0

    def next_number(self) -> int:
        """The next record's; numbers are left out between."""
        self._last_number += self.chance.whole(1, 9)
        return self._last_number

    def enter(self, rows: list[Row], row: Row) -> None:
        """Write a row into an extract, at times twice."""
        rows += [row, row] if self.chance.error(_TWICE) else [row]

    def label(self, source: str, record_ref: str, role: str, person: Person, household_id: str) -> None:
        """Say who a row names."""
        self.labels.append((source, record_ref, role, person.person_id, household_id, person.group))

    def spoil(self, row: Row, column: str, rate: float) -> None:
        """Put in a column, at this rate, what can't be right."""
        if self.chance.error(rate):
            row[column] = self.chance.one_of(_UNREADABLE)
