"""What a street is really called, by how often others name it."""

import polars as pl
import pytest

from smart_record.standardise.addresses.streets import real_streets

KNOWN = (
    ["CRANFIELD AVENUE"] * 30
    + ["STAINTON WAY"] * 40
    + ["STAINTON ROAD"] * 20
    + ["CASS HOUSE ROAD"] * 40
    + ["THE GREENWAY"] * 30
    + ["PARK ROAD"] * 50
    + ["BROADWAY"] * 20
)


def by_use(names: list[str]) -> pl.DataFrame:
    return (
        pl.DataFrame({"word": names}, {"word": pl.String}).group_by("word").agg(uses=pl.len().cast(pl.Int64))
    )


def read_as(name: str) -> str | None:
    found = real_streets(by_use([*KNOWN, name])).filter(pl.col("word") == name)
    return found["corrected"].item() if found.height else None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CAS HOUSE ROAD", "CASS HOUSE ROAD"),
        ("CASD HOUVE ROAD", "CASS HOUSE ROAD"),  # a slip in each of two words
        ("CASSHOUSE ROAD", "CASS HOUSE ROAD"),
        ("THE GREENWAY NEWTOWN", "THE GREENWAY"),
        ("BROADWAY FERNBY MARSH", "BROADWAY"),
        ("CRANFIELD", "CRANFIELD AVENUE"),
        ("CASS HOUSE", "CASS HOUSE ROAD"),
        ("CRANFIELD MANOR", None),
        ("STAINTON", None),  # Way or Road
        ("PARK ROAD NORTH", None),
        ("PARK LANE", None),
        ("THE GREEN", None),
    ],
)
def test_a_rare_street_is_read_as_the_common_one_it_stands_for(written: str, meant: str | None) -> None:
    assert read_as(written) == meant


def test_a_place_is_known_by_standing_behind_several_streets() -> None:
    names = ["PARK ROAD NEWTOWN", "THE GREENWAY NEWTOWN", "CRANFIELD NEWTOWN", "CASD HOUSE RAOD NEWTOWN"]
    found = dict(real_streets(by_use([*KNOWN, *names])).iter_rows())
    assert found["CRANFIELD NEWTOWN"] == "CRANFIELD AVENUE"
    assert found["CASD HOUSE RAOD NEWTOWN"] == "CASS HOUSE ROAD"


def test_a_slip_of_what_is_itself_a_slip_is_read_to_the_end() -> None:
    names = ["CRANFIELD"] * 9 + ["CRAMFIELD"]
    found = dict(real_streets(by_use([*KNOWN, *names])).iter_rows())
    assert found == {"CRANFIELD": "CRANFIELD AVENUE", "CRAMFIELD": "CRANFIELD AVENUE"}


def test_a_slip_in_the_last_word_is_one_however_often_it_is_made() -> None:
    found = dict(real_streets(by_use([*["PARK ROAD"] * 20, *["PARK RAOD"] * 8])).iter_rows())
    assert found == {"PARK RAOD": "PARK ROAD"}


def test_a_street_of_its_own_right_stays() -> None:
    assert real_streets(by_use(["HILL ROAD"] * 30 + ["HALL ROAD"] * 6)).is_empty()


def test_nothing_is_read_from_nothing() -> None:
    assert real_streets(by_use([])).is_empty()
