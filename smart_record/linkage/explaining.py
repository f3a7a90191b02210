"""Two rows side by side: what agrees, what does not, what each comparison weighs, what keeps them apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.linkage.comparisons import compare
from smart_record.linkage.matching import comparable_adults
from smart_record.linkage.residents import conflicts
from smart_record.linkage.weight_table import Weights
from smart_record.linkage.weights import weight_parts, with_weights

_ROW = ("source", "record_ref", "role")
_SHOWN = ("title", "forename", "middle", "surname", "dob", "address", "postcode", "starts", "ends")

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExplained:
    """One pair of rows as the matching sees it.

    Attributes:
        one, other: What each row says, by field; null where it says nothing. Personal data.
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

    Returns: One for each pair; None where a row is not there, is a child's, or the two are one row.
    """
    adults = comparable_adults(extracts, as_of=as_of)
    wanted = {row for pair in pairs for row in pair}
    asked = pl.DataFrame(sorted(wanted), schema=dict.fromkeys(_ROW, pl.String), orient="row")
    here = asked.join(adults, on=_ROW).sort("person")
    number = {tuple(row[:3]): row[3] for row in here.select(*_ROW, "person").iter_rows()}
    return [_explained(adults, number.get(one), number.get(other), weights) for one, other in pairs]


def _explained(
    adults: pl.DataFrame, one: int | None, other: int | None, weights: Weights | None
) -> PairExplained | None:
    if one is None or other is None or one == other:
        return None
    left, right = sorted((one, other))
    pair = pl.DataFrame({"left": [left], "right": [right]}, schema={"left": pl.UInt32, "right": pl.UInt32})
    compared = compare(pair, adults)
    weighed = with_weights(compared, adults, weights)
    against = weighed.select(**conflicts()).fill_null(value=False).row(0, named=True)
    record = weighed.select(pl.col("record_l") == pl.col("record_r")).item()
    parts = weight_parts(compared, adults, weights).drop("left", "right").row(0, named=True)
    weight = weighed["match_weight"].item()
    vetoes = [reason for reason, stands in against.items() if stands]
    return PairExplained(
        one=_said(adults, one),
        other=_said(adults, other),
        weights=parts,
        match_weight=weight,
        needed=weight - weighed["posterior"].item(),
        conflicts=(*(["two parties of one record"] if record else []), *vetoes),
    )


def _said(adults: pl.DataFrame, person: int) -> dict[str, str | None]:
    row = adults.row(person, named=True)
    return {name: None if row[name] is None else str(row[name]) for name in _SHOWN}
