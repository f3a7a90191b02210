"""Why two rows are, or are not, one resident."""

from dataclasses import dataclass

import polars as pl

from smart_record.linkage.explaining import PairExplained, Row, explain_pairs
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import PairNotFound
from triage.nights import read_frame, read_records
from triage.store.log import insert_event


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkExplained:
    """Two rows of the last night.

    Attributes:
        joined: Whether they are one resident.
        held_by: source/record_ref/role of each row of the resident, with the evidence of its strongest link;
            of both residents where they are two.
        verdicts: Numbers and kinds of the officers' verdicts that the night went by about these two rows.
        explained: None where the two can't be compared: a child's row, or one row twice.
    """

    one_ref: str
    other_ref: str
    joined: bool
    held_by: tuple[tuple[str, str], ...]
    verdicts: tuple[str, ...]
    explained: PairExplained | None


def explain_link(council: Council, one_ref: str, other_ref: str, *, actor: Actor) -> LinkExplained:
    """Explain two rows of the last night, each named as source/record_ref/role; the look is audited.

    Raises:
        NotReady: Before the first night.
        PairNotFound: If the last night has no such row.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        links = read_frame(folder, "links").with_columns(
            ref=pl.concat_str("source", "record_ref", "role", separator="/")
        )
        rows = [_row(links, ref) for ref in (one_ref, other_ref)]
        for row in rows:
            event = AuditEvent(
                actor=actor,
                action="explain_link",
                occurred_at=council.clock(),
                household_id=row["household_id"],
                subject=f"{one_ref}, {other_ref}",
            )
            insert_event(connection, event)
    keys: list[Row] = [(row["source"], row["record_ref"], row["role"]) for row in rows]
    (explained,) = explain_pairs(read_records(folder).everyone, [(keys[0], keys[1])], as_of=night.as_of)
    residents = [row["resident_id"] for row in rows]
    held = links.filter(pl.col("resident_id").is_in(residents)).sort("resident_id", "ref")
    return LinkExplained(
        one_ref=one_ref,
        other_ref=other_ref,
        joined=residents[0] == residents[1],
        held_by=tuple((ref, evidence) for ref, evidence in held.select("ref", "evidence").iter_rows()),
        verdicts=_verdicts(read_frame(folder, "verdicts"), {one_ref, other_ref}),
        explained=explained,
    )


def _row(links: pl.DataFrame, ref: str) -> dict[str, str]:
    found = links.filter(pl.col("ref") == ref)
    if found.is_empty():
        raise PairNotFound(
            f"The last night has no row {ref!r}. A row is written source/record_ref/role, as in "
            "council_tax/40001/liable_1; rows are listed by: triage export links"
        )
    return found.row(0, named=True)


def _verdicts(verdicts: pl.DataFrame, refs: set[str]) -> tuple[str, ...]:
    told = verdicts.select(
        "verdict_id",
        "kind",
        one=pl.concat_str("source", "record_ref", "role", separator="/"),
        other=pl.concat_str("other_source", "other_record_ref", "other_role", separator="/"),
    ).filter(pl.col("one").is_in(list(refs)) & pl.col("other").is_in(list(refs)))
    return tuple(f"{row['verdict_id']}: {row['kind']}" for row in told.iter_rows(named=True))
