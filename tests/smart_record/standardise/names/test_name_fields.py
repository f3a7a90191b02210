"""Name fields as clerks fill them, and what is read from them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.standardise.distinct import Distinct
from smart_record.standardise.letters import plain_capitals
from smart_record.standardise.names.name_fields import (
    people_in_field,
    split_name_parts,
    survivor,
    with_name_parts,
)
from smart_record.standardise.names.name_remarks import without_remarks
from smart_record.standardise.names.name_words import sex_by_title


def people(field):
    typed = pl.DataFrame({"field": [field]}).with_columns(
        field=without_remarks(plain_capitals(pl.col("field")))
    )
    return people_in_field(typed).select("first", "second").row(0)


def parts(name):
    typed = pl.DataFrame({"name": [name]}).with_columns(name=plain_capitals(pl.col("name")))
    return with_name_parts(typed).select("title", "forename", "middle", "surname").row(0)


def split_parts(given, family):
    fields = (Distinct.of(pl.Series([field], dtype=pl.String)) for field in (given, family))
    capitals = (field.replaced(field.formed(plain_capitals)) for field in fields)
    return split_name_parts(*capitals).select("title", "forename", "surname").row(0)


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("Mr J & Mrs A Parrott", "MR J PARROTT", "MRS A PARROTT"),
        ("J & A PARROTT", "J PARROTT", "A PARROTT"),
        ("Mr J and Mrs A Parrott", "MR J PARROTT", "MRS A PARROTT"),
        ("MR J PARROTT & MRS A MUDGE", "MR J PARROTT", "MRS A MUDGE"),
        ("Mr & Mrs J Parrott", "MR J PARROTT", "MRS PARROTT"),
        ("Mr & Mrs Parrott", "MR PARROTT", "MRS PARROTT"),
        ("Mr J Parrott & Mrs A", "MR J PARROTT", "MRS A PARROTT"),
        ("Mr J Parrott c/o 12 High Street", "MR J PARROTT", None),
        ("Mr A Khan T/A Khan & Sons", "MR A KHAN", None),
        ("Sandy Andrews", "SANDY ANDREWS", None),
        ("Parrott, John & Jane", "JOHN PARROTT", "JANE PARROTT"),
        ("Parrott, J & Mudge, M", "J PARROTT", "M MUDGE"),
        ("Mr & Mrs Parrott, J", "MR J PARROTT", "MRS PARROTT"),
        ("J Parrott & family", "J PARROTT", None),
        ("J Parrott & Ors", "J PARROTT", None),
        ("J Parrott + 2 others", "J PARROTT", None),
        ("J Parrott and one other", "J PARROTT", None),
        ("Messrs J & A Parrott", "MESSRS J PARROTT", "A PARROTT"),
        ("Joan Parrott (tenant)", "JOAN PARROTT", None),
        ("Joan Parrott - Sole Occupier", "JOAN PARROTT", None),
        ("Joan Parrott a/k/a Haigh", "JOAN PARROTT AKA HAIGH", None),
        ("Mr J & Mrs A Lord", "MR J LORD", "MRS A LORD"),
        ("Mr & Mrs Lord", "MR LORD", "MRS LORD"),
        ("Lord & Lady Parrott", "LORD PARROTT", "LADY PARROTT"),
    ],
)
def test_people_in_one_field(field, first, second):
    assert people(field) == (first, second)


@pytest.mark.parametrize(
    ("field", "living"),
    [
        ("MR J PARROTT (DECEASED) & MRS A PARROTT", "second"),
        ("MR J PARROTT DECD & MRS A", "second"),
        ("MRS A PARROTT AND MR J PARROTT DEC'D", "first"),
        ("MR J & MRS A PARROTT DECD", None),
        ("MR J PARROTT DECD & MRS A PARROTT DECD", None),
        ("MR J PARROTT DECD", None),
        ("MR J & MRS A PARROTT", None),
        (None, None),
    ],
)
def test_who_outlives_the_other_of_a_field(field, living):
    typed = pl.DataFrame({"field": [field]}, {"field": pl.String})
    assert typed.select(survivor(pl.col("field"))).item() == living


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Messrs Parrott", ("MESSRS", None, None, "PARROTT")),
        ("MR JOHN A PARROTT", ("MR", "JOHN", "A", "PARROTT")),
        ("Parrott, John (Mr)", ("MR", "JOHN", None, "PARROTT")),
        ("PARROTT, MR J", ("MR", "J", None, "PARROTT")),
        ("Parrott John A", (None, "JOHN", "A", "PARROTT")),
        ("MRS O1GA SHEVCHENKO", ("MRS", "OLGA", None, "SHEVCHENKO")),
        ("Roya Al-Hassan", (None, "ROYA", None, "ALHASSAN")),
        ("Roya Al Hassan", (None, "ROYA", None, "ALHASSAN")),
        ("Jan van der Berg", (None, "JAN", None, "VANDERBERG")),
        ("Pat O'Brien", (None, "PAT", None, "OBRIEN")),
        ("Pat O Brien", (None, "PAT", None, "OBRIEN")),
        ("Pat O Wisniewski", (None, "PAT", "O", "WISNIEWSKI")),
        ("Joan Parrott-Haigh", (None, "JOAN", None, "PARROTT-HAIGH")),
        ("Łukasz Żółć", (None, "LUKASZ", None, "ZOLC")),
        ("MR PARROTT", ("MR", None, None, "PARROTT")),
        ("Ben Parrott", (None, "BEN", None, "PARROTT")),
        ("Al Parrott", (None, "AL", None, "PARROTT")),
        ("DR. J. PARROTT", ("DR", "J", None, "PARROTT")),
        ("PARROTT J", (None, "J", None, "PARROTT")),
        ("PARROTT J A", (None, "J", "A", "PARROTT")),
        ("VAN DER BERG J", (None, "J", None, "VANDERBERG")),
        ("Parrott Mrs Joan", ("MRS", "JOAN", None, "PARROTT")),
        ("Mrs Parrott, Joan", ("MRS", "JOAN", None, "PARROTT")),
        ("Ben Parrott Jnr", (None, "BEN", None, "PARROTT")),
        ("Joan Parrott (née Haigh)", (None, "JOAN", None, "PARROTT-HAIGH")),
        ("JOAN PARROTT FORMERLY HAIGH", (None, "JOAN", None, "PARROTT-HAIGH")),
        ("Mrs Joan Lord", ("MRS", "JOAN", None, "LORD")),
        ("Joan Lord", (None, "JOAN", None, "LORD")),
        ("Lord, Joan", (None, "JOAN", None, "LORD")),
        ("Mr Lord", ("MR", None, None, "LORD")),
        ("Lord", (None, None, None, "LORD")),
        ("Master Ben Parrott", ("MASTER", "BEN", None, "PARROTT")),
        ("Ben Master", (None, "BEN", None, "MASTER")),
        ("Ben Parrott (Mr)", ("MR", "BEN", None, "PARROTT")),
        ("Doctor Parrott", ("DOCTOR", None, None, "PARROTT")),
    ],
)
def test_a_whole_name_is_taken_apart(name, expected):
    assert parts(name) == expected


words_of_names = st.sampled_from(
    ["MR", "MRS", "LORD", "DR-IVOR", "JNR", "NEE", "JOAN", "PARROTT", "G1ENN", "J", "O", "BRIEN", "AL", "VAN",
     "O'BRIEN", "D'O", "-", "AL-HASSAN", "PARROTT-HAIGH"]
)  # fmt: skip


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(words_of_names, min_size=1, max_size=5).map(" ".join))
def test_a_name_reads_the_same_word_by_word_as_whole(name):
    assert parts(name) == parts(f"{name}.")  # a full stop says nothing, but is in no plain name


@pytest.mark.parametrize(
    ("given", "family", "expected"),
    [
        ("Joan", "Parrott", (None, "JOAN", "PARROTT")),
        ("Mrs Joan Ann", "Parrott", ("MRS", "JOAN", "PARROTT")),
        ("Joan", "Mrs Parrott", (None, "JOAN", "PARROTT")),
        (None, "Joan Parrott", (None, "JOAN", "PARROTT")),
        ("Joan Parrott", None, (None, "JOAN", "PARROTT")),
        ("Joan", "van der Berg", (None, "JOAN", "VANDERBERG")),
        ("Joan", "Parrott (nee Haigh)", (None, "JOAN", "PARROTT-HAIGH")),
        ("Roya", "LNU", (None, "ROYA", None)),
        ("FNU", "Parrott", (None, None, "PARROTT")),
        ("Joan", "Lord", (None, "JOAN", "LORD")),
        ("Master Ben", "Parrott", ("MASTER", "BEN", "PARROTT")),
        (None, None, (None, None, None)),
    ],
)
def test_names_kept_apart(given, family, expected):
    assert split_parts(given, family) == expected


def test_titles_tell_the_sex_where_they_do():
    titles = pl.DataFrame({"title": ["MR", "MISS", "DR", None]})
    assert titles.select(sex_by_title(pl.col("title")))["literal"].to_list() == ["M", "F", None, None]
