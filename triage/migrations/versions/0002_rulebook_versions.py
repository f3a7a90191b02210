"""Rulebook versions: who submitted and approved which files, and which of them the night uses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables; the second is a log whose newest line names the version in force."""
    op.create_table(
        "rulebook_versions",
        sa.Column("content_hash", sa.String, primary_key=True),
        sa.Column("submitted_by", sa.String, nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_why", sa.String, nullable=False),
        sa.Column("commit_id", sa.String),
        sa.Column("approved_by", sa.String),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.Column("approved_why", sa.String),
    )
    op.create_table(
        "rulebook_switches",
        sa.Column("switch_id", sa.Integer, primary_key=True),
        sa.Column("content_hash", sa.String, sa.ForeignKey("rulebook_versions.content_hash"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("rulebook_switches")
    op.drop_table("rulebook_versions")
