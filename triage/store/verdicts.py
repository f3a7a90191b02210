"""Officers' verdicts on links: kept for good, in force until withdrawn."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl
import sqlalchemy as sa

from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, VerdictKind
from triage.audit import AuditEvent
from triage.store.log import insert_event
from triage.store.tables import verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an officer decides about two person rows, or about the households of two records.

    Attributes:
        role: Null, as `other_role`, where the verdict is about households.
    """

    kind: VerdictKind
    source: str
    record_ref: str
    role: str | None
    other_source: str
    other_record_ref: str
    other_role: str | None

    @property
    def refs(self) -> tuple[str, str]:
        """The two rows, or records, as officers write them."""
        one = (self.source, self.record_ref, self.role)
        other = (self.other_source, self.other_record_ref, self.other_role)
        return "/".join(filter(None, one)), "/".join(filter(None, other))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedVerdict:
    """A verdict with who decided it, when and why."""

    verdict_id: int
    verdict: Verdict
    officer: str
    decided_at: datetime
    reason: str
    withdrawn_at: datetime | None


def insert_verdict(
    connection: sa.Connection, verdict: Verdict, *, reason: str, audit: AuditEvent
) -> RecordedVerdict:
    """Record a verdict, with its audit line."""
    columns = {name: getattr(verdict, name) for name in VERDICT_COLUMNS} | {"kind": str(verdict.kind)}
    done = connection.execute(
        sa.insert(verdicts).values(
            **columns, officer=audit.actor.name, decided_at=audit.occurred_at, reason=reason
        )
    )
    insert_event(connection, audit)
    (verdict_id,) = done.inserted_primary_key or (None,)
    assert isinstance(verdict_id, int)
    return RecordedVerdict(
        verdict_id=verdict_id,
        verdict=verdict,
        officer=audit.actor.name,
        decided_at=audit.occurred_at,
        reason=reason,
        withdrawn_at=None,
    )


def withdraw(connection: sa.Connection, verdict_id: int, *, audit: AuditEvent) -> None:
    """Take a verdict back; it is kept, and the next run goes by the evidence again."""
    connection.execute(
        sa.update(verdicts)
        .where(verdicts.c.verdict_id == verdict_id, verdicts.c.withdrawn_at.is_(None))
        .values(withdrawn_by=audit.actor.name, withdrawn_at=audit.occurred_at)
    )
    insert_event(connection, audit)


def recorded_verdict(connection: sa.Connection, verdict_id: int) -> RecordedVerdict | None:
    """One verdict, withdrawn or not; None where there is none of this id."""
    row = connection.execute(sa.select(verdicts).where(verdicts.c.verdict_id == verdict_id)).first()
    return None if row is None else _recorded(row)


def recorded_verdicts(
    connection: sa.Connection, *, withdrawn: bool, limit: int, skip: int = 0
) -> tuple[RecordedVerdict, ...]:
    """So many verdicts in force after the first `skip`, newest first; on request also withdrawn ones."""
    query = sa.select(verdicts).order_by(verdicts.c.verdict_id.desc()).limit(limit).offset(skip)
    if not withdrawn:
        query = query.where(verdicts.c.withdrawn_at.is_(None))
    return tuple(_recorded(row) for row in connection.execute(query))


def standing_verdicts(connection: sa.Connection) -> pl.DataFrame:
    """The verdicts in force, oldest first, as the matching takes them.

    Returns: verdict_id and `smart_record.linkage.rows.verdicts.VERDICT_COLUMNS`.
    """
    columns = [verdicts.c[name] for name in ("verdict_id", *VERDICT_COLUMNS)]
    query = sa.select(*columns).where(verdicts.c.withdrawn_at.is_(None)).order_by("verdict_id")
    schema = {"verdict_id": pl.Int64} | dict.fromkeys(VERDICT_COLUMNS, pl.String)
    return pl.DataFrame([tuple(row) for row in connection.execute(query)], schema=schema, orient="row")


def _recorded(row: sa.Row[tuple[object, ...]]) -> RecordedVerdict:
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
    about = {name: values[name] for name in VERDICT_COLUMNS} | {"kind": VerdictKind(values["kind"])}
    told = ("verdict_id", "officer", "decided_at", "reason", "withdrawn_at")
    return RecordedVerdict(verdict=Verdict(**about), **{name: values[name] for name in told})
