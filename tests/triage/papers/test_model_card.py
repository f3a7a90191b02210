"""The card says what is configured, and marks what only the council knows."""

from datetime import date

import pytest

from models.histories.features import REFUSED
from smart_record.facts.declarations import CATALOGUE
from tests.models.builders import a_scorecard
from triage.papers.document import TO_FILL_IN, Document, Figure, Table
from triage.papers.model_card import CardSubject, last_night_words, model_card
from triage.papers.writing import to_html, to_markdown
from triage.settings import RiskPolicy, Settings, Team

SETTINGS = Settings(council="Test Council", teams={"welfare_support": Team(title="Welfare support")})


def a_card(settings: Settings = SETTINGS) -> Document:
    subject = CardSubject(
        settings=settings,
        scorecard=a_scorecard(),
        as_of=date(2026, 10, 31),
        risk_summary={"model": "x", "bands": {}, "drift": {"verdict": "watch"}},
        households=1234,
        version="9.9",
    )
    return model_card(subject)


@pytest.fixture(scope="module")
def text() -> str:
    return to_markdown(a_card())


def entry(document: Document, field: str) -> str:
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows]
    (found,) = [row[1] for row in rows if row[0] == field]
    return found


def test_every_feature_fact_and_refusal_is_in_it(text: str) -> None:
    for feature in a_scorecard().features:
        assert f"| {feature.name} |" in text
        assert CATALOGUE[feature.fact].meaning in text
    for name, reason in REFUSED.items():
        assert f"{name}: {reason}" in text


def test_the_transparency_record_has_both_tiers_and_all_five_parts(text: str) -> None:
    assert "Tier 1: overview" in text
    for part in range(1, 6):
        assert f"Tier 2, part {part}" in text


@pytest.mark.parametrize(
    "field", ["1.3 Senior responsible owner", "1.5 Procurement type", "5.1 Impact assessments", "Website"]
)
def test_what_only_the_council_knows_is_left_to_it(field: str) -> None:
    assert entry(a_card(), field) == TO_FILL_IN


def test_it_names_the_model_the_council_and_the_night(text: str) -> None:
    assert a_scorecard().content_hash in text
    assert "Test Council" in text
    assert entry(a_card(), "Last night") == "scores used; check of the night: watch"
    assert "1,234 households" in entry(a_card(), "3.3 Frequency and scale")


def test_it_follows_the_settings() -> None:
    off = SETTINGS.model_copy(update={"risk": RiskPolicy(bands=())})
    assert "the council has switched that off" in to_markdown(a_card(off))
    assert "in band very high" in to_markdown(a_card())


def test_a_night_that_fell_back_says_so() -> None:
    assert last_night_words({"fall_back": "The risk score was not used"}) == "The risk score was not used"
    assert "rules ran alone" in last_night_words("No risk model")


def test_it_draws_calibration_gain_and_each_shape_on_a_page_that_stands_alone() -> None:
    drawn = [block.table.caption for block in a_card().blocks if isinstance(block, Figure)]
    assert any("Are shown chances true" in caption for caption in drawn)
    assert any("How many outcomes a list finds" in caption for caption in drawn)
    assert any(caption.startswith("council_tax.arrears:") for caption in drawn)
    assert "<script" not in to_html(a_card())
