"""Which labelled rows the night's links have wrong, by their references, for whoever looks them up."""

from pathlib import Path

import polars as pl

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_evaluation import LinkEvaluation
from triage.links.weak_links import OTHER, ROW
from triage.sight import WHOLE_FOR, check_may_see
from triage.store.log import insert_event
from triage.table_files import check_table_file, write_table

COLUMNS = ("unit", "error", "why", *ROW, *OTHER)
"""Columns of the file: references and kinds, nothing that is held of anybody."""

_WHAT = "the errors of links"


def export_link_errors(council: Council, found: LinkEvaluation, to: Path, *, actor: Actor) -> int:
    """Write each wrong pair of an evaluation, then each labelled row without a link; the export is audited.

    Args:
        council: An open council.
        found: What labels say of one of its nights.
        to: FILE.csv or FILE.parquet, with `COLUMNS`; unit is persons (pairs of rows), households (pairs of
            records, without role) or rows (those without a link, without another).
        actor: Who asks.

    Returns: The number of rows.

    Raises:
        PurposeRefused: If links may not be seen whole for the actor's purpose.
        ExportKindUnknown: For an unknown file ending.
    """
    check_table_file(to, _WHAT)
    check_may_see(_WHAT.capitalize(), actor.purpose, WHOLE_FOR)
    alone = found.errors.unlinked.with_columns(unit=pl.lit("rows"), error=pl.lit("without a link"))
    told = pl.concat([found.errors.wrong, alone], how="diagonal").select(COLUMNS)
    event = AuditEvent(
        actor=actor,
        action="export_link_errors",
        occurred_at=council.clock(),
        subject=f"{found.night_id}: {told.height} rows",
    )
    with council.engine.begin() as connection:
        insert_event(connection, event)
        write_table(told, to)
    return told.height
