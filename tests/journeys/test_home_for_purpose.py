"""Nobody finds a debtor through a tenancy or claim: recovery is told of homes by its own records alone."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.journeys.conftest import Run
from triage.council import Council, open_council
from triage.nights import read_frame, scan_extract

RECOVERY = "council_tax_recovery"


@pytest.fixture(scope="module")
def moved(
    triage: Run, night: Path, town: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Council]:
    """A council whose tenants with a former bill elsewhere have no bill at their present home."""
    home = tmp_path_factory.mktemp("moved")
    before = night / "nights" / "2026-10-31.1"
    ends = scan_extract(before, "council_tax_accounts").select("record_ref", "liability_end").collect()
    links = read_frame(before, "links")
    bills = links.filter(source="council_tax").join(ends, on="record_ref")
    parted = bills.filter(pl.col("liability_end").is_not_null()).join(
        links.filter(source="rent"), on="household_id", how="semi"
    )
    running = bills.filter(pl.col("liability_end").is_null()).join(parted, on="household_id", how="semi")
    shutil.copytree(town / "extracts", home / "extracts")
    (home / "extracts" / "MANIFEST.json").unlink()  # it counts the rows
    file = home / "extracts" / "council_tax_accounts.csv"
    header, *lines = file.read_text().splitlines(keepends=True)
    gone = set(running["record_ref"])
    file.write_text(header + "".join(line for line in lines if line.split(",")[0] not in gone))
    triage("init", home / "c")
    triage("run", "--council", home / "c", "--extracts", home / "extracts", "--as-of", "2026-10-31")
    council = open_council(home / "c")
    yield council
    council.close()


def left_behind(council: Council) -> dict[str, str]:
    """Households at home by their tenancy or claim, whose bills have all ended elsewhere: id and home."""
    folder = council.nights / "2026-10-31.1"
    links, homes = read_frame(folder, "links"), read_frame(folder, "households")
    bills = scan_extract(folder, "council_tax_accounts").select("record_ref", "liability_end", "postcode")
    of = bills.collect().join(links.filter(source="council_tax"), on="record_ref")
    ended = of.group_by("household_id").agg(
        pl.col("liability_end").is_not_null().all(), pl.col("postcode").str.replace_all(" ", "")
    )
    elsewhere = ended.filter("liability_end").join(homes, on="household_id")
    rows = elsewhere.select("household_id", "address", "postcode").iter_rows()
    return {each: address for each, address, codes in rows if not any(code in address for code in codes)}


def test_recovery_is_not_told_of_a_home_that_no_bill_knows(triage: Run, moved: Council) -> None:
    found = left_behind(moved)
    assert found
    made = ("keys", "make", "recovery screen", "--role", "viewer", "--purpose", RECOVERY)
    *_, key, _ = triage(*made, "--council", moved.directory).stdout.splitlines()
    client = TestClient(create_app(moved), headers={"Authorization": f"Bearer {key}"})
    for household, home in found.items():
        asked = ("household", household, "--council", moved.directory)
        told = [
            client.get(f"/api/v1/households/{household}").text,
            triage(*asked, "--purpose", RECOVERY, "--json").stdout,
            triage(*asked, "--purpose", RECOVERY).stdout,
        ]
        own = {each["uprn"] for each in json.loads(told[0])["addresses"]}
        assert json.loads(told[0])["uprn"] in own
        assert json.loads(told[1])["address"] == json.loads(told[0])["address"]
        assert not [each for each in told if home.split(",")[0] in each]
        assert home.split(",")[0] in triage(*asked).stdout  # help for the household knows where it lives
