"""What the council's own rows teach about names."""

import polars as pl

from smart_record.linkage.rows.traits import with_traits

NAMED = dict.fromkeys(["source", "title", "forename", "surname", "sex"], pl.String)
PLACED = dict.fromkeys(["property", "building", "words", "telephone", "email"], pl.String)
DATED = {"dob": pl.Date, "dob_weak": pl.Boolean, "starts": pl.Date, "ends": pl.Date}
SCHEMA = NAMED | PLACED | DATED | {"award_pence": pl.Int64, "one_adult": pl.Boolean}
TOWN = [(forename, surname) for forename in ("JOAN", "IVOR", "SELMA") for surname in ("PARROTT", "MUDGE")] * 4


def read(rows):
    """The traits of rows, each a record's of its own."""
    return with_traits(pl.DataFrame(rows, SCHEMA).with_row_index("record"))


def traits(*names, sexes=()):
    """Traits of the first rows, in a town where Joan, Ivor and Selma Parrott and Mudge are common."""
    sex_of = [*sexes, *[None] * (len(names) - len(sexes))]
    rows = [(*name, sex) for name, sex in zip(names, sex_of, strict=True)]
    rows += [(forename, surname, {"JOAN": "F", "IVOR": "M"}.get(forename)) for forename, surname in TOWN]
    named = [{"source": "rent", "forename": fore, "surname": sur, "sex": sex} for fore, sur, sex in rows]
    return read(named).head(len(names))


def test_names_that_plainly_stand_the_other_way_round_are_turned():
    turned = traits(("PARROTT", "JOAN"), ("MUDGE", "S"), ("JOAN", "PARROTT"))
    assert turned.select("forename", "surname").rows() == [
        ("JOAN", "PARROTT"),
        ("S", "MUDGE"),
        ("JOAN", "PARROTT"),
    ]


def test_names_that_nobody_else_bears_stay_as_they_are():
    assert traits(("THOMAS", "JAMES"), ("J", "P")).select("forename", "surname").rows() == [
        ("THOMAS", "JAMES"),
        ("J", "P"),
    ]


def test_a_forename_tells_the_sex_of_those_without_a_title():
    told = traits(("JOAN", "LOMAS"), ("IVOR", "LOMAS"), ("SELMA", "LOMAS"))
    assert told["sex_likely"].to_list() == ["F", "M", None]


def test_a_title_comes_before_what_the_forename_tells():
    assert traits(("JOAN", "LOMAS"), sexes=("M",))["sex_likely"].item() == "M"


def test_a_slip_is_read_as_the_common_name():
    assert traits(("SLEMA", "LOMAS"), ("IVRO", "LOMAS"))["forename_meant"].to_list() == ["SELMA", "IVOR"]


def test_shares_are_of_all_rows_to_a_quarter_of_a_bit():
    told = traits(("JOAN", "LOMAS"))
    assert told["forename_share"].item() == 2**-1.5  # 9 of 25
    assert told["surname_share"].item() == 2**-4.75  # 1 of 25
    assert told["council_bits"].item() == 4.625  # 25 rows


def test_homes_without_a_property_are_not_one_home():
    at = ["U1", "U1", None, None, None, None]
    words = ["- 1 MILL LANE", "- 1 MILL LANE", "- 2 MILL LANE", "- 2 MILL LANE", None, None]
    rows = pl.DataFrame({"source": ["rent"] * 6, "property": at, "words": words, "forename": ["JOAN"] * 6})
    counted = read(rows.to_dicts())["at_property"]
    assert counted.to_list() == [2, 2, 2, 2, 1, 1]
