"""The DPIA annex: which data the model reads under which law, and what protects residents."""

from models import Scorecard
from models.histories.features import Feature
from smart_record.facts.declarations import CATALOGUE
from smart_record.purposes import LAW
from triage.papers.document import TO_FILL_IN, Block, Bullets, Heading, Table, facts_table
from triage.settings import Settings

_SAFEGUARDS = (
    "A suggestion is all that comes out; a person decides, and offers of help are the only thing it orders.",
    "A feature is refused unless its fact was collected for the purpose it is used for.",
    (
        "Special-category data and what stands in for it (names, household make-up, ward, benefits,"
        " vulnerability marks) are refused as features; the check runs whenever a model is trained."
    ),
    "Asking for help, or getting it, can't raise a score: those facts are refused too.",
    "Each score has its reasons with figures, exactly, and says which change of fact would lower its band.",
    "Nothing learned after a date reaches a score of that date; features look back over dated events alone.",
    "Every view of a household is written to the audit log with its purpose; the log can only be added to.",
    "A view shows nothing that may not be used for its purpose; health data only if a met rule reads them.",
    "Officers and screens get in by a key with a holder, a role, a purpose and an end, withdrawn at once.",
    "A night unlike what the model learned from (a source missing, debts doubled) is served by rules alone.",
    "The off switch is to use no model: the rules go on.",
)


def dpia_annex(settings: Settings, card: Scorecard) -> tuple[Block, ...]:
    """Write the annex for the model in use."""
    questions = [
        ("Controller", settings.council),
        ("Data protection officer and advice given", TO_FILL_IN),
        ("Lawful basis under UK GDPR Article 6", TO_FILL_IN),
        ("Consultation with residents", TO_FILL_IN),
        ("Necessity and proportionality", TO_FILL_IN),
        ("Retention of scores", TO_FILL_IN),
        (
            "Automated decisions (Articles 22A to 22D)",
            "The product makes none: its outputs are suggestions to a person",
        ),
        ("Residual risk and who accepted it", TO_FILL_IN),
    ]
    return (
        Heading(text="Annex B: for the data protection impact assessment"),
        facts_table("What the assessment asks", questions),
        _purposes(card.features),
        Heading(text="Safeguards", level=3),
        Bullets(items=_SAFEGUARDS),
    )


def _purposes(features: tuple[Feature, ...]) -> Table:
    rows = []
    for name in dict.fromkeys(feature.fact for feature in features):
        fact = CATALOGUE[name]
        purposes = sorted({feature.purpose for feature in features if feature.fact == name})
        rows.append(
            (
                name,
                fact.meaning,
                ", ".join(source.replace("_", " ") for source in fact.sources),
                "; ".join(f"{purpose.replace('_', ' ')}: {LAW[purpose]}" for purpose in purposes),
            )
        )
    return Table(
        caption="Every fact that the model reads, where it comes from, and the law it is used under",
        header=("Fact", "Meaning", "Sources", "Purpose and law"),
        rows=tuple(rows),
        words=4,
    )
