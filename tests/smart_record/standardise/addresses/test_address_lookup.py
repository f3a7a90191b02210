"""Addresses looked up among known ones: found through slips, and left open where several fit."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.standardise.addresses.address_lookup import EXACT, STRONG, look_up_addresses

STREETS = ("MILL LANE", "STATION ROAD", "CHURCH STREET", "HARROWDALE GROVE", "ST PAULS AVENUE")
KNOWN = [
    (f"{number} {street}, FERNBY", f"ZA{place} {sector}AB", 1000 * place + number)
    for place, street in enumerate(STREETS, start=1)
    for number in range(1, 41)
    for sector in [1 if number < 21 else 2]
]
KNOWN += [(f"FLAT {flat}, 50 MILL LANE, FERNBY", "ZA1 3AB", 9000 + flat) for flat in range(1, 13)]
KNOWN += [
    ("50 MILL LANE, FERNBY", "ZA1 3AB", 9000),
    ("FIRST FLOOR FLAT, 60 MILL LANE, FERNBY", "ZA1 3AB", 9101),
    ("GROUND FLOOR FLAT, 60 MILL LANE, FERNBY", "ZA1 3AB", 9102),
    ("ROSE COTTAGE, CHURCH STREET, FERNBY", "ZA3 1AB", 9201),
    ("ROSE COTTAGE, STATION ROAD, FERNBY", "ZA2 1AB", 9202),
]


def frame(rows):
    schema = {"address": pl.String, "postcode": pl.String, "uprn": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("postcode").str.replace(" ", "")
    )


def looked_up(*asked, known=KNOWN):
    rows = pl.DataFrame(asked, schema={"address": pl.String, "postcode": pl.String}, orient="row")
    return look_up_addresses(rows, frame(known))


@pytest.mark.parametrize(
    ("address", "postcode", "uprn"),
    [
        ("12 Mill Lane", "ZA11AB", 1012),
        ("12, MILL LN, FERNBY", None, 1012),
        ("12 Mlil Lane, Fernby", None, 1012),
        ("12 Harrowdalegrove", None, 4012),
        ("7 Saint Pauls Ave", None, 5007),
        ("Apt 4 50 Mill Lane", "ZA13AB", 9004),
        ("50 Mill Lane Flat 4", None, 9004),
        ("4/50 Mill Lane", "ZA13AB", 9004),
        ("1st Flr Flat, 60 Mill La", "ZA13AB", 9101),
        ("Rose Cottage, Church St", None, 9201),
        ("Rose Cottage, Fernby", "ZA21AB", 9202),
    ],
)
def test_an_address_is_found_however_it_is_written(address, postcode, uprn):
    found = looked_up((address, postcode))
    assert found["uprn"].item() == uprn
    assert found["ambiguous"].item() is False


@pytest.mark.parametrize(
    ("address", "postcode"),
    [("Rose Cottage, Fernby", None), ("60 Mill Lane", "ZA13AB"), ("Mill Lane, Fernby", None)],
)
def test_what_fits_several_stays_without_any(address, postcode):
    found = looked_up((address, postcode)).row(0, named=True)
    assert (found["uprn"], found["confidence"]) == (None, None)


def test_what_fits_several_well_says_so():
    known = [*KNOWN, ("12 MILL LANE, KELTON", "ZA9 9AB", 7012)]
    assert looked_up(("12 Mill Lane", None), known=known)["ambiguous"].item() is True


@pytest.mark.parametrize("address", [None, "", "Somewhere else altogether", "99", "99 Nowhere Parade"])
def test_what_is_not_there_is_not_found(address):
    found = looked_up((address, None)).row(0, named=True)
    assert found == {"uprn": None, "confidence": None, "gap": None, "ambiguous": False}


def test_confidence_tells_the_plain_from_the_guessed():
    found = looked_up(("12 MILL LANE, FERNBY", "ZA11AB"), ("12 Mlil Lane, Fernby", "ZA11AB"))
    assert found["confidence"].to_list() == [EXACT, STRONG]


def test_no_known_address_finds_nothing():
    assert looked_up(("12 Mill Lane", None), known=KNOWN[:0])["uprn"].to_list() == [None]


@given(st.permutations(range(7)), st.randoms(use_true_random=False))
@settings(derandomize=True, max_examples=8, deadline=None)
def test_the_order_of_rows_changes_nothing(order, draw):
    asked = [(address, postcode.replace(" ", "")) for address, postcode, _ in KNOWN[::31]][:7]
    asked = [(address.replace("LANE", "LNAE"), code) for address, code in asked]
    turned = list(KNOWN)
    draw.shuffle(turned)
    before = looked_up(*asked)
    after = looked_up(*(asked[place] for place in order), known=turned)
    assert after.equals(before[list(order)])
