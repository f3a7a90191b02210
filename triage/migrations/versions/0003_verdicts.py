"""Officers' verdicts on links: who decided what about which rows, why, and whether it was withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; verdicts are withdrawn, never deleted."""
    op.create_table(
        "verdicts",
        sa.Column("verdict_id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("record_ref", sa.String, nullable=False),
        sa.Column("role", sa.String),
        sa.Column("other_source", sa.String, nullable=False),
        sa.Column("other_record_ref", sa.String, nullable=False),
        sa.Column("other_role", sa.String),
        sa.Column("officer", sa.String, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("withdrawn_by", sa.String),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("verdicts")
