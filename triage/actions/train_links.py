"""Learn link weights from the council's own rows, as of its last night."""

from dataclasses import dataclass, replace

import polars as pl

from smart_record.linkage.measuring.training import learn_weights
from smart_record.linkage.pairs.weight_table import shipped_weights
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_weights import keep_weights
from triage.nights import read_records
from triage.store.log import insert_event


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedLinks:
    """What was learned.

    Attributes:
        name: As `triage links use` takes it.
        levels: comparison, level, before, after (bits), m, u (0 to 1), pairs.
    """

    name: str
    levels: pl.DataFrame


def train_links(council: Council, *, actor: Actor) -> TrainedLinks:
    """Learn from the last night's rows and keep the result, not in use until someone chooses it.

    Raises:
        NotReady: Before the first night.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        read = AuditEvent(
            actor=actor, action="read_rows", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, read)
    records = read_records(council.nights / night.night_id)
    learned = learn_weights(records.everyone, as_of=night.as_of, start=shipped_weights())
    with council.engine.begin() as connection:
        name = keep_weights(learned, council.directory)
        subject = f"{name} from {night.night_id}"
        event = replace(read, action="train_links", occurred_at=council.clock(), subject=subject)
        insert_event(connection, event)
    return TrainedLinks(name=name, levels=learned.levels)
