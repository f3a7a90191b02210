"""Error rates where there are no labels: what the weights say, and what a clerk says of a drawn sample.

The sample is drawn by stratum: links by their match weight, and pairs left apart that came near. A clerk's
judgements count by how many pairs each stands for, so that rare near-misses can be looked at without hiding
how few they are. Intervals are drawn from the Beta distribution of each stratum's share (Jeffreys' prior), so
that a stratum without an error keeps its doubt; pairs that were judged keep none.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from smart_record.linkage.graph.joining import ACCEPTED
from smart_record.linkage.measuring.thresholds import chance

SAME, DIFFERENT = "same_person", "different_people"
"""What a clerk can say of a pair."""

_JOINED = (4.0, 7.0, 10.0, 15.0)
_NEAR, _VERY_NEAR = -5.0, -1.5
_CONTRADICTED = "left apart: contradicted"
_FAR = f"left apart at {_NEAR:+.1f} to {_VERY_NEAR:+.1f} bits"
_CLOSE = f"left apart at {_VERY_NEAR:+.1f} bits or more"
_STRATA = (
    "joined through other rows",
    *(f"joined at {low:+.1f} to {high:+.1f} bits" for low, high in pairwise((ACCEPTED, *_JOINED))),
    f"joined at {_JOINED[-1]:+.1f} bits or more",
    _CONTRADICTED,
    _FAR,
    _CLOSE,
)
_DRAWS = 4_000
_SEED = 20_261_031
_TAIL = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClericalEstimate:
    """What a judged sample says of all links of its night.

    Attributes:
        judged: Pairs that a clerk judged, of `drawn`.
        strata: stratum, population, drawn, judged, one_person; one row each.
        precision, recall: None while a stratum has no judged pair. Recall is of pairs that came near: what
            was never compared is in no sample.
        false_links, missed_links: How many there are, on the same terms.
    """

    drawn: int
    judged: int
    strata: pl.DataFrame
    precision: Estimated | None
    recall: Estimated | None
    false_links: Estimated | None
    missed_links: Estimated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedErrors:
    """What the weights themselves say, if they tell the truth: a rough figure without anybody's work.

    Attributes:
        links: Pairs of rows joined, but for those an officer decided.
        false_links: How many of them are expected to be wrong.
        missed_links: How many of the pairs left apart, and not contradicted, are expected to be one person.
    """

    links: int
    false_links: float
    missed_links: float


def expected_errors(pairs: pl.DataFrame) -> ExpectedErrors:
    """Add up the doubt that the match weights leave.

    A pair joined through other rows is as sure as the weaker of the best links that hold its two rows.

    Args:
        pairs: `WeighedNight.told`.
    """
    told = pairs.filter(~pl.col("officer")).with_columns(pl.col("posterior").fill_null(float("-inf")))
    joined, apart = told.filter("joined"), told.filter(~pl.col("joined") & ~pl.col("conflict"))
    sure = pl.max_horizontal("posterior", pl.min_horizontal("best", "other_best"))
    doubt = _with_best(joined).select(sure=sure)
    return ExpectedErrors(
        links=joined.height,
        false_links=float(doubt.select((1 - chance("sure")).sum()).item()),
        missed_links=float(apart.select(chance("posterior").sum()).item()),
    )


def _with_best(joined: pl.DataFrame) -> pl.DataFrame:
    """The joined pairs with the bits of the best link of either row."""
    row = ["source", "record_ref", "role"]
    other = [f"other_{name}" for name in row]
    ends = [
        joined.select(pl.struct(names).struct.rename_fields(row).alias("row"), "posterior")
        for names in (row, other)
    ]
    best = pl.concat(ends).group_by("row").agg(best=pl.col("posterior").max()).unnest("row")
    return joined.join(best, on=row).join(
        best.rename({**dict(zip(row, other, strict=True)), "best": "other_best"}), on=other
    )


def draw_sample(pairs: pl.DataFrame, *, size: int, seed: int) -> pl.DataFrame:
    """Draw pairs for a clerk, as many from each stratum as it has or its share allows.

    Args:
        pairs: `WeighedNight.told`.
        size: Pairs to draw in all; fewer if there are no more.
        seed: Another seed draws other pairs.

    Returns:
        One row per drawn pair, in an order that tells nothing: source, record_ref, role, other_source,
        other_record_ref, other_role, stratum, population (pairs of the stratum), joined.
    """
    told = pairs.filter(~pl.col("officer")).sort(pairs.columns[:6])
    told = told.with_columns(stratum=_stratum()).drop_nulls("stratum")
    lots = np.random.default_rng(seed).random(told.height)
    drawn = told.with_columns(lot=pl.Series(lots, dtype=pl.Float64), population=pl.len().over("stratum"))
    drawn = drawn.with_columns(place=pl.col("lot").rank("ordinal").over("stratum"))
    sizes = dict(
        drawn.select("stratum", pl.col("population").cast(pl.Int64)).unique().sort("stratum").iter_rows()
    )
    shares = _shares(sizes, size)
    quota = pl.col("stratum").replace_strict(shares, return_dtype=pl.Int64, default=0)
    kept = [*pairs.columns[:6], "stratum", "population", "joined"]
    return drawn.filter(pl.col("place") <= quota).sort("lot").select(kept).cast({"population": pl.Int64})


def _stratum() -> pl.Expr:
    """The stratum of a pair; null for one left apart that came nowhere near."""
    posterior = pl.col("posterior").fill_null(float("-inf"))
    joined = pl.sum_horizontal((posterior >= edge).cast(pl.Int64) for edge in (ACCEPTED, *_JOINED))
    apart = (
        pl.when(posterior < _NEAR)
        .then(None)
        .when("conflict")
        .then(pl.lit(_STRATA.index(_CONTRADICTED)))
        .when(posterior < _VERY_NEAR)
        .then(pl.lit(_STRATA.index(_FAR)))
        .otherwise(pl.lit(_STRATA.index(_CLOSE)))
    )
    number = pl.when("joined").then(joined).otherwise(apart)
    return number.replace_strict(dict(enumerate(_STRATA)), return_dtype=pl.String)


def _shares(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many to draw from each stratum: as even as their sizes allow."""
    shares = dict.fromkeys(sizes, 0)
    left = min(size, sum(sizes.values()))
    while left:
        open_ones = [name for name in sizes if shares[name] < sizes[name]]
        each = max(1, left // len(open_ones))
        for name in open_ones:
            more = min(each, sizes[name] - shares[name], left)
            shares[name] += more
            left -= more
    return shares


def clerical_estimate(sample: pl.DataFrame) -> ClericalEstimate:
    """Estimate error rates from a judged sample.

    Args:
        sample: `draw_sample` with judged: `SAME`, `DIFFERENT`, or null where nobody judged yet.
    """
    strata = (
        sample.group_by("stratum", "joined", "population")
        .agg(
            drawn=pl.len().cast(pl.Int64),
            judged=pl.col("judged").is_not_null().sum().cast(pl.Int64),
            one_person=(pl.col("judged") == SAME).sum().cast(pl.Int64),
        )
        .sort(pl.col("stratum").cast(pl.Enum(_STRATA)))
    )
    told: dict[str, Estimated | None] = {
        "precision": None,
        "recall": None,
        "false_links": None,
        "missed_links": None,
    }
    if not strata.is_empty() and strata["judged"].min() != 0:
        told = _estimates(strata)
    return ClericalEstimate(
        drawn=sample.height, judged=sample["judged"].drop_nulls().len(), strata=strata.drop("joined"), **told
    )


def _estimates(strata: pl.DataFrame) -> dict[str, Estimated | None]:
    population, judged, one = (
        strata[name].to_numpy().astype(np.float64) for name in ("population", "judged", "one_person")
    )
    joined = strata["joined"].to_numpy()
    likeliest = one / judged
    drawn = np.random.default_rng(_SEED).beta(one + 0.5, judged - one + 0.5, (_DRAWS, len(judged)))
    same = one + (population - judged) * np.vstack([likeliest, drawn])
    right, missed, made = same[:, joined].sum(1), same[:, ~joined].sum(1), population[joined].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        figures = {
            "precision": right / made,
            "recall": right / (right + missed),
            "false_links": made - right,
            "missed_links": missed,
        }
    return {name: _estimated(values) for name, values in figures.items()}


def _estimated(values: np.typing.NDArray[np.float64]) -> Estimated | None:
    if not np.isfinite(values).all():
        return None
    low, high = np.percentile(values[1:], (100 * _TAIL, 100 * (1 - _TAIL)))
    value = float(values[0])
    return Estimated(value=value, low=min(float(low), value), high=max(float(high), value))
