"""In the first hour of a summer's day whatever is dated by the clock has that day, not the day before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from smart_record.purposes import Purpose
from triage.actions.ask_what_if import ask_what_if
from triage.actions.check_extracts import check_extracts
from triage.actions.init_council import init_council
from triage.actions.record_outcome import record_outcome
from triage.actions.run_night import run_night
from triage.actions.take_contact import take_contact
from triage.audit import Actor
from triage.council import Council, open_council
from triage.invented import generate
from triage.nights import read_frame
from triage.store.outcomes import OutcomeKind

OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)
HALF_PAST_MIDNIGHT = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
TODAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small town as of that day, which no manifest says."""
    home = tmp_path_factory.mktemp("summer")
    generate(home, households=200, seed=3, as_of=TODAY)
    (home / "extracts" / "MANIFEST.json").unlink()
    return home / "extracts"


@pytest.fixture(scope="module")
def council(extracts: Path) -> Iterator[Council]:
    init_council(extracts.parent / "c", actor=OFFICER)
    opened = open_council(extracts.parent / "c", clock=lambda: HALF_PAST_MIDNIGHT)
    run_night(opened, extracts, actor=OFFICER)
    yield opened
    opened.close()


def test_files_without_a_manifest_are_that_days(council: Council, extracts: Path) -> None:
    assert check_extracts(council, extracts, actor=OFFICER).as_of == TODAY
    (night,) = (each.name for each in council.nights.iterdir() if each.is_dir())
    assert night == "2026-08-01.1"


def test_what_people_do_is_dated_by_that_day(council: Council) -> None:
    suggested = read_frame(council.nights / "2026-08-01.1", "suggestions")
    one = suggested.filter(pl.col("tier") < 3).row(0, named=True)
    household, offer = one["household_id"], one["intervention"]
    assert record_outcome(council, household, offer, OutcomeKind.REFUSED, actor=OFFICER).recorded_on == TODAY
    taken = take_contact(council, ["council_tax_bill"], household_id=household, ward=None, actor=OFFICER)
    assert taken.received_on == TODAY
    said = [("council_tax.payment_missed", "2026-08-01")]
    assert ask_what_if(council, household, said, actor=OFFICER).as_of == TODAY
