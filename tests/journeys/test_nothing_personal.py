"""What a run prints, logs and keeps beside the records names nobody: no name, number, address or birth."""

import json
import logging
import re
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from smart_record.intake.mapping_files.file import read_mapping
from triage.store.tables import audit_events, nights

_TELLING = re.compile(r"[\d@]|\w \w")
"""A value that can be no other word by chance: with a number, an @ or several words."""


def personal_values(extracts: Path, mappings: Path) -> frozenset[str]:
    """Every value that stands in a personal column of the files, right or wrong."""
    values: set[str] = set()
    for mapping in map(read_mapping, mappings.glob("*.yaml")):
        for file in (extracts / name for name in mapping.files if (extracts / name).is_file()):
            rows = pl.read_csv(file, infer_schema=False)
            personal = [each.name for each in mapping.columns if each.column.personal]
            for column in rows.select(name for name in personal if name in rows.columns).iter_columns():
                values.update(column.drop_nulls())
    return frozenset(value for value in values if len(value) > 7 and _TELLING.search(value))


def named_in(text: str, personal: frozenset[str]) -> list[str]:
    return [value for value in personal if value.casefold() in text.casefold()]


@pytest.fixture(scope="module")
def personal(town: Path, night: Path) -> frozenset[str]:
    return personal_values(town / "extracts", night / "mappings")


@pytest.fixture(scope="module")
def spoilt(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town's extracts with dates of birth that can't be read."""
    extracts = tmp_path_factory.mktemp("spoilt")
    for file in (town / "extracts").glob("*.csv"):
        (extracts / file.name).write_bytes(re.sub(rb"([/-])195", rb"\1X95", file.read_bytes()))
    return extracts


def test_the_search_would_find_a_resident(personal: frozenset[str]) -> None:
    assert len(personal) > 2000
    somebody = min(personal)
    assert named_in(f"refused: {somebody.lower()}, on line 3", personal) == [somebody]


def test_a_run_its_exports_and_its_rejects_name_nobody(triage, spoilt, tmp_path, caplog) -> None:
    council, rejects = tmp_path / "c", tmp_path / "rejects.csv"
    triage("init", council)
    with caplog.at_level(logging.DEBUG):
        told = [
            triage("mappings", "check", "--council", council, "--extracts", spoilt),
            triage("run", "--council", council, "--extracts", spoilt, "--as-of", "2026-10-31"),
            triage("export", "links", "--council", council, "-o", tmp_path / "links.csv"),
            triage("export", "rejects", "--council", council, "-o", rejects),
        ]
    printed = "".join(each.stdout + each.stderr for each in told)
    assert len(printed) > 3000
    written = rejects.read_text(encoding="utf-8")
    assert "date of birth" in written or "dob" in written
    personal = personal_values(spoilt, council / "mappings")
    assert any("X95" in value for value in personal)
    assert named_in(printed + caplog.text + written, personal) == []


def test_the_audit_log_and_the_summaries_of_nights_name_nobody(night: Path, personal: frozenset[str]) -> None:
    engine = sa.create_engine(f"sqlite:///{night / 'store.sqlite'}")
    with engine.connect() as connection:
        kept = [str(row) for row in connection.execute(sa.select(audit_events))]
        kept += [json.dumps(summary) for summary in connection.scalars(sa.select(nights.c.summary))]
    engine.dispose()
    assert len(kept) > 10
    assert named_in("\n".join(kept), personal) == []
