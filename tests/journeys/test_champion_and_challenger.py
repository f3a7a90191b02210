"""Two people put a model in use; a newer one runs beside it each night and touches nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from models.scorecards.manifest import read_manifest
from models.scorecards.registry import current_challenger, current_model, keep
from models.scorecards.scorecard import Scorecard
from smart_record.purposes import Purpose
from triage.actions.approve_model import approve_model
from triage.actions.challenge_model import challenge_model
from triage.actions.compare_models import compare_models
from triage.actions.init_council import init_council
from triage.actions.run_night import run_night
from triage.actions.train_model import train_model
from triage.actions.use_model import use_model
from triage.audit import Actor
from triage.council import Council, open_council
from triage.errors import ApprovalRefused
from triage.invented import generate
from triage.nights import read_frame

ANALYST = Actor(name="Analyst", purpose=Purpose.WELFARE_SUPPORT)
LEAD = Actor(name="lead", purpose=Purpose.WELFARE_SUPPORT)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("two")
    generate(home, households=1200, seed=5)
    init_council(home / "council", actor=ANALYST)
    council = open_council(home / "council")
    run_night(council, home / "extracts", actor=ANALYST)
    train_model(council, actor=ANALYST)
    council.close()
    return home


@pytest.fixture
def council(home: Path, tmp_path: Path) -> Council:
    shutil.copytree(home / "council", tmp_path / "council")
    return open_council(tmp_path / "council")


def used(council: Council) -> Scorecard:
    model = current_model(council.directory)
    assert model is not None
    return model


def test_who_trained_a_model_does_not_approve_it(council: Council) -> None:
    with pytest.raises(ApprovalRefused, match="second person"):
        approve_model(council, used(council).model_id, why="fine", actor=replace(ANALYST, name="ANALYST"))
    council.close()


def test_a_second_person_approves_once_and_it_is_on_record(council: Council) -> None:
    model = used(council)
    approve_model(council, model.model_id, why="report read, audit sound", actor=LEAD)
    manifest = read_manifest(council.directory, model.model_id)
    assert manifest is not None
    assert (manifest.trained_by, manifest.approved_by) == ("Analyst", "lead")
    assert manifest.why == "report read, audit sound"
    with pytest.raises(ApprovalRefused, match="approved by lead already"):
        approve_model(council, model.model_id, why="again", actor=LEAD)
    council.close()


def test_after_the_first_approval_a_new_model_only_challenges_until_it_is_approved(
    council: Council, home: Path
) -> None:
    champion = used(council)
    approve_model(council, champion.model_id, why="sound", actor=LEAD)
    newer = train_model(council, actor=ANALYST, seed=1).scorecard
    assert used(council) == champion
    assert current_challenger(council.directory) == newer
    with pytest.raises(ApprovalRefused, match="not approved"):
        use_model(council, newer.model_id, actor=LEAD)
    night = run_night(council, home / "extracts", actor=ANALYST)
    found = night.summary["challenger"]
    assert night.model == champion.content_hash
    assert found["model"] == newer.content_hash
    assert 0 < found["same_top"] <= 1
    assert found["order"] > 0.8
    frame = read_frame(council.nights / night.night_id, "challenger")
    assert frame["model"].unique().to_list() == [newer.model_id]
    assert [one.found for one in compare_models(council, actor=LEAD)] == [found]
    approve_model(council, newer.model_id, why="did as well", actor=LEAD)
    assert used(council) == newer
    assert current_challenger(council.directory) is None
    use_model(council, champion.model_id, actor=LEAD)
    assert used(council) == champion
    council.close()


def test_a_challenger_changes_nothing_that_anyone_is_offered(council: Council, home: Path) -> None:
    alone = run_night(council, home / "extracts", actor=ANALYST)
    names = ("suggestions", "risk", "met")
    before = [read_frame(council.nights / alone.night_id, name) for name in names]
    model = used(council)
    parts = tuple(replace(part, baseline=part.baseline + 3) for part in model.parts)
    wild = keep(replace(model, parts=parts), council.directory)
    challenge_model(council, wild.stem, actor=LEAD)
    night = run_night(council, home / "extracts", actor=ANALYST)
    after = [read_frame(council.nights / night.night_id, name) for name in names]
    assert all(one.equals(other) for one, other in zip(before, after, strict=True))
    found = night.summary["challenger"]
    assert found["challenger_mean_probability"] > 2 * found["mean_probability"]
    assert isinstance(after[0], pl.DataFrame)
    council.close()
