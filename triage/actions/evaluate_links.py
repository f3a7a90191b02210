"""How good are the links? Scored on labels that the matching never sees."""

from collections.abc import Callable
from pathlib import Path

from smart_record.linkage.measuring.evaluation import evaluate
from smart_record.linkage.measuring.link_errors import link_errors
from smart_record.linkage.measuring.thresholds import calibration, threshold_curve
from smart_record.linkage.measuring.weighed_night import weigh_night
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_evaluation import LabelCoverage, LinkEvaluation
from triage.links.link_labels import read_labels
from triage.links.link_weights import weights_in_use
from triage.nights import read_frame, read_records
from triage.store.log import insert_event

STAGES = 4
"""How many stages an evaluation announces."""


def evaluate_links(
    council: Council, labels: Path, *, actor: Actor, say: Callable[[str], None] = lambda _: None
) -> LinkEvaluation:
    """Measure the last night's links on a file of labels.

    Args:
        council: An open council.
        labels: CSV with columns source, record_ref, role, person_id, household_id and optionally group.
        actor: Who asks.
        say: Told the name of each stage as it begins.

    Raises:
        NotReady: Before the first night.
        ExtractMissing, ExtractMalformed, ColumnMissing: As `read_labels`.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        event = AuditEvent(
            actor=actor, action="evaluate_links", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, event)
    folder = council.nights / night.night_id
    say("Reading the labels")
    read = read_labels(labels, read_frame(folder, "links"))
    truth = read.rows
    say("Weighing the night's pairs again")
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
    say("Measuring the links on the labels")
    measured = evaluate(links, truth)
    rejects = read_frame(folder, "rejects")
    errors = link_errors(links, truth, pairs, read=records.everyone, rejects=rejects)
    say("Trying other thresholds")
    return LinkEvaluation(
        council=council.settings.council,
        as_of=night.as_of,
        night_id=night.night_id,
        coverage=LabelCoverage(
            rows=truth.height,
            known=read.known,
            of=read.of,
            people=truth["person_id"].n_unique(),
            households=truth["household_id"].n_unique(),
        ),
        measured=measured,
        errors=errors,
        curve=threshold_curve(weighed, truth),
        bands=calibration(pairs, truth),
    )
