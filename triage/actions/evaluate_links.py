"""How good are the links? Scored on labels that the matching never sees."""

from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing
from smart_record.linkage.evaluation import evaluate
from smart_record.linkage.link_errors import link_errors
from smart_record.linkage.thresholds import calibration, threshold_curve
from smart_record.linkage.weighed_night import weigh_night
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.link_evaluation import LinkEvaluation
from triage.link_weights import weights_in_use
from triage.nights import read_frame, read_records
from triage.store.log import insert_event

_ROW = ("source", "record_ref", "role")
_NEEDED = (*_ROW, "person_id", "household_id")


def evaluate_links(council: Council, labels: Path, *, actor: Actor) -> LinkEvaluation:
    """Measure the last night's links on a file of labels.

    Args:
        council: An open council.
        labels: CSV with columns source, record_ref, role, person_id, household_id and optionally group.
        actor: Who asks.

    Raises:
        NotReady: Before the first night.
        ExtractMissing: If the labels are not there.
        ExtractMalformed: If the file can't be read as a table, or names a row twice.
        ColumnMissing: If the file lacks a column.
    """
    truth = _labels(labels)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        event = AuditEvent(
            actor=actor, action="evaluate_links", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, event)
    folder = council.nights / night.night_id
    records = read_records(folder)
    weighed = weigh_night(
        records.everyone,
        as_of=night.as_of,
        verdicts=read_frame(folder, "verdicts"),
        weights=weights_in_use(council.directory),
    )
    confidence = records.households.select("household_id", "confidence")
    links = records.links.join(confidence, on="household_id", how="left")
    pairs = weighed.told()
    return LinkEvaluation(
        council=council.settings.council,
        as_of=night.as_of,
        night_id=night.night_id,
        measured=evaluate(links, truth),
        errors=link_errors(links, truth, pairs),
        curve=threshold_curve(weighed, truth),
        bands=calibration(pairs, truth),
    )


def _labels(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise ExtractMissing(f"{file} is not there. Give the file of labels with --labels FILE.csv.")
    try:
        labels = pl.read_csv(file, infer_schema=False)
    except pl.exceptions.PolarsError:
        raise ExtractMalformed(
            f"{file} can't be read as a CSV table in UTF-8. Nothing was measured. Labels need the columns "
            f"{', '.join(_NEEDED)}."
        ) from None
    missing = [name for name in _NEEDED if name not in labels.columns]
    if missing:
        raise ColumnMissing(
            f"{file} lacks the columns {', '.join(missing)}; it has {', '.join(labels.columns)}. "
            f"Labels need {', '.join(_NEEDED)}."
        )
    doubled = labels.filter(labels.select(_ROW).is_duplicated())
    if not doubled.is_empty():
        row = "/".join(str(value) for value in doubled.select(_ROW).row(0))
        raise ExtractMalformed(
            f"{file} names the row {row} more than once. Nothing was measured. A row is one person: keep one "
            "line for it."
        )
    return labels
