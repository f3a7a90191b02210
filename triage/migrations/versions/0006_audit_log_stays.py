"""The audit log can be added to and nothing else: no statement changes or takes away a line."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_CHANGES = ("UPDATE", "DELETE")


def upgrade() -> None:
    """Refuse both; a server's own rights do this where the store is not SQLite."""
    if op.get_bind().dialect.name == "sqlite":
        for change in _CHANGES:
            op.execute(
                f"CREATE TRIGGER audit_events_no_{change.lower()} BEFORE {change} ON audit_events "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
            )


def downgrade() -> None:
    """Allow them again."""
    if op.get_bind().dialect.name == "sqlite":
        for change in _CHANGES:
            op.execute(f"DROP TRIGGER audit_events_no_{change.lower()}")
