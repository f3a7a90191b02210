"""Flats of a tenement as systems type them."""

import polars as pl
import pytest

from smart_record.standardise.addresses.address_parts import address_parts
from smart_record.standardise.addresses.tenements import with_marks_parted


def parts(typed: str) -> tuple[str | None, ...]:
    return address_parts(pl.Series([typed])).row(0)


@pytest.mark.parametrize(
    "typed",
    [
        "Flat 2/1, 55 Kirk Wynd",
        "2/1, 55 Kirk Wynd",
        "2-1, 55 Kirk Wynd",
        "Flat 2F1, 55 Kirk Wynd",
        "flt 2f1 55 Kirk Wynd",
        "55 2/1 Kirk Wynd",
        "55, Flat 2/1, Kirk Wynd",
    ],
)
def test_floor_and_flat_are_read_together(typed: str) -> None:
    assert parts(typed) == ("2:1", "55", "KIRK WYND")


@pytest.mark.parametrize("typed", ["Flat G/R, 9 Kirk Wynd", "GR, 9 Kirk Wynd", "Flat 0/R, 9 Kirk Wynd"])
def test_the_ground_floor_is_g_or_nought(typed: str) -> None:
    assert parts(typed) == ("G:R", "9", "KIRK WYND")


def test_flats_of_one_floor_are_told_apart() -> None:
    assert parts("Flat 2/1, 55 Kirk Wynd") != parts("Flat 2/2, 55 Kirk Wynd")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3/16 Mill Lane", ("3", "16", "MILL LANE")),
        ("3/4 Mill Lane", ("3", "4", "MILL LANE")),
        ("2-4 Mill Lane", (None, "2", "MILL LANE")),
        ("Flat 12, 4 Mill Lane", ("12", "4", "MILL LANE")),
    ],
)
def test_without_a_house_beside_it_a_pair_of_numbers_is_flat_and_house(typed: str, read: tuple) -> None:
    assert parts(typed) == read


@pytest.mark.parametrize(
    ("typed", "others", "read"),
    [
        ("21", ["1:1", "2:2"], "2:1"),
        ("21", ["1:1", "5", "17"], "21"),  # a street of numbered flats
        ("25", ["1:1", "2:2"], "25"),  # no landing has five doors
        ("21", [], "21"),
    ],
)
def test_floor_and_flat_run_together_are_parted_where_flats_are_called_so(typed, others, read) -> None:
    flats = pl.DataFrame({"flat": [typed, *others], "street": "KIRK WYND"})
    assert with_marks_parted(flats)["flat"][0] == read
