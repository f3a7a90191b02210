"""What the machine refuses is told in words; an error of ours by where it happened, never by its message."""

import os
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from triage.faults import told
from triage.store.database import make_engine, migrate


def told_of(does) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011 (whatever it is, it is to be told)
        does()
    return told(caught.value)


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    words = told_of(lambda: (tmp_path / "gone" / "a.csv").write_text("x"))
    assert "a.csv: no such file or directory" in words
    assert "An error of ours" not in words


def test_a_full_disk_is_told_of_tables_too() -> None:
    words = told_of(lambda: pl.DataFrame({"a": range(100_000)}).write_parquet("/dev/full"))
    assert "no space left on device. Nothing half-written stays. Make room" in words


def test_a_damaged_store_is_told_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(os.urandom(8_192))
    words = told_of(lambda: migrate(make_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")))
    assert "store.sqlite) can't be used" in words
    assert "Put back the last good copy" in words


def test_an_error_of_ours_keeps_its_message_to_itself() -> None:
    def fails() -> None:
        raise ValueError("Ada Lovelace, 1 High Street")

    words = told_of(fails)
    assert words.startswith("An error of ours, not of your data or files: ValueError.")
    assert "test_faults.py" in words
    assert "Ada" not in words


def test_a_statement_of_ours_that_fails_is_an_error_of_ours() -> None:
    engine = sa.create_engine("sqlite://")
    assert told_of(lambda: engine.connect().exec_driver_sql("select * from nothing")).startswith(
        "An error of ours"
    )
