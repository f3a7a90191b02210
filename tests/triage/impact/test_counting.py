"""Gained and lost, and figures too small to tell."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.impact.counting import changed, group_lines, lines, night_lines, told, without_small
from triage.impact.result import SMALLEST, Line

MONDAY, TUESDAY = date(2026, 10, 26), date(2026, 10, 27)


def offers(*rows: tuple[date, str, str]) -> pl.DataFrame:
    schema = {"as_of": pl.Date, "household_id": pl.String, "intervention": pl.String}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


OLD = offers((MONDAY, "H1", "call"), (TUESDAY, "H1", "call"), (TUESDAY, "H2", "call"))
NEW = offers((MONDAY, "H1", "call"), (TUESDAY, "H2", "call"), (TUESDAY, "H3", "visit"))


def test_what_one_has_and_the_other_has_not() -> None:
    found = changed(OLD, NEW, ["as_of", "household_id", "intervention"])
    assert set(found.rows()) == {(TUESDAY, "H3", "visit", "gained"), (TUESDAY, "H1", "call", "lost")}


def test_a_line_has_the_last_night_and_what_moved_on_any() -> None:
    call, visit, other = lines(OLD, NEW, "intervention", {"call": "Call", "visit": "Visit", "other": "Other"})
    assert call == Line(key="call", title="Call", old=2, new=1, gained=0, lost=1)
    assert visit == Line(key="visit", title="Visit", old=0, new=1, gained=1, lost=0)
    assert (other.old, other.new, other.gained, other.lost) == (0, 0, 0, 0)


def test_each_night_has_its_own_figures() -> None:
    monday, tuesday = night_lines(OLD, NEW, [MONDAY, TUESDAY])
    assert (monday.old, monday.new, monday.gained, monday.lost) == (1, 1, 0, 0)
    assert (tuesday.old, tuesday.new, tuesday.gained, tuesday.lost) == (2, 2, 1, 1)


def test_a_household_moving_twice_counts_once_in_its_group() -> None:
    wards = pl.DataFrame({"household_id": [f"H{n}" for n in range(20)], "ward": ["Park"] * 10 + [None] * 10})
    moved = pl.DataFrame({"household_id": [f"H{n}" for n in range(6)], "change": ["lost"] * 6})
    park, unknown = group_lines(pl.concat([moved, moved]), wards, "ward")
    assert (park.key, park.households, park.gained, park.lost) == ("Park", 10, 0, 6)
    assert (unknown.key, unknown.lost) == ("not known", 0)


def test_small_figures_of_teams_are_withheld() -> None:
    teams = [Line(key=str(n), title="", old=n, new=9, gained=0, lost=n) for n in (2, 3, 8)]
    assert [line.lost for line in without_small(teams)] == [None, None, 8]
    assert [line.new for line in without_small(teams)] == [9, 9, 9]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_small_figure_is_told_nor_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    shown = told(counts)
    withheld = [count for count, each in zip(counts, shown, strict=True) if each is None]
    assert all(each is None or each == 0 or each >= SMALLEST for each in shown)
    assert all(each in (None, count) for count, each in zip(counts, shown, strict=True))
    alone = len(withheld) == 1 and any(count >= SMALLEST for count in counts)
    assert not alone
    assert bool(withheld) == any(0 < count < SMALLEST for count in counts)
