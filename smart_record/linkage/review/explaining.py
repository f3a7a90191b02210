"""Two rows side by side: what agrees, what does not, what each comparison weighs, what keeps them apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from smart_record.linkage.pairs.comparisons import compare
from smart_record.linkage.pairs.conflicts import conflicts
from smart_record.linkage.pairs.weight_table import Weights
from smart_record.linkage.pairs.weights import weight_parts, with_weights
from smart_record.linkage.rows.comparable import Comparable
from smart_record.standardise.properties.finding_words import finding_in_words
from smart_record.standardise.properties.found_properties import FINDING

ONE_RECORD = "two parties of one record"

_ROW = ("source", "record_ref", "role")
_SHOWN = ("title", "forename", "middle", "surname", "dob", "address", "postcode", "starts", "ends")
_BY_THEIR_END = ("nino", "telephone")

PROPERTY = "property"
"""Beside what a row says, what it was taken to mean."""

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExplained:
    """One pair of rows as the matching sees it.

    Attributes:
        one, other: What each row says, by field; null where it says nothing. Personal data. `PROPERTY`: which
            property its address was found to be, and how surely.
        weights: Bits by comparison: above zero speaks for one person, below against.
        match_weight: Their sum.
        needed: The match weight at which a pair with nothing else to go by is joined as likely as not.
        conflicts: What keeps the two apart whatever else agrees.
    """

    one: dict[str, str | None]
    other: dict[str, str | None]
    weights: dict[str, float]
    match_weight: float
    needed: float
    conflicts: tuple[str, ...]


def explain_pairs(
    extracts: Mapping[str, pl.DataFrame],
    pairs: list[tuple[Row, Row]],
    *,
    as_of: date,
    weights: Weights | None = None,
) -> list[PairExplained | None]:
    """Explain pairs of adult rows of one night.

    Args:
        extracts: The night's accepted rows by declared extract name.
        pairs: Two rows each: source, record_ref, role.
        as_of: The night's date.
        weights: What the night weighed with; the shipped ones if left out.

    Returns:
        One for each pair; None where a row is not there, is a child's, or the two are one row.
    """
    rows = Comparable.of(extracts, as_of=as_of)
    adults = rows.adults
    wanted = {row for pair in pairs for row in pair}
    asked = pl.DataFrame(sorted(wanted), schema=dict.fromkeys(_ROW, pl.String), orient="row")
    here = asked.join(rows.adults, on=_ROW).sort("person")
    of_record = rows.records.select("record", "address", *FINDING, uprn="resolved_uprn")
    here = here.join(of_record, on="record", maintain_order="left")
    number = {tuple(row[:3]): row[3] for row in here.select(*_ROW, "person").iter_rows()}
    numbers = [(number.get(one), number.get(other)) for one, other in pairs]
    asked_of = sorted(
        {(min(a, b), max(a, b)) for a, b in numbers if a is not None and b is not None and a != b}
    )
    weighed = _weighed(asked_of, adults, weights)
    said = {row["person"]: _said(row) for row in here.iter_rows(named=True)}
    explained: list[PairExplained | None] = []
    for one, other in numbers:
        if one is None or other is None or one == other:
            explained.append(None)
            continue
        told = weighed[min(one, other), max(one, other)]
        explained.append(PairExplained(one=said[one], other=said[other], **told))
    return explained


def _weighed(
    pairs: list[tuple[int, int]], adults: pl.DataFrame, weights: Weights | None
) -> dict[tuple[int, int], dict[str, Any]]:
    """What is told of each pair beside what its rows say; all pairs are compared at once."""
    schema = {"left": pl.UInt32, "right": pl.UInt32}
    compared = compare(pl.DataFrame(pairs, schema=schema, orient="row"), adults)
    weighed = with_weights(compared, adults, weights)
    one_record = (pl.col("record_l") == pl.col("record_r")).alias(ONE_RECORD)
    against = weighed.select(one_record, **conflicts()).fill_null(value=False)
    parts = weight_parts(compared, adults, weights).drop("left", "right")
    told = weighed.select(
        "left", "right", "match_weight", needed=pl.col("match_weight") - pl.col("posterior")
    )
    rows = zip(told.iter_rows(), parts.iter_rows(named=True), against.iter_rows(named=True), strict=True)
    return {
        (left, right): {
            "weights": bits,
            "match_weight": weight,
            "needed": needed,
            "conflicts": tuple(reason for reason, stands in vetoes.items() if stands),
        }
        for (left, right, weight, needed), bits, vetoes in rows
    }


def _said(row: dict[str, Any]) -> dict[str, str | None]:
    """What a row says; of numbers only the end, enough to see whether two are the same. And its property."""
    said = {name: None if row[name] is None else str(row[name]) for name in _SHOWN}
    ends = {name: None if row[name] is None else f"…{str(row[name])[-4:]}" for name in _BY_THEIR_END}
    return said | ends | {PROPERTY: finding_in_words(row)}
