"""A store of any release becomes one of this release with what it holds, and the way back is open."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.triage.store.builders import NOW, a_key, a_referral, event
from triage.errors import StoreTooNew
from triage.roles import Role
from triage.store.anchors import Anchored, anchors_of
from triage.store.database import MIGRATIONS, make_engine, migrate
from triage.store.keys import all_keys, insert_key
from triage.store.referrals import (
    all_referrals,
)
from triage.store.tables import METADATA, referrals


def test_the_migrations_make_exactly_the_declared_tables(engine: sa.Engine) -> None:
    migrate(engine)  # again: does nothing
    inspector = sa.inspect(engine)
    made = set(inspector.get_table_names()) - {"alembic_version"}
    assert made == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        declared = {
            (column.name, column.nullable, type(column.type).__visit_name__) for column in table.columns
        }
        found = {
            (each["name"], each["nullable"], each["type"].__visit_name__)
            for each in inspector.get_columns(name)
        }
        assert {(n, null) for n, null, _ in declared} == {(n, null) for n, null, _ in found}


def test_a_store_of_a_newer_release_is_refused_in_words_and_left_alone(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTooNew, match="newer release"):
        migrate(engine)
    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_store_of_each_earlier_release_is_brought_up_with_what_it_holds(tmp_path: Path) -> None:
    for revision in ("0001", "0002", "0003", "0004"):
        engine = make_engine(f"sqlite:///{tmp_path / f'{revision}.sqlite'}")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
        with engine.begin() as connection:
            row = asdict(a_referral()) | {"status": "waiting"}
            connection.execute(sa.insert(referrals).values(**row))
            old_key = "INSERT INTO keys VALUES ('hash', 'first key', 'housing', '2026-11-01 02:00:00', NULL)"
            connection.execute(sa.text(old_key))
        migrate(engine)
        with engine.begin() as connection:
            assert all_referrals(connection) == [a_referral()]
            (key,) = all_keys(connection)
            assert (key.name, key.role, key.made_at) == ("first key", Role.DATA_OFFICER, NOW)
            assert key.expires_at == NOW + timedelta(days=365)
            assert anchors_of(connection, Anchored.REFERRAL).is_empty()
        engine.dispose()


def test_a_teams_key_does_not_come_to_show_every_queue_in_an_earlier_release(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        insert_key(connection, a_key(), audit=event("make_key", None))
        insert_key(connection, a_key(name="team desk", team="income"), audit=event("make_key", None))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
        withdrawn = sa.text("SELECT name FROM keys WHERE withdrawn_at IS NOT NULL")
        assert list(connection.scalars(withdrawn)) == ["team desk"]


def test_each_migration_can_be_taken_back(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        insert_key(connection, a_key(), audit=event("make_key", None))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        assert list(connection.execute(sa.text("SELECT name, purpose FROM keys"))) == [("desk", "housing")]
    migrate(engine)
    with engine.begin() as connection:
        assert [each.name for each in all_keys(connection)] == ["desk"]
