"""Whatever stands in the files: no row is lost, nothing personal shown, and their order decides nothing."""

import random

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.smart_record.intake.builders import (
    a_night,
    counts_of,
    taken,
)

PERSONAL = ("EXAMPLE", "Example", "Ann", "Bea", "QQ123456C", "Invented Street", "ZZ1 1AA", "1980")


GARBAGE = st.sampled_from(["", " ", "£££", "n/a", "31/02/2025", "1e9", "-1", "MS A EXAMPLE", "9" * 30, "Ann"])


@settings(derandomize=True, max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_row_is_lost_and_nothing_personal_shown_whatever_stands_in_the_files(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    night = a_night()
    for rows in night.values():
        for row in data.draw(st.lists(st.sampled_from(rows), max_size=3)):
            row[data.draw(st.sampled_from(sorted(row)))] = data.draw(GARBAGE)
        rows.extend(data.draw(st.lists(st.sampled_from(rows), max_size=2)))
    intake = taken(tmp_path_factory.mktemp("night"), night)
    for source, rows in night.items():
        counts = counts_of(intake, source)
        assert counts["rows_read"] == len(rows)
        assert counts["accepted"] + counts["set_aside"] + counts["duplicates"] == len(rows)
        assert intake.extracts[source].height == counts["accepted"]
        assert intake.rejects.filter(pl.col("source") == source).height == counts["set_aside"]
    shown = intake.rejects.filter(~pl.col("column").str.ends_with("_ref"))
    for word in PERSONAL:
        assert not intake.rejects["reason"].str.contains(word, literal=True).any()
        hidden = shown.filter(pl.col("column").str.contains("name|dob|nino|address|postcode|phone|email"))
        assert hidden["value_shown"].null_count() == hidden.height


@settings(derandomize=True, max_examples=6, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_decides_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    night = a_night()
    night["rent_accounts"] += [
        {**night["rent_accounts"][0], "weekly_rent": "93.00"},
        dict(night["rent_accounts"][1]),
    ]
    night["council_tax_accounts"][1]["balance"] = "£££"
    shuffled = {name: random.Random(seed).sample(rows, len(rows)) for name, rows in night.items()}
    one, other = (taken(tmp_path_factory.mktemp("night"), each) for each in (night, shuffled))
    for name, frame in one.extracts.items():
        columns = [column for column in frame.columns if column != "line"]
        assert other.extracts[name].select(columns).sort(columns).equals(frame.select(columns).sort(columns))
    assert one.counts.equals(other.counts)
