"""Two rulebooks on small past nights: every figure worked out by hand, and the laws of a comparison."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.triage.impact.builders import FIRST, SECOND, SETTINGS, a_night, a_rulebook
from triage.impact.comparing import compare
from triage.impact.result import Difference, Impact

WEEKS: Mapping[str, int | None] = {f"H{n}": n for n in range(1, 9)} | {"H9": None}


@pytest.fixture
def nights():
    return [a_night(FIRST, WEEKS), a_night(SECOND, {**WEEKS, "H1": 4}, breathing=frozenset({"H8"}))]


@pytest.fixture
def impact(tmp_path: Path, nights) -> Impact:
    old, new = a_rulebook(tmp_path / "old", weeks=6), a_rulebook(tmp_path / "new", weeks=4)
    return compare(old, new, nights, [], SETTINGS)


def test_it_says_what_differs_in_the_files(impact) -> None:
    assert impact.differences == (
        Difference(what="parameter", name="weeks_behind", change="6 weeks → 4 weeks"),
    )


def test_households_gained_and_lost(impact) -> None:
    assert (impact.households, impact.households_gaining, impact.households_losing) == (9, 3, 0)
    rule = next(line for line in impact.rules if line.key == "T1")
    assert (rule.old, rule.new, rule.gained, rule.lost) == (3, 6, 3, 0)
    visit = next(line for line in impact.interventions if line.key == "visit")
    assert (visit.old, visit.new, visit.gained, visit.lost) == (2, 5, 3, 0)  # H8 is held on the last night
    tiers = {line.key: (line.old, line.new, line.gained) for line in impact.tiers}
    assert tiers == {"0": (0, 0, 0), "1": (0, 0, 0), "2": (0, 0, 0), "3": (2, 5, 3)}


def test_small_groups_are_withheld(impact) -> None:
    assert [(line.key, line.households, line.gained, line.lost) for line in impact.wards] == [
        ("Park", 9, None, 0)
    ]
    assert [line.key for line in impact.tenures] == ["social rent"]
    assert [line.key for line in impact.kinds] == ["not known"]
    assert [line.gained for line in impact.teams] == [None]


def test_tier_3_load_fills_the_places_of_each_week(impact) -> None:
    first, second = impact.load
    assert (first.capacity, first.old_taken, first.old_waiting) == (2, 2, 1)
    assert (first.new_taken, first.new_waiting) == (2, 3)
    assert (second.old_taken, second.old_waiting) == (0, 0)  # of H6, H7, H8 two are taken, H8 is held now
    assert (second.new_taken, second.new_waiting) == (2, 1)


def test_who_would_change_and_why(impact) -> None:
    told = {each.household_id: each for each in impact.changes}
    assert set(told) == {"H1", "H4", "H5"}
    assert (told["H4"].change, told["H4"].nights, told["H4"].rule_id) == ("gained", 2, "T1")
    assert told["H4"].because == "they owe 4 weeks of rent"
    assert told["H4"].otherwise == "no rule suggests it"
    assert (told["H1"].nights, told["H1"].as_of) == (1, SECOND)


def test_the_other_way_round_gains_are_losses(tmp_path, nights, impact) -> None:
    old, new = a_rulebook(tmp_path / "a", weeks=4), a_rulebook(tmp_path / "b", weeks=6)
    back = compare(old, new, nights, [], SETTINGS)
    for one, other in zip(impact.interventions, back.interventions, strict=True):
        assert (one.old, one.new, one.gained, one.lost) == (other.new, other.old, other.lost, other.gained)
    assert {each.household_id for each in back.changes} == {each.household_id for each in impact.changes}
    assert {each.because for each in back.changes} == {each.because for each in impact.changes}


def test_the_same_rulebook_changes_nothing(tmp_path, nights) -> None:
    same = a_rulebook(tmp_path / "same", weeks=5)
    impact = compare(same, same, nights, [], SETTINGS)
    assert (impact.differences, impact.changes, impact.changes_in_all) == ((), (), 0)
    assert all(line.old == line.new and not line.gained and not line.lost for line in impact.rules)
    assert all(each.old_taken == each.new_taken for each in impact.load)


def test_row_order_changes_nothing(tmp_path, nights, impact) -> None:
    old, new = a_rulebook(tmp_path / "a", weeks=6), a_rulebook(tmp_path / "b", weeks=4)
    turned = [
        type(night)(
            as_of=night.as_of,
            facts=night.facts.reverse(),
            households=night.households.reverse(),
            risk=night.risk,
            outcomes=(),
        )
        for night in nights
    ]
    assert compare(old, new, turned, [], SETTINGS) == impact
