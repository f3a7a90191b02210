"""The report on links, for an information officer: in words first, then tables and plots."""

from collections.abc import Iterator
from pathlib import Path

from smart_record.linkage.measuring.evaluation import FOR_CONTACT
from triage.links.link_evaluation import LEAST_PAIRS, LinkEvaluation, link_fairness
from triage.papers.document import Block, Bullets, Document, Figure, Heading, Paragraph, Table
from triage.papers.link_error_tables import error_blocks
from triage.papers.link_figures import calibration_figure, ranged, recall_figure, threshold_figure
from triage.papers.link_words import gap_words, in_short
from triage.papers.painting import to_png
from triage.papers.writing import write_paper

_UNITS = (("persons", "person"), ("households", "household"))
_MEASURES = (
    ("precision", "Precision: of the links made, how many are right"),
    ("recall", "Recall: of the links there are, how many are made"),
    ("f1", "F1: both in one figure"),
    ("b_cubed_precision", "B-cubed precision: of a row's cluster, how much is its own"),
    ("b_cubed_recall", "B-cubed recall: of a row's own, how much is in its cluster"),
    ("b_cubed_f1", "B-cubed F1"),
)
_WORDS = (
    (
        "A row is one person as one record names them. A link says that two rows name one person, or that two"
        " records are one household's. A wrong link tells one family's debts to another; a missed link leaves"
        " a family's need unseen."
    ),
    (
        "Each range in brackets is the 95% interval, from drawing the labelled households again with"
        " replacement; where no error was seen, it is what so many households without an error allow."
    ),
    "All labelled rows count, also those that have no link: a link to such a row is a missed one.",
    f"A group of names with fewer than {LEAST_PAIRS} true links is named and not told.",
    (
        "The gap is between the two groups that lie furthest apart. Of several groups that are served alike,"
        " two will still differ by chance; the range of the gap does not allow for having chosen them."
    ),
    (
        "A match weight is the sum of what each agreement and disagreement speaks, in bits. Beyond even odds"
        " means above what two rows need to be one person as likely as not: +1 is two to one, +10 a thousand"
        " to one."
    ),
    (
        "Officers' verdicts count as the night went by them: what an officer decided is not the matching's"
        " merit."
    ),
)


def link_report(found: LinkEvaluation) -> Document:
    """Write the report of one evaluation."""
    fairness = {unit: link_fairness(found.measured, unit) for unit, _ in _UNITS}
    accepted = link_fairness(found.measured, "persons", rows="accepted")
    return Document(
        title=f"How good are the links? {found.council}, night of {found.as_of:%-d %B %Y}",
        blocks=(
            Heading(text="In short"),
            *_in_short(found),
            Heading(text="All links"),
            _overall(found),
            Heading(text="Does the matching serve every kind of name alike?"),
            Paragraph(text=gap_words(fairness["persons"], "links between rows of one person")),
            Paragraph(text=gap_words(accepted, "links between rows that were matched")),
            *(figure for unit, _ in _UNITS if (figure := recall_figure(unit, fairness[unit])) is not None),
            Heading(text="Which errors there are"),
            *error_blocks(found),
            Heading(text="Between which sources"),
            *(_by_sources(found, unit) for unit, _ in _UNITS),
            Heading(text="Where the threshold stands"),
            Paragraph(
                text="Two rows are joined from the threshold on. Further right, fewer links are made and"
                " fewer of them are wrong; further left, more are found and more are wrong."
            ),
            threshold_figure(found.curve),
            Heading(text="Do match weights tell the truth?"),
            Paragraph(
                text="Pairs that were compared and that nothing contradicts, by their match weight alone. The"
                " last column is of those that were joined, in the light of all other links."
            ),
            calibration_figure(found.bands),
            Heading(text="How to read this"),
            Bullets(items=_WORDS),
        ),
    )


def _in_short(found: LinkEvaluation) -> Iterator[Block]:
    yield Paragraph(
        text=f"The links of night {found.night_id} were compared with labels that the matching never sees."
    )
    yield Bullets(items=in_short(found))


def _overall(found: LinkEvaluation) -> Table:
    columns = [found.figures(unit, part) for unit, _ in _UNITS for part in ("all", FOR_CONTACT)]
    counts = [
        (name, *(f"{figures[column]:,.0f}" for figures in columns))
        for name, column in (
            ("Links there are", "true_pairs"),
            ("Links made", "linked_pairs"),
            ("Links that are right", "right_pairs"),
        )
    ]
    shares = [(name, *(ranged(figures, measure) for figures in columns)) for measure, name in _MEASURES]
    return Table(
        caption="Links of persons and of households: all, and those sure enough for contact",
        header=("", "Persons", "Persons, for contact", "Households", "Households, for contact"),
        rows=(*counts, *shares),
    )


def _by_sources(found: LinkEvaluation, unit: str) -> Table:
    parts = found.measured.filter(unit=unit, rows="labelled")
    rows = tuple(
        (
            row["part"].replace("_", " ").replace("-", " with "),
            f"{row['true_pairs']:,}",
            *(ranged(row, measure) for measure in ("precision", "recall", "f1")),
        )
        for row in parts.iter_rows(named=True)
        if "-" in row["part"] and row["true_pairs"] + row["linked_pairs"]
    )
    header = ("Sources", "Links there are", "Precision", "Recall", "F1")
    return Table(caption=f"{unit.capitalize()}, by the two sources", header=header, rows=rows)


def write_link_report(found: LinkEvaluation, directory: Path) -> tuple[Path, ...]:
    """Write the report into a folder: links.html, links.md, and each figure as SVG and PNG.

    Returns:
        The files written.
    """
    paper = link_report(found)
    files = list(write_paper(paper, directory / "links.html"))
    for name, figure in zip(_names(found), _figures(paper), strict=True):
        drawn, painted = directory / f"{name}.svg", directory / f"{name}.png"
        drawn.write_text(figure.svg, encoding="utf-8")
        painted.write_bytes(to_png(figure.svg))
        files += [drawn, painted]
    return tuple(files)


def _figures(paper: Document) -> list[Figure]:
    return [block for block in paper.blocks if isinstance(block, Figure)]


def _names(found: LinkEvaluation) -> list[str]:
    told = [
        f"recall-{unit}"
        for unit, _ in _UNITS
        if recall_figure(unit, link_fairness(found.measured, unit)) is not None
    ]
    return [*told, "threshold", "calibration"]
