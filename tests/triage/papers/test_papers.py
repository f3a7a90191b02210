"""Papers stand alone, can be read without seeing, and say the same in HTML and Markdown."""

import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest

from models.scorecards.scorecard import Scorecard
from tests.models.builders import a_scorecard
from triage.papers.document import Bullets, Document, Heading, Paragraph, Table
from triage.papers.figures import benefit_figure, calibration_figure, gain_figure, shape_figures
from triage.papers.writing import PaperFormatUnknown, to_html, to_markdown, write_paper

CURVES = a_scorecard().training["evaluation"]["blocks"][-1]["curves"]
SVG = "{http://www.w3.org/2000/svg}"


def figures(card: Scorecard) -> list:
    return [
        calibration_figure(CURVES["calibration"], "newest"),
        gain_figure(CURVES["gain"], {"missed payments": CURVES["gain_missed_payments"]}, "newest"),
        benefit_figure({"risk score": CURVES["benefit"]}, "newest"),
        *shape_figures(card.parts),
    ]


@pytest.fixture(scope="module")
def document() -> Document:
    table = Table(caption="A < B", header=("Name", "Figure"), rows=(("one | two", "5%"),))
    blocks = (Heading(text="Part"), Paragraph(text="1 & 2"), Bullets(items=("x",)), table)
    return Document(title="Paper", blocks=(*blocks, *figures(a_scorecard())))


def test_every_drawing_is_an_image_with_title_and_description_and_its_figures_in_a_table() -> None:
    drawn = figures(a_scorecard())
    assert len(drawn) > 10
    for figure in drawn:
        svg = ET.fromstring(figure.svg)
        title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert svg.get("role") == "img"
        assert title is not None
        assert desc is not None
        assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert re.search(r"\d", desc.text or "")
        assert figure.table.rows
        assert all(len(row) == len(figure.table.header) for row in figure.table.rows)


def test_no_two_drawings_of_a_page_share_an_id(document: Document) -> None:
    ids = re.findall(r' id="([^"]+)"', to_html(document))
    assert len(ids) == len(set(ids))


def test_the_page_runs_nothing_and_fetches_nothing(document: Document) -> None:
    page = to_html(document)
    assert "<script" not in page
    addresses = set(re.findall(r'(?:src|href)="([^"]*)"|url\(', page))
    assert not addresses
    assert set(re.findall(r"https?://[^\s\"']+", page)) == {"http://www.w3.org/2000/svg"}


def test_text_is_escaped_and_tables_have_captions_and_row_heads(document: Document) -> None:
    page = to_html(document)
    assert "<caption>A &lt; B</caption>" in page
    assert "1 &amp; 2" in page
    assert '<th scope="row">one | two</th>' in page
    assert "one \\| two" in to_markdown(document)


def test_markdown_has_every_figure_of_the_page(document: Document) -> None:
    text = to_markdown(document)
    cells = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", to_html(document))
    for cell in cells:
        assert unescape(cell).replace("|", "\\|") in text


def test_the_shape_of_a_feature_is_that_of_the_scorecard() -> None:
    part = a_scorecard().parts[0]
    step = next(one for one in part.steps if one.feature == "council_tax.arrears")
    (figure,) = [
        each
        for each in shape_figures(a_scorecard().parts)
        if each.table.caption.startswith(f"{step.feature}:")
    ]
    shown = [row[1] for row in figure.table.rows]
    assert shown[0] == f"{step.values[0]:+.3f}"
    assert shown[-2] == f"{step.values[-1]:+.3f}"
    assert shown[-1] == f"{step.missing:+.3f}"


def test_a_page_comes_with_its_markdown_and_another_ending_is_refused(document: Document, tmp_path) -> None:
    assert write_paper(document, tmp_path / "a.html") == (tmp_path / "a.html", tmp_path / "a.md")
    assert write_paper(document, tmp_path / "b.md") == (tmp_path / "b.md",)
    with pytest.raises(PaperFormatUnknown, match=r"\.html or \.md"):
        write_paper(document, tmp_path / "c.pdf")
