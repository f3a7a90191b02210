"""What a name means in its postcode."""

import polars as pl
import pytest

from smart_record.standardise.addresses.names_there import names_there


def called(name: str, *others: str, slips: int = 2) -> str | None:
    """How one name is read beside others of its postcode."""
    names = pl.Series([name, *others], dtype=pl.String)
    return names_there(names, pl.Series(["NE14LP"] * len(names)), slips=slips)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("KIRK WND", "KIRK WYND"),  # letters left out
        ("FFD Y MYNYDD", "FFORDD Y MYNYDD"),
        ("TRAFLAGAR WALK", "TRAFALGAR WALK"),  # a slip
        ("CORN", "CORN HOUSE"),  # its beginning
        ("MILL ROAD TANNERS HILL", "MILL ROAD"),  # a place behind it
    ],
)
def test_a_name_is_what_most_of_its_postcode_mean(typed: str, meant: str) -> None:
    assert called(typed, meant, meant) == meant


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("PARK ROAD NORTH", "PARK ROAD"),  # a word that makes it another street
        ("PARK", "MILL LANE"),
        ("ELM", "ELK"),  # too short for a slip
        ("MILL (LANE", "CORN STREET"),  # no pattern, whatever it looks like
    ],
)
def test_another_name_stays_another(typed: str, other: str) -> None:
    assert called(typed, other, other) == typed


def test_a_name_stays_where_no_other_is_twice_as_frequent() -> None:
    assert called("KIRK WND", "KIRK WYND") == "KIRK WND"


def test_a_name_stays_that_may_be_either_of_two() -> None:
    names = ("NORTH LANE", "NORTH LANE", "NORTH LINE", "NORTH LINE")
    assert called("NORTH LNE", *names) == "NORTH LNE"


def test_a_street_of_its_own_elsewhere_is_misspelt_nowhere() -> None:
    names = pl.Series(["NORTH ROW", *["SOUTH ROW"] * 2, *["NORTH ROW"] * 3])
    places = pl.Series(["NE14LP"] * 3 + ["NE99ZZ"] * 3)
    assert names_there(names, places, slips=2).to_list() == names.to_list()


def test_without_a_postcode_a_name_stays() -> None:
    names = pl.Series(["KIRK WND", "KIRK WYND", "KIRK WYND"])
    assert names_there(names, pl.Series([None, "NE14LP", "NE14LP"]), slips=2).to_list() == names.to_list()
