"""Do the mappings fit the files? Reads a folder of extracts as a night would, and stores nothing."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from smart_record.intake import take_in
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.days import day_of
from triage.nightly.set_aside import common_reasons
from triage.store.log import insert_event


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractsChecked:
    """What a night would take in of these files; counts and reasons only, no personal data.

    Attributes:
        files: file, source, rows_read, accepted, set_aside, duplicates of each.
        set_aside: `triage.nightly.set_aside.common_reasons`.
        refused_columns: file, column, reason of columns that are not read.
        withheld: How many later states of accepted records are left blank, by reason.
    """

    as_of: date | None
    files: tuple[dict[str, Any], ...]
    set_aside: tuple[dict[str, Any], ...]
    refused_columns: tuple[dict[str, Any], ...]
    withheld: dict[str, int]


def check_extracts(
    council: Council,
    extracts: Path,
    *,
    actor: Actor,
    as_of: date | None = None,
) -> ExtractsChecked:
    """Read a folder of extracts with the council's mappings.

    Args:
        council: An open council.
        extracts: The folder that holds the files.
        actor: Who asks.
        as_of: The date the files stand for; default: MANIFEST.json's beside them, else today.

    Raises:
        SourceError: If the extracts can't be taken in; the message says why.
    """
    with council.engine.begin() as connection:
        insert_event(
            connection, AuditEvent(actor=actor, action="check_extracts", occurred_at=council.clock())
        )
    intake = take_in(extracts, council.mappings, as_of=as_of, today=day_of(council.clock()))
    return ExtractsChecked(
        as_of=intake.as_of,
        files=tuple(intake.counts.to_dicts()),
        set_aside=tuple(common_reasons(intake).to_dicts()),
        refused_columns=tuple(intake.refused_columns.to_dicts()),
        withheld=dict(intake.withheld.group_by("reason").len().sort("reason").iter_rows()),
    )
