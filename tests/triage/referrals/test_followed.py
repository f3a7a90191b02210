"""Whoever looks at a night afterwards finds each outcome with the household that its night found."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from smart_record.purposes import Purpose
from triage.audit import Actor, AuditEvent
from triage.referrals.followed import outcomes_of_household, outcomes_of_night
from triage.store.database import make_engine, migrate
from triage.store.outcomes import OutcomeKind, RecordedOutcome, insert_outcome

DAY = date(2026, 10, 31)
COLUMNS = ("source", "record_ref", "role", "household_id")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(engine)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def a_night(folder: Path, rows: list[tuple[str, ...]], gone: list[tuple[str, ...]] = ()) -> Path:
    folder.mkdir()
    links = pl.DataFrame(rows, COLUMNS, orient="row")
    links.write_parquet(folder / "links.parquet")
    registry = pl.concat([links, pl.DataFrame(list(gone), links.schema, orient="row")])
    registry.write_parquet(folder / "registry.parquet")
    links.select("household_id").unique().write_parquet(folder / "households.parquet")
    return folder


def refuse(connection: sa.Connection, household_id: str, *records: tuple[str, str]) -> None:
    actor = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)
    at = datetime(2026, 10, 31, tzinfo=UTC)
    event = AuditEvent(actor=actor, action="record_outcome", occurred_at=at, household_id=household_id)
    ended = RecordedOutcome(
        household_id=household_id, intervention="call", outcome=OutcomeKind.REFUSED, recorded_on=DAY
    )
    insert_outcome(connection, ended, records=records, audit=event)


def whose(connection: sa.Connection, night: Path) -> list[str]:
    """Of which household each outcome is; the same asked of everybody at once and of each in turn."""
    found = outcomes_of_night(connection, night, DAY)
    links = pl.read_parquet(night / "links.parquet").filter(pl.col("source") != "benefits_dependants")
    for (household_id,), rows in links.group_by("household_id"):
        records = list(rows.select("source", "record_ref").iter_rows())
        mine = outcomes_of_household(connection, night, str(household_id), records, DAY)
        assert mine == [each for each in found if each.household_id == household_id]
    return [each.household_id for each in found]


def test_a_refusal_is_of_the_household_that_has_its_records_that_night(connection, tmp_path) -> None:
    refuse(connection, "H1", ("rent", "1"), ("benefits", "C1"))
    refuse(connection, "H2", ("rent", "2"))
    apart = [
        ("rent", "1", "tenant", "H1"),
        ("benefits", "C1", "claimant", "H1"),
        ("rent", "2", "tenant", "H2"),
    ]
    assert whose(connection, a_night(tmp_path / "apart", apart)) == ["H1", "H2"]
    merged = [(*row[:3], "H2") for row in apart]
    assert whose(connection, a_night(tmp_path / "merged", merged)) == ["H2", "H2"]
    left = [
        ("rent", "1", "tenant", "H9"),
        ("benefits", "C1", "claimant", "H9"),
        ("rent", "3", "tenant", "H1"),
    ]
    assert whose(connection, a_night(tmp_path / "left", left, gone=[apart[2]])) == ["H9", "H2"]


def test_a_claim_that_only_its_children_name_is_followed(connection, tmp_path) -> None:
    refuse(connection, "H1", ("benefits", "C1"))
    night = a_night(tmp_path / "n", [("benefits_dependants", "C1/2", "dependant", "H5")])
    assert [each.household_id for each in outcomes_of_night(connection, night, DAY)] == ["H5"]
    assert outcomes_of_household(connection, night, "H5", [("benefits", "C1")], DAY)


def test_a_refusal_recorded_later_is_not_known(connection, tmp_path) -> None:
    refuse(connection, "H1", ("rent", "1"))
    night = a_night(tmp_path / "n", [("rent", "1", "tenant", "H1")])
    assert outcomes_of_night(connection, night, date(2026, 10, 30)) == []
    assert outcomes_of_household(connection, night, "H1", [("rent", "1")], date(2026, 10, 30)) == []
