"""Error rates of links without labels, for the terminal."""

from collections.abc import Iterator

from rich.table import Table

from smart_record.linkage.measuring.clerical import Estimated
from triage.links.link_estimates import LinkEstimates
from triage.table_text import a_table


def estimate_lines(found: LinkEstimates) -> Iterator[str | Table]:
    """What the weights say, what the judged sample says, and what to do next."""
    expected, clerical = found.expected, found.clerical
    yield f"Links between rows of adults, night {found.night_id}: {expected.links:,}"
    yield (
        f"By the match weights alone: {expected.false_links:,.1f} of them wrong, "
        f"{expected.missed_links:,.1f} more missed. This holds if the weights tell the truth, and leaves out "
        "pairs that share too little to be compared."
    )
    yield f"By officers' judgement of the sample of night {found.sampled}:"
    if clerical.precision is None:
        yield "  Not told yet: every kind of pair needs at least one that is judged."
    for name, figure in (("precision", clerical.precision), ("recall", clerical.recall)):
        if figure is not None:
            yield f"  {name} {figure.value:.4f} (95%: {figure.low:.4f} to {figure.high:.4f})"
    for name, figure in (("wrong links", clerical.false_links), ("missed links", clerical.missed_links)):
        if figure is not None:
            yield f"  {name} {_count(figure)}"
    yield _strata(found)
    left = clerical.drawn - clerical.judged
    if left:
        yield (
            f"{left:,} of {clerical.drawn:,} drawn pairs wait for judgement. See them with: triage links "
            "review --sample, then: triage links accept|reject PAIR_ID --reason WHY"
        )


def _count(figure: Estimated) -> str:
    return f"{figure.value:,.0f} (95%: {figure.low:,.0f} to {figure.high:,.0f})"


def _strata(found: LinkEstimates) -> Table:
    headings = ("pairs, by match weight beyond even odds", "in all", "drawn", "judged", "one person")
    table = a_table(*headings, numbers=4)
    for row in found.clerical.strata.iter_rows(named=True):
        numbers = (row[name] for name in ("population", "drawn", "judged", "one_person"))
        table.add_row(row["stratum"], *(f"{number:,}" for number in numbers))
    return table
