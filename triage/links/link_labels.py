"""A file of labels: who is who in a sample of a night's rows, checked before anything is measured on it."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing
from triage.links.weak_links import ROW

NEEDED = (*ROW, "person_id", "household_id")
MOST_ROWS = 500
"""No person and no household has so many rows: such an id stands for "not known"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Labels of a night.

    Attributes:
        rows: The columns of `NEEDED`, all filled, and group where the file has it; a row each.
        known: How many of the rows the night has a link for. `link_errors` tells why the others have none.
        of: How many rows the night has in all.
    """

    rows: pl.DataFrame
    known: int
    of: int


def read_labels(file: Path, links: pl.DataFrame) -> Labels:
    """Read a file of labels and hold it against the night.

    Args:
        file: CSV with the columns of `NEEDED` and optionally group.
        links: The night's.

    Raises:
        ExtractMissing: If the file is not there.
        ExtractMalformed: If it can't be read as a table, has no rows, leaves a cell blank, names a row twice,
            is about rows that the night does not have, or gives hundreds of rows one person or household.
        ColumnMissing: If it lacks a column.
    """
    rows = _table(file)
    if rows.is_empty():
        raise ExtractMalformed(f"{file} has no rows below its header. Nothing was measured.")
    blank = rows.select(pl.col(NEEDED).is_null().sum())
    for name in NEEDED:
        if blank[name][0]:
            raise ExtractMalformed(
                f"{file}: {blank[name][0]:,} of {rows.height:,} rows have no {name}. Nothing was measured: "
                "rows without one would all be taken for one. Fill it in, or leave such rows out."
            )
    doubled = rows.filter(rows.select(ROW).is_duplicated())
    if not doubled.is_empty():
        raise ExtractMalformed(
            f"{file} names the row {_ref(doubled)} more than once. Nothing was measured. A row is one "
            "person: keep one line for it."
        )
    for name in ("person_id", "household_id"):
        _refuse_one_for_many(file, rows, name)
    known = rows.join(links, on=ROW, how="semi").height
    if known * 2 < rows.height:
        _refuse_strangers(file, rows, links)
    return Labels(rows=rows, known=known, of=links.height)


def _table(file: Path) -> pl.DataFrame:
    if not file.is_file():
        raise ExtractMissing(f"{file} is not there. Give the file of labels with --labels FILE.csv.")
    try:
        rows = pl.read_csv(file, infer_schema=False)
    except pl.exceptions.NoDataError:
        raise ExtractMalformed(f"{file} is empty. Nothing was measured.") from None
    except pl.exceptions.PolarsError:
        raise ExtractMalformed(
            f"{file} can't be read as a CSV table in UTF-8. Nothing was measured. Labels need the columns "
            f"{', '.join(NEEDED)}."
        ) from None
    missing = [name for name in NEEDED if name not in rows.columns]
    if len(rows.columns) == 1 or any("\ufffd" in name or "\x00" in name for name in rows.columns):
        raise ExtractMalformed(
            f"{file} is not a CSV file in UTF-8 with a comma between fields. Nothing was measured. Save "
            f"it as such, with the columns {', '.join(NEEDED)}."
        )
    if missing:
        raise ColumnMissing(
            f"{file} lacks the columns {', '.join(missing)}; it has {', '.join(rows.columns)}. "
            f"Labels need {', '.join(NEEDED)}."
        )
    kept = [*NEEDED, *(name for name in ("group",) if name in rows.columns)]
    stripped = pl.col(kept).str.strip_chars()
    return rows.select(stripped).with_columns(pl.when(pl.col(kept) != "").then(pl.col(kept)))


def _refuse_one_for_many(file: Path, rows: pl.DataFrame, name: str) -> None:
    """A word for "not known" would make one person, or one household, of all whom nobody knows."""
    many = rows.filter(pl.len().over(name) > MOST_ROWS)
    if not many.is_empty():
        raise ExtractMalformed(
            f"{file}: the {name} of the row {_ref(many)} stands in more than {MOST_ROWS:,} rows. Nothing was"
            " measured: they would all be taken for one. Leave out rows of which it is not known."
        )


def _refuse_strangers(file: Path, rows: pl.DataFrame, links: pl.DataFrame) -> None:
    """Labels of another council, or with references written otherwise, would show as missed links."""
    strange = rows.join(links, on=ROW, how="anti")
    words = [_other_words(rows, links, name) for name in ("source", "role")]
    raise ExtractMalformed(
        f"{file}: the last night has no link for {strange.height:,} of its {rows.height:,} rows, "
        f"{_ref(strange)} among them. Nothing was measured. Source, record_ref and role must be written as "
        f"in: triage export links{''.join(words)}"
    )


def _other_words(rows: pl.DataFrame, links: pl.DataFrame, name: str) -> str:
    here = links[name].unique().sort().to_list()
    others = [str(word) for word in rows[name].unique().sort() if word not in here]
    if not others:
        return ""
    return f". It has the {name} {', '.join(others[:5])}; the night has {', '.join(here)}"


def _ref(rows: pl.DataFrame) -> str:
    return "/".join(str(value) for value in rows.select(ROW).row(0))
