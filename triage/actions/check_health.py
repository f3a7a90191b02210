"""Is the service up, and how old is what it shows? Touches no resident's record."""

from dataclasses import dataclass
from datetime import date

from triage.council import Council
from triage.store.database import reading
from triage.store.nights import current_night


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a monitor wants to know; `as_of` is None before the first night."""

    as_of: date | None
    night_id: str | None


def check_health(council: Council) -> Health:
    """The store answers, and this is its current night."""
    with reading(council.engine) as connection:
        night = current_night(connection)
    if night is None:
        return Health(as_of=None, night_id=None)
    return Health(as_of=night.as_of, night_id=night.night_id)
