"""Which records a referral or an outcome was about, so that it follows them through merges and splits."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; what was recorded before has no anchors and follows merges by its household's id."""
    op.create_table(
        "anchors",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("subject_id", sa.String, primary_key=True),
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("record_ref", sa.String, primary_key=True),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("anchors")
