"""Addresses as three systems type them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.standardise.addresses.address_parts import address_parts
from smart_record.standardise.addresses.free_text import with_address_parts
from smart_record.standardise.letters import plain_capitals

PIECES = ["12", "7", "12a", "100", "05", "1st", "Flat 3", "FLT A", "/", "-", ",", "Mill Lane", "St Marys Rd"]
PIECES += [
    "16",
    "3-5",
    "Fern House",
    "First Floor Flat",
    "R0man R0ad",
    "12Mill",
    "No",
    "(",
    ")",
    "Corn Court",
    "Fernby",
    "b",
    " ",
    "é",
]


def parts(address):
    return address_parts(pl.Series([address], dtype=pl.String)).row(0)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join), min_size=1, max_size=8))
def test_an_address_is_read_alone_as_on_its_street(addresses):
    capitals = pl.DataFrame({"address": addresses}).with_columns(plain_capitals(pl.col("address")))
    one_by_one = with_address_parts(capitals).select("flat", "number", "street")
    assert address_parts(pl.Series(addresses)).equals(one_by_one)


@pytest.mark.parametrize(
    "address",
    [
        "Flat 3, 16 Saint Mary's Road, Fernby",
        "FLT 3 Corn House, 16 St. Marys Rd., Fernby",
        "Apt 3, Corn House, 16 St Mary's Road",
        "3/16 St Marys Road, Fernby",
        "Flat No. 03, 16 St Marys Rd",
        "Flta 3 Corn House, 16 St Marys Road, Fernby",
        "Flat 3 16 Saint Marys Road Fernby",
        "FLAT 3, 16 ST MARYS R0AD, FERNBY",
    ],
)
def test_one_flat_in_many_forms(address):
    assert parts(address) == ("3", "16", "SAINT MARYS ROAD")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("12 Mill Ln, Fernby", (None, "12", "MILL LANE")),
        ("12A Mill Lane", (None, "12A", "MILL LANE")),
        ("12 A Mill Lane", (None, "12A", "MILL LANE")),
        ("12-14 Mill Lane, Fernby", (None, "12", "MILL LANE")),
        ("First Floor Flat, 12 Mill Lane", ("F", "12", "MILL LANE")),
        ("1st Floor Flat 12 Mill Lane", ("F", "12", "MILL LANE")),
        ("Flat A First Floor, 12 Mill Lane", ("A", "12", "MILL LANE")),
        ("Room 4, 12 Mill Lane", ("4", "12", "MILL LANE")),
        ("1 Park Road North, Fernby", (None, "1", "PARK ROAD NORTH")),
        ("1 Park Rd N", (None, "1", "PARK ROAD NORTH")),
        ("5 Dr Brown's Close", (None, "5", "DOCTOR BROWNS CLOSE")),
        ("1 High St South, Fernby", (None, "1", "HIGH STREET SOUTH")),
        ("9 Beech Dr", (None, "9", "BEECH DRIVE")),
        ("2 The Avenue, Fernby", (None, "2", "THE AVENUE")),
        ("Rose Cottage, Main Street", (None, "ROSE COTTAGE", "MAIN STREET")),
        ("Rose Cottage", (None, None, "ROSE COTTAGE")),
        ("The Old Rectory, Church Lane, Fernby", (None, "THE OLD RECTORY", "CHURCH LANE")),
        ("Flat 1 The Old Rectory, Church Lane", ("1", "THE OLD RECTORY", "CHURCH LANE")),
        ("Church Lane, Fernby Green", (None, None, "CHURCH LANE")),
        ("Bsmt Flat 12 Mill Lane", ("B", "12", "MILL LANE")),
        ("GFF, 12 Mill Lane", ("G", "12", "MILL LANE")),
        ("F.F.F. 12 Mill Lane", ("F", "12", "MILL LANE")),
        ("Top Flr 12 Mill Lane", ("T", "12", "MILL LANE")),
        ("Lower Flat 12 Mill Lane", ("L", "12", "MILL LANE")),
        ("Upper Maisonette, 12 Mill Lane", ("U", "12", "MILL LANE")),
        ("The Annexe, 12 Mill Lane", ("ANNEXE", "12", "MILL LANE")),
        ("Flat3, 12 Mill Lane", ("3", "12", "MILL LANE")),
        ("Flat1, 12 Mill Lane", ("1", "12", "MILL LANE")),  # a one is no letter here
        ("F3 12 Mill Lane", ("3", "12", "MILL LANE")),
        ("12 - 14 Mill Lane", (None, "12", "MILL LANE")),
        ("Mill Lane 12", (None, "12", "MILL LANE")),
        ("3 Dorman Court, 12 Mill Lane, Fernby", ("3", "12", "MILL LANE")),
        ("c/o Mrs Brown, 12 Mill Lane", (None, "12", "MILL LANE")),
        ("Mill Lane, 12, Fernby", (None, "12", "MILL LANE")),
        ("Mill Lane 12-14 Fernby", (None, "12", "MILL LANE")),
        ("Mill Ln 12 (Hillcrest), Fernby", (None, "12", "MILL LANE")),
        ("Mill Lane 12, Flat 3", ("3", "12", "MILL LANE")),
        ("(Flat 3) 12 Mill Lane", ("3", "12", "MILL LANE")),
        ("12 (Flat 3) Mill Lane", ("3", "12", "MILL LANE")),
        ("12Mill Lane", (None, "12", "MILL LANE")),
        ("12 - Mill Lne", (None, "12", "MILL LANE")),
        ("No. 12 Mill Lane", (None, "12", "MILL LANE")),
        ("3 Corn House No 12 Mill Lane", ("3", "12", "MILL LANE")),
        ("3 Corn House, 12 Broadway", ("3", "12", "BROADWAY")),
        ("3 Dorman Court, 12, Mill Laen, Fernby", ("3", "12", "MILL LAEN")),
        ("Dorman Court, 12, Broadway", (None, "12", "BROADWAY")),
        ("No fixed abode", (None, None, None)),
        ("16 Beech Gr Road, Fernby", (None, "16", "BEECH GROVE ROAD")),
        (None, (None, None, None)),
    ],
)
def test_houses_floors_and_rooms(address, expected):
    assert parts(address) == expected
