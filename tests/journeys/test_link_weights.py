"""Link weights from the command line: learned, listed, chosen, refused where altered."""

import json
import shutil

import polars as pl
import pytest


@pytest.fixture(scope="module")
def council(night, tmp_path_factory):
    copied = tmp_path_factory.mktemp("weights") / "c"
    shutil.copytree(night, copied)
    return copied


@pytest.fixture(scope="module")
def trained(triage, council):
    told = triage("links", "train", "--council", council).stdout
    (file,) = (council / "link_weights").glob("weights-*.json")
    return told, file


def test_training_shows_old_and_new_and_changes_nothing_yet(triage, council, trained):
    told, file = trained
    assert "date of birth" in told
    assert f"Kept as {file.stem}, not in use" in told
    listed = triage("links", "weights", "--council", council).stdout
    assert "* shipped: " in listed
    assert f"  {file.stem}: learned from the rows of" in listed
    learned = json.loads(file.read_text())["learned"]
    assert {"comparison", "level", "before", "after", "m", "u", "pairs"} == set(learned[0])


def test_chosen_weights_are_those_of_the_next_run_and_of_what_explains_it(triage, council, trained, town):
    file = trained[1]
    triage("links", "use", file.stem, "--council", council)
    assert f"* {file.stem}" in triage("links", "weights", "--council", council).stdout
    triage("run", "--council", council, "--extracts", town / "extracts")
    triage("export", "links", "--council", council, "-o", council / "learned.csv")
    triage("links", "use", "shipped", "--council", council)
    triage("run", "--council", council, "--extracts", town / "extracts")
    triage("export", "links", "--council", council, "-o", council / "shipped.csv")
    learned, shipped = (
        pl.read_csv(council / f"{name}.csv")["match_weight"] for name in ("learned", "shipped")
    )
    assert not learned.equals(shipped)


def test_weights_that_are_not_kept_or_were_altered_are_refused(triage, council, trained):
    told = triage("links", "use", "weights-none", "--council", council, exit_code=3)
    assert "triage links weights" in told.stderr
    file = trained[1]
    text = file.read_text()
    file.write_text(text.replace('"version": 1', '"version": 1 '))
    told = triage("links", "use", file.stem, "--council", council, exit_code=3)
    assert "was altered" in told.stderr
    assert "was altered" in triage("links", "weights", "--council", council).stdout
    file.write_text(text)
