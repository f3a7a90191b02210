"""What an officer could settle about links, side by side, most valuable first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from smart_record.linkage.review.explaining import PairExplained, explain_pairs
from triage.actions.reading import check_household, last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_samples import newest_sample, with_judgements
from triage.links.link_weights import weights_in_use
from triage.links.review_queue import EFFECTS, read_queue
from triage.links.weak_links import OTHER, ROW
from triage.nights import read_frame, read_records
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_events
from triage.store.verdicts import standing_verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An offer that an answer would change; `change`: one of `triage.links.answer_effects`."""

    intervention: str
    title: str
    change: str
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairToReview:
    """A question of the queue: whether two rows are one person or, without roles, two records one household.

    Attributes:
        one_ref, other_ref: source/record_ref/role, or source/record_ref.
        joined: Tonight the two are one.
        bears: An answer would change a suggestion.
        if_accepted, if_rejected: What of the suggestions.
        explained: The rows side by side and what each comparison weighs; None if it can't be compared.
    """

    pair_id: str
    one_ref: str
    other_ref: str
    household_id: str
    other_household_id: str
    joined: bool
    bears: bool
    if_accepted: tuple[Effect, ...]
    if_rejected: tuple[Effect, ...]
    evidence: str
    explained: PairExplained | None


def review_links(
    council: Council, *, limit: int, actor: Actor, sample: bool = False, household_id: str | None = None
) -> tuple[PairToReview, ...]:
    """The first pairs of the last night's queue on which no verdict stands; each look is audited.

    Args:
        council: An open council.
        limit: How many pairs.
        actor: Who looks.
        sample: Pairs of the drawn sample instead, in the order they were drawn; those with a row that the
            last night no longer has are left out.
        household_id: Only questions about this household of the last night.

    Raises:
        PurposeRefused: If the rows of all systems may not be seen for the purpose.
        NotReady: Before the first night.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        waiting = _sample(council, folder) if sample else read_queue(folder)
        if household_id is not None:
            check_household(council, night, household_id)
            about = (pl.col("household_id") == household_id) | (pl.col("other_household_id") == household_id)
            waiting = waiting.filter(about)
        queue = with_judgements(waiting, standing_verdicts(connection))
        queue = queue.filter(pl.col("judged").is_null()).head(limit)
        event = AuditEvent(
            actor=actor, action="review_links", occurred_at=council.clock(), subject=f"{queue.height} pairs"
        )
        whose = pl.concat([queue["household_id"], queue["other_household_id"]]).unique().sort()
        seen = [replace(event, household_id=each, subject=night.night_id) for each in whose]
        insert_events(connection, [event, *seen])
    if queue.is_empty():
        return ()
    pairs = [(row[:3], row[3:]) for row in queue.select(*ROW, *OTHER).iter_rows() if row[2] is not None]
    told = explain_pairs(
        read_records(folder).everyone, pairs, as_of=night.as_of, weights=weights_in_use(council.directory)
    )
    explained = dict(zip(pairs, told, strict=True))
    return tuple(_pair(row, explained) for row in queue.to_dicts())


def _pair(row: Mapping[str, Any], explained: Mapping[Any, PairExplained | None]) -> PairToReview:
    one, other = (tuple(row[name] for name in names) for names in (ROW, OTHER))
    return PairToReview(
        pair_id=row["pair_id"],
        one_ref="/".join(part for part in one if part),
        other_ref="/".join(part for part in other if part),
        household_id=row["household_id"],
        other_household_id=row["other_household_id"],
        joined=row["joined"],
        bears=row["bears"],
        if_accepted=tuple(Effect(**each) for each in row["if_same"]),
        if_rejected=tuple(Effect(**each) for each in row["if_different"]),
        evidence=row["evidence"],
        explained=explained.get((one, other)),
    )


def _sample(council: Council, folder: Path) -> pl.DataFrame:
    """The drawn sample with the columns of the queue."""
    links = read_frame(folder, "links").select(*ROW, "household_id")
    found = newest_sample(council.directory)
    if found is None:
        return read_queue(folder).clear()
    other = links.select(pl.col(ROW).name.prefix("other_"), other_household_id="household_id")
    told = found[1].join(links, on=ROW, maintain_order="left").join(other, on=OTHER, maintain_order="left")
    blind, none = pl.lit(value=False), pl.lit([], dtype=EFFECTS)
    return told.with_columns(bears=blind, joined=blind, if_same=none, if_different=none, evidence=pl.lit(""))
