"""The report on links where there are no labels: what the weights say, and what officers said of a sample."""

from collections.abc import Iterator
from pathlib import Path

from smart_record.linkage.measuring.clerical import Estimated
from triage.links.link_estimates import LinkEstimates
from triage.papers.document import Block, Bullets, Document, Heading, Paragraph, Table, percent
from triage.papers.link_figures import threshold_figure
from triage.papers.painting import to_png
from triage.papers.writing import write_paper

_WORDS = (
    (
        "A row is one person as one record names them. A link says that two rows name one person. A wrong"
        " link tells one family's debts to another; a missed link leaves a family's need unseen."
    ),
    (
        "A match weight is the sum of what each agreement and disagreement speaks, in bits. Beyond even odds"
        " means above what two rows need to be one person as likely as not: +1 is two to one, +10 a thousand"
        " to one. What the weights say holds if they tell the truth, which only a judged sample or labels"
        " show."
    ),
    (
        "The sample is drawn at random within kinds of pairs, and a judged pair counts for as many as it"
        " stands for. Ranges in brackets are 95% intervals."
    ),
    (
        "Missed links are counted among pairs that came near. Two rows that share nothing by which they would"
        " be compared are in no sample, so recall is at most what stands here."
    ),
    "Whether every kind of name is served alike can't be told without labels that say the kind of name.",
)


def estimate_report(found: LinkEstimates) -> Document:
    """Write the report of one estimate."""
    figure = threshold_figure(found.curve)
    return Document(
        title=f"How good are the links? {found.council}, night of {found.as_of:%-d %B %Y}, without labels",
        blocks=(
            Heading(text="In short"),
            Bullets(items=tuple(_in_short(found))),
            Heading(text="What officers said of the sample"),
            *_sample(found),
            Heading(text="Where the threshold stands"),
            Paragraph(
                text="As the weights say, not as anybody checked: two rows are joined from the threshold on."
                " Further right, fewer links are made and fewer of them are wrong; further left, more are"
                " found and more are wrong."
            ),
            figure,
            Heading(text="How to read this"),
            Bullets(items=_WORDS),
        ),
    )


def _in_short(found: LinkEstimates) -> Iterator[str]:
    expected, clerical = found.expected, found.clerical
    yield (
        f"Night {found.night_id} made {expected.links:,} links between rows of adults. By their weights alone"
        f" {expected.false_links:,.1f} of them are wrong, and {expected.missed_links:,.1f} more are missed."
    )
    if clerical.precision is None or clerical.recall is None:
        yield (
            f"Officers have judged {clerical.judged:,} of {clerical.drawn:,} drawn pairs: too few to say how"
            " good the links are. Every kind of pair needs at least one that is judged."
        )
        return
    yield (
        f"By officers' judgement of {clerical.judged:,} of {clerical.drawn:,} pairs drawn of night"
        f" {found.sampled}: of the links made, {_share(clerical.precision)} are right; of the links there are"
        f" among pairs that came near, {_share(clerical.recall)} are made."
    )
    if clerical.false_links is not None and clerical.missed_links is not None:
        yield (
            f"That is {_count(clerical.false_links)} wrong links and {_count(clerical.missed_links)} missed"
            " ones in the whole night."
        )


def _sample(found: LinkEstimates) -> Iterator[Block]:
    header = ("Kind of pair, by match weight beyond even odds", "In all", "Drawn", "Judged", "One person")
    rows = tuple(
        (row["stratum"], *(f"{row[name]:,}" for name in ("population", "drawn", "judged", "one_person")))
        for row in found.clerical.strata.iter_rows(named=True)
    )
    yield Table(caption="The pairs drawn for officers to judge", header=header, rows=rows, words=1)
    left = found.clerical.drawn - found.clerical.judged
    if left:
        yield Paragraph(
            text=f"{left:,} pairs wait for judgement. They are listed by: triage links review --sample"
        )


def _share(figure: Estimated) -> str:
    return f"{percent(figure.value, 2)} ({percent(figure.low, 2)} to {percent(figure.high, 2)})"


def _count(figure: Estimated) -> str:
    return f"{figure.value:,.0f} ({figure.low:,.0f} to {figure.high:,.0f})"


def write_estimate_report(found: LinkEstimates, directory: Path) -> tuple[Path, ...]:
    """Write the report into a folder: links.html, links.md, and the figure as SVG and PNG.

    Returns:
        The files written.
    """
    files = list(write_paper(estimate_report(found), directory / "links.html"))
    figure = threshold_figure(found.curve)
    drawn, painted = directory / "threshold.svg", directory / "threshold.png"
    drawn.write_text(figure.svg, encoding="utf-8")
    painted.write_bytes(to_png(figure.svg))
    return (*files, drawn, painted)
