"""What another threshold would give, and whether the match weights tell the truth.

Both speak of bits beyond even odds: the match weight of a pair, with what the rest of the household says,
less what two rows need to be one person as likely as not.
"""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from smart_record.linkage.graph.joining import ACCEPTED
from smart_record.linkage.measuring.weighed_night import WeighedNight
from smart_record.linkage.sources import DEPENDANTS

_ROW = ("source", "record_ref", "role")
_OTHER = tuple(f"other_{name}" for name in _ROW)
_STEPS = sorted({*map(float, range(-6, 21)), ACCEPTED})
_BANDS = (-30.0, -10.0, -5.0, -1.5, ACCEPTED, 4.0, 7.0, 10.0, 15.0, 20.0)
_Z = 1.96


def threshold_curve(night: WeighedNight, labels: pl.DataFrame) -> pl.DataFrame:
    """Precision and recall of persons, had only pairs from a threshold on been joined.

    Contradictions, the limit of one row of a record for each person, and officers' verdicts hold at every
    threshold, as they do in the night; what the household adds to a pair is kept as the night saw it.

    Args:
        night: The night's pairs.
        labels: source, record_ref, role, person_id.

    Returns:
        One row per threshold, rising, the one in use among them. Columns: threshold (bits beyond even odds),
        in_use, precision, recall, f1 (null where nothing is joined).
    """
    adults = labels.filter(pl.col("source") != DEPENDANTS).select(*_ROW, "person_id")
    number = night.rows.select(_ROW).with_row_index("number")
    rows = adults.join(number, on=_ROW, how="left")
    linked = rows.drop_nulls("number")
    true = _pairs(rows.select("person_id"))
    counted = []
    for least in _STEPS:
        held = linked.select("person_id", found=night.residents(least).gather(linked["number"]))
        counted.append((least, _pairs(held.select("found")), _pairs(held)))
    return _curve(counted, true)


def expected_curve(pairs: pl.DataFrame) -> pl.DataFrame:
    """What the weights alone say of every threshold, where there are no labels.

    Args:
        pairs: `WeighedNight.told`; pairs that something contradicts or an officer settled are left out.

    Returns:
        As `threshold_curve`. Recall is of the pairs that were compared.
    """
    weighed = pairs.filter(~pl.col("conflict") & ~pl.col("officer") & pl.col("posterior").is_finite())
    told = weighed.sort("posterior").select("posterior", chance=chance("posterior"))
    true = told["chance"].sum()
    counted = []
    for least in _STEPS:
        above = told.filter(pl.col("posterior") >= least)["chance"]
        counted.append((least, above.len(), float(above.sum())))
    return _curve(counted, float(true))


def _curve(counted: Sequence[tuple[float, int, float]], true: float) -> pl.DataFrame:
    """The curve of counts: threshold, pairs joined from it on, those of them that are right."""
    schema = dict.fromkeys(("threshold", "linked", "right"), pl.Float64)
    linked, right = pl.col("linked"), pl.col("right")
    return pl.DataFrame(counted, schema=schema, orient="row").select(
        "threshold",
        in_use=pl.col("threshold") == ACCEPTED,
        precision=pl.when(linked > 0).then(right / linked),
        recall=right / pl.lit(true or None, pl.Float64),
        f1=pl.when(linked + true > 0).then(2 * right / (linked + true)),
    )


def _pairs(rows: pl.DataFrame) -> int:
    sizes = rows.group_by(rows.columns).agg(n=pl.len().cast(pl.Int64))
    return int(sizes.select((pl.col("n") * (pl.col("n") - 1) // 2).sum()).item())


def calibration(pairs: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """How many pairs of each band of match weight are one person, beside what the weight says.

    Pairs that something contradicts, or that an officer settled, are left out: no weight joins or parts them.

    Args:
        pairs: `WeighedNight.told`.
        labels: source, record_ref, role, person_id.

    Returns:
        One row per band that has pairs, rising. Columns: low, high (bits beyond even odds; null for no end),
        pairs (both rows labelled), one_person, observed, observed_low, observed_high (95%, Wilson), expected
        (the share that the weights say), joined, joined_right, precision (of those joined; null if none).
    """
    person = labels.select(*_ROW, "person_id")
    other = person.rename({**dict(zip(_ROW, _OTHER, strict=True)), "person_id": "other_person_id"})
    weighed = pairs.filter(~pl.col("conflict") & ~pl.col("officer") & pl.col("posterior").is_finite())
    told = weighed.join(person, on=_ROW).join(other, on=_OTHER)
    told = told.with_columns(band=band_of("posterior"), same=pl.col("person_id") == pl.col("other_person_id"))
    counted = (
        told.group_by("band")
        .agg(
            pairs=pl.len().cast(pl.Int64),
            one_person=pl.col("same").sum().cast(pl.Int64),
            expected=chance("posterior").mean(),
            joined=pl.col("joined").sum().cast(pl.Int64),
            joined_right=(pl.col("joined") & pl.col("same")).sum().cast(pl.Int64),
        )
        .sort("band")
    )
    return _with_observed(counted.join(bands(), on="band").drop("band"))


def chance(posterior: str) -> pl.Expr:
    """What so many bits beyond even odds say: the chance that the two rows are one person."""
    return 1 / (1 + pl.lit(2.0).pow(-pl.col(posterior)))


def band_of(posterior: str) -> pl.Expr:
    """The number of the band that a pair lies in."""
    return pl.sum_horizontal((pl.col(posterior) >= edge).cast(pl.Int64) for edge in _BANDS)


def bands() -> pl.DataFrame:
    """The bands: band (number), low, high (null for no end)."""
    edges = [None, *_BANDS, None]
    rows = [(at, low, high) for at, (low, high) in enumerate(pairwise(edges))]
    return pl.DataFrame(rows, schema={"band": pl.Int64, "low": pl.Float64, "high": pl.Float64}, orient="row")


def _with_observed(counted: pl.DataFrame) -> pl.DataFrame:
    share, n = pl.col("one_person") / pl.col("pairs"), pl.col("pairs")
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * (share * (1 - share) / n + _Z**2 / (4 * n**2)).sqrt() / (1 + _Z**2 / n)
    return counted.select(
        "low",
        "high",
        "pairs",
        "one_person",
        observed=share,
        observed_low=(middle - half).clip(0.0, 1.0),
        observed_high=(middle + half).clip(0.0, 1.0),
        expected="expected",
        joined="joined",
        joined_right="joined_right",
        precision=pl.when(pl.col("joined") > 0).then(pl.col("joined_right") / pl.col("joined")),
    )
