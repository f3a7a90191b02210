"""Engine and schema of the store: SQLite, through statements that keep to what PostgreSQL shares.

Every transaction begins with BEGIN IMMEDIATE, since every one writes (a read writes its audit row): a
deferred SQLite transaction that reads and then writes fails at once with "database is locked" whatever its
busy timeout. What touches no resident's record writes nothing and waits for no writer: `reading`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from triage.errors import StoreTooNew

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON")


def make_engine(url: str) -> sa.Engine:
    """An engine for `url`; nothing is created or migrated."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _configure_sqlite)
        sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def migrate(engine: sa.Engine) -> None:
    """Bring the schema to the newest revision; does nothing where it is there already.

    Raises:
        StoreTooNew: If a newer release wrote the store.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    newest = script.get_current_head()
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current == newest:
            return
        if current is not None and current not in {each.revision for each in script.walk_revisions()}:
            raise StoreTooNew(
                f"The store is of revision {current}, which this release does not know (its newest is "
                f"{newest}): a newer release wrote it. Nothing was changed. Install that release again."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only reads, for what touches no resident's record: it waits for no writer."""
    with engine.connect().execution_options(only_reads=True) as connection, connection.begin():
        yield connection


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own late BEGIN would come after the first read
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
