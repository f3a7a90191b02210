"""Houses and blocks that are known by a name."""

import polars as pl

from smart_record.standardise.addresses.address_parts import address_parts
from smart_record.standardise.addresses.named_houses import with_street_lines, with_streets_of_houses
from tests.smart_record.standardise.addresses_known import SCHEMA, resolved

BLOCK = [(str(n), "CORN HOUSE", "MILL LANE", "NE14LP", 200 + n) for n in range(1, 4)]


def completed(*addresses, known=()):
    frame = pl.DataFrame([*addresses, *known], SCHEMA, orient="row")
    return with_streets_of_houses(frame).head(len(addresses)).select("flat", "number", "street").rows()


def test_a_house_without_its_street_stands_where_others_say():
    known = [(None, "RED BARN", "CHURCH LANE", "NE14LP", None)]
    asked = (None, None, "RED BARN", "NE14LP", None)
    assert completed(asked, known=known) == [(None, "RED BARN", "CHURCH LANE")]


def test_of_two_houses_of_one_name_the_postcode_tells():
    known = [
        (None, "RED BARN", "CHURCH LANE", "NE14LP", None),
        (None, "RED BARN", "BACK LANE", "NE99ZZ", None),
    ]
    asked = [(None, None, "RED BARN", "NE99ZZ", None), (None, None, "RED BARN", None, None)]
    assert completed(*asked, known=known) == [(None, "RED BARN", "BACK LANE"), (None, None, "RED BARN")]


def test_a_house_of_a_common_name_stands_in_no_other_s_street():
    known = [(None, "CARTREF", "CHAPEL LANE", "NE14LP", None)]
    others = [(None, None, "CARTREF", f"NE1{n}AB", None) for n in range(2, 6)]
    assert (
        completed(*others, (None, None, "CARTREF", None, None), known=known) == [(None, None, "CARTREF")] * 5
    )
    assert completed((None, None, "CARTREF", "NE14LP", None), *others, known=known)[0][2] == "CHAPEL LANE"


def test_behind_a_house_s_name_stands_a_street_that_others_number_houses_of():
    typed = pl.Series(
        [f"{n} Ffordd y Mynydd, Penrhos" for n in (1, 2, 3)] + ["Cartref, Ffordd y Mynydd, Penrhos"]
    )
    assert with_street_lines(typed, address_parts(typed)).row(3) == (None, "CARTREF", "FFORDD Y MYNYDD")
    assert with_street_lines(typed[1:], address_parts(typed[1:])).row(2) == (None, None, "CARTREF")


def test_a_number_before_a_block_is_a_flat_of_it():
    assert completed((None, "3", "CORN HOUSE", None, None), known=BLOCK) == [("3", "CORN HOUSE", "MILL LANE")]


def test_a_street_stays_a_street_though_one_house_is_called_so():
    known = [("1", "CORN HOUSE", "MILL LANE", None, None)]
    assert completed((None, "3", "CORN HOUSE", None, None), known=known) == [(None, "3", "CORN HOUSE")]


def test_a_flat_of_a_block_is_found_however_it_is_written():
    found = resolved(
        ("2", None, "CORN HOUSE", "NE14LP", None), (None, "2", "CORN HOUSE", None, None), known=BLOCK
    )
    assert found["resolved_uprn"].to_list() == [202, 202]


def test_a_house_of_which_nobody_tells_the_street_is_known_by_name_and_postcode():
    one, other, elsewhere = resolved(
        (None, None, "RED BARN", "NE14LP", None),
        (None, None, "RED BARN", "NE14LP", None),
        (None, None, "RED BARN", "NE99ZZ", None),
    )["property"]
    assert one == other != elsewhere


def test_a_street_without_number_is_no_home():
    assert resolved((None, None, "MILL LANE", "NE14LP", None))["property"].item() is None


def test_of_the_streets_told_for_a_house_most_rows_are_believed():
    told = [(None, "RED BARN", "CHURCH LANE", "NE14LP", None)] * 3
    mistaken = (None, "RED BARN", "MILL LANE", "NE14LP", None)
    asked = (None, None, "RED BARN", "NE14LP", None)
    assert completed(asked, known=[*told, mistaken]) == [(None, "RED BARN", "CHURCH LANE")]
    assert completed(asked, known=[told[0], mistaken]) == [(None, None, "RED BARN")]


def test_a_misspelt_house_is_the_one_of_its_postcode_or_street():
    by_postcode = ("2", None, "CRON HOUSE", "NE14LP", None)
    by_street = ("2", "CORN HOUS", "MILL LANE", None, None)
    assert completed(by_postcode, by_street, known=BLOCK) == [("2", "CORN HOUSE", "MILL LANE")] * 2


def test_a_house_and_its_street_in_one_are_parted():
    asked = ("2", None, "CORN HOUSE MILL LANE", None, None)
    assert completed(asked, known=BLOCK) == [("2", "CORN HOUSE", "MILL LANE")]


def test_a_house_is_found_by_name_and_postcode_though_nobody_tells_its_street():
    known = [(None, None, "RED BARN", "NE14LP", 300)]
    found = resolved(
        (None, None, "RED BARN", "NE14LP", None), (None, None, "RED BARN", None, None), known=known
    )
    assert found["resolved_uprn"].to_list() == [300, None]
