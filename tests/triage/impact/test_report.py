"""The report and the plots: every figure is in a table, nothing needs a script, nothing is unescaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rules.telling.html_page import STYLE
from tests.triage.impact.builders import FIRST, SECOND, SETTINGS, a_night, a_rulebook
from triage.impact.comparing import compare
from triage.impact.plots import Pair, gained_and_lost, side_by_side
from triage.impact.report import report
from triage.impact.result import Impact

VOID = {"meta"}


class Balanced(HTMLParser):
    """Checks that every element that opens closes in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (as the parser calls it)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def impact(tmp_path: Path) -> Impact:
    old, new = a_rulebook(tmp_path / "old", weeks=6), a_rulebook(tmp_path / "new", weeks=4)
    weeks = {f"H{n}": n for n in range(1, 30)}
    return compare(old, new, [a_night(FIRST, weeks), a_night(SECOND, weeks)], [], SETTINGS)


def test_the_report_stands_alone_and_is_well_formed(impact) -> None:
    html = report(impact)
    reader = Balanced()
    reader.feed(html)
    assert reader.open == []
    assert "<script" not in html
    assert not re.search(r"\s(style|on\w+|src)=", html)
    assert not re.search(r"https?://", html)
    assert "default-src 'none'" in html
    assert html.count(STYLE) == 1


def test_names_from_rule_files_are_escaped(impact) -> None:
    html = report(impact)
    assert "Weeks of rent owed &lt;b&gt;" in html
    assert "owed <b>" not in html


def test_every_plot_says_in_words_what_it_shows(impact) -> None:
    html = report(impact)
    plots = re.findall(r"<svg .*?</svg>", html, re.DOTALL)
    assert len(plots) >= 4
    for plot in plots:
        labelled = re.search(r'role="img" aria-labelledby="([\w-]+) ([\w-]+)"', plot)
        assert labelled
        assert f'<title id="{labelled[1]}">' in plot
        assert f'<desc id="{labelled[2]}">' in plot
        assert html.count(f'id="{labelled[1]}"') == 1


def test_every_change_and_figure_is_in_a_table(impact) -> None:
    html = report(impact)
    for each in impact.changes:
        assert each.household_id in html
    for each in impact.load:
        assert f"<td>{each.title}</td>" in html
    assert "no place" not in html
    assert "This suggests; a person decides." in html


def test_bars_keep_to_their_scale_and_inside_the_picture() -> None:
    plot = gained_and_lost("p", "T", [Pair("a", 100, 50), Pair("b", 0, 25)])
    gains = [float(width) for width in re.findall(r'width="([\d.]+)" height="12" fill="#00703c"', plot)]
    losses = [float(width) for width in re.findall(r'width="([\d.]+)" height="12" fill="#d4351c"', plot)]
    assert gains[0] == pytest.approx(2 * losses[0])
    assert losses[0] == pytest.approx(2 * losses[1])
    assert gains[1] == 0
    assert all(0 <= float(x) <= 340 for x in re.findall(r' x="(-?[\d.]+)"', plot))


def test_a_limit_beyond_every_bar_is_still_drawn() -> None:
    plot = side_by_side("p", "T", [Pair("a", 0, 0)], limit=7, limit_name="places:")
    assert "stroke-dasharray" in plot
    assert "places: 7" in plot
    assert all(0 <= float(x) <= 340 for x in re.findall(r' x1="(-?[\d.]+)"', plot))
