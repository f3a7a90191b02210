"""How far the UPRN that a row carries can be believed: the other rows of that UPRN are witnesses.

A system that took a UPRN from the wrong flat shows where it falls on one that another row bears. Every row is
taken to be wrong as often as that is seen: so a row alone is right as often as a row is, two that agree are
both wrong only with the square of that chance, and of one against one either may be right. Where few
properties have a row (no council tax, say) most wrong UPRNs fall on none, and a row alone is said to be surer
than it is.
"""

import polars as pl

from smart_record.standardise.distinct import Distinct
from smart_record.standardise.properties.address_findings import (
    ALONE,
    BORNE_OUT,
    DISPUTED,
    properties_in_words,
    way,
)
from smart_record.standardise.properties.known_properties import Listed
from smart_record.standardise.properties.places import Places

_SHIPPED_WRONG, _SHIPPED_ROWS = 1, 200
"""What counts as seen before a council's first row: wrong UPRNs, and of how many."""

_FLOOR = "^[BFGLSTU]$"
"""Letters that stand for a floor in one system and for a flat in another: they contradict no other."""

_NAMED = "="
"""Before the form of a house without number, which may be named in two ways."""

_MOST_WITNESSES = 20
_BELOW = 2**32
"""Two numbers below it are packed into one."""

_NO_FLAT = _BELOW - 1


def own_uprns(places: Places, listed: Listed) -> pl.DataFrame:
    """Judge the UPRN of each address that carries one.

    Args:
        places: The addresses.
        listed: The same as a list of properties.

    Returns:
        row, found_by (`address_findings.OWN`), share_right (f64), measured_on (u32: the rows judged),
        fits, others (`address_findings`: where disputed, other properties of the same words).
    """
    rows = places.rows.filter(pl.col("uprn").is_not_null())
    dwelling = places.dwelling(pl.col("flat"), pl.col("number"))
    of_one_uprn = _of_one_uprn(rows, places, listed)
    witnesses = rows.select("row", "uprn", "flat", "postcode", dwelling=dwelling)
    witnesses = witnesses.join(of_one_uprn, on="row", how="left", maintain_order="left")
    agree, against = pl.col("agree").fill_null(1), pl.col("against").fill_null(0)
    net = agree - against - _of_the_same_words(witnesses, listed)
    by = pl.when(net <= 0).then(way(DISPUTED)).when(agree > 1).then(way(BORNE_OUT)).otherwise(way(ALONE))
    ahead = net.clip(-_MOST_WITNESSES, _MOST_WITNESSES).cast(pl.Float64)
    odds = _odds_of_a_row(of_one_uprn, rows.height)
    judged = witnesses.with_columns(
        found_by=by, share_right=1 / (1 + odds**-ahead), measured_on=pl.lit(rows.height, pl.UInt32)
    )
    others = _others(judged.filter(pl.col("found_by") == DISPUTED), listed)
    judged = judged.join(others, on="row", how="left", maintain_order="left")
    return judged.select("row", "found_by", "share_right", "measured_on", "fits", "others")


def _of_one_uprn(rows: pl.DataFrame, places: Places, listed: Listed) -> pl.DataFrame:
    """Of rows whose UPRN others bear too: row, agree (how many say the same, itself too), against."""
    shared = rows.filter(pl.col("uprn").is_duplicated() & pl.col("number").is_not_null())
    forms = _doors(shared, places)
    shared = shared.select("row", "uprn", house=places.house(pl.col("number")), said=forms.codes)
    said = Distinct.of_rows(shared.select("uprn", "said"))
    groups = shared.select(pl.col("uprn", "said").gather(said.texts)).with_columns(agree=said.uses())
    groups = groups.with_row_index("group").filter(pl.col("uprn").is_duplicated())
    houses = shared.select("house", said.codes.alias("group"))
    against = _contradictions(groups, houses, forms.texts, listed)
    none = pl.Series([0]).new_from_index(0, len(said.texts))
    return shared.select(
        "row",
        agree=said.spread(said.uses()),
        against=said.spread(none.scatter(against["group"], against["against"])),
    )


def _doors(rows: pl.DataFrame, places: Places) -> Distinct:
    """House number and flat as one text, whichever way round they are written: `16/3` as `3/16`."""
    door = pl.col("number").cast(pl.UInt64) * _BELOW + pl.col("flat").fill_null(_NO_FLAT)
    doors = Distinct.of(rows.select(door).to_series())
    number, flat = doors.texts // _BELOW, doors.texts % _BELOW
    written = pl.DataFrame(
        {
            "flat": places.marks.gather(flat.set(flat == _NO_FLAT, None)),
            "number": places.marks.gather(number),
        }
    )
    digits = pl.col("number").str.extract(r"^(\d+)", 1)
    letter = pl.col("number").str.extract(r"^\d+([A-Z])$", 1)
    parts = [pl.when(~part.str.contains(_FLOOR)).then(part) for part in (pl.col("flat"), digits, letter)]
    numbered = pl.concat_list(parts).list.drop_nulls().list.sort().list.join(" ")
    named = _NAMED + pl.concat_str("flat", "number", separator=" ", ignore_nulls=True)
    forms = Distinct.of(written.select(pl.when(digits.is_null()).then(named).otherwise(numbered)).to_series())
    return Distinct(forms.texts, doors.spread(forms.codes))


def _contradictions(
    groups: pl.DataFrame, houses: pl.DataFrame, doors: pl.Series, listed: Listed
) -> pl.DataFrame:
    """Rows of a UPRN that say another flat or number: group, against.

    A flat that another row leaves out is none, nor are rooms of a house that has one UPRN in all.

    Args:
        groups: UPRNs that say several things, each thing once: group, uprn, said (of `doors`), agree.
        houses: Row by row: house, group.
        doors: What is said.
        listed: Which houses have one UPRN in all.
    """
    mine = houses.filter(pl.col("group").is_in(groups["group"].implode()))
    there = listed.known.join(mine.select("house").unique(), on="house", how="semi")
    whole = there.group_by("house").agg(one=pl.col("uprn").n_unique() == 1).filter("one")["house"]
    home = mine.group_by("group").agg(
        house=pl.when(pl.col("house").n_unique() == 1).then(pl.col("house").min())
    )
    home = home.with_columns(whole=pl.col("house").is_in(whole.implode()))
    told = groups.join(home, on="group")
    pairs = told.join(told, on="uprn", suffix="_other").filter(pl.col("said") != pl.col("said_other"))
    one, other = (doors.gather(pairs[name]) for name in ("said", "said_other"))
    parts = pl.DataFrame({"one": one.str.split(" "), "other": other.str.split(" ")})
    differ = parts.select(
        pl.col("one").list.set_difference("other").list.len().gt(0)
        & pl.col("other").list.set_difference("one").list.len().gt(0)
    ).to_series()
    numbered = ~(one.str.starts_with(_NAMED) | other.str.starts_with(_NAMED))
    rooms = (pl.col("whole") & (pl.col("house") == pl.col("house_other"))).fill_null(value=False)
    against = pairs.filter(differ & numbered).filter(~rooms)
    return against.group_by("group").agg(against=pl.col("agree_other").sum())


def _of_the_same_words(rows: pl.DataFrame, listed: Listed) -> pl.Series:
    """How many rows of the same flat, house, street and postcode bear another UPRN."""
    by = ["dwelling", "postcode", "uprn"]
    flats = listed.known.filter(~pl.col("whole") & pl.col("postcode").is_not_null())
    flats = flats.group_by(by).agg(pl.col("rows").sum().cast(pl.Int64))
    flats = flats.filter(pl.struct("dwelling", "postcode").is_duplicated())
    elsewhere = pl.col("rows").sum().over("dwelling", "postcode") - pl.col("rows")
    told = flats.select(*by, elsewhere=elsewhere)
    return rows.select(by).join(told, on=by, how="left", maintain_order="left")["elsewhere"].fill_null(0)


def _odds_of_a_row(witnessed: pl.DataFrame, rows: int) -> float:
    """How much likelier than not a row's UPRN is right, going by how many of all are outvoted."""
    outvoted = witnessed.filter(pl.col("against") > pl.col("agree")).height
    even = witnessed.filter(pl.col("against") == pl.col("agree")).height
    wrong = outvoted + even / 2 + _SHIPPED_WRONG
    return (rows + _SHIPPED_ROWS - wrong) / wrong


def _others(disputed: pl.DataFrame, listed: Listed) -> pl.DataFrame:
    """Other properties that have the words of a row: row, fits, others."""
    pairs = disputed.select("row", "uprn", "dwelling", "postcode").join(
        listed.known.select("dwelling", "postcode", "uprn"), on="dwelling", suffix="_known"
    )
    there = (pl.col("postcode") == pl.col("postcode_known")).fill_null(value=True)
    other = pairs.filter(there & (pl.col("uprn") != pl.col("uprn_known")))
    return properties_in_words("row", other.select("row", uprn="uprn_known").unique())
