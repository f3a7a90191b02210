"""The pairs of rows that an officer could settle, side by side, most valuable first."""

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from smart_record.linkage.explaining import PairExplained, explain_pairs
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.link_samples import newest_sample, with_judgements
from triage.link_weights import weights_in_use
from triage.nights import read_frame, read_records
from triage.sight import LINKS_FOR, check_may_see
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


def review_links(
    council: Council, *, limit: int, actor: Actor, sample: bool = False
) -> tuple[PairToReview, ...]:
    """The first pairs of the last night's queue on which no verdict stands; each look is audited.

    Args:
        council: An open council.
        limit: How many pairs.
        actor: Who looks.
        sample: Pairs of the drawn sample instead, in the order they were drawn; those with a row that the
            last night no longer has are left out.

    Raises:
        PurposeRefused: If the rows of all systems may not be seen for the purpose.
        NotReady: Before the first night.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        waiting = _sample(council, folder) if sample else read_frame(folder, "review")
        queue = with_judgements(waiting, standing_verdicts(connection))
        queue = queue.filter(pl.col("judged").is_null()).head(limit)
        event = AuditEvent(
            actor=actor, action="review_links", occurred_at=council.clock(), subject=f"{queue.height} pairs"
        )
        insert_event(connection, event)
        for household_id in pl.concat([queue["household_id"], queue["other_household_id"]]).unique().sort():
            insert_event(connection, replace(event, household_id=household_id, subject=night.night_id))
    if queue.is_empty():
        return ()
    pairs = [(row[:3], row[3:]) for row in queue.select(*ROW, *OTHER).iter_rows()]
    explained = explain_pairs(
        read_records(folder).everyone, pairs, as_of=night.as_of, weights=weights_in_use(council.directory)
    )
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


def _sample(council: Council, folder: Path) -> pl.DataFrame:
    """The drawn sample with the columns of the queue."""
    links = read_frame(folder, "links").select(*ROW, "household_id")
    found = newest_sample(council.directory)
    if found is None:
        return read_frame(folder, "review").clear()
    other = links.select(pl.col(ROW).name.prefix("other_"), other_household_id="household_id")
    told = found[1].join(links, on=ROW, maintain_order="left").join(other, on=OTHER, maintain_order="left")
    return told.with_columns(bears=pl.lit(value=False), evidence=pl.lit(""))
