"""A verdict is about the households that the night has its two records in."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from smart_record.linkage.rows.verdicts import VerdictKind
from triage.actions.decide_link import verdict_of
from triage.links.verdict_households import households_of_verdicts
from triage.store.verdicts import RecordedVerdict

LINKS = pl.DataFrame(
    [
        ("rent", "1", "tenant", "H1"),
        ("benefits_dependants", "C1/2", "dependant", "H2"),
        ("council_tax", "7", "liable_1", "H3"),
        ("council_tax", "7", "liable_2", "H4"),
    ],
    ["source", "record_ref", "role", "household_id"],
    orient="row",
)


def decided(number: int, kind: VerdictKind, one: str, other: str) -> RecordedVerdict:
    return RecordedVerdict(
        verdict_id=number,
        verdict=verdict_of(kind, one, other),
        officer="officer",
        decided_at=datetime(2026, 10, 31, tzinfo=UTC),
        reason="test",
        withdrawn_at=None,
    )


def test_each_household_has_the_numbers_of_the_verdicts_about_it(tmp_path: Path) -> None:
    LINKS.write_parquet(tmp_path / "links.parquet")
    verdicts = [
        decided(3, VerdictKind.SAME_HOUSEHOLD, "rent/1", "benefits/C1"),  # a claim only its children name
        decided(5, VerdictKind.SAME_PERSON, "council_tax/7/liable_1", "rent/1/tenant"),
        decided(6, VerdictKind.DIFFERENT_PEOPLE, "benefits_dependants/C1/2/dependant", "rent/9/tenant"),
    ]
    found = households_of_verdicts(tmp_path, verdicts)
    assert found == {"H1": [3, 5], "H2": [3, 6], "H3": [5], "H4": [5]}
    assert households_of_verdicts(tmp_path, []) == {}
