"""Keys of the API with a role, an expiry, and who made and withdrew them; a holder may have another later."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_COLUMNS = ("key_hash", "name", "purpose", "made_at", "withdrawn_at")


def upgrade() -> None:
    """Make the table anew: the old one holds a constraint without a name, which SQLite can't drop.

    Keys made before were `triage init`'s and could do everything; they keep that, for a year from then.
    """
    kept = _rows()
    op.drop_table("keys")
    table = op.create_table(
        "keys",
        sa.Column("key_hash", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False, index=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("withdrawn_by", sa.String),
        sa.Column("withdrawn_at", _INSTANT),
    )
    year = timedelta(days=365)
    op.bulk_insert(
        table,
        [
            {**row, "role": "data_officer", "made_by": "triage init", "expires_at": row["made_at"] + year}
            for row in kept
        ],
    )


def downgrade() -> None:
    """The old table, with the newest key of each holder."""
    newest = {row["name"]: row for row in sorted(_rows(), key=lambda row: row["made_at"])}
    op.drop_table("keys")
    table = op.create_table(
        "keys",
        sa.Column("key_hash", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("withdrawn_at", _INSTANT),
    )
    op.bulk_insert(table, list(newest.values()))


def _rows() -> list[dict[str, Any]]:
    old = sa.table(
        "keys", *(sa.column(name, _INSTANT if name.endswith("_at") else sa.String) for name in _COLUMNS)
    )
    return [dict(row) for row in op.get_bind().execute(sa.select(old)).mappings()]
