import json
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.invented import Council, generate

FILES = {
    "benefit_claims.csv",
    "benefit_dependants.csv",
    "council_tax_accounts.csv",
    "council_tax_recovery_history.csv",
    "council_tax_transactions.csv",
    "rent_accounts.csv",
    "rent_arrears_history.csv",
    "rent_transactions.csv",
}


def bytes_of(council):
    folders = (council.extracts, council.truth)
    return {path.name: path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}


def test_the_manifest_names_the_day_and_counts_the_rows_of_every_file(council):
    manifest = json.loads((council.extracts / "MANIFEST.json").read_text())
    assert manifest["as_of"] == "2026-10-31"
    assert set(manifest["files"]) == FILES
    for name, rows in manifest["files"].items():
        assert pl.read_csv(council.extracts / name, infer_schema=False).height == rows
    assert council.rows == manifest["files"]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    one = generate(tmp_path / "one", households=300, seed=5)
    two = generate(tmp_path / "two", households=300, seed=5)
    assert bytes_of(one) == bytes_of(two)


def test_another_seed_gives_another_town(tmp_path):
    one = generate(tmp_path / "one", households=300, seed=5)
    two = generate(tmp_path / "two", households=300, seed=6)
    assert all(bytes_of(one)[name] != bytes_of(two)[name] for name in FILES)


def test_a_council_is_written_over_one_that_was_there(tmp_path):
    generate(tmp_path, households=300, seed=5)
    again = generate(tmp_path, households=200, seed=5)
    fresh = generate(tmp_path / "fresh", households=200, seed=5)
    assert bytes_of(again) == bytes_of(fresh)


@given(households=st.integers(1, 40), seed=st.integers(0, 10_000), dirt=st.floats(0, 10))
@settings(
    derandomize=True,
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_council_can_be_as_small_as_one_household(tmp_path, households, seed, dirt):
    made = generate(tmp_path, households=households, seed=seed, dirt=dirt)
    assert set(made.rows) == FILES
    assert made.households == households <= made.people
    outcomes = pl.read_csv(made.truth / "outcomes.csv", infer_schema=False)
    assert outcomes["household_id"].n_unique() == households


@pytest.mark.parametrize(
    "wrong", [{"households": 0}, {"households": 2_000_000}, {"seed": -1}, {"dirt": -0.1}, {"dirt": 11.0}]
)
def test_arguments_out_of_range_are_refused_by_name(tmp_path, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        generate(tmp_path, **wrong)
    assert not list(tmp_path.iterdir())


def test_each_step_is_announced_once(tmp_path):
    said = []
    generate(tmp_path, households=50, progress=said.append)
    assert len(said) == len(set(said)) >= 5
    assert said[0] == "homes and people"


def test_the_result_says_where_and_how_much(tmp_path):
    made = generate(tmp_path, households=50, as_of=date(2025, 6, 30))
    assert made == Council(
        extracts=tmp_path / "extracts",
        truth=tmp_path / "truth",
        as_of=date(2025, 6, 30),
        households=50,
        people=made.people,
        rows=made.rows,
    )
