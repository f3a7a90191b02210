"""Two numbers with a stroke: the council's other addresses say which is the house."""

import polars as pl

from smart_record.standardise.addresses.address_parts import address_parts
from smart_record.standardise.addresses.stroke import with_house_by_stroke


def read(*typed: str) -> list[tuple[str | None, str | None]]:
    addresses = pl.Series(list(typed), dtype=pl.String)
    return with_house_by_stroke(addresses, address_parts(addresses)).select("flat", "number").rows()


def test_the_first_is_the_flat_unless_others_say_otherwise():
    assert read("3/16 Mill Lane") == [("3", "16")]
    assert read("3/16 Mill Lane", "Flat 9, 16 Mill Lane") == [("3", "16"), ("9", "16")]


def test_the_first_is_the_house_where_others_know_its_flats():
    assert read("28/18 Mill Lane, Fernby", "Unit 2, 28 Mill Lane")[0] == ("18", "28")
    assert read("28/18 Mill Lane", "Unit 2, 28 Station Road")[0] == ("28", "18")


def test_where_both_have_flats_or_neither_it_is_read_as_most_are():
    flats = [f"Flat {n}, {house} Mill Lane" for n in (1, 2) for house in (28, 18)]
    assert read("28/18 Mill Lane", *flats)[0] == ("28", "18")
    house_first = ["41/3 High Street", "Flat 3, 41 High Street", "5/16 Church View"]
    assert read("28/18 Mill Lane", *flats, *house_first)[0] == ("18", "28")
    assert read(*house_first)[2] == ("16", "5")


def test_a_tenement_s_floor_and_side_is_no_house():
    assert read("2/1, 55 Mill Lane", "55/2 Mill Lane", "Flat 2, 55 Mill Lane")[0] == ("2:1", "55")


def test_the_order_of_the_addresses_changes_nothing():
    typed = ["28/18 Mill Lane", "Unit 2, 28 Mill Lane", "3/16 Mill Lane", "Flat 1, 16 Mill Lane"]
    assert read(*typed) == read(*reversed(typed))[::-1]


def test_without_a_stroke_all_stays():
    assert read("12 Mill Lane", "Flat 3, 12 Mill Lane", "12-14 Mill Lane")[:2] == [(None, "12"), ("3", "12")]
