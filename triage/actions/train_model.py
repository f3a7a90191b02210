"""Train the risk model on the council's own histories, as known from its last night."""

from collections.abc import Callable
from dataclasses import replace

from models import Trained, save, train
from models.scorecards.manifest import approved_manifests, draft_manifest, write_manifest
from models.scorecards.registry import challenge, keep
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import read_records
from triage.referrals.followed import outcomes_of_night
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
    """Train, keep the scorecard with its manifest, and return it with its evaluation.

    It is used from the next run on, unless the council has approved a model: then it runs beside that one as
    the challenger until a second person approves it.

    Raises:
        NotReady: Before the first night.
        ModelError: If the histories are too short or hold too few events.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        helped = completed_help(outcomes_of_night(connection, council.nights / night.night_id, night.as_of))
        read = AuditEvent(
            actor=actor, action="read_histories", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, read)
    records = read_records(council.nights / night.night_id)
    trained = train(
        records, snapshot_on=night.as_of, seed=seed, challengers=challengers, helped=helped, progress=say
    )
    event = replace(
        read,
        action="train_model",
        occurred_at=council.clock(),
        subject=f"{trained.scorecard.content_hash} from {night.night_id}",
    )
    with council.engine.begin() as connection:
        insert_event(connection, event)
        _take_in(council, trained, actor)
    return trained


def _take_in(council: Council, trained: Trained, actor: Actor) -> None:
    at = council.clock().isoformat(timespec="seconds")
    manifest = draft_manifest(trained.scorecard, trained_by=actor.name, trained_at=at)
    approved = approved_manifests(council.directory)
    if not approved:
        save(trained.scorecard, council.directory)
    elif all(one.content_hash != manifest.content_hash for one in approved):
        challenge(keep(trained.scorecard, council.directory).name, council.directory)
    else:
        return
    write_manifest(manifest, council.directory)
