"""The months the council lives through: thirty of history up to `as_of`, and what comes after it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from triage.invented.chance import Flags, Ints

HISTORY_MONTHS = 30
MONTHS_AHEAD = 7
OUTCOME_MONTHS = 6
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Months by number, 0 the first of the history.

    Attributes:
        as_of: The day the extracts are cut on.
        starts: First day of each month, in days since 1970-01-01; one more than there are months.
        calendar: Month of the year (1 to 12) of each month.
        years: Year of each month.
    """

    as_of: date
    starts: Ints
    calendar: Ints
    years: Ints

    @property
    def months(self) -> int:
        """How many months are lived through."""
        return len(self.calendar)

    @property
    def today(self) -> int:
        """`as_of` in days since 1970-01-01."""
        return (self.as_of - EPOCH).days

    @property
    def last_outcome_day(self) -> int:
        """The last day of the six months after `as_of`, in days since 1970-01-01."""
        ahead = np.datetime64(self.as_of, "M") + OUTCOME_MONTHS
        length = int((ahead + 1).astype("M8[D]").astype(np.int64) - ahead.astype("M8[D]").astype(np.int64))
        return int(ahead.astype("M8[D]").astype(np.int64)) + min(self.as_of.day, length) - 1

    def length(self, month: int) -> int:
        """Days in a month."""
        return int(self.starts[month + 1] - self.starts[month])

    def month_of(self, days: Ints) -> Ints:
        """The month each day falls in; -1 before the history."""
        return np.searchsorted(self.starts, days, side="right").astype(np.int64) - 1

    def instalment_months(self) -> Flags:
        """Whether council tax falls due in each month: ten instalments, April to January."""
        return ~np.isin(self.calendar, (2, 3))

    def april_rises(self) -> Ints:
        """For each month, how many yearly rises in April lie between it and `as_of` (negative after it)."""
        fiscal = self.years - (self.calendar < 4)
        now = self.as_of.year - (self.as_of.month < 4)
        return now - fiscal


def timeline(as_of: date) -> Timeline:
    """The months around `as_of`."""
    this_month = np.datetime64(as_of, "M")
    months = this_month + np.arange(1 - HISTORY_MONTHS, MONTHS_AHEAD + 2)
    number = months.astype(np.int64)[:-1]
    return Timeline(
        as_of=as_of,
        starts=months.astype("M8[D]").astype(np.int64),
        calendar=number % 12 + 1,
        years=number // 12 + 1970,
    )
