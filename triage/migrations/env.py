"""Alembic's entry: the migration runs on the connection that `triage.store.database.migrate` opened."""

from alembic import context

from triage.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
