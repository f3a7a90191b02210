"""A street's words in full, whatever was shortened."""

import polars as pl
import pytest

from smart_record.standardise.addresses.street_words import street_words


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("ST PAULS RD", "SAINT PAULS ROAD"),
        ("CHURCH ST", "CHURCH STREET"),
        ("HIGH ST NORTH", "HIGH STREET NORTH"),
        ("HIGH ST N", "HIGH STREET NORTH"),
        ("ST WESTS LANE", "SAINT WESTS LANE"),
        ("ST NORTH", "SAINT NORTH"),
        ("BEECH DR", "BEECH DRIVE"),
        ("BEECH DR EAST", "BEECH DRIVE EAST"),
        ("DR BROWN'S CL", "DOCTOR BROWNS CLOSE"),
        ("THE GREEN", "THE GREEN"),
        ("STR FAWR", "STRYD FAWR"),
        ("HL Y BRYN", "HEOL Y BRYN"),
        ("LANCELOT TWR", "LANCELOT TOWER"),
        ("", None),
        (None, None),
    ],
)
def test_abbreviations_are_written_out_by_where_they_stand(typed: str | None, full: str | None) -> None:
    street = pl.DataFrame({"street": [typed]}, {"street": pl.String})
    assert street.select(street_words(pl.col("street"))).item() == full
