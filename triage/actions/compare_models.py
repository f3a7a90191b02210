"""How the challenger has done beside the model in use, night by night."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import insert_event
from triage.store.nights import complete_nights

NIGHTS = 60
"""Newest nights that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One night's comparison; `found` as `challenger.compare` gives it."""

    as_of: date
    model: str | None
    found: dict[str, Any]


def compare_models(council: Council, *, actor: Actor) -> tuple[Compared, ...]:
    """List the nights in which a challenger ran, oldest first."""
    with council.engine.begin() as connection:
        compared = tuple(
            Compared(as_of=night.as_of, model=night.model, found=night.summary["challenger"])
            for night in complete_nights(connection, most=NIGHTS)
            if night.summary.get("challenger")
        )
        event = AuditEvent(
            actor=actor,
            action="compare_models",
            occurred_at=council.clock(),
            subject=f"{len(compared)} nights",
        )
        insert_event(connection, event)
    return compared
