"""Who is a person and who is not, by the words of a name field."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.standardise.letters import plain_capitals
from smart_record.standardise.names.name_fields import people_in_field
from smart_record.standardise.names.name_remarks import without_remarks
from smart_record.standardise.names.parties import is_one_person, party_type


def party(name):
    return (
        pl.DataFrame({"name": [name]}, {"name": pl.String})
        .select(party_type(plain_capitals(pl.col("name"))))
        .item()
    )


@pytest.mark.parametrize(
    "name",
    ["Fernby Homes Limited", "A & B Properties", "Mr K Landlord", "Parrott & Sons", "Fernby Lettings Ltd",
     "The Church of St Mary", "Fernby Borough Council", "J PARROTT (LANDLORD)",
     "The Fernby Charity for the Blind"],
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
        "Miss Charity Parrott",
        "Mr J Brothers",
    ],
)
def test_people_whose_names_are_words(name):
    assert party(name) == "person"


def test_a_blank_field_names_nobody_known():
    assert party(None) is None
    assert party("  ") is None


WORDS = ["MR", "J", "PARROTT", "&", "AND", "C/O", "T/A", "LTD", "VOID", "EXORS", "SANDY", "+", "/", "-", ""]


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_a_field_that_plainly_names_one_person_is_read_so_the_long_way(field):
    frame = pl.DataFrame({"field": [field]}).with_columns(plain_capitals(pl.col("field")))
    if frame.select(is_one_person(pl.col("field"))).item():
        assert party(field) == "person"
        whole = frame.with_columns(without_remarks(pl.col("field")))
        assert people_in_field(whole).select("first", "second").row(0) == (frame.item(), None)


def test_most_fields_plainly_name_one_person():
    fields = pl.DataFrame({"field": ["MR J PARROTT", "PARROTT, SANDY", "MR J & MRS A PARROTT", None]})
    assert fields.select(is_one_person(pl.col("field"))).to_series().to_list() == [True, True, False, False]
