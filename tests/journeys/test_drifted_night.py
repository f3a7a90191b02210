"""A night whose risk score can't be trusted falls back to the rules, and says so where a score would show."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from smart_record.purposes import Purpose
from triage.actions.check_drift import check_drift
from triage.actions.explain_household import explain_household
from triage.actions.explain_risk import NoScore, explain_risk
from triage.actions.export import export
from triage.actions.init_council import init_council
from triage.actions.reading import why_rules_alone
from triage.actions.run_night import run_night
from triage.actions.train_model import train_model
from triage.audit import Actor
from triage.cli.summary_text import SummaryText
from triage.cli.terminal import Console
from triage.council import Council, open_council
from triage.explained.letter import letter
from triage.invented import generate
from triage.store.nights import Night

OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented council with a model trained on its own first night, and the key of its API."""
    home = tmp_path_factory.mktemp("drift")
    generate(home, households=1500, seed=7)
    (home / "key").write_text(init_council(home / "council", actor=OFFICER).key)
    council = open_council(home / "council")
    run_night(council, home / "extracts", actor=OFFICER)
    train_model(council, actor=OFFICER)
    council.close()
    return home


def without_rent(home: Path) -> None:
    """The rent system sends nothing, and the council has said that it may."""
    for file in (home / "extracts").glob("rent_*.csv"):
        file.unlink()
    for mapping in (home / "council" / "mappings").glob("rent_*.yaml"):
        text = "".join(
            line for line in mapping.read_text().splitlines(keepends=True) if not line.startswith("required:")
        )
        mapping.write_text(f"{text}required: no\n")
    manifest = home / "extracts" / "MANIFEST.json"
    held = json.loads(manifest.read_text())
    held["files"] = {name: rows for name, rows in held["files"].items() if not name.startswith("rent_")}
    manifest.write_text(json.dumps(held))


def arrears_doubled(home: Path) -> None:
    file = home / "extracts" / "council_tax_transactions.csv"
    rows = pl.read_csv(file, infer_schema=False)
    amount = pl.col("amount").str.replace_all(r"[£,]", "")
    doubled = pl.format("{}", (amount.cast(pl.Decimal(12, 2), strict=False) * 2).round(2))
    rows.with_columns(amount=pl.coalesce(doubled, "amount")).write_csv(file)


DRIFTS = {
    without_rent: "rent accounts was not brought",
    arrears_doubled: "council tax instalments fallen due and not paid",
}


@pytest.fixture(params=DRIFTS, ids=lambda drift: drift.__name__)
def drifted(home: Path, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Council, Night, str]:
    shutil.copytree(home, tmp_path / "home")
    request.param(tmp_path / "home")
    council = open_council(tmp_path / "home" / "council")
    night = run_night(council, tmp_path / "home" / "extracts", actor=OFFICER)
    return council, night, DRIFTS[request.param]


def printed(night: Night) -> str:
    console = Console(width=400)
    with console.capture() as captured:
        console.print(SummaryText(night))
    return captured.get()


def test_a_sound_night_uses_the_score(home: Path) -> None:
    council = open_council(home / "council")
    night = run_night(council, home / "extracts", actor=OFFICER)
    assert night.summary["risk"]["drift"]["verdict"] == "trustworthy"
    assert night.model == night.summary["risk"]["model"]
    assert check_drift(council, actor=OFFICER).may_be_used
    (home / "risk.rules-alone.txt").write_text("of an earlier night", encoding="utf-8")
    assert export(council, "risk", home / "risk.csv", actor=OFFICER) > 1000
    assert not (home / "risk.rules-alone.txt").exists()
    assert why_rules_alone(council) == ""
    council.close()


def test_a_drifted_night_falls_back_and_says_so_everywhere(
    drifted: tuple[Council, Night, str], tmp_path: Path
) -> None:
    council, night, reason = drifted
    told = night.summary["risk"]
    assert told["drift"]["verdict"] == "not trustworthy"
    assert reason in told["fall_back"]
    assert night.model is None
    assert "The rules ran alone" in printed(night)
    assert reason in printed(night)
    assert not check_drift(council, actor=OFFICER).may_be_used

    assert export(council, "risk", tmp_path / "risk.csv", actor=OFFICER) == 0
    assert (tmp_path / "risk.csv").read_text().startswith("household_id,as_of,model,raw_score")
    assert reason in (tmp_path / "risk.rules-alone.txt").read_text(encoding="utf-8")
    assert reason in why_rules_alone(council)
    assert export(council, "suggestions", tmp_path / "suggestions.csv", actor=OFFICER) > 100
    suggested = pl.read_csv(tmp_path / "suggestions.csv", infer_schema=False)
    assert "risk_score" not in suggested["rule_id"].to_list()

    household = suggested["household_id"][0]
    with pytest.raises(NoScore, match=reason):
        explain_risk(council, household, actor=OFFICER)
    view = explain_household(council, household, actor=OFFICER)
    assert view.risk is None
    assert reason in view.risk_note
    assert "The rules ran alone" in " ".join(letter(view).split())

    key = (tmp_path / "home" / "key").read_text()
    client = TestClient(create_app(council), headers={"Authorization": f"Bearer {key}"})
    answer = client.get(f"/api/v1/households/{household}").json()
    assert answer["risk"] is None
    assert reason in answer["risk_note"]
    council.close()
