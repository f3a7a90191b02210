"""Engine and schema of the store: SQLite, through statements that keep to what PostgreSQL shares.

Every transaction begins with BEGIN IMMEDIATE, since every one writes (a read writes its audit row): a
deferred SQLite transaction that reads and then writes fails at once with "database is locked" whatever its
busy timeout.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

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
    """Bring the schema to the newest revision; does nothing where it is there already."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own late BEGIN would come after the first read
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
