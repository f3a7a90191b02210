"""Calendar arithmetic as the facts mean it: whole months back, month ends, the council's financial year."""

from calendar import monthrange
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day `months` months earlier; from the last of a month, the last of that month.

    >>> months_before(date(2026, 2, 28), 3)
    datetime.date(2025, 11, 30)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = (day + timedelta(days=1)).day == 1
    return date(year, month + 1, last if is_last else min(day.day, last))


def month_ends(as_of: date, count: int) -> tuple[date, ...]:
    """The last `count` month ends up to and with a date, newest first.

    >>> month_ends(date(2026, 10, 30), 2)
    (datetime.date(2026, 9, 30), datetime.date(2026, 8, 31))
    """
    newest = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return tuple(months_before(newest, back) for back in range(count))


def financial_year_eve(as_of: date) -> date:
    """The 31 March before the financial year of a date, which begins on 1 April.

    >>> financial_year_eve(date(2026, 3, 31))
    datetime.date(2025, 3, 31)
    """
    began = date(as_of.year, 4, 1)
    return (began if as_of >= began else date(as_of.year - 1, 4, 1)) - timedelta(days=1)
