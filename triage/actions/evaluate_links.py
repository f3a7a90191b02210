"""How good are the links? Scored on labels that the matching never sees."""

from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMissing
from smart_record.linkage.evaluation import evaluate
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import read_frame
from triage.store.log import insert_event

_NEEDED = ("source", "record_ref", "role", "person_id", "household_id")


def evaluate_links(council: Council, labels: Path, *, actor: Actor) -> pl.DataFrame:
    """Precision and recall of the last night's links on a file of labels.

    Returns: What `smart_record.linkage.evaluation.evaluate` gives.

    Args:
        council: An open council.
        labels: CSV with columns source, record_ref, role, person_id, household_id and optionally group.
        actor: Who asks.

    Raises:
        NotReady: Before the first night.
        ExtractMissing: If the labels are not there.
        ColumnMissing: If the file lacks a column.
    """
    truth = _labels(labels)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        links = read_frame(council.nights / night.night_id, "links")
        event = AuditEvent(
            actor=actor, action="evaluate_links", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, event)
    return evaluate(links, truth)


def _labels(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise ExtractMissing(f"{file} is not there. Give the file of labels with --labels FILE.csv.")
    labels = pl.read_csv(file, infer_schema=False)
    missing = [name for name in _NEEDED if name not in labels.columns]
    if missing:
        raise ColumnMissing(
            f"{file} lacks the columns {', '.join(missing)}; it has {', '.join(labels.columns)}. "
            f"Labels need {', '.join(_NEEDED)}."
        )
    return labels
