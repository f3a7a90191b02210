"""SQLAlchemy Core tables of the store. What the engine computes lies in night folders; this is the rest."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps no zone, so it is put back on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Refuse a naive time: it could mean any hour."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Aware again: SQLite keeps no zone, PostgreSQL answers in the zone of its session."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = sa.MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"}
)

nights = sa.Table(
    "nights",
    METADATA,
    sa.Column(
        "night_id", sa.String, primary_key=True, comment="as-of date and attempt; also the folder's name"
    ),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("superseded", sa.Boolean, nullable=False, default=False),
    sa.Column("fingerprint", sa.String, nullable=False, comment="hash of extracts and mappings"),
    sa.Column("rulebook", sa.String, nullable=False, comment="content hash"),
    sa.Column("model", sa.String, comment="content hash; null where rules ran alone"),
    sa.Column("summary", sa.JSON, nullable=False),
    sa.Column("completed_at", Instant, nullable=False),
)

referrals = sa.Table(
    "referrals",
    METADATA,
    sa.Column("referral_id", sa.String, primary_key=True),
    sa.Column("household_id", sa.String, index=True),
    sa.Column("team", sa.String, nullable=False, index=True),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("statutory", sa.Boolean, nullable=False),
    sa.Column("status", sa.String, nullable=False, comment="waiting, accepted, returned, closed"),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("origin", sa.String, nullable=False, comment="night or contact"),
    sa.Column("reasons", sa.String, nullable=False),
)

outcomes = sa.Table(
    "outcomes",
    METADATA,
    sa.Column("outcome_id", sa.Integer, primary_key=True),
    sa.Column("household_id", sa.String, nullable=False, index=True),
    sa.Column("intervention", sa.String, nullable=False),
    sa.Column("outcome", sa.String, nullable=False, comment="refused or completed"),
    sa.Column("recorded_on", sa.Date, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
)

contacts = sa.Table(
    "contacts",
    METADATA,
    sa.Column("contact_id", sa.String, primary_key=True),
    sa.Column("household_id", sa.String, index=True),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
)

contact_issues = sa.Table(
    "contact_issues",
    METADATA,
    sa.Column("contact_id", sa.String, sa.ForeignKey("contacts.contact_id"), primary_key=True),
    sa.Column("issue_no", sa.Integer, primary_key=True),
    sa.Column("topic", sa.String, nullable=False),
    sa.Column("tier", sa.Integer, nullable=False),
    sa.Column("team", sa.String, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("referral_id", sa.String, sa.ForeignKey("referrals.referral_id")),
)

keys = sa.Table(
    "keys",
    METADATA,
    sa.Column("key_hash", sa.String, primary_key=True, comment="SHA-256 of a random 256-bit key"),
    sa.Column("name", sa.String, nullable=False, index=True, comment="its holder; one key in use at a time"),
    sa.Column("role", sa.String, nullable=False, comment="viewer, officer, data_officer"),
    sa.Column("purpose", sa.String, nullable=False),
    sa.Column("made_by", sa.String, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("withdrawn_by", sa.String),
    sa.Column("withdrawn_at", Instant),
    sa.Column("team", sa.String, comment="whose queue alone it sees; null for every team's"),
)

audit_events = sa.Table(
    "audit_events",
    METADATA,
    sa.Column("event_id", sa.Integer, primary_key=True),
    sa.Column("occurred_at", Instant, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("purpose", sa.String, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("household_id", sa.String, index=True),
    sa.Column("subject", sa.String, nullable=False),
)

rulebook_versions = sa.Table(
    "rulebook_versions",
    METADATA,
    sa.Column("content_hash", sa.String, primary_key=True, comment="also its folder below rulebooks/"),
    sa.Column("submitted_by", sa.String, nullable=False),
    sa.Column("submitted_at", Instant, nullable=False),
    sa.Column("submitted_why", sa.String, nullable=False),
    sa.Column("commit_id", sa.String, comment="where the files lie in a git repository"),
    sa.Column("approved_by", sa.String, comment="never who submitted it"),
    sa.Column("approved_at", Instant),
    sa.Column("approved_why", sa.String),
)

rulebook_switches = sa.Table(
    "rulebook_switches",
    METADATA,
    sa.Column("switch_id", sa.Integer, primary_key=True, comment="the newest names the version in force"),
    sa.Column("content_hash", sa.String, sa.ForeignKey("rulebook_versions.content_hash"), nullable=False),
    sa.Column("kind", sa.String, nullable=False, comment="approval or rollback"),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("switched_at", Instant, nullable=False),
    sa.Column("why", sa.String, nullable=False),
)

verdicts = sa.Table(
    "verdicts",
    METADATA,
    sa.Column("verdict_id", sa.Integer, primary_key=True),
    sa.Column(
        "kind",
        sa.String,
        nullable=False,
        comment="same_person, different_people, same_household, different_households",
    ),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("record_ref", sa.String, nullable=False),
    sa.Column("role", sa.String, comment="null where the verdict is about two records' households"),
    sa.Column("other_source", sa.String, nullable=False),
    sa.Column("other_record_ref", sa.String, nullable=False),
    sa.Column("other_role", sa.String),
    sa.Column("officer", sa.String, nullable=False),
    sa.Column("decided_at", Instant, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("withdrawn_by", sa.String),
    sa.Column("withdrawn_at", Instant),
)

anchors = sa.Table(
    "anchors",
    METADATA,
    sa.Column("kind", sa.String, primary_key=True, comment="referral or outcome"),
    sa.Column("subject_id", sa.String, primary_key=True, comment="referral_id, or outcome_id as text"),
    sa.Column("source", sa.String, primary_key=True),
    sa.Column("record_ref", sa.String, primary_key=True),
)
