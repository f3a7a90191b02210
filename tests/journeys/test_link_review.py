"""An officer reviews, accepts and withdraws a link with the commands."""

import json
from itertools import pairwise
from pathlib import Path

import polars as pl


def first_apart(shown: str) -> tuple[str, str, str]:
    """The first pair of the queue that was left apart: its id and its two rows."""
    pair = next(each for each in json.loads(shown) if not each["joined"])
    return pair["pair_id"], pair["one_ref"], pair["other_ref"]


def test_a_link_is_accepted_stands_and_is_withdrawn(triage, town: Path, tmp_path: Path) -> None:
    council, extracts = tmp_path / "c", town / "extracts"
    triage("init", council)
    triage("run", "--council", council, "--extracts", extracts)
    before = links(triage, council, tmp_path)
    queue = ("links", "review", "--council", council, "--limit", 1000)
    pair, one, other = first_apart(triage(*queue, "--json").stdout)
    assert "two residents" in triage("links", "explain", one, other, "--council", council).stdout
    told = triage("links", "accept", pair, "--council", council, "--reason", "seen both files").stdout
    assert "Verdict 1: same person" in told
    assert pair not in triage(*queue).stdout
    triage("run", "--council", council, "--extracts", extracts)
    told = triage("links", "explain", one, other, "--council", council).stdout
    assert "They are one resident." in told
    assert "verdict 1: same person" in told
    assert "confirmed by an officer" in told
    assert "match weight" in told
    listed = ("links", "verdicts", "--council", council)
    told = json.loads(triage(*listed, "--json").stdout)
    assert [(each["verdict_id"], each["verdict"]["kind"]) for each in told] == [(1, "same_person")]
    assert "seen both files" in triage(*listed).stdout
    triage("links", "withdraw", 1, "--council", council)
    assert "No verdict on links" in triage(*listed).stdout
    assert "withdrawn" in triage(*listed, "--withdrawn").stdout
    assert "No verdict 1" in triage("links", "withdraw", 1, "--council", council, exit_code=6).stderr
    triage("links", "withdraw", 10**23, "--council", council, exit_code=2)
    triage("links", "addresses", "--page", 10**23, "--council", council, exit_code=2)
    triage("run", "--council", council, "--extracts", extracts)
    assert links(triage, council, tmp_path).equals(before)


def test_what_is_not_there_is_told_in_words(triage, night: Path) -> None:
    reason = ("--council", night, "--reason", "none")
    assert "triage links review" in triage("links", "reject", "P0", *reason, exit_code=6).stderr
    told = triage("links", "explain", "rent/0/tenant", "rent/1/tenant", "--council", night, exit_code=6)
    assert "source/record_ref/role" in told.stderr


def test_two_rows_joined_through_others_are_explained_link_by_link(
    triage, night: Path, tmp_path: Path
) -> None:
    held = links(triage, night, tmp_path).filter(pl.col("role") != "dependant")
    most = held.group_by("resident_id").len().sort("len", "resident_id", descending=[True, False])
    rows = held.filter(resident_id=most["resident_id"][0]).select("source", "record_ref", "role").rows()
    assert len(rows) > 2
    refs = ["/".join(row) for row in rows]
    for other in refs[1:]:
        asked = ("links", "explain", refs[0], other, "--council", night)
        told = json.loads(triage(*asked, "--json").stdout)
        chain = told["chain"]
        assert chain[0]["one_ref"] == refs[0]
        assert chain[-1]["other_ref"] == other
        assert all(one["other_ref"] == two["one_ref"] for one, two in pairwise(chain))
        assert all(hop["agrees"] for hop in chain)
        assert "What joins them" in triage(*asked).stdout


def test_officers_decide_households_and_children_from_the_command_line(
    triage, town: Path, tmp_path: Path
) -> None:
    council, extracts = tmp_path / "c", town / "extracts"
    triage("init", council)
    triage("run", "--council", council, "--extracts", extracts)
    before = links(triage, council, tmp_path)
    homes = before.filter(pl.col("source") == "rent").unique("household_id", maintain_order=True)[:2]
    one, other = (f"rent/{ref}" for ref in homes["record_ref"])
    decide = ("links", "decide", "--council", council, "--reason", "seen both files")
    assert "same household" in triage(*decide, "same_household", one, other).stdout
    children = before.filter(pl.col("role") == "dependant").unique("household_id", maintain_order=True)[:2]
    young = [f"benefits_dependants/{ref}/dependant" for ref in children["record_ref"]]
    assert "same person" in triage(*decide, "same_person", *young).stdout
    assert "source/record_ref/role" in triage(*decide, "same_person", one, other, exit_code=6).stderr
    triage("run", "--council", council, "--extracts", extracts)
    after = links(triage, council, tmp_path)
    assert after.filter(pl.col("record_ref").is_in(homes["record_ref"]))["household_id"].n_unique() == 1
    assert after.filter(pl.col("record_ref").is_in(children["record_ref"]))["resident_id"].n_unique() == 1
    told = triage("links", "explain", *young, "--council", council).stdout
    assert "an officer's word" in told
    assert "verdict 2: same person" in told


def test_the_queue_and_its_weights_come_as_json_too(triage, night: Path) -> None:
    pairs = json.loads(triage("links", "review", "--council", night, "--json").stdout)
    assert pairs
    for pair in pairs:
        assert abs(sum(pair["explained"]["weights"].values()) - pair["explained"]["match_weight"]) < 1e-6


def links(triage, council: Path, tmp_path: Path) -> pl.DataFrame:
    file = tmp_path / "links.parquet"
    triage("export", "links", "--council", council, "-o", file)
    return pl.read_parquet(file)
