"""A key may be for one team, whose queue alone it sees."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys made before see every team's queue, as they did."""
    op.add_column("keys", sa.Column("team", sa.String))


def downgrade() -> None:
    """Without teams; a team's key must not come to see every queue, so that it is withdrawn first."""
    op.execute(
        "UPDATE keys SET withdrawn_by = 'downgrade', withdrawn_at = made_at "
        "WHERE team IS NOT NULL AND withdrawn_at IS NULL"
    )
    op.drop_column("keys", "team")
