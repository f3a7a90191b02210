from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import LeakageFound, NotEnoughHistory
from models.histories.labels import window_end
from models.histories.splits import Fold, Split, month_ends, newest_fold, rolling_origin

DATES = month_ends(date(2024, 10, 31), date(2026, 4, 30))


def test_month_ends_include_both_ends() -> None:
    assert month_ends(date(2024, 2, 29), date(2024, 4, 30)) == (
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    )
    assert month_ends(date(2024, 12, 1), date(2024, 12, 30)) == ()


def test_a_fold_whose_outcomes_reach_past_calibration_cannot_be_made() -> None:
    with pytest.raises(LeakageFound, match="2026-05-30"):
        Fold(train=(date(2025, 11, 30),), calibrate=date(2026, 4, 30))


def test_a_split_without_the_gap_cannot_be_made() -> None:
    fold = Fold(train=(date(2025, 4, 30),), calibrate=date(2025, 10, 31))
    with pytest.raises(LeakageFound, match="6 months"):
        Split(fold=fold, validate=date(2026, 3, 31))


def test_a_fold_needs_something_to_learn_from() -> None:
    with pytest.raises(NotEnoughHistory):
        Fold(train=(), calibrate=date(2026, 4, 30))
    with pytest.raises(NotEnoughHistory):
        newest_fold(())
    with pytest.raises(NotEnoughHistory):
        newest_fold((date(2026, 3, 31), date(2026, 4, 30)))


def test_the_newest_fold_calibrates_on_the_newest_date_and_learns_from_all_older_ones_it_may() -> None:
    fold = newest_fold(DATES)
    assert fold.calibrate == date(2026, 4, 30)
    assert fold.train == month_ends(date(2024, 10, 31), date(2025, 10, 31))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(month_ends(date(2022, 1, 31), date(2026, 4, 30)))), st.integers(1, 6))
def test_time_always_runs_from_learning_to_calibration_to_measurement(dates: set[date], blocks: int) -> None:
    splits = rolling_origin(tuple(dates), blocks=blocks)
    assert len(splits) <= blocks
    assert [one.validate for one in splits] == sorted({one.validate for one in splits})
    for split in splits:
        assert window_end(max(split.fold.train)) <= split.fold.calibrate
        assert window_end(split.fold.calibrate) <= split.validate
        assert {*split.fold.train, split.fold.calibrate, split.validate} <= dates


def test_the_newest_period_is_always_measured() -> None:
    for blocks in (1, 2, 4, 50):
        splits = rolling_origin(DATES, blocks=blocks)
        assert splits[-1].validate == DATES[-1]
        assert len(splits) == min(blocks, 6)


def test_a_short_history_has_no_blocks() -> None:
    assert rolling_origin(DATES[:12], blocks=4) == ()
