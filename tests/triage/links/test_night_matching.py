"""Keeping what the night before found gives what matching everything again would give, to the last value."""

from datetime import timedelta

import polars as pl
import pytest

from smart_record.linkage.nights.seals import THE_MATCHING
from tests.smart_record.linkage.builders import NIGHT, a_bill, a_claim, extracts_of
from tests.smart_record.linkage.towns import a_town
from tests.triage.council_nights import Council
from triage.links.night_matching import SEALS


def test_an_unchanged_night_keeps_what_was_found_whatever_the_order_and_the_balance(tmp_path):
    council, town = Council(tmp_path), a_town(5, families=12)
    council.night(extracts_of(*town))
    assert not council.kept
    turned = {
        name: rows.reverse().with_columns(balance_pence=pl.lit(700))
        for name, rows in reversed(extracts_of(*town).items())
    }
    council.night(turned, as_of=NIGHT + timedelta(days=1))
    assert council.kept


def test_a_date_that_the_night_reaches_is_a_change(tmp_path):
    council, tomorrow = Council(tmp_path), NIGHT + timedelta(days=1)
    town = [*a_town(6, families=6), a_bill("N", "Joan Parrott", liability_start=tomorrow)]
    council.night(extracts_of(*town))
    council.night(extracts_of(*town))
    assert council.kept
    council.night(extracts_of(*town), as_of=tomorrow)
    assert not council.kept


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("liable_name_1", "Joan Mudge"),
        ("address_line_1", "9 Far Row"),
        ("liability_end", NIGHT),
        ("email", "j@example.org"),
    ],
    ids=["name", "address", "date", "email"],
)
def test_one_changed_value_is_a_change(tmp_path, column, value):
    council = Council(tmp_path)
    council.night(extracts_of(a_bill("1", "Joan Parrott"), a_claim("2", "Joan", "Parrott")))
    changed = a_bill("1", "Joan Parrott")
    changed.values[column] = value
    council.night(extracts_of(changed, a_claim("2", "Joan", "Parrott")))
    assert not council.kept


def test_another_version_of_the_matching_matches_all_again_and_says_so(tmp_path):
    council, town = Council(tmp_path), extracts_of(*a_town(7, families=5))
    council.night(town)
    older = pl.read_parquet(council.before / f"{SEALS}.parquet").with_columns(
        seal=pl.when(pl.col("part") == THE_MATCHING).then(pl.lit("older")).otherwise("seal")
    )
    older.write_parquet(council.before / f"{SEALS}.parquet")
    council.night(town)
    assert council.said[-1] == "Matching residents and households again: the matching itself has changed"


def test_a_night_from_before_seals_were_kept_is_matched_in_full(tmp_path):
    council, town = Council(tmp_path), extracts_of(*a_town(7, families=5))
    council.night(town)
    (council.before / f"{SEALS}.parquet").unlink()
    council.night(town)
    assert not council.kept
