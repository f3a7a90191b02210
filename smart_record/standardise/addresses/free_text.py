"""Free-text addresses taken apart into flat, house number and street.

Text only: what a street is really called and which property it is, `properties` learns from the whole
council.
"""

import polars as pl

from smart_record.standardise.addresses.street_words import STREET_END, street_words
from smart_record.standardise.addresses.tenements import FLOOR_AND_SIDE, with_floor_and_side
from smart_record.standardise.distinct import Distinct, each_once
from smart_record.standardise.letters import none_if_blank
from smart_record.standardise.usual_forms import unless_usual

_FLAT_WORD = r"(?:FLAT|FLT|FL|APARTMENT|APPT|APT|UNIT|ROOM|RM|BEDSIT|BED SIT|STUDIO|MAISONETTE|SUITE|PLOT)"
_FLAT = rf"\b{_FLAT_WORD}S?[ :#]*(?:N(?:O|UMBER)\b *)?({FLOOR_AND_SIDE}|\d+ ?[A-Z]?|\b[A-Z]\d*)\b"
_FLOOR = (
    r"\b(BASEMENT|BSMT|BASE|LOWER GROUND|GROUND|GRND|GND|GRD|FIRST|1ST|SECOND|2ND|THIRD|3RD|FOURTH|4TH|TOP|"
    r"ATTIC|UPPER|LOWER|GARDEN|FRONT|REAR|MIDDLE) "
    rf"(?:(?:FLOOR|FLR)\b(?: {_FLAT_WORD}\b)?|(?:FLAT|FLT|MAISONETTE)\b)"
)
_FLOOR_IN_LETTERS = r"^([GFST]) ?F(?: ?F)?\b"
_APART = r"\b(ANNEXE?|PENTHOUSE)\b"
_FLOORS = {
    "BASEMENT": "B", "BSMT": "B", "BASE": "B", "LOWER GROUND": "L", "GROUND": "G", "GRND": "G", "GND": "G",
    "GRD": "G", "FIRST": "F", "1ST": "F", "SECOND": "S", "2ND": "S", "THIRD": "T", "3RD": "T", "TOP": "T",
    "ATTIC": "T", "UPPER": "U", "LOWER": "L", "GARDEN": "G", "ANNEX": "ANNEXE",
}  # fmt: skip
"""How clerks shorten the floor that a flat is known by; any other stays as it is."""
_SLASH = r"^(\d+[A-Z]?) ?/ ?(\d+[A-Z]?)\b"
_NUMBER = r"(?:^|[ ,])(\d+)(?: ?- ?\d+)?(?: ?([A-Z]))?[ ,]+"
_STREET = r"((?:THE )?[A-Z][A-Z]+(?:[ '][A-Z]+)*)"
_BEFORE = r"^(.*)"
_NUMBER_OF_STREET = rf"{_NUMBER}((?:THE )?[A-Z][A-Z' ]*? {STREET_END})(?:,|$)"
_HOUSE_OF_STREET = rf"^((?:THE )?[A-Z][A-Z' ]+), ((?:THE )?[A-Z][A-Z' ]*? {STREET_END})(?:,|$)"
_NUMBER_BEHIND = rf"^((?:THE )?[A-Z][A-Z' ]*? {STREET_END}),? (\d+[A-Z]?)(?:-\d+)?(?:[ ,]|$)"
_BLOCK = r"(?:HOUSE|HSE|COURT|CT|CRT|LODGE|TOWERS?|POINT|HEIGHTS|BUILDINGS?|BLDGS?|MANSIONS|APARTMENTS|HALL)"
"""Words that end the name of a building of flats; `COURT` ends a street's too."""
_FLAT_OF_BLOCK = rf"^(\d+[A-Z]?),? ((?:THE )?[A-Z][A-Z' ]* {_BLOCK}),? (\d+[A-Z]?(?:-\d+)?[ ,]+[A-Z])"
"""`3 CORN HOUSE 16 MILL LANE`: a number and a block before another number is a flat's."""
_IN_BLOCK = rf" {_BLOCK}$"
_RUN_ON = r"\b(\d+)([A-Z]{3})"  # 12MILL LANE
_NO = r"\bNO ?(\d)"  # NO 12
_DASH = r"(\d) ?- ?([A-Z]{2})"  # 12 - MILL LANE
_FLAT_AS_F = r"^F ?(\d+[A-Z]?)[ ,]+(\d)"
_NOWHERE = r"^(?:NFA\b|NO FIXED|OF NO FIXED|NOT KNOWN|UNKNOWN|GONE AWAY|C/O THE COUNCIL)"
_UNTIDY = (
    r"\.|[^\S ]|  | ,|,[^ ]|,$|, ,|[A-Z][015][A-Z]|\b0[A-Z]{2}|\d(?: -|- )|"
    rf"[()]|{_FLAT_AS_F}|{_FLAT_OF_BLOCK}|{_RUN_ON}|{_NO}|{_DASH}|{_NOWHERE}"
)
_FIRST_WORDS = r"^([A-Z][A-Z ']+)"

ADDRESS_PARTS = ("flat", "number", "street")


def with_address_parts(addresses: pl.DataFrame) -> pl.DataFrame:
    """Take addresses apart.

    Args:
        addresses: Any rows with `address`: plain capitals (`letters.plain_capitals`), lines parted by commas.

    Returns:
        The same rows with:
        flat: the flat, room or unit within the building (`3`, `A`, `G` for ground floor), null for a house.
        number: the house number with any letter (`21A`), or the name of a house that stands before its
            street (`THE OLD RECTORY`); null where neither is there.
        street: its words in full (`street_words`), as typed otherwise; the name of the house where nothing
            else is there.
    """
    parts = read_addresses(with_floor_and_side(addresses["address"])).drop("known")
    return pl.concat([addresses, parts], how="horizontal")


def read_addresses(capitals: pl.Series) -> pl.DataFrame:
    """The same for a column.

    Returns:
        One row per address: flat, number, street, and known (bool: the street was found by its last word,
        behind a number).
    """
    rows = _with_flat(capitals.to_frame("address").select(text=_tidy(pl.col("address"))))
    rest = Distinct.of(rows["rest"])
    places = _numbers_and_streets(rest.texts)
    rows = rows.with_columns(rest.spread(places[name]) for name in places.columns)
    return rows.select(
        flat=none_if_blank(pl.coalesce("flat", "flat_before").str.strip_chars_start("0")),
        number=none_if_blank(pl.col("number").str.strip_chars_start("0")),
        street="street",
        known=pl.col("known").fill_null(value=False),
    )


def _tidy(address: pl.Expr) -> pl.Expr:
    """No full stops, one space, one comma between lines, letters where digits were typed for them."""
    return unless_usual(
        address, _tidy_any, usual=lambda text: ~text.str.contains(_UNTIDY), simple=lambda text: text
    )


def _tidy_any(address: pl.Expr) -> pl.Expr:
    text = _digits_in_words(address).str.replace_all(".", " ", literal=True).str.replace_all(r"[()]", ", ")
    text = text.str.replace_all(r"\s+", " ").str.replace_all(r" ?,[ ,]*", ", ").str.strip_chars(" ,")
    text = text.str.replace_all(_RUN_ON, "$1 $2").str.replace_all(_NO, "$1").str.replace_all(_DASH, "$1 $2")
    text = text.str.replace_all(r"(\d) ?- ?(\d)", "$1-$2").str.replace(_FLAT_AS_F, "FLAT $1, $2")
    text = text.str.replace(_FLAT_OF_BLOCK, "FLAT $1, $2, $3")
    return pl.when(~text.str.contains(_NOWHERE)).then(text)


def _with_flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Add flat, and rest: the text without it."""
    floors = (_FLOOR, _FLOOR_IN_LETTERS, _APART)
    floor = pl.coalesce(pl.col("text").str.extract(floor, 1) for floor in floors).replace(_FLOORS)
    text = pl.col("text").str.replace(_FLOOR, ",").str.replace(_FLOOR_IN_LETTERS, ",")
    # lazy, and one step a column: an expression that is used twice would be worked out twice
    lazy = rows.lazy().with_columns(floor=floor).with_columns(text=text.str.replace(_APART, ","))
    flat = pl.col("text").str.extract(_FLAT, 1).str.replace_all(" ", "", literal=True)
    rest = pl.col("text").str.replace(_SLASH, "$2").str.replace(_FLAT, ",")
    return lazy.with_columns(
        flat=pl.coalesce(flat, pl.col("text").str.extract(_SLASH, 1), "floor"),
        rest=rest.str.replace_all(r"[ ,]*,[ ,]*", ", ").str.strip_chars(" ,"),
    ).collect()


def _numbers_and_streets(rest: pl.Series) -> pl.DataFrame:
    """Number, street, known, and flat_before (the number of a building named before the street) of each text.

    A street is known by its last word; where none is there, the first number with words behind it counts. So
    `7 VULCAN HOUSE, 21 ACKLAM ROAD` is number 21, flat 7.
    """
    known = rest.str.extract_groups(_BEFORE + _NUMBER_OF_STREET).struct.rename_fields(list("0123"))
    rows = known.struct.unnest().with_columns(rest.alias("rest"))
    before = pl.col("0").str.extract(r"\b(\d+[A-Z]?)\b", 1)
    number = pl.col("1") + pl.col("2").fill_null("")
    rows = rows.select("rest", number=number, street="3", flat_before=before, known=pl.col("3").is_not_null())
    others = rows["street"].is_null().arg_true()
    by_words = _without_known_street(rest.gather(others))
    rows = rows.with_columns(rows[name].scatter(others, by_words[name]) for name in ("number", "street"))
    one_line = ~pl.col("rest").str.contains(",", literal=True)
    cut = pl.when(one_line).then(_without_place(pl.col("street"))).otherwise("street")
    streets = rows.select(cut).to_series()
    return rows.select("number", each_once(streets, street_words).alias("street"), "flat_before", "known")


def _without_known_street(rest: pl.Series) -> pl.DataFrame:
    """Number and street of texts in which no number stands before a street known by its last word."""
    first = rest.str.extract_groups(_NUMBER + _STREET).struct.rename_fields(list("456"))
    rows = first.struct.unnest().with_columns(rest.alias("rest"))
    rows = rows.with_columns(
        number=pl.col("4") + pl.col("5").fill_null(""),
        street=pl.coalesce("6", pl.col("rest").str.extract(_FIRST_WORDS, 1)),
        house=_named_house(),
        turned=pl.col("rest").str.extract_groups(_NUMBER_BEHIND),
    )
    house, turned = pl.col("house").struct, pl.col("turned").struct
    numberless = pl.col("number").is_null() | (pl.col("number") == "")
    behind = turned[0].is_not_null() & (numberless | ~turned[0].str.contains(_IN_BLOCK))
    return rows.select(
        number=pl.when(behind)
        .then(turned[1])
        .otherwise(pl.when(numberless).then(street_words(house[0])).otherwise("number")),
        street=pl.when(behind)
        .then(turned[0])
        .otherwise(pl.when(numberless).then(pl.coalesce(house[1], "street")).otherwise("street")),
    )


def _named_house() -> pl.Expr:
    """A house with a name before the street, such as `THE OLD RECTORY, CHURCH LANE`: name, street.

    Where the name ends as a street does it is one, and what follows is the place; but `POPLAR COURT, MILL
    LANE` is a block in a street.
    """
    named = pl.col("rest").str.extract_groups(_HOUSE_OF_STREET)
    street = pl.col("rest").str.contains(rf"^[A-Z' ]+ {STREET_END},")
    street = street & ~pl.col("rest").str.contains(r"^[A-Z' ]+ (?:COURT|CT|CRT),")
    return pl.when(~street).then(named)


def _without_place(street: pl.Expr) -> pl.Expr:
    """The street without the town typed after it (`ACKLAM ROAD MIDDLESBROUGH`)."""
    cut = street.str.replace(rf"^(.* {STREET_END}) .*$", "$1")
    return pl.when(street.str.contains(rf" {STREET_END}$")).then(street).otherwise(cut)


def _digits_in_words(text: pl.Expr) -> pl.Expr:
    """`R0MAN R0AD` as it was meant; a digit between two letters, or a nought before two, is a slip."""
    slips = text.str.replace_all(r"([A-Z])0([A-Z])", "${1}O$2")
    slips = slips.str.replace_all(r"([A-Z])1([A-Z])", "${1}L$2")
    return slips.str.replace_all(r"([A-Z])5([A-Z])", "${1}S$2").str.replace_all(r"\b0([A-Z]{2})", "O$1")
