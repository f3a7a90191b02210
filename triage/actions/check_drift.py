"""Can the risk scores of the last night be trusted? The check of the run, asked again."""

from models import model_in_use
from models.scoring.drift import Drift
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import extract_names, read_frame
from triage.risk.night import score_night
from triage.store.log import insert_event


def check_drift(council: Council, *, actor: Actor) -> Drift:
    """Compare the last night with the population that the model in use learned from.

    After another model is put in use, this says what the next run would find.

    Raises:
        NotReady: Before the first night.
        ModelNotFound: If the council has no model.
    """
    model = model_in_use(council.directory)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        risk = score_night(
            model, read_frame(folder, "facts"), as_of=night.as_of, brought=extract_names(folder)
        )
        assert risk.drift is not None
        event = AuditEvent(
            actor=actor,
            action="check_drift",
            occurred_at=council.clock(),
            subject=f"{model.content_hash} on {night.night_id}: {risk.drift.verdict}",
        )
        insert_event(connection, event)
    return risk.drift
