"""Who did what to whose record, when, why and under which legal purpose."""

from dataclasses import dataclass
from datetime import datetime

from smart_record.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever asks: a person at a terminal, a key holder of the API, or the nightly run.

    Attributes:
        name: Log-in name, key name or "nightly run"; never a resident's name.
        purpose: Legal purpose under which this actor acts now.
        team: The one team whose queue this actor sees; None for every team's.
    """

    name: str
    purpose: Purpose
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One line of the audit log; ids only, no personal data.

    Attributes:
        actor: Who.
        action: What, as a verb and its object (`view_household`, `open_referral`).
        occurred_at: When, an aware UTC instant.
        household_id: Whose record; None where the act covers a whole night.
        subject: What else it touched: a night, a referral, an export kind, a count.
    """

    actor: Actor
    action: str
    occurred_at: datetime
    household_id: str | None = None
    subject: str = ""
