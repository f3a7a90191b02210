"""The first store: nights, referrals, outcomes, contacts, keys, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table; written out, since tables.py moves on and a migration must not."""
    _create_nights()
    _create_what_came_of_offers()
    _create_contacts()
    _create_who_did_what()


def downgrade() -> None:
    """Drop every table."""
    for table in ("audit_events", "keys", "contact_issues", "contacts", "outcomes", "referrals", "nights"):
        op.drop_table(table)


def _create_nights() -> None:
    op.create_table(
        "nights",
        sa.Column("night_id", sa.String, primary_key=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("rulebook", sa.String, nullable=False),
        sa.Column("model", sa.String),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_what_came_of_offers() -> None:
    op.create_table(
        "referrals",
        sa.Column("referral_id", sa.String, primary_key=True),
        sa.Column("household_id", sa.String, index=True),
        sa.Column("team", sa.String, nullable=False, index=True),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("statutory", sa.Boolean, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("reasons", sa.String, nullable=False),
    )
    op.create_table(
        "outcomes",
        sa.Column("outcome_id", sa.Integer, primary_key=True),
        sa.Column("household_id", sa.String, nullable=False, index=True),
        sa.Column("intervention", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("recorded_on", sa.Date, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
    )


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("contact_id", sa.String, primary_key=True),
        sa.Column("household_id", sa.String, index=True),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
    )
    op.create_table(
        "contact_issues",
        sa.Column("contact_id", sa.String, sa.ForeignKey("contacts.contact_id"), primary_key=True),
        sa.Column("issue_no", sa.Integer, primary_key=True),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("tier", sa.Integer, nullable=False),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("referral_id", sa.String, sa.ForeignKey("referrals.referral_id")),
    )


def _create_who_did_what() -> None:
    op.create_table(
        "keys",
        sa.Column("key_hash", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "audit_events",
        sa.Column("event_id", sa.Integer, primary_key=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("household_id", sa.String, index=True),
        sa.Column("subject", sa.String, nullable=False),
    )
