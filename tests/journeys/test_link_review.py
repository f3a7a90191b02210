"""An officer reviews, accepts and withdraws a link with the commands."""

import re
from pathlib import Path

import polars as pl


def pair_of(shown: str) -> tuple[str, str, str]:
    """The first pair of the queue: its id and its two rows."""
    pair = re.search(r"^(P[0-9A-F]{10}) ", shown, re.MULTILINE)
    refs = re.findall(r"[a-z_]+/[A-Z0-9]+/[a-z_0-9]+", shown)
    assert pair is not None
    return pair[1], refs[0], refs[1]


def test_a_link_is_accepted_stands_and_is_withdrawn(triage, town: Path, tmp_path: Path) -> None:
    council, extracts = tmp_path / "c", town / "extracts"
    triage("init", council)
    triage("run", "--council", council, "--extracts", extracts)
    before = links(triage, council, tmp_path)
    pair, one, other = pair_of(triage("links", "review", "--council", council).stdout)
    assert "two residents" in triage("links", "explain", one, other, "--council", council).stdout
    told = triage("links", "accept", pair, "--council", council, "--reason", "seen both files").stdout
    assert "Verdict 1: same person" in told
    assert pair not in triage("links", "review", "--council", council).stdout
    triage("run", "--council", council, "--extracts", extracts)
    told = triage("links", "explain", one, other, "--council", council).stdout
    assert "They are one resident." in told
    assert "verdict 1: same person" in told
    assert "confirmed by an officer" in told
    assert "match weight" in told
    triage("links", "withdraw", 1, "--council", council)
    assert "No verdict 1" in triage("links", "withdraw", 1, "--council", council, exit_code=6).stderr
    triage("run", "--council", council, "--extracts", extracts)
    assert links(triage, council, tmp_path).equals(before)


def test_what_is_not_there_is_told_in_words(triage, night: Path) -> None:
    reason = ("--council", night, "--reason", "none")
    assert "triage links review" in triage("links", "reject", "P0", *reason, exit_code=6).stderr
    told = triage("links", "explain", "rent/0/tenant", "rent/1/tenant", "--council", night, exit_code=6)
    assert "source/record_ref/role" in told.stderr


def links(triage, council: Path, tmp_path: Path) -> pl.DataFrame:
    file = tmp_path / "links.parquet"
    triage("export", "links", "--council", council, "-o", file)
    return pl.read_parquet(file)
