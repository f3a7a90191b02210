"""Engine and schema of the store: SQLite, through statements that keep to what PostgreSQL shares.

Every transaction begins with BEGIN IMMEDIATE, since every one writes (a read writes its audit row): a
deferred SQLite transaction that reads and then writes fails at once with "database is locked" whatever its
busy timeout. What touches no resident's record writes nothing and waits for no writer: `reading`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from triage.errors import StoreBusy, StoreTooNew

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def make_engine(url: str, *, wait_seconds: int = 30) -> sa.Engine:
    """An engine for `url`; nothing is created or migrated.

    Args:
        url: As SQLAlchemy writes it.
        wait_seconds: How long a transaction waits for another's end before it says `StoreBusy`.
    """
    # parameters are residents' data: no error names them; as many connections as the service has threads
    engine = sa.create_engine(url, hide_parameters=True, max_overflow=35)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", partial(_configure_sqlite, wait_seconds))
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


def _configure_sqlite(wait_seconds: int, connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own late BEGIN would come after the first read
    for pragma in (f"busy_timeout={wait_seconds * 1000}", *_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    only_reads = connection.get_execution_options().get("only_reads", False)
    try:
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
    except sa.exc.OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise StoreBusy(
            "Another process has been writing the store for too long: a nightly run, or a copy being made. "
            "Nothing was changed. Try again in a minute."
        ) from error
