"""The pairs of rows that an officer could settle, side by side, most valuable first."""

from dataclasses import dataclass, replace

import polars as pl

from smart_record.linkage.explaining import PairExplained, explain_pairs
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import read_frame, read_records
from triage.store.log import insert_event
from triage.store.verdicts import standing_verdicts

ROW = ("source", "record_ref", "role")
OTHER = tuple(f"other_{name}" for name in ROW)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairToReview:
    """A pair of the queue.

    Attributes:
        one_ref, other_ref: source/record_ref/role.
        bears: Either household has a suggestion or a hold tonight.
        explained: The rows side by side and what each comparison weighs; None if it can't be compared.
    """

    pair_id: str
    one_ref: str
    other_ref: str
    household_id: str
    other_household_id: str
    bears: bool
    evidence: str
    explained: PairExplained | None


def review_links(council: Council, *, limit: int, actor: Actor) -> tuple[PairToReview, ...]:
    """The first pairs of the last night's queue on which no verdict stands; each look is audited.

    Raises:
        NotReady: Before the first night.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        settled = standing_verdicts(connection).filter(pl.col("role").is_not_null())
        queue = read_frame(folder, "review").join(settled, on=[*ROW, *OTHER], how="anti").head(limit)
        event = AuditEvent(
            actor=actor, action="review_links", occurred_at=council.clock(), subject=f"{queue.height} pairs"
        )
        insert_event(connection, event)
        for household_id in pl.concat([queue["household_id"], queue["other_household_id"]]).unique().sort():
            insert_event(connection, replace(event, household_id=household_id, subject=night.night_id))
    if queue.is_empty():
        return ()
    pairs = [(row[:3], row[3:]) for row in queue.select(*ROW, *OTHER).iter_rows()]
    explained = explain_pairs(read_records(folder).everyone, pairs, as_of=night.as_of)
    return tuple(
        PairToReview(
            pair_id=row["pair_id"],
            one_ref="/".join(row[name] for name in ROW),
            other_ref="/".join(row[name] for name in OTHER),
            household_id=row["household_id"],
            other_household_id=row["other_household_id"],
            bears=row["bears"],
            evidence=row["evidence"],
            explained=each,
        )
        for row, each in zip(queue.to_dicts(), explained, strict=True)
    )
