"""Why two rows are, or are not, one resident."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import polars as pl

from smart_record.linkage.review.chains import Pair, strongest_chain
from smart_record.linkage.review.explaining import PairExplained, Row, explain_pairs
from smart_record.linkage.rows.verdicts import VerdictKind
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import PairNotFound
from triage.links.link_weights import weights_in_use
from triage.nights import read_frame, read_records
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_event

_MOST_ROWS = 24
"""Rows of the residents that are compared with each other; nobody has so many, and a fault must not hang."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a chain.

    Attributes:
        match_weight: None where an officer's word is all there is.
        officer: Whether an officer joined the two.
        agrees: What speaks for it, by bits, most first.
    """

    one_ref: str
    other_ref: str
    match_weight: float | None
    officer: bool
    agrees: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkExplained:
    """Two rows of the last night.

    Attributes:
        joined: Whether they are one resident.
        held_by: source/record_ref/role of each row of the resident, with the evidence of its strongest link;
            of both residents where they are two.
        verdicts: Numbers and kinds of the officers' verdicts that the night went by about rows of them, with
            the two rows.
        chain: Where they are one: the links that join them, directly or through other rows.
        apart: Where they are two: pairs of rows of the two residents that contradict each other, with why.
        explained: None where the two can't be compared: a child's row, or one row twice.
    """

    one_ref: str
    other_ref: str
    joined: bool
    held_by: tuple[tuple[str, str], ...]
    verdicts: tuple[str, ...]
    chain: tuple[Hop, ...]
    apart: tuple[tuple[str, str, tuple[str, ...]], ...]
    explained: PairExplained | None


def explain_link(council: Council, one_ref: str, other_ref: str, *, actor: Actor) -> LinkExplained:
    """Explain two rows of the last night, each named as source/record_ref/role; the look is audited.

    Raises:
        PurposeRefused: If the rows of all systems may not be seen for the purpose.
        NotReady: Before the first night.
        PairNotFound: If the last night has no such row.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        links = read_frame(folder, "links").with_columns(
            ref=pl.concat_str("source", "record_ref", "role", separator="/")
        )
        rows = [_row(links, ref, which) for which, ref in (("first", one_ref), ("second", other_ref))]
        for row in rows:
            event = AuditEvent(
                actor=actor,
                action="explain_link",
                occurred_at=council.clock(),
                household_id=row["household_id"],
                subject=f"{one_ref}, {other_ref}",
            )
            insert_event(connection, event)
    residents = [row["resident_id"] for row in rows]
    held = links.filter(pl.col("resident_id").is_in(residents)).sort("resident_id", "ref")
    verdicts = _verdicts(read_frame(folder, "verdicts"), held)
    ends = (_key(rows[0]), _key(rows[1]))
    sides = [
        [_key(each) for each in held.filter(pl.col("resident_id") == resident).to_dicts()][:_MOST_ROWS]
        for resident in residents
    ]
    joined = residents[0] == residents[1]
    pairs = [ends, *(combinations(sides[0], 2) if joined else product(*sides))]
    weights = weights_in_use(council.directory)
    told = explain_pairs(read_records(folder).everyone, pairs, as_of=night.as_of, weights=weights)
    explained = dict(zip(pairs, told, strict=True))
    return LinkExplained(
        one_ref=one_ref,
        other_ref=other_ref,
        joined=joined,
        held_by=tuple((ref, evidence) for ref, evidence in held.select("ref", "evidence").iter_rows()),
        verdicts=tuple(f"{row['verdict_id']}: {row['kind']}: {row['told']}" for row in verdicts.to_dicts()),
        chain=_chain(ends, sides[0], explained, verdicts) if joined else (),
        apart=() if joined else _contradictions(explained),
        explained=told[0],
    )


def _key(row: Mapping[str, str]) -> Row:
    return (row["source"], row["record_ref"], row["role"])


def _ref(row: Row) -> str:
    return "/".join(row)


def _row(links: pl.DataFrame, ref: str, which: str) -> dict[str, str]:
    found = links.filter(pl.col("ref") == ref)
    if found.is_empty():
        raise PairNotFound(
            f"The last night has no such row as the {which}. A row is written source/record_ref/role, as in "
            "council_tax/40001/liable_1; rows are listed by: triage export links"
        )
    return found.row(0, named=True)


def _verdicts(verdicts: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The verdicts about two of these rows, or about the households of two of their records."""
    about = held.select("source", "record_ref").unique()
    other = about.select(pl.all().name.prefix("other_"))
    refs = [
        pl.concat_str(
            *(f"{side}{name}" for name in ("source", "record_ref", "role")), separator="/", ignore_nulls=True
        )
        for side in ("", "other_")
    ]
    near = verdicts.join(about, on=["source", "record_ref"], how="semi").join(
        other, on=["other_source", "other_record_ref"], how="semi"
    )
    told = near.with_columns(told=pl.concat_str(*refs, separator=", "))
    rows = held["ref"].implode()
    ours = pl.col("role").is_null() | (refs[0].is_in(rows) & refs[1].is_in(rows))
    return told.filter(ours).sort("verdict_id")


def _chain(
    ends: Pair, rows: list[Row], explained: Mapping[Pair, PairExplained | None], verdicts: pl.DataFrame
) -> tuple[Hop, ...]:
    joins = verdicts.filter(pl.col("kind") == VerdictKind.SAME_PERSON)
    names = ("source", "record_ref", "role", "other_source", "other_record_ref", "other_role")
    confirmed = {((a, b, c), (d, e, f)) for a, b, c, d, e, f in joins.select(names).iter_rows()}
    chain = strongest_chain(ends, rows, explained, confirmed)
    hops = []
    for one, other in pairwise(chain):
        found = explained.get((one, other)) or explained.get((other, one))
        agrees = () if found is None else sorted(found.weights.items(), key=lambda each: (-each[1], each[0]))
        hops.append(
            Hop(
                one_ref=_ref(one),
                other_ref=_ref(other),
                match_weight=None if found is None else found.match_weight,
                officer=(one, other) in confirmed or (other, one) in confirmed,
                agrees=tuple((name, bits) for name, bits in agrees if bits > 0),
            )
        )
    return tuple(hops)


def _contradictions(
    explained: Mapping[Pair, PairExplained | None],
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple(
        (_ref(one), _ref(other), found.conflicts)
        for (one, other), found in explained.items()
        if found is not None and found.conflicts
    )
