"""Which day it is for a council: the clock tells UTC, but people go by the day in the UK."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_ZONE = "Europe/London"


def day_of(instant: datetime) -> date:
    """The UK's day at an instant: in summer it begins an hour before UTC's.

    Args:
        instant: Aware, as `Council.clock` tells it.
    """
    return instant.astimezone(ZoneInfo(_ZONE)).date()
