"""The tables of the report on links that say which errors there are, and in which groups of names."""

from collections.abc import Iterator

import polars as pl

from smart_record.linkage.measuring.link_errors import kinds_of_errors
from triage.links.link_evaluation import LEAST_PAIRS, LinkEvaluation, group_name, link_fairness
from triage.papers.document import Block, Paragraph, Table


def error_blocks(found: LinkEvaluation) -> Iterator[Block]:
    """The kinds of errors, how many people and households are found exactly, the kinds by group of names."""
    errors = found.errors
    yield _kinds(found)
    yield Paragraph(
        text=f"{errors.people_exact:,} of {errors.people:,} people and {errors.households_exact:,} of"
        f" {errors.households:,} households are found exactly: all their rows, and nobody else's."
    )
    yield from _by_group(found)


def _kinds(found: LinkEvaluation) -> Table:
    errors = found.errors
    kinds = kinds_of_errors(errors.wrong).filter(pl.col("group").is_null()).drop("group")
    pairs = [(f"{unit.capitalize()} {error}: {why}", count) for unit, error, why, count in kinds.iter_rows()]
    sizes = [
        ("Rows of the resident that has most", errors.largest_resident),
        ("Records of the household that has most", errors.largest_household),
        ("Residents that are two parties of one record (must be none)", errors.two_parties),
    ]
    return Table(
        caption="Pairs of rows (persons) and of records (households) that are wrong, and sizes",
        header=("", "Count"),
        rows=tuple((name, f"{count:,}") for name, count in (*pairs, *sizes)),
    )


def _by_group(found: LinkEvaluation) -> Iterator[Block]:
    """Why a group loses: a table for each unit of which two groups can be told."""
    kinds = kinds_of_errors(found.errors.wrong)
    tables = [
        table for unit in ("persons", "households") if (table := _of_unit(found, kinds, unit)) is not None
    ]
    if tables:
        yield Paragraph(
            text="Why some groups of names lose more: their errors by kind. A pair between two groups counts"
            f" for both; groups with fewer than {LEAST_PAIRS} true links are left out."
        )
        yield from tables


def _of_unit(found: LinkEvaluation, kinds: pl.DataFrame, unit: str) -> Table | None:
    told = {
        group.name: f"{group.figures['true_pairs']:,.0f}"
        for group in link_fairness(found.measured, unit).groups
        if group.figures is not None
    }
    if len(told) < 2:
        return None
    mine = kinds.filter(unit=unit)
    count = {
        (error, why, group_name(group)): pairs
        for error, why, group, pairs in mine.drop_nulls("group").drop("unit").iter_rows()
    }
    whole = mine.filter(pl.col("group").is_null(), pl.col("pairs") > 0)
    return Table(
        caption=f"{unit.capitalize()}: wrong pairs by kind and group of names",
        header=("", *told),
        rows=(
            ("Links there are", *told.values()),
            *(
                (f"{error.capitalize()}: {why}", *(f"{count.get((error, why, name), 0):,}" for name in told))
                for error, why in whole.select("error", "why").iter_rows()
            ),
        ),
    )
