"""The transparency record: the fields of the Algorithmic Transparency Recording Standard, version 3."""

from models import Scorecard
from models.histories.features import REFUSED
from smart_record.intake.declared.sources import SOURCES
from triage.papers.document import TO_FILL_IN, Block, Heading, Table, facts_table
from triage.settings import Settings


def transparency_record(
    settings: Settings, card: Scorecard, *, households: int, version: str
) -> tuple[Block, ...]:
    """Write tier 1 and the five parts of tier 2, ready to be completed by the council."""
    return (
        Heading(text="Annex A: transparency record (ATRS version 3, draft)"),
        _overview(settings, card),
        _owner(settings),
        _description(settings, card),
        _process(settings, households),
        _specification(card, version),
        _data(card),
        _risks(),
    )


def _overview(settings: Settings, card: Scorecard) -> Table:
    description = (
        "Reads council tax, benefits and rent extracts each night, applies the council's welfare rules,"
        f" and orders offers of help by the chance of a court step in {card.window_months} months."
    )
    rows = [
        ("Name", "Welfare Triage: early-intervention engine"),
        ("Description", description),
        ("Organisation", settings.council),
        ("Website", TO_FILL_IN),
        ("Contact", TO_FILL_IN),
    ]
    return facts_table("Tier 1: overview", rows)


def _owner(settings: Settings) -> Table:
    rows = [
        ("1.1 Organisation", settings.council),
        ("1.2 Team", TO_FILL_IN),
        ("1.3 Senior responsible owner", TO_FILL_IN),
        ("1.4 Supplier, Companies House number and role", TO_FILL_IN),
        ("1.5 Procurement type", TO_FILL_IN),
        ("1.6 Terms of data access", TO_FILL_IN),
    ]
    return facts_table("Tier 2, part 1: owner and responsibility", rows)


def _description(settings: Settings, card: Scorecard) -> Table:
    rivals = [name for name in card.training["evaluation"]["median"] if name != "scorecard"]
    measured = ", ".join(name.replace("_", " ") for name in rivals) or "none"
    scope = "Households with a current council tax account or social tenancy; offers of help only"
    rows = [
        ("2.1 Detailed description", "The model card above: every step of the model is in it"),
        ("2.2 Scope", scope),
        ("2.3 Benefit", "Help is meant to come before a summons; see lead time and gain above"),
        ("2.4 Previous process", TO_FILL_IN),
        ("2.5 Alternatives considered", f"The rules alone; measured against: {measured}"),
        ("2.6 Teams that use it", ", ".join(team.title for team in settings.teams.values())),
    ]
    return facts_table("Tier 2, part 2: description and rationale", rows)


def _process(settings: Settings, households: int) -> Table:
    bands = ", ".join(band.replace("_", " ") for band in settings.risk.bands) or "none"
    rows = [
        (
            "3.1 Integration in process",
            f"Orders worklists and queues; a call is offered alone in bands: {bands}",
        ),
        (
            "3.2 Information provided",
            "Band, chance, reasons with figures, what would lower the band, sources",
        ),
        ("3.3 Frequency and scale", f"Each night; {households:,} households in the last"),
        (
            "3.4 Human decisions and review",
            "Every output is a suggestion; a person decides before anything happens",
        ),
        ("3.5 Training of users", TO_FILL_IN),
        ("3.6 Appeals and contest", TO_FILL_IN),
    ]
    return facts_table("Tier 2, part 3: decision-making process", rows)


def _specification(card: Scorecard, version: str) -> Table:
    medians = card.training["evaluation"]["median"].get("scorecard", {})
    performance = ", ".join(f"{name.replace('_', ' ')} {value:.3f}" for name, value in medians.items())
    rows = [
        (
            "4.1 System architecture",
            f"Welfare Triage {version}; no outside service is called; hosting: {TO_FILL_IN}",
        ),
        ("4.2 Phase", TO_FILL_IN),
        ("4.3 Maintenance", "Checked for drift each night; trained again when the council decides so"),
        ("4.4 Model name and version", f"{card.model_id}, format {card.format_version}"),
        ("4.5 Task, input, output", "Ranks households; dated facts in; raw score, chance, band, reasons out"),
        (
            "4.6 Architecture",
            f"{len(card.parts)} additive scorecards of {len(card.features)} step functions, joined",
        ),
        ("4.7 Performance", performance or "not measured: history too short"),
        ("4.8 Datasets", "The council's own extracts; rows are described below"),
    ]
    return facts_table("Tier 2, part 4: tool specification, model", rows)


def _data(card: Scorecard) -> Table:
    used = sorted({source for feature in card.features for source in feature.sources})
    refused = "; ".join(f"{name} ({reason})" for name, reason in REFUSED.items())
    rows = [
        ("4.9 Source data", ", ".join(name.replace("_", " ") for name in SOURCES)),
        ("4.10 Of these the model reads", ", ".join(name.replace("_", " ") for name in used)),
        ("4.11 Quantity", f"{card.training['rows']:,} rows of {card.training['households']:,} households"),
        ("4.12 Attributes", "The features listed above"),
        ("4.13 Sensitive data", f"None is a feature. Refused: {refused}"),
        (
            "4.14 Completeness",
            "What is not known stays so; shares not known are compared with training each night",
        ),
        (
            "4.15 Cleaning",
            "Rows that can't be right are set aside with their reason; never dropped in silence",
        ),
        ("4.16 Collection", "By the council's revenues, benefits and housing systems"),
        ("4.17 Sharing agreements", TO_FILL_IN),
        (
            "4.18 Access and storage",
            f"Every view is in the audit log with its purpose; where it is stored: {TO_FILL_IN}",
        ),
    ]
    return facts_table("Tier 2, part 4: tool specification, data", rows)


def _risks() -> Table:
    rows = [
        ("5.1 Impact assessments", TO_FILL_IN),
        (
            "5.2 Risk: scores that can't be trusted",
            "Night check; automatic fall back to rules, said on every output",
        ),
        (
            "5.3 Risk: unequal service",
            "Fairness audit by group on labels; protected characteristics refused as features",
        ),
        (
            "5.4 Risk: used against residents",
            "Never raises recovery action; asking for help never raises a score",
        ),
        (
            "5.5 Risk: a changed model file",
            "Hash, format and every number are checked on loading; no code is run",
        ),
        ("5.6 Risk: rubber-stamping", TO_FILL_IN),
    ]
    return facts_table("Tier 2, part 5: risks, mitigations and impact assessments", rows)
