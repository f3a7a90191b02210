"""Without labels: a sample is drawn, an officer judges it with the commands, and the estimate follows."""

import json
import re
from pathlib import Path

import polars as pl
import pytest


@pytest.fixture
def council(triage, town: Path, tmp_path: Path) -> Path:
    triage("init", tmp_path / "c")
    triage("run", "--council", tmp_path / "c", "--extracts", town / "extracts")
    return tmp_path / "c"


def test_officers_judge_a_sample_and_the_estimate_follows(triage, council: Path, town: Path) -> None:
    where = ("--council", council)
    told = triage("links", "evaluate", *where, "--draw", 5, "--size", 12).stdout
    assert "Not told yet" in told
    assert "12 of 12 drawn pairs wait" in told
    shown = triage("links", "review", *where, "--sample", "--limit", 50).stdout
    pairs = re.findall(r"^(P[0-9A-F]{10})$", shown, re.MULTILINE)
    refs = re.findall(r"[a-z_]+/[A-Z0-9]+/[a-z_0-9]+", shown)
    assert len(pairs) == 12
    assert "match weight" not in shown  # a clerk judges unprompted
    blind = json.loads(triage("links", "review", *where, "--sample", "--json").stdout)
    assert {"weights", "match_weight", "joined", "bears", "evidence"}.isdisjoint(
        {name for pair in blind for name in (*pair, *pair["explained"])}
    )
    truth = pl.read_csv(town / "truth" / "links.csv", infer_schema=False)
    person = {"/".join(row[:3]): row[3] for row in truth.iter_rows()}
    for number, pair in enumerate(pairs):
        same = person[refs[2 * number]] == person[refs[2 * number + 1]]
        triage("links", "accept" if same else "reject", pair, *where, "--reason", "seen both files")
    told = triage("links", "evaluate", *where).stdout
    assert re.search(r"precision [01]\.\d{4} \(95%", told)
    assert "wait for judgement" not in told
    assert "Nothing to review." in triage("links", "review", *where, "--sample").stdout
    triage("links", "withdraw", 1, *where)
    assert "1 of 12 drawn pairs wait" in triage("links", "evaluate", *where).stdout


def test_without_labels_there_is_a_report_too(triage, council: Path, tmp_path: Path) -> None:
    asked = ("links", "evaluate", "--council", council, "--size", 12, "--report", tmp_path / "r")
    told = json.loads(triage(*asked, "--json").stdout)
    assert {Path(file).name for file in told["written"]} == {
        "links.html", "links.md", "threshold.svg", "threshold.png",
    }  # fmt: skip
    page = (tmp_path / "r" / "links.html").read_text()
    assert f"{told['expected']['links']:,} links between rows of adults" in page
    assert "Officers have judged 0 of 12 drawn pairs" in page
    assert "As the weights say, not as anybody checked" in page
    assert sum(each["drawn"] for each in told["clerical"]["strata"]) == 12
