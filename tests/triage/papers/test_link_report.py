"""The report on links: fairness told or left untold, a page that stands alone, pictures with ink on them."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image

from smart_record.linkage.measuring.evaluation import FOR_CONTACT, evaluate
from smart_record.linkage.measuring.link_errors import LinkErrors
from smart_record.linkage.measuring.unlinked import NOBODY
from smart_record.linkage.measuring.wrong_pairs import TOO_LITTLE
from triage.links.link_evaluation import LabelCoverage, LinkEvaluation, link_fairness
from triage.papers.interval_chart import Range, interval_chart
from triage.papers.link_figures import ranged
from triage.papers.link_report import link_report, write_link_report
from triage.papers.link_words import gap_words, in_short
from triage.papers.painting import to_png
from triage.papers.writing import to_html, to_markdown

ROW = ["source", "record_ref", "role"]
SHARES = {"precision": 0.5, "recall": 0.25}


def measured(sizes: dict[str, tuple[int, int]]) -> pl.DataFrame:
    """Groups with so many true pairs, of which so many found."""
    labels, links = [], []
    for group, (true, found) in sizes.items():
        for n in range(true):
            for source in ("council_tax", "rent"):
                key = (source, f"{group}{n}", "x")
                labels.append((*key, f"P{group}{n}", f"H{group}{n}", group))
                alone = "" if n < found else source
                links.append((*key, f"R{group}{n}{alone}", f"h{group}{n}{alone}", "strong"))
    label_columns = [*ROW, "person_id", "household_id", "group"]
    link_columns = [*ROW, "resident_id", "household_id", "confidence"]
    return evaluate(
        pl.DataFrame(links, schema=link_columns, orient="row"),
        pl.DataFrame(labels, schema=label_columns, orient="row"),
    )


def wrong(*kinds: tuple[str, str, int]) -> pl.DataFrame:
    """So many wrong pairs of rows of each kind, between British names."""
    pairs = [
        (
            "persons",
            error,
            why,
            "rent",
            f"{n}",
            "tenant",
            "benefits",
            f"C{n}",
            "claimant",
            "british",
            "british",
        )
        for error, why, count in kinds
        for n in range(count)
    ]
    other = [f"other_{name}" for name in ROW]
    columns = ["unit", "error", "why", *ROW, *other, "group", "other_group"]
    return pl.DataFrame(pairs, schema=columns, orient="row")


@pytest.fixture(scope="module")
def found() -> LinkEvaluation:
    curve = {
        "threshold": [0.0, 1.5, 3.0],
        "in_use": [False, True, False],
        "precision": [0.9, 0.95, 1.0],
        "recall": [0.9, 0.85, 0.7],
        "f1": [0.9, 0.9, 0.82],
    }
    band = {"low": [1.5, 4.0], "high": [4.0, None], "pairs": [10, 90], "one_person": [8, 90]}
    band |= {"observed": [0.8, 1.0], "observed_low": [0.5, 0.96], "observed_high": [0.95, 1.0]}
    band |= {"expected": [0.85, 0.999], "joined": [9, 90], "joined_right": [8, 90], "precision": [0.889, 1.0]}
    return LinkEvaluation(
        council="Fernby",
        as_of=date(2026, 10, 31),
        night_id="2026-10-31.1",
        coverage=LabelCoverage(rows=544, known=540, of=5400, people=272, households=272),
        measured=measured({"british": (200, 190), "east_european": (60, 45), "other": (12, 12)}),
        errors=LinkErrors(
            wrong=wrong(("joined wrongly", "two people of one household", 3), ("left apart", TOO_LITTLE, 25)),
            unlinked=pl.DataFrame(
                [("rent", "7", "tenant", "british", NOBODY)] * 4, schema=[*ROW, "group", "why"], orient="row"
            ),
            people=272,
            people_exact=247,
            households=272,
            households_exact=247,
            largest_resident=4,
            largest_household=5,
            two_parties=0,
        ),
        curve=pl.DataFrame(curve),
        bands=pl.DataFrame(band),
    )


def test_links_for_contact_are_told_of_persons_and_of_households(found: LinkEvaluation) -> None:
    homes = (pl.col("unit") == "households") & (pl.col("part") == FOR_CONTACT)
    worse = [pl.when(homes).then(pl.lit(of)).otherwise(name).alias(name) for name, of in SHARES.items()]
    told = replace(found, measured=found.measured.with_columns(worse))
    sentence = next(line for line in in_short(told) if "contact a household" in line)
    right, made = sentence.split("; they are ")
    assert f"{ranged(told.figures('persons', FOR_CONTACT), 'precision')} of those of persons" in right
    assert right.count("50.00%") == 1
    assert made.startswith(f"{ranged(told.figures('persons', FOR_CONTACT), 'recall')} and 25.00%")


def test_groups_stand_side_by_side_and_a_small_one_is_not_told(found: LinkEvaluation) -> None:
    fairness = link_fairness(found.measured, "persons")
    told = {group.name: group.figures for group in fairness.groups}
    assert told["Other"] is None
    assert fairness.gap == pytest.approx(190 / 200 - 45 / 60)
    assert (fairness.lowest, fairness.highest, fairness.apart) == ("East European", "British", True)
    text = to_markdown(link_report(found))
    assert re.search(r"a gap of 20\.0 points \(\d+\.\d to \d+\.\d\)\. Their ranges do not overlap", text)
    assert "The goal, at most 2 points, is not met." in text
    assert "| Other | too few to tell | too few to tell | too few to tell |" in text
    assert "| Other | 12" not in text


def test_errors_are_told_by_group_of_names_and_a_small_group_is_left_out(found: LinkEvaluation) -> None:
    text = to_markdown(link_report(found))
    assert "|  | British | East European |" in text
    assert "| Links there are | 200 | 60 |" in text
    assert f"| Left apart: {TOO_LITTLE} | 25 | 0 |" in text
    assert "Left apart: something speaks against it" not in text.split("by kind and group of names")[1]


def test_the_report_says_on_how_much_it_rests_and_which_groups_are_too_small(found: LinkEvaluation) -> None:
    text = to_markdown(link_report(found))
    assert (
        "544 rows: 272 people in 272 households. Of the 5,400 rows of the night they say who 540 are" in text
    )
    assert "4 labelled rows have no link, which counts as missed: 4 read, but naming nobody in that" in text
    assert "Too few true links to tell (fewer than 30): Other." in text


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"british": (200, 200), "east_european": (60, 60)}, "as many are found for each of the 2 groups"),
        ({"british": (200, 200), "other": (9, 9)}, "fairness can't be told. Too few true links"),
    ],
)
def test_fairness_is_told_in_words(groups: dict[str, tuple[int, int]], told: str) -> None:
    assert told in gap_words(link_fairness(measured(groups), "persons"), "links")


def recalls(**groups: tuple[float, float, float]) -> pl.DataFrame:
    """What `evaluate` says of groups of names: recall and its interval."""
    shares = {"unit": "persons", "rows": "labelled", "true_pairs": 100}
    rows = [
        shares | {"part": f"group {name}", "recall": share, "recall_low": low, "recall_high": high}
        for name, (share, low, high) in groups.items()
    ]
    return pl.DataFrame(rows)


def test_the_interval_of_a_gap_is_newcombe_s_of_its_two_shares() -> None:
    """56 of 70 against 48 of 80, with Wilson's intervals: an example worked by Newcombe (1998), method 10."""
    fairness = link_fairness(recalls(a=(0.8, 0.6918, 0.8771), b=(0.6, 0.4904, 0.7004)), "persons")
    assert fairness.gap == pytest.approx(0.2)
    assert (fairness.gap_low, fairness.gap_high) == pytest.approx((0.0524, 0.3339), abs=2e-4)


@pytest.mark.parametrize(
    ("low_group", "told"),
    [
        ((0.90, 0.86, 0.93), "the difference is not chance"),
        ((0.92, 0.89, 0.96), "furthest apart of 2 groups: chance may still explain it"),
        ((0.97, 0.93, 0.99), "so far chance may explain it"),
    ],
)
def test_chance_is_named_where_it_may_explain_the_gap(
    low_group: tuple[float, float, float], told: str
) -> None:
    fairness = link_fairness(recalls(a=(0.98, 0.95, 0.99), b=low_group), "persons")
    assert told in gap_words(fairness, "links")


@pytest.mark.parametrize(
    ("low_group", "told"),
    [
        ((0.985, 0.984, 0.986), "is met."),
        ((0.985, 0.96, 0.99), "is met; a wider gap is not ruled out."),
        ((0.975, 0.95, 0.99), "is not met; a gap within it is not ruled out."),
        ((0.9, 0.89, 0.91), "is not met."),
    ],
)
def test_the_gap_is_held_against_its_goal(low_group: tuple[float, float, float], told: str) -> None:
    words = gap_words(link_fairness(recalls(a=(0.999, 0.998, 1.0), b=low_group), "persons"), "links")
    assert f"The goal, at most 2 points, {told}" in words


def test_labels_without_groups_say_nothing_of_fairness(found: LinkEvaluation) -> None:
    plain = found.measured.filter(~pl.col("part").str.starts_with("group "))
    assert "no column group" in gap_words(link_fairness(plain, "persons"), "links")


def test_one_group_alone_is_no_comparison() -> None:
    fairness = link_fairness(measured({"british": (40, 40), "other": (29, 29)}), "persons")
    assert (fairness.gap, fairness.apart) == (None, False)


def test_the_report_speaks_first_and_stands_alone(found: LinkEvaluation) -> None:
    page = to_html(link_report(found))
    assert page.index("of the links made") < page.index("<table")
    assert "<script" not in page
    assert set(re.findall(r"https?://[^\s\"']+", page)) == {"http://www.w3.org/2000/svg"}
    assert len(re.findall(r'<svg[^>]* role="img"', page)) == 4
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_figure_is_written_as_svg_and_as_png(found: LinkEvaluation, tmp_path: Path) -> None:
    files = write_link_report(found, tmp_path / "report")
    assert all(file.is_file() for file in files)
    names = {file.name for file in files}
    assert {"links.html", "links.md", "threshold.svg", "threshold.png", "recall-persons.png"} <= names
    for file in files:
        if file.suffix == ".png":
            with Image.open(file) as image:
                assert image.width == 1280


def test_a_picture_has_the_ink_of_its_drawing() -> None:
    svg = interval_chart("t", "d", "share", [Range(name="British", value=0.97, low=0.95, high=0.99)])
    pixels = np.asarray(Image.open(BytesIO(to_png(svg))).convert("RGB")).astype(int)
    circle = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)
    assert circle is not None
    x, y = (round(2 * float(part)) for part in circle.groups())
    assert tuple(pixels[y, x]) == (0x1D, 0x70, 0xB8)
    words = pixels[:, : 2 * 158]  # left of the axis there are only letters
    assert (words.sum(axis=2) < 300).sum() > 100
    assert to_png(svg) == to_png(svg)


def test_dashes_leave_gaps_and_upright_words_are_painted() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        '<polyline points="20,50 100,50" stroke="#000000" stroke-width="4" stroke-dasharray="10 10"/>'
        '<text transform="translate(10 50) rotate(-90)" text-anchor="middle">share</text></svg>'
    )
    pixels = np.asarray(Image.open(BytesIO(to_png(svg))).convert("L")).astype(int)
    stroke, gap = pixels[100, 2 * 25], pixels[100, 2 * 35]
    assert stroke < 40
    assert gap > 200
    upright = pixels[:, :36] < 128
    assert upright.any(axis=1).sum() > upright.any(axis=0).sum()
