"""Which property an address means: streets and numbers learned from the rows that carry a UPRN.

A row with a UPRN keeps it, unless its system writes that one where it knows none. Any other is looked up by
flat, number and street, its street as it is really called (`streets`); not by rows whose UPRN others outvote.
Where several properties fit and the postcode does not tell, the address stays without a property: a wrong one
would join strangers.
"""

import numpy as np
import polars as pl

from smart_record.standardise.addresses.named_houses import with_postcode_for_street, with_streets_of_houses
from smart_record.standardise.addresses.names_there import names_there
from smart_record.standardise.addresses.streets import real_streets
from smart_record.standardise.addresses.tenements import with_marks_parted
from smart_record.standardise.distinct import Distinct
from smart_record.standardise.properties.address_findings import is_ambiguous
from smart_record.standardise.properties.found_properties import find_properties
from smart_record.standardise.properties.places import Places

_ESTABLISHED = 3
"""Addresses from which an outward code is one of a street's own, and a tenth of all that name the street."""

_SLIPS = 2
"""Letters that may be wrong in a street that its postcode tells."""

_MOST_STREETS = 5
"""Streets that the rows of one UPRN may name between them, misspelt ones and wrong UPRNs among them."""


def resolve_properties(addresses: pl.DataFrame) -> pl.DataFrame:
    """Give each address its property.

    Args:
        addresses: One row per address. Columns: flat, number, street (`free_text.with_address_parts`),
            postcode, uprn; null if unknown.

    Returns:
        The same rows in the same order with: street (corrected), property (a key equal for rows of one
        dwelling; null where ambiguous, and without number and house's name), building (number and street),
        words (flat, number and street), resolved_uprn, and how that was found (`found_properties.FINDING`).
    """
    streets, corrected, addresses = _as_called(addresses)
    believed = _without_placeholders(addresses["uprn"], streets.codes)
    places = Places.of(addresses.with_columns(corrected, believed), streets)
    twice = _is_there_twice(places.rows)
    found = find_properties(places, twice).rename({"uprn": "resolved_uprn"})
    rows = addresses.with_columns(street=streets.spread(streets.texts))
    building = pl.concat_str("number", "street", separator=" ")
    rows = rows.with_columns(building=building)
    rows = rows.with_columns(words=_words())
    rows = pl.concat([rows, found], how="horizontal")
    return rows.with_columns(_property_keys(rows, twice))


def _words() -> pl.Expr:
    """Flat, number and street in words; flat A of number 6 and number 6A are one."""
    lettered = pl.col("flat").str.contains("^[A-Z]$") & pl.col("number").str.contains(r"^\d+$")
    flat = pl.when(lettered).then(pl.lit("-")).otherwise(pl.col("flat").fill_null("-"))
    number = pl.when(lettered).then(pl.col("number") + pl.col("flat")).otherwise("number")
    return pl.concat_str(flat, number, "street", separator=" ")


def _as_called(addresses: pl.DataFrame) -> tuple[Distinct, pl.Series, pl.DataFrame]:
    """The streets as they are really called, row by row whether that is corrected, and the addresses so."""
    streets, corrected = _corrected(addresses["street"])
    called = names_there(streets.spread(streets.texts), addresses["postcode"], slips=_SLIPS)
    corrected |= called.ne_missing(addresses["street"])
    told = with_streets_of_houses(addresses.with_columns(called.alias("street")))
    told = with_postcode_for_street(with_marks_parted(told))
    return Distinct.of(told["street"]), corrected.alias("corrected"), told


def _corrected(typed: pl.Series) -> tuple[Distinct, pl.Series]:
    """The streets as they are really called, and row by row whether that is corrected."""
    names = Distinct.of(typed)
    uses = pl.DataFrame({"word": names.texts, "uses": names.uses()})
    meant = uses.join(real_streets(uses), on="word", how="left", maintain_order="left")
    real = names.replaced(meant.select(pl.coalesce("corrected", "word")).to_series())
    otherwise = names.spread(meant["corrected"].is_not_null()).fill_null(value=False)
    return real, otherwise.alias("corrected")


def _without_placeholders(uprns: pl.Series, streets: pl.Series) -> pl.Series:
    """The UPRNs but for such as stand for none: rows of many streets bear one, no street most of them."""
    borne = np.sort(uprns.drop_nulls().to_numpy())
    often = pl.Series(np.unique(borne[_MOST_STREETS:][borne[_MOST_STREETS:] == borne[:-_MOST_STREETS]]))
    rows = pl.DataFrame({"uprn": uprns, "street": streets})
    asked = rows.filter(pl.col("uprn").is_in(often.implode())).drop_nulls()
    by_uprn = asked.group_by("uprn", "street").len().group_by("uprn")
    told = by_uprn.agg(streets=pl.len(), most=pl.col("len").max(), every=pl.col("len").sum())
    none = told.filter((pl.col("streets") > _MOST_STREETS) & (pl.col("most") * 2 <= pl.col("every")))["uprn"]
    return uprns.set(uprns.is_in(none.implode()).fill_null(value=False), None)


def _is_there_twice(rows: pl.DataFrame) -> pl.Series:
    """Row by row whether the area has streets of this name under several outward codes.

    Every village has a Church Lane.
    """
    counted = rows.drop_nulls("street").group_by("street", "outward").agg(here=pl.len())
    everywhere = pl.col("here").sum().over("street")
    established = pl.col("outward").is_not_null() & (pl.col("here") >= _ESTABLISHED)
    own = counted.filter(established & (pl.col("here") * 10 >= everywhere))
    twice = own.group_by("street").len().filter(pl.col("len") > 1)
    return rows["street"].is_in(twice["street"].implode()).fill_null(value=False)


def _property_keys(rows: pl.DataFrame, twice: pl.Series) -> pl.Series:
    """The UPRN where there is one, else the address in words, unless it fits several properties."""
    keys = rows.select(property=pl.format("U{}", pl.col("resolved_uprn"))).to_series()
    ambiguous = rows.select(is_ambiguous(pl.col("found_by"))).to_series()
    others = (keys.is_null() & ~ambiguous).arg_true()
    of_words = rows.select("words", outward=pl.col("postcode").str.head(-3)).select(pl.all().gather(others))
    of_words = of_words.with_columns(_only_outward(of_words).alias("outward"))
    where = pl.when(twice.gather(others)).then("outward").otherwise(pl.lit(""))
    by_words = pl.concat_str(pl.lit("A"), "words", where, separator=" ")
    return keys.scatter(others, of_words.select(by_words).to_series())


def _only_outward(rows: pl.DataFrame) -> pl.Series:
    """Each row's outward code; where it has none, that of all others of its words if they have but one."""
    lacking = rows.filter(pl.col("outward").is_null()).select("words").unique()
    known = rows.drop_nulls().join(lacking, on="words", how="semi").unique()
    known = known.filter(pl.col("words").is_unique())
    told = rows.join(known, on="words", how="left", maintain_order="left", suffix="_known")
    return told.select(pl.coalesce("outward", "outward_known")).to_series()
