"""Addresses that are disputed, ambiguous or unreadable are told of, with what to ask; nothing is guessed."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
import sqlalchemy as sa

from triage.council import open_council
from triage.store.tables import audit_events

LINES = [f"address_line_{n}" for n in range(1, 5)]


class Spoilt(NamedTuple):
    """A council of which three council tax rows were spoilt, and their references."""

    council: Path
    wrong: str
    flatless: str
    unread: str


@pytest.fixture(scope="module")
def spoilt(triage, town: Path, tmp_path_factory: pytest.TempPathFactory) -> Spoilt:
    """One row has another home's UPRN, one leaves its flat out, one says nothing."""
    home = tmp_path_factory.mktemp("addresses")
    shutil.copytree(town / "extracts", home / "extracts")
    file = home / "extracts" / "council_tax_accounts.csv"
    rows = pl.read_csv(file, infer_schema=False)
    current = rows.filter(pl.col("account_ref").is_unique(), pl.col("liability_end").is_null())
    flats = current.filter(pl.col("address_line_1").str.contains(r"^(Flat|Apt|FLT) \d+$"))
    block = flats.filter(pl.col("address_line_2").is_duplicated()).sort("address_line_2", "account_ref")
    houses = current.filter(pl.col("address_line_1").str.contains(r"^\d+ "), pl.col("uprn").is_not_null())
    wrong, other, unread = houses.head(3).rows(named=True)
    flatless = block["account_ref"][0]
    ref = pl.col("account_ref")
    rows = rows.with_columns(
        uprn=pl.when(ref == wrong["account_ref"])
        .then(pl.lit(other["uprn"]))
        .when(~ref.is_in([flatless, unread["account_ref"]]))
        .then("uprn"),
        address_line_1=pl.when(ref != flatless).then("address_line_1"),
    )
    emptied = (pl.when(ref != unread["account_ref"]).then(name).alias(name) for name in [*LINES, "postcode"])
    rows.with_columns(emptied).write_csv(file)
    triage("init", home / "c")
    triage("run", "--council", home / "c", "--extracts", home / "extracts")
    return Spoilt(home / "c", wrong["account_ref"], flatless, unread["account_ref"])


def listed(triage, spoilt: Spoilt, *options: object) -> dict:
    told = triage("links", "addresses", "--council", spoilt.council, "--json", *options)
    return json.loads(told.stdout)


def test_what_is_not_sure_is_listed_with_what_to_ask(triage, spoilt: Spoilt) -> None:
    page = listed(triage, spoilt, "--limit", 200)["page"]
    by_ref = {each["address"]["record_ref"]: each for each in page}
    wrong, flatless, unread = (by_ref[ref] for ref in spoilt[1:])
    assert [each["address"]["confidence"] for each in (wrong, flatless, unread)] == [
        "doubtful",
        "ambiguous",
        None,
    ]
    assert wrong["address"]["uprn"] is not None
    assert (flatless["address"]["uprn"], unread["address"]["uprn"]) == (None, None)
    assert flatless["address"]["fits"] >= 1
    assert "flat" in flatless["ask"]
    assert "UPRN" in wrong["ask"]


def test_the_ways_account_for_every_record_and_say_what_they_were_measured_on(
    triage, spoilt: Spoilt, tmp_path: Path
) -> None:
    ways = listed(triage, spoilt)["ways"]
    triage("export", "addresses", "--council", spoilt.council, "-o", tmp_path / "addresses.csv")
    exported = pl.read_csv(tmp_path / "addresses.csv")
    assert sum(way["records"] for way in ways) == exported.height
    for way in ways:
        known = way["share_right"] is not None
        assert known == (way["measured_on"] is not None)
        assert known == way["found_by"].startswith(("own", "same", "no_p", "other", "read", "house"))


def test_pages_follow_each_other_and_each_look_is_audited(triage, spoilt: Spoilt) -> None:
    whole = listed(triage, spoilt, "--limit", 200)
    pages = [listed(triage, spoilt, "--limit", 2, "--page", n)["page"] for n in (1, 2)]
    assert [*pages[0], *pages[1]] == whole["page"][:4]
    council = open_council(spoilt.council)
    with council.engine.begin() as connection:
        events = connection.execute(sa.select(audit_events).where(audit_events.c.action == "list_addresses"))
        seen = {event.household_id for event in events}
    council.close()
    assert {each["household_id"] for each in whole["page"] if each["household_id"]} <= seen


def test_the_terminal_shows_the_ways_and_the_page(triage, spoilt: Spoilt) -> None:
    told = triage("links", "addresses", "--council", spoilt.council, "--limit", 200).stdout
    assert "found by its words and postcode" in told
    assert f"council_tax/{spoilt.flatless}" in told
    assert "Ask for the flat." in told
    beyond = triage("links", "addresses", "--council", spoilt.council, "--page", 99).stdout
    assert "none on this page" in beyond


def test_the_household_and_an_explained_pair_say_how_sure_the_address_is(triage, spoilt: Spoilt) -> None:
    page = listed(triage, spoilt, "--limit", 200)["page"]
    each = next(each for each in page if each["address"]["record_ref"] == spoilt.flatless)
    card = triage("household", each["household_id"], "--council", spoilt.council, "--json").stdout
    assert each["address"] in json.loads(card)["addresses"]
    letter = triage("household", each["household_id"], "--council", spoilt.council).stdout
    assert "Where each record says they live" in letter
    one, other = (f"council_tax/{ref}/liable_1" for ref in (spoilt.flatless, spoilt.wrong))
    told = json.loads(triage("links", "explain", one, other, "--council", spoilt.council, "--json").stdout)
    assert told["explained"]["one"]["property"] == each["address"]["told"]
    assert "doubtful" in told["explained"]["other"]["property"]


def test_a_night_of_an_earlier_release_says_so_and_still_shows_its_households(
    triage, town: Path, tmp_path: Path
) -> None:
    council = tmp_path / "c"
    triage("init", council)
    triage("run", "--council", council, "--extracts", town / "extracts")
    frame = next(council.glob("nights/*/addresses.parquet"))
    household = pl.read_parquet(frame.with_name("households.parquet"))["household_id"][0]
    frame.unlink()
    for command in (("links", "addresses"), ("export", "addresses", "-o", tmp_path / "a.csv")):
        assert "triage run" in triage(*command, "--council", council, exit_code=6).stderr
    assert "Where each record" not in triage("household", household, "--council", council).stdout
