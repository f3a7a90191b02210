"""How each system writes an address: short forms, flat first or last, ward or none, postcode, UPRN."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from triage.invented import town
from triage.invented.chance import draw, happens, worsened
from triage.invented.homes import UNIT_LETTERS
from triage.invented.slips import mistyped
from triage.invented.tables import column, table

_SHORTENED, _STREET_MISTYPED, _POSTCODE_MISSING, _POSTCODE_WRONG = 0.22, 0.016, 0.029, 0.008
_POSTCODE_STYLES = (0.727, 0.195, 0.078)
_FLAT_WORDS, _FLAT_SHARES = ("Flat", "Apt", "FLT"), (0.62, 0.23, 0.15)
_BUILDING_LEFT_OUT, _FLAT_AS_FRACTION, _WARD_SHOWN = 0.15, 0.08, 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Parts of addresses, one entry per record: flat (null for a house or a form like 3/16), street, ward."""

    flat: pl.Series
    building: pl.Series
    street: pl.Series
    ward: pl.Series


def written(rng: np.random.Generator, homes: pl.DataFrame, dirt: float) -> Written:
    """The addresses of `homes` (rows of `build_homes`) as a clerk writes them."""
    street = _street(rng, homes, dirt)
    is_flat = homes["flat"] > 0
    fraction = is_flat & pl.Series(happens(rng, _FLAT_AS_FRACTION, homes.height))
    word = pl.Series(_FLAT_WORDS).gather(draw(rng, _FLAT_SHARES, homes.height))
    left_out = pl.Series(happens(rng, _BUILDING_LEFT_OUT, homes.height)) | (homes["building"] == "")
    flat, number = homes["flat"].cast(pl.String), homes["number"].cast(pl.String)
    shows = is_flat & ~fraction
    wards = pl.Series(column("wards", "ward")).gather(homes["ward"])
    ward_shown = pl.Series(happens(rng, _WARD_SHOWN, homes.height))
    parts = pl.select(
        flat=pl.when(shows).then(word + " " + flat),
        building=pl.when(shows & ~left_out).then(homes["building"]),
        street=pl.when(fraction).then(flat + "/" + number).otherwise(number) + " " + street,
        ward=pl.when(ward_shown).then(wards),
    )
    return Written(**{name: parts[name] for name in parts.columns})


def _street(rng: np.random.Generator, homes: pl.DataFrame, dirt: float) -> pl.Series:
    kinds = table("street_types")
    short = kinds.select("type", short=pl.col("short").fill_null("").str.split("|"))
    known = homes.select("stem", "type").join(short, on="type", how="left", maintain_order="left")
    nth = (pl.Series(rng.random(homes.height)) * pl.col("short").list.len()).floor().cast(pl.Int64)
    shortened = pl.Series(happens(rng, _SHORTENED, homes.height)) & (pl.col("short").list.first() != "")
    saint = pl.Series(["Saint ", "St ", "St. "]).gather(draw(rng, (0.4, 0.4, 0.2), homes.height))
    stem = pl.when(pl.col("stem").str.starts_with("Saint ")).then(saint + pl.col("stem").str.slice(6))
    kind = pl.when(shortened).then(pl.col("short").list.get(nth)).otherwise("type")
    names = known.select(pl.concat_str(stem.otherwise("stem"), kind, separator=" ")).to_series()
    return mistyped(rng, names, worsened(_STREET_MISTYPED, dirt))


def in_lines(parts: Written, *, lines: int) -> list[pl.Series]:
    """Address lines from the top, flat and street first, the town last; null below it."""
    flat = pl.concat_str(parts.flat, parts.building, separator=" ", ignore_nulls=True)
    whole = pl.select(
        pl.concat_list(
            pl.when(flat != "").then(flat), parts.street, parts.ward, pl.lit(town.TOWN_NAME)
        ).list.drop_nulls()
    ).to_series()
    return [whole.list.get(line, null_on_oob=True) for line in range(lines)]


def in_one_line(rng: np.random.Generator, parts: Written) -> pl.Series:
    """The address in one field, seven in ten with the town."""
    town_shown = pl.Series(happens(rng, 0.7, len(parts.street)))
    return pl.select(
        pl.concat_str(
            parts.flat,
            parts.building,
            parts.street,
            pl.when(town_shown).then(pl.lit(town.TOWN_NAME)),
            separator=", ",
            ignore_nulls=True,
        )
    ).to_series()


def postcodes(rng: np.random.Generator, homes: pl.DataFrame, dirt: float) -> pl.Series:
    """Postcodes as written: with or without the space, in small letters, with a wrong letter, or none."""
    size = homes.height
    wrong = pl.Series(happens(rng, worsened(_POSTCODE_WRONG, dirt), size))
    letter = pl.Series(list(UNIT_LETTERS)).gather(rng.integers(0, len(UNIT_LETTERS), size))
    code = homes["postcode"]
    style = pl.Series(draw(rng, _POSTCODE_STYLES, size))
    code = pl.select(pl.when(wrong).then(code.str.head(-1) + letter).otherwise(code)).to_series()
    known = pl.Series(~happens(rng, worsened(_POSTCODE_MISSING, dirt), size))
    return pl.select(
        pl.when(known).then(
            pl.when(style == 0)
            .then(code)
            .when(style == 1)
            .then(code.str.replace(" ", "", literal=True))
            .otherwise(code.str.to_lowercase())
        )
    ).to_series()


def uprns(rng: np.random.Generator, homes: pl.DataFrame, *, missing: float, dirt: float) -> pl.Series:
    """UPRNs as text, this share of them missing."""
    known = pl.Series(~happens(rng, worsened(missing, dirt), homes.height))
    return pl.select(pl.when(known).then(homes["uprn"].cast(pl.String))).to_series()
