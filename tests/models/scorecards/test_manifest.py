from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import ScorecardInvalid
from models.scorecards.manifest import approved_manifests, draft_manifest, read_manifest, write_manifest
from models.scorecards.registry import save, versions
from tests.models.builders import a_scorecard


def test_a_manifest_says_what_the_model_is_and_who_answers_for_it(tmp_path: Path) -> None:
    card = a_scorecard()
    save(card, tmp_path)
    drafted = draft_manifest(card, trained_by="analyst", trained_at="2026-11-01T09:00:00+00:00")
    write_manifest(drafted, tmp_path)
    assert read_manifest(tmp_path, card.model_id) == drafted
    assert drafted.content_hash == card.content_hash
    assert drafted.data_sha256 == card.training["data_sha256"]
    assert len(drafted.features) == len(card.features)
    assert drafted.metrics["auc"] > 0.5
    assert approved_manifests(tmp_path) == ()
    approved = replace(drafted, approved_by="lead", why="checked")
    write_manifest(approved, tmp_path)
    assert approved_manifests(tmp_path) == (approved,)
    assert len(versions(tmp_path)) == 1


def test_a_damaged_manifest_is_refused(tmp_path: Path) -> None:
    card = a_scorecard()
    path = save(card, tmp_path)
    path.with_suffix(".manifest").write_text('{"content_hash": "x"}')
    with pytest.raises(ScorecardInvalid, match="manifest"):
        read_manifest(tmp_path, card.model_id)


def test_a_model_without_one_has_none(tmp_path: Path) -> None:
    save(a_scorecard(), tmp_path)
    assert read_manifest(tmp_path, a_scorecard().model_id) is None
