"""Numbers, dates and contacts in one form; what identifies nobody becomes null."""

from datetime import date

import polars as pl
import pytest

from smart_record.standardise import identifiers

NIGHT = date(2026, 10, 31)


def one(value, dtype, form):
    return pl.DataFrame({"value": [value]}, {"value": dtype}).select(form(pl.col("value"))).item()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("qq 12 34 56 a", "QQ123456"),
        ("QQ123456", "QQ123456"),
        ("QQ-12-34-56-A", "QQ123456"),
        ("QQ12345O", "QQ123450"),
        ("QQ1234567", "QQ123456"),
        ("TN040370M", None),
        ("GB123456A", None),
        ("DA123456A", None),
        ("QQ12345", None),
        ("11 a1 11 11", None),
        (None, None),
    ],
)
def test_national_insurance_numbers(typed, number):
    assert one(typed, pl.String, identifiers.nino) == number


@pytest.mark.parametrize(
    ("typed", "born", "sex"),
    [
        ("TN040370M", date(1970, 3, 4), "M"),
        (" tn 04 03 70 f ", date(1970, 3, 4), "F"),
        ("TN040309", date(2009, 3, 4), None),
        ("TN040311M", date(1911, 3, 4), "M"),
        ("TN310270M", None, "M"),
        ("QQ123456A", None, None),
        (None, None, None),
    ],
)
def test_a_temporary_number_tells_the_birth_and_sex_it_is_made_of(typed, born, sex):
    made_of = one(typed, pl.String, identifiers.temporary_nino)
    told = one(made_of, pl.String, lambda text: identifiers.birth_by_temporary_nino(text, as_of=NIGHT))
    assert told == born
    assert one(made_of and made_of[6:], pl.String, identifiers.sex) == sex


NUMBERS = {
    "nino": ["QQ123456C", "TN123456C", "AB123456"],
    "postcode": ["NE1 4LP", "ZZ9 9ZZ", "N10AA"],
    "telephone": ["07700900123", "01111111111", "0163296000"],
    "email": ["A.b@example.org", "a@b.c"],
}


@pytest.mark.parametrize(
    ("form", "typed"), [(form, typed) for form, each in NUMBERS.items() for typed in each]
)
def test_what_comes_in_the_usual_form_reads_as_when_typed_with_spaces(form, typed):
    read = getattr(identifiers, form)
    assert one(typed, pl.String, read) == one(f" {typed} ", pl.String, read)


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        (date(1970, 3, 4), True),
        (date(1970, 1, 1), True),
        (date(1900, 1, 1), False),
        (date(1899, 12, 30), False),
        (NIGHT, True),
        (date(2026, 11, 1), False),
        (date(1910, 5, 5), False),
    ],
)
def test_births_that_are_believed(born, kept):
    assert one(born, pl.Date, lambda day: identifiers.birth_date(day, as_of=NIGHT)) == (
        born if kept else None
    )


def test_new_year_birthdays_say_the_year_only():
    assert one(date(1970, 1, 1), pl.Date, identifiers.is_weak_birth_date)
    assert not one(date(1970, 1, 2), pl.Date, identifiers.is_weak_birth_date)


@pytest.mark.parametrize(
    ("typed", "letter"),
    [("F", "F"), (" male ", "M"), ("Female", "F"), ("Mx", None), ("Missing", None), ("", None), (None, None)],
)
def test_a_sex_is_told_by_its_letter_or_word(typed, letter):
    assert one(typed, pl.String, identifiers.sex) == letter


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700 900123", "07700900123"),
        ("7700900123", "07700900123"),
        ("01632 960001", "01632960001"),
        ("02222 222222", None),
        ("07777 777777", None),
        ("07999 999999", None),
        ("07700 900000", "07700900000"),
        ("00000000000", None),
        ("123", None),
    ],
)
def test_telephone_numbers(typed, number):
    assert one(typed, pl.String, identifiers.telephone) == number


@pytest.mark.parametrize(
    ("typed", "kept"), [(" A.B@Example.ORG ", "a.b@example.org"), ("none", None), ("@", None)]
)
def test_emails(typed, kept):
    assert one(typed, pl.String, identifiers.email) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("zz9 9zz", None),
        ("ab1 2cd", None),
        ("ne1 4lp", "NE14LP"),
        ("NE14LP", "NE14LP"),
        ("NE1 4L", None),
        ("N1 OAA", "N10AA"),
        ("-", None),
        ("N1", None),
    ],
)
def test_postcodes(typed, code):
    assert one(typed, pl.String, identifiers.postcode) == code
