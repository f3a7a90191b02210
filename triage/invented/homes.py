"""Homes of the invented town: streets in wards, houses and blocks of flats, postcodes and UPRNs."""

import numpy as np
import polars as pl

from triage.invented import town
from triage.invented.chance import Flags, Floats, Ints, draw, draw_by_row, happens
from triage.invented.tables import column, table

FIRST_UPRN = 199_000_000_003
BANDS = "ABCDEFG"
BAND_RATIOS = np.array([6, 7, 8, 9, 11, 13, 15])  # ninths of band D, Local Government Finance Act 1992 s5
HOMES_ON_A_STREET = 110
FLATS_IN_A_BLOCK = 18
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # the last two letters of a postcode hold no C I K M O V
_EARLIER = ("", "Old ", "Upper ", "Lower ", "Little ", "East ", "West ")
_EARLIER_SHARES = (1, 0.04, 0.04, 0.03, 0.02, 0.03, 0.03)
MOST_HOMES = 1_500_000  # there are names for about as many streets as these need
_WARD_PULL = (-0.85, 0.5, 1.0)
_FLAT_SHARES = (0.07, 0.30, 0.33)


def deprivation() -> Floats:
    """How deprived each ward is, from -1 (least) to 1."""
    return table("wards")["deprivation"].cast(pl.Float64).to_numpy()


def choose_wards(rng: np.random.Generator, tenure: Ints) -> Ints:
    """A ward for each home: owners settle in the better-off ones, social homes were built in the others."""
    shares = table("wards")["share"].cast(pl.Float64).to_numpy()
    pull = np.exp(np.outer(_WARD_PULL, deprivation()))
    return draw_by_row(rng, shares * pull, tenure)


def build_homes(rng: np.random.Generator, *, ward: Ints, tenure: Ints, shared: Flags) -> pl.DataFrame:
    """Build one home for each entry of `ward`.

    Args:
        rng: Where the dice come from.
        ward: Ward number of each home.
        tenure: Tenure number of each home.
        shared: Whether it is a shared house, which is never a flat.

    Returns: One row per home, in the order given. Columns: uprn (i64), flat (i64, 0 for a house), building
        (str, "" where the block has no name), number (i64), stem and type (str, the street), ward (i64),
        postcode (str), band (str).
    """
    size = len(ward)
    flat = happens(rng, np.array(_FLAT_SHARES)[tenure], size) & ~shared
    order = rng.permutation(size)
    order = order[np.argsort(ward[order], kind="stable")]
    place = np.zeros((4, size), dtype=np.int64)  # street within its ward, number, flat, block
    for is_flat in (False, True):
        chosen = order[flat[order] == is_flat]
        place[:, chosen] = _plots(ward, chosen, is_flat=is_flat)
    street, number, flat_number, block = place
    homes = pl.DataFrame(
        {"ward": ward, "street": street, "number": number, "flat": flat_number, "block": block}
    )
    return (
        homes.with_columns(
            uprn=pl.Series(FIRST_UPRN + 7 * rng.permutation(size)), band=_bands(rng, ward, flat_number)
        )
        .join(_streets(rng, homes), on=["ward", "street"], how="left", maintain_order="left")
        .join(_blocks(rng, homes), on=["ward", "block"], how="left", maintain_order="left")
        .with_columns(pl.col("building").fill_null(""), postcode=_postcodes(homes))
        .select("uprn", "flat", "building", "number", "stem", "type", "ward", "postcode", "band")
    )


def _plots(ward: Ints, chosen: Ints, *, is_flat: bool) -> Ints:
    """Street, number, flat and block of each chosen home; numbers 1, 16, 31… are kept for blocks."""
    within = _count_within(ward[chosen])
    streets = np.maximum(1, np.bincount(ward) // HOMES_ON_A_STREET)[ward[chosen]]
    if not is_flat:
        nth = within // streets
        return np.stack([within % streets, 2 + nth + nth // 14, np.zeros_like(nth), np.zeros_like(nth)])
    block = within // FLATS_IN_A_BLOCK
    return np.stack([block % streets, 1 + 15 * (block // streets), within % FLATS_IN_A_BLOCK + 1, block + 1])


def _count_within(sorted_groups: Ints) -> Ints:
    """0, 1, 2… within each run of equal values."""
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=-1))
    return np.arange(len(sorted_groups)) - np.repeat(starts, np.diff(np.append(starts, len(sorted_groups))))


def _streets(rng: np.random.Generator, homes: pl.DataFrame) -> pl.DataFrame:
    """A name of its own for each street in use; "Upper" and "Old" ones come where a town is long."""
    used = homes.select("ward", "street").unique().sort("ward", "street")
    stems, kinds = pl.Series(column("street_stems", "stem")), table("street_types")
    share = kinds["share"].cast(pl.Float64).to_numpy()
    weights = np.outer(_EARLIER_SHARES, np.outer(np.ones(len(stems)), share).ravel()).ravel()
    chosen = _weighted_order(rng, weights)[: used.height]
    early, stem, kind = np.unravel_index(chosen, (len(_EARLIER), len(stems), len(share)))
    return used.with_columns(
        stem=pl.Series(_EARLIER).gather(early) + stems.gather(stem), type=kinds["type"].gather(kind)
    )


def _weighted_order(rng: np.random.Generator, weights: Floats) -> Ints:
    """Every position once, the likelier ones earlier (Efraimidis and Spirakis, 2006)."""
    return np.argsort(rng.exponential(size=len(weights)) / weights, kind="stable").astype(np.int64)


def _blocks(rng: np.random.Generator, homes: pl.DataFrame) -> pl.DataFrame:
    """A name for six blocks of flats in ten; names come again in other wards, as they do."""
    used = homes.filter(pl.col("block") > 0).select("ward", "block").unique().sort("ward", "block")
    names = pl.Series([*column("buildings", "building"), ""], dtype=pl.String)
    shares = np.append(np.full(len(names) - 1, 0.6 / (len(names) - 1)), 0.4)
    return used.with_columns(building=names.gather(draw(rng, shares, used.height)))


def _bands(rng: np.random.Generator, ward: Ints, flat: Ints) -> pl.Series:
    """Council tax bands: low ones where a ward is deprived, lower for flats."""
    worth = -0.9 * deprivation()[ward] - 0.9 * (flat > 0) + rng.normal(0, 0.9, len(ward))
    return pl.Series(list(BANDS)).gather(np.searchsorted([-0.45, 0.3, 1.0, 1.6, 2.2, 2.7], worth))


def _postcodes(homes: pl.DataFrame) -> pl.Series:
    """A postcode for each run of sixteen numbers on a street, within the ward's postcode district."""
    run = homes.select("ward", "street", run=(pl.col("number") - 1) // 16)
    known = run.unique().sort("ward", "street", "run")
    district = table("wards")["district"].cast(pl.Int64).gather(known["ward"])
    nth = known.select(pl.int_range(pl.len()).over(district)).to_series()
    letters, wide = pl.Series(list(UNIT_LETTERS)), len(UNIT_LETTERS)
    sector, first, second = nth % 9 + 1, nth // (9 * wide) % wide, nth // 9 % wide
    further = nth // (9 * wide * wide) * 10  # a full district spills over: after AE1 comes AE11
    outward, inward = (
        (pl.lit(town.POSTCODE_AREA), district + further),
        (letters.gather(first), letters.gather(second)),
    )
    known = known.with_columns(postcode=pl.concat_str(*outward, pl.lit(" "), sector, *inward))
    return run.join(known, on=["ward", "street", "run"], how="left", maintain_order="left")["postcode"]
