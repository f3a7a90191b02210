"""Who is a person and who is not, by the words of a name field."""

import polars as pl
import pytest

from smart_record.standardise.letters import plain_capitals
from smart_record.standardise.parties import party_type


def party(name):
    return (
        pl.DataFrame({"name": [name]}, {"name": pl.String})
        .select(party_type(plain_capitals(pl.col("name"))))
        .item()
    )


@pytest.mark.parametrize(
    "name",
    ["Fernby Homes Limited", "A & B Properties", "Mr K Landlord", "Parrott & Sons", "Fernby Lettings Ltd",
     "The Church of St Mary", "Fernby Borough Council", "J PARROTT (LANDLORD)"],
)  # fmt: skip
def test_companies_and_landlords(name):
    assert party(name) == "company"


@pytest.mark.parametrize("name", ["THE OCCUPIER", "Void", "Owner/Occupier", "...", "12345", "EMPTY"])
def test_voids_and_the_unnamed(name):
    assert party(name) == "nobody"


@pytest.mark.parametrize(
    "name",
    [
        "EXORS OF J PARROTT",
        "Executors of Mrs A Parrott",
        "Estate of J Parrott",
        "Late Mr Parrott",
        "J Parrott DECD",
    ],
)
def test_estates_come_before_companies(name):
    assert party(name) == "estate"


@pytest.mark.parametrize(
    "name",
    [
        "John Church",
        "Mrs A Bank",
        "Ann House",
        "Mr B Late",
        "J & A Parrott",
        "Tess Tennant",
        "Mr D Homer",
        "Val Void-Smith",
    ],
)
def test_people_whose_names_are_words(name):
    assert party(name) == ("nobody" if "Void" in name else "person")


def test_a_blank_field_names_nobody_known():
    assert party(None) is None
    assert party("  ") is None
