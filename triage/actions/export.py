"""What the last night made, as CSV or Parquet, with the columns other tools rely on."""

from pathlib import Path

import polars as pl
import sqlalchemy as sa

from smart_record.facts.declarations import FACTS
from smart_record.linkage.matching import ADDRESS_COLUMNS
from smart_record.purposes import Purpose
from triage.actions.reading import last_night, rules_alone_note
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import ExportKindUnknown
from triage.links.addresses import ADDRESSES, check_addresses_kept
from triage.nights import read_frame
from triage.policy.steps import SUGGESTION_COLUMNS
from triage.sight import WHOLE_FOR, check_may_see
from triage.store.log import insert_event
from triage.store.referrals import all_referrals
from triage.table_files import check_table_file, write_table

FACTS_KIND = "facts"

COLUMNS: dict[str, tuple[str, ...] | None] = {
    "links": ("source", "record_ref", "role", "resident_id", "household_id", "match_weight", "evidence"),
    "rejects": ("source", "file", "line", "record_ref", "column", "value_shown", "reason"),
    "households": ("household_id", "uprn", "members", "address", "ward", "sources", "confidence"),
    ADDRESSES: ADDRESS_COLUMNS,
    FACTS_KIND: None,
    "risk": ("household_id", "as_of", "model", "raw_score", "probability", "band", "reasons"),
    "suggestions": SUGGESTION_COLUMNS,
    "referrals": ("referral_id", "household_id", "team", "priority", "status", "due_on", "reasons"),
}
"""Columns of each export, in order; facts has household_id and every fact of the catalogue."""

LED_BY_RISK = ("risk", "suggestions", "referrals")
"""Exports that a night without a score leaves empty or in another order; they say so."""

KINDS = tuple(COLUMNS)
"""What can be exported."""


def export(council: Council, kind: str, to: Path, *, actor: Actor) -> int:
    """Write one export of the last complete night; the file appears whole or not at all.

    Where the score could not be trusted, a note beside the exports that it would have led says so
    (`risk.rules-alone.txt`), for whoever is handed the file; their columns are fixed and have no room for it.

    Facts are those that may be used for the actor's purpose; every other export rests on what may not be used
    for some purposes, and is refused to them.

    Returns: The number of rows.

    Raises:
        PurposeRefused: If the export may not be used for the actor's purpose.
        NotReady: Before the first night, or the first that keeps what is asked for.
        ExportKindUnknown: For an unknown kind or file ending.
    """
    if kind not in COLUMNS:
        raise ExportKindUnknown(f"There is no such export. Kinds: {', '.join(KINDS)}.")
    check_table_file(to, f"the {kind}")
    if kind != FACTS_KIND:
        check_may_see(f"The {kind} export", actor.purpose, WHOLE_FOR)
    with council.engine.begin() as connection:
        frame = _frame(council, connection, kind)
        if kind == FACTS_KIND:
            frame = frame.drop(_facts_not_for(actor.purpose), strict=False)
        insert_event(
            connection,
            AuditEvent(
                actor=actor,
                action=f"export_{kind}",
                occurred_at=council.clock(),
                subject=f"{last_night(council, connection).night_id}: {frame.height} rows",
            ),
        )
        write_table(frame, to)
        if kind in LED_BY_RISK:
            _write_note(rules_alone_note(last_night(council, connection)), to.with_suffix(".rules-alone.txt"))
    return frame.height


def _facts_not_for(purpose: Purpose) -> list[str]:
    return [fact.column for fact in FACTS if purpose not in fact.purposes]


def _write_note(note: str, to: Path) -> None:
    """Say it beside the file, or take away what an earlier export said there."""
    if note:
        to.write_text(f"{note}\n", encoding="utf-8")
    else:
        to.unlink(missing_ok=True)


def _frame(council: Council, connection: sa.Connection, kind: str) -> pl.DataFrame:
    night = last_night(council, connection)
    columns = COLUMNS[kind]
    if kind != "referrals":
        if kind == ADDRESSES:
            check_addresses_kept(council.nights / night.night_id)
        frame = read_frame(council.nights / night.night_id, kind)
        return frame if columns is None else frame.select(columns)
    rows = sorted(all_referrals(connection), key=lambda referral: referral.referral_id)
    schema = dict.fromkeys(columns or (), pl.String) | {"priority": pl.Int64, "due_on": pl.Date}
    return pl.DataFrame({name: [getattr(row, name) for row in rows] for name in schema}, schema=schema)
