"""Date forms as officers write them (`dd/mm/yyyy`, `dd-Mon-yyyy`), turned into parsing patterns.

Two-digit years are refused: 03/07/26 is a birth a century ago or a bill this summer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKENS = {
    "yyyy": "%Y",
    "month": "%B",
    "mon": "%b",
    "mm": "%m",
    "m": "%m",
    "dd": "%d",
    "d": "%d",
    "hh:mi:ss": "%H:%M:%S",
    "hh:mm:ss": "%H:%M:%S",
    "hh:mi": "%H:%M",
    "hh:mm": "%H:%M",
    "t": "T",
}
_TOKEN = re.compile(rf"{'|'.join(_TOKENS)}|[^a-z%]", re.IGNORECASE)
_MONTHS = ("%m", "%b", "%B")


@dataclass(frozen=True, slots=True)
class DateForm:
    """One way in which a supplier writes dates.

    Attributes:
        shown: As the mapping says it.
        pattern: For parsing, in the notation of strftime.
    """

    shown: str
    pattern: str

    @property
    def has_time(self) -> bool:
        """Whether a time of day follows the date; it is read and left out."""
        return "%H" in self.pattern

    @property
    def shape(self) -> str:
        """The pattern with day and month number alike, as they are to a reader."""
        return self.pattern.replace("%d", "%n").replace("%m", "%n")


def parse_date_form(shown: str) -> DateForm | None:
    """Read a date form, or None where it is not one (a two-digit year, an unknown letter, no day).

    >>> parse_date_form("dd-Mon-yyyy")
    DateForm(shown='dd-Mon-yyyy', pattern='%d-%b-%Y')
    >>> parse_date_form("dd/mm/yy") is None
    True
    """
    parts = _TOKEN.findall(shown)
    pattern = "".join(_TOKENS.get(part.lower(), part) for part in parts)
    whole = "".join(parts) == shown
    months = sum(pattern.count(month) for month in _MONTHS)
    if not whole or pattern.count("%Y") != 1 or pattern.count("%d") != 1 or months != 1:
        return None
    return DateForm(shown, pattern)


def ambiguous_pair(forms: Sequence[DateForm]) -> tuple[DateForm, DateForm] | None:
    """Two forms under which one text can be two dates, such as dd/mm/yyyy and mm/dd/yyyy."""
    for index, form in enumerate(forms):
        for other in forms[index + 1 :]:
            if form.shape == other.shape and form.pattern != other.pattern:
                return form, other
    return None
