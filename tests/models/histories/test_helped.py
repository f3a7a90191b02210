from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from models.histories.helped import leave_out_helped
from models.histories.labels import ANY
from models.histories.panel import Panel
from models.scorecards.parts import join_parts
from models.training import train_on_panel
from tests.models.builders import DATES, a_panel

HELPED = pl.DataFrame({"household_id": ["HH000001"], "helped_on": [date(2025, 9, 15)]})


def _dates_left(panel: Panel, household: str) -> list[date]:
    return panel.rows.filter(pl.col("household_id") == household)["as_of"].to_list()


def _with_event(panel: Panel, on: date | None) -> Panel:
    event = pl.DataFrame({"household_id": ["HH000001"], "outcome": ["rent_court"], "event_on": [on]})
    return replace(panel, events=event.drop_nulls())


def test_rows_whose_half_year_before_or_after_holds_the_help_are_left_out() -> None:
    panel = _with_event(a_panel(households=3), None)
    left = leave_out_helped(panel, HELPED)
    gone = [day for day in DATES if day not in _dates_left(left, "HH000001")]
    assert gone == [day for day in DATES if date(2025, 3, 15) <= day < date(2026, 3, 15)]
    assert left.helped_rows == len(gone)
    assert left.helped_households == 1
    assert _dates_left(left, "HH000002") == list(DATES)


def test_an_outcome_before_the_help_stays_and_one_after_it_does_not() -> None:
    before = leave_out_helped(_with_event(a_panel(households=3), date(2025, 9, 1)), HELPED)
    after = leave_out_helped(_with_event(a_panel(households=3), date(2025, 9, 20)), HELPED)
    assert date(2025, 8, 31) in _dates_left(before, "HH000001")
    assert date(2025, 8, 31) not in _dates_left(after, "HH000001")


def test_nobody_helped_changes_nothing() -> None:
    panel = a_panel(households=40)
    left = leave_out_helped(panel, HELPED.clear())
    assert left.rows.equals(panel.rows)
    assert left.helped_rows == 0


@pytest.fixture(scope="module")
def town() -> tuple[Panel, Panel, pl.DataFrame]:
    """A town without help; the same where help reaches two in three and works; and who got it."""
    untouched = a_panel(households=900, seed=11)
    names = untouched.rows["household_id"].unique().sort().to_numpy()
    served = np.random.default_rng(12).permutation(names)[:600]
    deep = untouched.rows.filter(pl.col("rent.steps_to_court") >= 2)
    picked = deep.filter(pl.col("household_id").is_in(served.tolist()))
    helped = picked.select("household_id", "as_of", helped_on=pl.col("as_of") + timedelta(days=20))
    spared = pl.col("helped_on").is_not_null()
    rows = untouched.rows.join(helped, on=["household_id", "as_of"], how="left", maintain_order="left")
    outcomes = ("liability_order", "rent_court", ANY)
    spared_rows = rows.with_columns(pl.col(name) & ~spared for name in outcomes).drop("helped_on")
    came = pl.concat(
        spared_rows.filter(name).select(
            "household_id", outcome=pl.lit(name), event_on=pl.col("as_of") + timedelta(days=90)
        )
        for name in outcomes[:2]
    )
    lived = replace(untouched, rows=spared_rows, events=came.sort("household_id", "outcome", "event_on"))
    return untouched, lived, helped.select("household_id", "helped_on")


def _shown(panel: Panel, on: Panel) -> float:
    parts = train_on_panel(panel).scorecard.parts
    deep = replace(on, rows=on.rows.filter(pl.col("rent.steps_to_court") >= 2))
    return float(join_parts(parts, deep.values()).probabilities.mean())


def test_a_town_in_which_help_works_does_not_teach_that_deep_arrears_are_safe(
    town: tuple[Panel, Panel, pl.DataFrame],
) -> None:
    untouched, lived, helped = town
    deep = untouched.rows.filter(pl.col("rent.steps_to_court") >= 2)
    without_help = deep[ANY].mean()
    assert isinstance(without_help, float)
    as_it_stands = _shown(lived, untouched)
    marked = _shown(leave_out_helped(lived, helped), untouched)
    assert as_it_stands < 0.6 * without_help
    assert marked == pytest.approx(without_help, rel=0.2)
