"""The commands on the risk model, as an analyst would use them."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from models import save
from smart_record.purposes import Purpose
from triage.actions.init_council import init_council
from triage.actions.reading import last_night
from triage.actions.run_night import run_night
from triage.actions.train_model import train_model
from triage.actions.write_model_card import write_model_card
from triage.audit import Actor, AuditEvent
from triage.council import open_council
from triage.invented import generate
from triage.nights import read_frame
from triage.papers.writing import to_markdown
from triage.store.log import Wanted, newest_events
from triage.store.outcomes import OutcomeKind, RecordedOutcome, insert_outcome

OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town whose council has two models, the newer one in use, and a night scored by it."""
    home = tmp_path_factory.mktemp("model")
    generate(home, households=1500, seed=7)
    init_council(home / "council", actor=OFFICER)
    council = open_council(home / "council")
    run_night(council, home / "extracts", actor=OFFICER)
    trained = train_model(council, actor=OFFICER).scorecard
    assert trained.training["helped"]["rows_left_out"] == 0
    save(replace(trained, training={**trained.training, "seed": 1}), council.directory)
    save(trained, council.directory)
    run_night(council, home / "extracts", actor=OFFICER)
    council.close()
    return home


@pytest.fixture(scope="module")
def council(home: Path) -> Path:
    return home / "council"


def test_explain_adds_up_and_says_what_would_lower_the_band(council: Path, triage, tmp_path: Path) -> None:
    triage("export", "risk", "--council", council, "-o", tmp_path / "risk.csv")
    first = pl.read_csv(tmp_path / "risk.csv").sort("raw_score", "household_id").row(-1, named=True)
    told = json.loads(
        triage("model", "explain", first["household_id"], "--council", council, "--json").stdout
    )
    assert told["probability"] == pytest.approx(first["probability"])
    for outcome in told["outcomes"]:
        added = outcome["baseline"] + sum(one["added"] for one in outcome["contributions"])
        assert added == pytest.approx(outcome["raw_score"], abs=1e-9)
    words = triage("model", "explain", first["household_id"], "--council", council).stdout
    assert "the average household at training" in words
    assert "band very high" in words
    assert "It never raises recovery action" in words


def test_that_histories_were_read_is_on_record_though_the_training_did_not_end(council: Path) -> None:
    def stop(_stage: str) -> None:
        raise KeyboardInterrupt

    opened = open_council(council)
    with pytest.raises(KeyboardInterrupt):
        train_model(opened, actor=OFFICER, say=stop)
    with opened.engine.begin() as connection:
        (line,) = newest_events(connection, Wanted(holder=OFFICER.name), limit=1)
    opened.close()
    assert line.action == "read_histories"


def test_explain_refuses_an_unknown_household(council: Path, triage) -> None:
    assert "No household" in triage("model", "explain", "H0", "--council", council, exit_code=6).stderr


def test_an_earlier_version_can_be_used_again_and_it_is_on_record(council: Path, triage) -> None:
    lines = triage("model", "versions", "--council", council).stdout.splitlines()
    (kept,) = [line.split()[0] for line in lines if "  kept:" in line]
    (used,) = [line.split()[0] for line in lines if "  in use:" in line]
    assert "In use" in triage("model", "use", kept, "--council", council).stdout
    assert f"{kept}  in use" in triage("model", "versions", "--council", council).stdout
    triage("model", "use", used, "--council", council)
    assert "risk-0" in triage("model", "use", "risk-0", "--council", council, exit_code=5).stderr


def test_drift_of_the_last_night_is_told(council: Path, triage) -> None:
    assert "trustworthy" in triage("model", "drift", "--council", council).stdout


def test_evaluate_writes_a_report_of_the_labels_with_its_figures(
    home: Path, council: Path, triage, tmp_path: Path
) -> None:
    truth = home / "truth"
    given = ("--labels", truth / "outcomes.csv", "--links-labels", truth / "links.csv")
    triage("model", "evaluate", "--council", council, *given, "-o", tmp_path / "report.html")
    page, text = ((tmp_path / f"report.{kind}").read_text() for kind in ("html", "md"))
    assert page.count('role="img"') > 10
    for said in ("On labels of what came", "rules alone", "name group", "too few to tell", "Lead time"):
        assert said in page
        assert said in text
    beside = triage("model", "evaluate", "--council", council, *given, "--challengers").stdout
    assert "boosting without limits" in beside.split("Other kinds of model, learned from the same dates")[1]
    triage("model", "evaluate", "--council", council, "--challengers", exit_code=2)
    plain = triage("model", "evaluate", "--council", council).stdout
    assert "No labels were given" in plain
    assert "The newest of these periods" in plain


def test_card_writes_the_papers_of_the_model_in_use(council: Path, triage, tmp_path: Path) -> None:
    triage("model", "card", "--council", council, "-o", tmp_path / "card.html")
    text = (tmp_path / "card.md").read_text()
    assert "Annex A: transparency record" in text
    assert "Annex B: for the data protection impact assessment" in text
    assert "to be filled in by the council" in text
    triage("model", "card", "--council", council, "-o", tmp_path / "card.pdf", exit_code=6)


def test_help_that_was_completed_is_marked_when_the_next_model_learns(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "council", tmp_path / "council")
    council = open_council(tmp_path / "council")
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        scored = read_frame(council.nights / night.night_id, "risk")
        helped = RecordedOutcome(
            household_id=scored["household_id"][0],
            intervention="debt_advice",
            outcome=OutcomeKind.COMPLETED,
            recorded_on=night.as_of - timedelta(days=270),
        )
        event = AuditEvent(actor=OFFICER, action="record_outcome", occurred_at=council.clock())
        insert_outcome(connection, helped, audit=event)
        refused = replace(helped, household_id=scored["household_id"][1], outcome=OutcomeKind.REFUSED)
        insert_outcome(connection, refused, audit=event)
    record = train_model(council, actor=OFFICER).scorecard.training["helped"]
    assert record["households_left_out"] == 1
    assert 0 < record["rows_left_out"] <= 12
    card = to_markdown(write_model_card(council, actor=OFFICER))
    council.close()
    assert f"{record['rows_left_out']} rows of 1 households" in card
