"""How good are the links? Scored on labels that the matching never sees."""

from pathlib import Path

import polars as pl

from smart_record.errors import ExtractMissing
from smart_record.linkage.evaluation import Evaluation, evaluate
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import read_frame
from triage.store.log import insert_event


def evaluate_links(council: Council, labels: Path, *, actor: Actor) -> Evaluation:
    """Precision and recall of the last night's links on a file of labels.

    Args:
        council: An open council.
        labels: CSV with columns source, record_ref, role, person_id, household_id and optionally group.
        actor: Who asks.

    Raises:
        NotReady: Before the first night.
        ExtractMissing: If the labels are not there.
    """
    if not labels.is_file():
        raise ExtractMissing(f"{labels} is not there. Give the file of labels with --labels FILE.csv.")
    truth = pl.read_csv(labels, infer_schema=False)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        links = read_frame(council.nights / night.night_id, "links")
        event = AuditEvent(
            actor=actor, action="evaluate_links", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, event)
    return evaluate(links, truth)
