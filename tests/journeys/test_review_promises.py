"""What the review queue says an answer would change is what the next night changes."""

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from triage.invented import generate

UP = {"new", "released", "more"}


@pytest.fixture(scope="module")
def asked(triage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("promises")
    generate(folder, households=1500, seed=5)
    triage("init", folder / "council")
    triage("run", "--council", folder / "council", "--extracts", folder / "extracts")
    return folder


def frame(triage, council: Path, kind: str) -> pl.DataFrame:
    file = council.parent / f"{kind}.parquet"
    triage("export", kind, "--council", council, "-o", file)
    return pl.read_parquet(file)


def offers(suggestions: pl.DataFrame, homes: set[str]) -> Counter[str]:
    made = suggestions.filter(
        pl.col("household_id").is_in(list(homes)), pl.col("status").is_in(["suggested", "deferred"])
    )
    return Counter(made["intervention"])


def independent(queue: list[dict], *, joined_only: bool) -> list[dict]:
    """Questions of which no two are about one household."""
    taken: set[str] = set()
    chosen = []
    for each in queue:
        homes = {each["household_id"], each["other_household_id"]}
        if homes & taken or (joined_only and not each["joined"]):
            continue
        taken |= homes
        chosen.append(each)
    return chosen


@pytest.mark.parametrize(("answer", "effects"), [("accept", "if_accepted"), ("reject", "if_rejected")])
def test_an_answer_changes_what_the_queue_said(triage, asked: Path, answer: str, effects: str) -> None:
    council = asked / "council"
    queue = json.loads(triage("links", "review", "--council", council, "--limit", 1000, "--json").stdout)
    assert [each["bears"] for each in queue] == sorted((each["bears"] for each in queue), reverse=True)
    chosen = independent(queue, joined_only=answer == "reject")
    links, before = frame(triage, council, "links"), frame(triage, council, "suggestions")
    numbers = []
    for each in chosen:
        told = triage("links", answer, each["pair_id"], "--council", council, "--reason", "seen both").stdout
        numbers.append(told.split()[1].strip(":"))
    triage("run", "--council", council, "--extracts", asked / "extracts")
    now, after = frame(triage, council, "links"), frame(triage, council, "suggestions")
    kept, promised = 0, 0
    for each in chosen:
        homes = {each["household_id"], each["other_household_id"]}
        records = links.filter(pl.col("household_id").is_in(list(homes))).select("source", "record_ref")
        homes_now = set(now.join(records.unique(), on=["source", "record_ref"])["household_id"])
        was, came = offers(before, homes), offers(after, homes_now)
        changed = {name: came[name] > was[name] for name in was | came if came[name] != was[name]}
        said = {effect["intervention"]: effect["change"] in UP for effect in each[effects]}
        kept += changed == said
        promised += bool(said)
    assert promised > 5
    assert kept >= 0.9 * len(chosen)
    for number in numbers:
        triage("links", "withdraw", number, "--council", council)
    triage("run", "--council", council, "--extracts", asked / "extracts")
    assert frame(triage, council, "suggestions").equals(before)
