"""Train the risk model on the council's own histories, as known from its last night."""

from collections.abc import Callable

from models import Trained, save, train
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import read_records
from triage.store.log import insert_event
from triage.store.outcomes import completed_help


def train_model(
    council: Council,
    *,
    actor: Actor,
    challengers: bool = False,
    seed: int = 0,
    say: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train, keep the scorecard as the council's current model, and return it with its evaluation.

    Raises:
        NotReady: Before the first night.
        ModelError: If the histories are too short or hold too few events.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        helped = completed_help(connection, night.as_of)
    records = read_records(council.nights / night.night_id)
    trained = train(
        records, snapshot_on=night.as_of, seed=seed, challengers=challengers, helped=helped, progress=say
    )
    event = AuditEvent(
        actor=actor,
        action="train_model",
        occurred_at=council.clock(),
        subject=f"{trained.scorecard.content_hash} from {night.night_id}",
    )
    with council.engine.begin() as connection:
        insert_event(connection, event)
        save(trained.scorecard, council.directory)
    return trained
