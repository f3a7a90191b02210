import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import ModelNotFound, ScorecardInvalid
from models.scorecards.registry import (
    challenge,
    current_challenger,
    current_model,
    keep,
    load,
    model_in_use,
    point_at,
    save,
    versions,
)
from models.scorecards.scorecard import Scorecard
from models.scorecards.scorecard_file import to_json
from tests.models.builders import a_scorecard


def another() -> Scorecard:
    return replace(a_scorecard(), training={**a_scorecard().training, "seed": 99})


def test_a_council_without_a_model_has_none(tmp_path: Path) -> None:
    assert current_model(tmp_path) is None
    with pytest.raises(ModelNotFound, match="has no risk model"):
        model_in_use(tmp_path)


def test_the_saved_model_is_the_one_in_use(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    assert path == tmp_path / "models" / f"{a_scorecard().model_id}.json"
    assert current_model(tmp_path) == a_scorecard()
    assert sorted(one.name for one in path.parent.iterdir()) == ["current.json", path.name]


def test_every_version_stays_and_an_earlier_one_can_be_used_again(tmp_path: Path) -> None:
    first, second = save(a_scorecard(), tmp_path), save(another(), tmp_path)
    assert first != second
    assert current_model(tmp_path) == another()
    assert load(first) == a_scorecard()
    point_at(first.name, tmp_path)
    assert current_model(tmp_path) == a_scorecard()


def test_saving_again_changes_nothing(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    before = path.read_bytes()
    assert save(a_scorecard(), tmp_path) == path
    assert path.read_bytes() == before == to_json(a_scorecard()).encode()


def test_a_model_that_is_not_kept_cannot_be_used(tmp_path: Path) -> None:
    save(a_scorecard(), tmp_path)
    with pytest.raises(ModelNotFound, match="risk-00000000"):
        point_at("risk-00000000.json", tmp_path)
    assert current_model(tmp_path) == a_scorecard()


def test_a_tampered_model_is_refused_when_the_night_asks_for_it(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    path.write_text(path.read_text().replace('"seed": 0', '"seed": 1'))
    with pytest.raises(ScorecardInvalid, match=path.name):
        current_model(tmp_path)


def test_a_model_that_vanished_is_named(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    path.unlink()
    with pytest.raises(ModelNotFound, match=path.name):
        current_model(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"file": 1}', '{"file": "../x.json", "content_hash": ""}'])
def test_a_damaged_pointer_is_refused(tmp_path: Path, text: str) -> None:
    save(a_scorecard(), tmp_path)
    (tmp_path / "models" / "current.json").write_text(text)
    with pytest.raises(ScorecardInvalid, match=r"current\.json"):
        current_model(tmp_path)


def test_a_pointer_to_another_content_is_refused(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    save(another(), tmp_path)
    pointer = tmp_path / "models" / "current.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"file": path.name}))
    with pytest.raises(ScorecardInvalid, match="another content"):
        current_model(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScorecardInvalid, match="can't be read"):
        load(path)


def test_a_failed_write_leaves_the_old_model_and_no_debris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(a_scorecard(), tmp_path)

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        save(another(), tmp_path)
    monkeypatch.undo()
    assert current_model(tmp_path) == a_scorecard()
    assert len(list((tmp_path / "models").iterdir())) == 2


def test_versions_are_listed_with_the_one_in_use(tmp_path: Path) -> None:
    assert versions(tmp_path) == ()
    first, second = save(a_scorecard(), tmp_path), save(another(), tmp_path)
    kept = {version.name: version.in_use for version in versions(tmp_path)}
    assert kept == {first.stem: False, second.stem: True}


def test_a_damaged_version_is_listed_with_its_fault(tmp_path: Path) -> None:
    path = save(a_scorecard(), tmp_path)
    path.write_text("{")
    (version,) = versions(tmp_path)
    assert version.scorecard is None
    assert path.name in version.fault


def test_a_name_that_leads_elsewhere_is_not_a_version(tmp_path: Path) -> None:
    save(a_scorecard(), tmp_path)
    with pytest.raises(ModelNotFound, match="triage model versions"):
        point_at("../models/current.json", tmp_path)


def test_a_kept_model_can_challenge_and_is_never_the_one_in_use(tmp_path: Path) -> None:
    first, second = save(a_scorecard(), tmp_path), keep(another(), tmp_path)
    assert challenge(second.name, tmp_path) == another().content_hash
    assert current_model(tmp_path) == a_scorecard()
    assert current_challenger(tmp_path) == another()
    marks = {version.name: (version.in_use, version.challenges) for version in versions(tmp_path)}
    assert marks == {first.stem: (True, False), second.stem: (False, True)}
    assert challenge(None, tmp_path) is None
    assert current_challenger(tmp_path) is None


def test_a_model_that_is_not_kept_cannot_challenge(tmp_path: Path) -> None:
    save(a_scorecard(), tmp_path)
    with pytest.raises(ModelNotFound):
        challenge("risk-00000000.json", tmp_path)
