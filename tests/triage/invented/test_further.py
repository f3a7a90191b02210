"""The further files of an invented council: taken in whole, the same again, and the eight unchanged."""

from pathlib import Path

import polars as pl
import pytest

from smart_record.facts import derive_facts
from smart_record.facts.declarations import CATALOGUE, FACTS
from smart_record.facts.records.attached import FURTHER
from smart_record.intake import take_in
from smart_record.linkage import match
from smart_record.records import Records
from triage.invented import Council, generate


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return generate(tmp_path_factory.mktemp("rich"), households=1500, seed=7, dirt=0.0, further=True)


def test_every_further_file_is_there_and_the_eight_are_as_without_them(rich: Council, tmp_path: Path) -> None:
    plain = generate(tmp_path, households=1500, seed=7, dirt=0.0)
    assert set(rich.rows) - set(plain.rows) == {f"{name}.csv" for name in FURTHER}
    for name in plain.rows:
        assert (rich.extracts / name).read_bytes() == (plain.extracts / name).read_bytes()
    again = generate(tmp_path / "again", households=1500, seed=7, dirt=0.0, further=True)
    for name in FURTHER:
        one, two = (each.extracts / f"{name}.csv" for each in (rich, again))
        assert one.read_bytes() == two.read_bytes()


def test_they_are_taken_in_and_tell_facts(rich: Council) -> None:
    intake = take_in(rich.extracts)
    aside = intake.rejects.filter(pl.col("source").is_in(FURTHER))
    assert aside.is_empty(), aside.group_by("source", "reason").len().rows()
    linkage = match(intake.extracts, as_of=rich.as_of)
    records = Records(extracts=intake.extracts, links=linkage.links, households=linkage.households)
    facts = derive_facts(records, as_of=rich.as_of)
    told = {fact.name for fact in FACTS if set(fact.sources) <= set(FURTHER)}
    unmapped = {name for name in told if name.startswith("universal_credit.") and "deduct" in name}
    few = {"homelessness.opened_on", "holds.evidence_due_on", "holds.claim_waiting_since"}
    for name in sorted(told - unmapped - few):
        assert facts[CATALOGUE[name].column].null_count() < facts.height, name
    assert facts["council_tax__plan"].sum() > 0
    assert facts["holds__representative"].sum() > 0
    assert facts["universal_credit__award_before"].count() > 0


def test_a_dirty_town_has_them_too(tmp_path: Path) -> None:
    made = generate(tmp_path, households=600, seed=3, dirt=3.0, further=True)
    assert set(made.rows) >= {f"{name}.csv" for name in FURTHER}
