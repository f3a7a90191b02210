"""The model card with its annexes, transparency record and DPIA annex, from what is really configured.

What the product can't know (owners, contracts, assessments) is marked for the council, not guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models import OUTCOMES, Scorecard
from models.histories.features import REFUSED, Feature
from smart_record.facts.declarations import CATALOGUE
from smart_record.purposes import LAW
from triage.papers.document import Block, Bullets, Document, Heading, Paragraph, Table, facts_table
from triage.papers.dpia_annex import dpia_annex
from triage.papers.evaluation_report import later_periods
from triage.papers.figures import benefit_figure, calibration_figure, gain_figure, shape_figures
from triage.papers.transparency_record import transparency_record
from triage.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSubject:
    """All that the card speaks of.

    Attributes:
        settings: The council's.
        scorecard: The model in use.
        as_of: Date of the last night.
        risk_summary: The entry `risk` of that night's summary.
        households: Households in that night's Smart Record.
        version: Version of the product.
    """

    settings: Settings
    scorecard: Scorecard
    as_of: date
    risk_summary: dict[str, object] | str
    households: int
    version: str


def model_card(subject: CardSubject) -> Document:
    """Write the model card, the transparency record and the DPIA annex as one paper."""
    card = subject.scorecard
    return Document(
        title=f"Risk model {card.model_id}: model card, {subject.settings.council}",
        blocks=(
            Paragraph(
                text=f"Written from the live configuration as of {subject.as_of:%-d %B %Y}. The model orders"
                " offers of help; it decides nothing, never raises recovery; the rules work without it."
            ),
            Heading(text="What it is"),
            facts_table("The model", _model_rows(subject)),
            Heading(text="What it is for, and what not"),
            Bullets(items=_uses(subject.settings)),
            *later_periods(card.training["evaluation"]),
            *_figures(card),
            Heading(text="What it reads"),
            _features_table(card.features),
            Heading(text="What no feature may read", level=3),
            Bullets(items=tuple(f"{name}: {reason}." for name, reason in REFUSED.items())),
            Heading(text="What each feature adds", level=3),
            *shape_figures(card.parts),
            Heading(text="Limits"),
            Bullets(items=_limits(card)),
            *transparency_record(
                subject.settings, card, households=subject.households, version=subject.version
            ),
            *dpia_annex(subject.settings, card),
        ),
    )


def _model_rows(subject: CardSubject) -> list[tuple[str, str]]:
    card, training = subject.scorecard, subject.scorecard.training
    meanings = {outcome.name: outcome.meaning for outcome in OUTCOMES}
    outcomes = "; ".join(meanings[part.outcome] for part in card.parts)
    had = ", ".join(
        f"{name.replace('_', ' ')} {count:,}" for name, count in training["households_with_outcome"].items()
    )
    bands = "; ".join(f"{band.name.replace('_', ' ')}: highest {band.share:.0%}" for band in card.bands)
    libraries = ", ".join(f"{name} {version}" for name, version in training["libraries"].items())
    return [
        ("Version", f"{card.model_id} (content hash {card.content_hash})"),
        ("Predicts", f"{outcomes}, new in the {card.window_months} months after a date"),
        ("Kind", "additive boosting written out as step functions; kept in the declared directions"),
        ("Learned from", f"{', '.join(training['learned_from'])}; {training['rows']:,} rows"),
        ("Calibrated on", f"{training['calibrated_on']}, {training['calibration_households']:,} households"),
        ("Households with an outcome", had),
        ("Households that were helped", _helped(training)),
        ("Not predicted", "; ".join(training["outcomes_left_out"].values()) or "nothing left out"),
        ("Bands", f"{bands}; the rest low"),
        ("Seed and libraries", f"{training['seed']}; {libraries}; Python {training['python']}"),
        ("Hash of the training rows", training["data_sha256"]),
        ("Last night", last_night_words(subject.risk_summary)),
    ]


def last_night_words(risk_summary: dict[str, object] | str) -> str:
    """What the last night did with the score."""
    if isinstance(risk_summary, str):
        return "the rules ran alone: no model was in use yet"
    if "fall_back" in risk_summary:
        return str(risk_summary["fall_back"])
    drift = risk_summary.get("drift")
    verdict = drift["verdict"] if isinstance(drift, dict) else "not checked"
    return f"scores used; check of the night: {verdict}"


def _helped(training: Mapping[str, Any]) -> str:
    """How help that worked was kept from being learned as low risk."""
    helped = training.get("helped")
    if helped is None:
        return "not told apart: this model was trained by an earlier version"
    return (
        f"{helped['policy']}: {helped['rows_left_out']:,} rows of {helped['households_left_out']:,}"
        " households. The score says what would come without help"
    )


def _uses(settings: Settings) -> tuple[str, ...]:
    bands = ", ".join(band.replace("_", " ") for band in settings.risk.bands)
    call = (
        f"Offers a call ({settings.risk.intervention.replace('_', ' ')}) to households in band {bands} for"
        " whom no rule suggests that a person act."
        if bands
        else "Suggests nothing of its own: the council has switched that off."
    )
    return (
        "Orders households within a priority, in worklists and in the Tier 3 queue.",
        call,
        "Not for recovery, fraud, eligibility or any decision about a person: a person decides each time.",
        "Not for households known from a benefit claim alone, who have no bill that could lead to court.",
    )


def _figures(card: Scorecard) -> list[Block]:
    blocks = card.training["evaluation"]["blocks"]
    curves = blocks[-1].get("curves") if blocks else None
    if not curves:
        return []
    period = f"period from {blocks[-1]['validate']}"
    return [
        calibration_figure(curves["calibration"], period),
        gain_figure(curves["gain"], {"counting missed payments": curves["gain_missed_payments"]}, period),
        benefit_figure({"risk score": curves["benefit"]}, period),
    ]


def _features_table(features: tuple[Feature, ...]) -> Table:
    rows = tuple(
        (
            one.name,
            CATALOGUE[one.fact].meaning,
            one.window,
            str(one.direction),
            ", ".join(source.replace("_", " ") for source in one.sources),
            LAW[one.purpose],
        )
        for one in features
    )
    header = ("Feature", "Meaning", "Looks back", "More of it", "Sources", "Legal gateway")
    return Table(
        caption=f"{len(rows)} features; what is not known is never filled in",
        header=header,
        rows=rows,
        words=6,
    )


def _limits(card: Scorecard) -> tuple[str, ...]:
    reference = card.reference
    population = (
        "It holds no record of the population it learned from: train it again."
        if reference is None
        else (
            f"It learned from a population with {reference.outcome_share:.1%} outcomes and a mean chance of"
            f" {reference.mean_probability:.1%}; each night is compared with it, and a night too unlike it is"
            " served by the rules alone."
        )
    )
    return (
        population,
        "Households helped in the meantime are not told apart: where help worked, the model learns low risk.",
        "Homelessness is not predicted: no extract brings dated approaches.",
        "A household wrongly joined or parted by the matching gets a wrong score; check its evidence first.",
        "Fairness by group is measured on labels by `triage model evaluate`; groups are never features.",
    )
