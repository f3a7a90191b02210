"""Cost by intervention: dated unit costs, once an offer, and nothing invented where nobody says."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from rules import Rulebook, RulebookInvalid, load_rulebook
from tests.triage.impact.builders import FIRST, SECOND, a_rulebook
from triage.impact.changes import Side
from triage.impact.costs import costs
from triage.impact.replay import Replay
from triage.impact.text import by_difference, costs_that_change

_COST = """parameters:
  - name: cost_of_a_visit
    type: money
    reference: yes
    values:
      - {{from: 2026-01-01, value: £60, source: "a trial", confirmed: yes}}
      - {{from: 2026-10-31, value: {value}, source: "a trial", confirmed: {confirmed}}}
"""


def costed(directory: Path, *, value: str = "£75", confirmed: str = "no", costs: str = "") -> Rulebook:
    """The trial rulebook whose visits cost something."""
    a_rulebook(directory, weeks=2)
    text = (directory / "trial.yaml").read_text(encoding="utf-8")
    listed = costs or "[cost_of_a_visit]"
    text = text.replace("    statutory: no\n", f"    statutory: no\n    costs: {listed}\n", 1)
    (directory / "trial.yaml").write_text(text, encoding="utf-8")
    (directory / "costs.yaml").write_text(_COST.format(value=value, confirmed=confirmed), encoding="utf-8")
    return load_rulebook(directory)


def a_side(rulebook: Rulebook, *offered: tuple[str, str]) -> Side:
    """A replay that offered visits to households on nights."""
    rows = [
        {"as_of": FIRST if night == "first" else SECOND, "household_id": home, "intervention": "visit"}
        for night, home in offered
    ]
    schema = {"as_of": pl.Date, "household_id": pl.String, "intervention": pl.String}
    frame = pl.DataFrame(rows, schema=schema).with_columns(status=pl.lit("suggested"))
    return Side(rulebook=rulebook, replayed=Replay(met=frame, suggestions=frame, load=frame))


def test_an_offer_costs_once_at_the_value_of_the_last_night(tmp_path: Path) -> None:
    rulebook = costed(tmp_path / "r")
    old = a_side(rulebook, ("first", "H1"), ("second", "H1"), ("second", "H2"))
    found = costs(old, a_side(rulebook, ("first", "H1")), as_of=SECOND)
    assert (found.old_pence, found.new_pence) == (15_000, 7_500)
    assert (found.lines[0].old_offers, found.lines[0].new_offers) == (2, 1)
    assert found.confirmed is False
    earlier = costs(old, old, as_of=FIRST)
    assert earlier.old_pence == 12_000
    assert earlier.confirmed is True


def test_what_nobody_says_the_cost_of_is_named_and_not_summed_up(tmp_path: Path) -> None:
    side = a_side(a_rulebook(tmp_path / "r", weeks=2), ("second", "H1"))
    found = costs(side, side, as_of=SECOND)
    assert found.without_figure == ("Visit",)
    assert (found.old_pence, found.new_pence) == (0, 0)
    assert found.lines[0].old_pence is None


def test_a_cost_that_begins_later_is_no_cost_yet(tmp_path: Path) -> None:
    rulebook = costed(tmp_path / "r")
    side = a_side(rulebook, ("second", "H1"))
    assert costs(side, side, as_of=FIRST.replace(year=2025)).lines[0].old_each is None


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("[cost_of_a_vist]", "did you mean cost_of_a_visit?"),
        ("[weeks_behind]", "weeks_behind is no amount of money"),
        ("cost_of_a_visit", "costs: is a list of parameters"),
    ],
)
def test_a_cost_that_is_none_is_a_fault(tmp_path: Path, listed: str, message: str) -> None:
    with pytest.raises(RulebookInvalid) as refused:
        costed(tmp_path / "r", costs=listed)
    assert message in str(refused.value)


def test_what_a_draft_changes_is_told_first_and_alone_in_the_terminal(tmp_path: Path) -> None:
    rulebook = costed(tmp_path / "r")
    one, two = a_side(rulebook, ("first", "H1")), a_side(rulebook, ("first", "H1"), ("first", "H2"))
    (line,) = costs(one, two, as_of=SECOND).lines
    same = replace(line, key="a_dearer_one", old_pence=900_000, new_pence=900_000)
    unknown = replace(line, key="nobody_says", old_pence=None, new_pence=0)
    assert [each.key for each in by_difference([same, unknown, line])] == [line.key, same.key, unknown.key]
    assert costs_that_change([same, unknown, line]) == [line, unknown]
