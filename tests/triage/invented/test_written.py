"""Names, numbers and addresses as the systems hold them, one error at a time."""

from datetime import date

import polars as pl
import pytest

from triage.invented.chance import stream
from triage.invented.town import TOWN_NAME
from triage.invented.written_addresses import Written, in_lines, in_one_line, postcodes, written
from triage.invented.written_names import in_one_field, in_two_fields, two_in_one_field
from triage.invented.written_numbers import births, ninos_held, pounds

BORN = (date(1980, 3, 14) - date(1970, 1, 1)).days
SIZE = 2000


@pytest.fixture(scope="module")
def people():
    return pl.DataFrame(
        {
            "forename": ["Margaret"] * SIZE,
            "surname": ["Hollins"] * SIZE,
            "birth_surname": ["Appleby"] * SIZE,
            "middle": ["J", ""] * (SIZE // 2),
            "female": [True] * SIZE,
            "born": [BORN] * SIZE,
            "nino": ["QQ123456C"] * SIZE,
        }
    )


@pytest.fixture(scope="module")
def homes():
    return pl.DataFrame(
        {
            "uprn": [199000000003, 199000000010] * (SIZE // 2),
            "flat": [3, 0] * (SIZE // 2),
            "building": ["Keel House", ""] * (SIZE // 2),
            "number": [16, 42] * (SIZE // 2),
            "stem": ["Saint Bede", "Alma"] * (SIZE // 2),
            "type": ["Road"] * SIZE,
            "ward": [0] * SIZE,
            "postcode": ["AE5 1AB"] * SIZE,
        }
    )


def test_clean_names_are_as_they_are_but_for_capitals(people):
    names = in_two_fields(stream(1, "names"), people, 0.0)
    assert set(names.forename) == {"Margaret", "MARGARET"}
    assert set(names.surname) == {"Hollins", "HOLLINS"}
    assert (names.forename.str.to_uppercase() == names.forename).to_list() == (
        names.surname.str.to_uppercase() == names.surname
    ).to_list()


def test_a_whole_name_has_title_middle_initial_or_neither(people):
    names = set(in_one_field(stream(1, "names"), people, 0.0))
    assert {"MRS MARGARET HOLLINS", "MRS MARGARET J HOLLINS", "Margaret Hollins", "MARGARET HOLLINS"} == names


def test_dirty_names_come_short_swapped_and_under_the_name_before_marriage(people):
    names = in_two_fields(stream(1, "names"), people, 5.0)
    both = set(zip(names.forename.str.to_lowercase(), names.surname.str.to_lowercase(), strict=True))
    assert {("m", "hollins"), ("maggie", "hollins"), ("margaret", "appleby"), ("hollins", "margaret")} <= both


def test_a_couple_in_one_field(people):
    husband = people.with_columns(forename=pl.lit("Derek"), female=pl.lit(value=False))
    names = set(two_in_one_field(stream(1, "names"), husband, people, 0.0))
    assert names == {"MR D & MRS M HOLLINS", "MR DEREK & MRS MARGARET HOLLINS"}


def test_a_date_of_birth_is_right_unless_there_is_dirt(people):
    assert set(births(stream(1, "births"), people, missing=0.0, dirt=0.0)) == {date(1980, 3, 14)}


def test_a_wrong_date_of_birth_is_one_of_the_usual_ones(people):
    held = births(stream(1, "births"), people, missing=0.2, dirt=5.0)
    other_years = {date(year, 3, 14) for year in (1970, 1979, 1981, 1990)}
    others = {date(1900, 1, 1), date(1980, 1, 1), date(1980, 3, 23)}
    assert set(held.drop_nulls()) == {date(1980, 3, 14)} | others | other_years
    assert held.null_count() > 500


def test_day_and_month_are_swapped_where_they_can_be(people):
    early = people.with_columns(born=pl.lit((date(1980, 3, 4) - date(1970, 1, 1)).days))
    assert date(1980, 4, 3) in set(births(stream(1, "births"), early, missing=0.0, dirt=5.0))


def test_a_nino_comes_in_each_style(people):
    held = set(ninos_held(stream(1, "ninos"), people, missing=0.0, dirt=0.0))
    assert held == {"QQ123456C", "QQ 12 34 56 C", "qq 12 34 56 c"}


def test_a_dirty_nino_is_temporary_or_has_one_digit_wrong(people):
    held = ninos_held(stream(1, "ninos"), people, missing=0.0, dirt=10.0)
    numbers = set(held.str.replace_all(" ", "").str.to_uppercase()) - {"QQ123456C"}
    assert "TN140380F" in numbers
    wrong = numbers - {"TN140380F"}
    assert wrong == {"QQ223456C", "QQ133456C", "QQ124456C", "QQ123556C", "QQ123466C", "QQ123457C"}


def test_money_is_written_in_pounds_and_pence():
    assert pounds(pl.Series([0, 5, 100, 123456, -307])).to_list() == [
        "0.00",
        "0.05",
        "1.00",
        "1234.56",
        "-3.07",
    ]


def test_an_address_fills_the_lines_from_the_top(homes):
    lines = in_lines(written(stream(1, "homes"), homes, 0.0), lines=4)
    rows = set(zip(*(line.to_list() for line in lines), strict=True))
    assert ("Flat 3 Keel House", "16 Saint Bede Road", TOWN_NAME, None) in rows
    assert ("3/16 St Bede Road", "Abbey Vale", TOWN_NAME, None) in rows
    assert ("42 Alma Rd", TOWN_NAME, None, None) in rows
    assert all(TOWN_NAME in row for row in rows)


def test_an_address_in_one_line_is_parted_by_commas():
    parts = Written(
        flat=pl.Series(["Flat 3", None]),
        building=pl.Series(["Keel House", None]),
        street=pl.Series(["16 Alma Road", "9 Alma Road"]),
        ward=pl.Series([None, "Abbey Vale"], dtype=pl.String),
    )
    texts = in_one_line(stream(3, "homes"), parts).str.replace(f", {TOWN_NAME}$", "").to_list()
    assert texts == ["Flat 3, Keel House, 16 Alma Road", "9 Alma Road"]


def test_postcodes_come_in_each_style_and_dirty_ones_with_another_last_letter(homes):
    assert set(postcodes(stream(1, "homes"), homes, 0.0)) == {"AE5 1AB", "AE51AB", "ae5 1ab"}
    dirty = postcodes(stream(1, "homes"), homes, 10.0)
    assert dirty.null_count() > 0
    codes = dirty.drop_nulls().str.replace(" ", "").str.to_uppercase()
    assert set(codes.str.head(-1)) == {"AE51A"}
    assert codes.n_unique() > 5
