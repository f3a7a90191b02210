"""Amounts come out in whole pence, exactly, or not at all."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.intake.columns.money import read_money
from smart_record.intake.mapping_files.mapping import Sign


def read(written: str, sign: Sign = Sign.DEBIT_POSITIVE) -> int | None:
    """The one amount, which must be readable."""
    reading = read_money(pl.Series([written]), sign, ())
    assert reading.unreadable.is_empty()
    value = reading.values.item()
    assert value is None or isinstance(value, int)
    return value


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("1234.50", 123450),
        ("1234.5", 123450),
        ("1234", 123400),
        ("£1,234.50", 123450),
        (" £ 12,345,678.90 ", 1234567890),
        ("(12.00)", -1200),
        ("12.00-", -1200),
        ("-£12.00", -1200),
        ("£-12.00", -1200),
        ("12.00CR", -1200),
        ("12.00 dr", 1200),
        ("+12.00", 1200),
        (".50", 50),
        ("5.", 500),
        ("12.5000", 1250),
        ("-0.00", 0),
        ("999999999999999.99", 99999999999999999),
        ("", None),
        ("   ", None),
    ],
)
def test_amounts_written_in_many_ways_are_read(written: str, pence: int | None) -> None:
    assert read(written) == pence


@pytest.mark.parametrize(
    "written",
    [
        "£££",
        "12.345",
        "1,23",
        "1,2345.00",
        "-12.00CR",
        "(12.00",
        "12.00)",
        "-12.00-",
        "1e3",
        "0x10",
        "NaN",
        "inf",
        ".",
        "£",
        "12 34",
        "1234567890123456",
        "€12.00",
        "12.00 pounds",
        "--5",
        "n/a",
        "31/02/2025",
    ],
)
def test_what_could_be_two_things_or_none_is_not_read(written: str) -> None:
    reading = read_money(pl.Series([None, written]), Sign.DEBIT_POSITIVE, ())
    assert reading.unreadable.to_list() == [1]
    assert reading.values.to_list() == [None, None]


def test_credit_positive_turns_signs_but_not_what_is_said_outright() -> None:
    assert read("12.00", Sign.CREDIT_POSITIVE) == -1200
    assert read("(12.00)", Sign.CREDIT_POSITIVE) == 1200
    assert read("12.00CR", Sign.CREDIT_POSITIVE) == -1200
    assert read("12.00DR", Sign.CREDIT_POSITIVE) == 1200


def test_unsigned_amounts_may_not_say_credit_too() -> None:
    assert len(read_money(pl.Series(["12.00CR"]), Sign.UNSIGNED, ()).unreadable) == 1


def test_texts_that_mean_nothing_are_blank() -> None:
    reading = read_money(pl.Series([" N/A", "0.00", "1.00"]), Sign.DEBIT_POSITIVE, ("n/a", "0.00"))
    assert reading.values.to_list() == [None, None, 100]
    assert reading.unreadable.is_empty()


def test_typed_amounts_of_parquet_are_pounds() -> None:
    for typed in (
        pl.Series([12, None]),
        pl.Series([12.0, None]),
        pl.Series([12.0, float("nan")]),
        pl.Series([Decimal("12.00"), None]),
    ):
        assert read_money(typed, Sign.DEBIT_POSITIVE, ()).values.to_list() == [1200, None]
    dusty = read_money(pl.Series([0.1 + 0.2, 12.345, float("inf")]), Sign.DEBIT_POSITIVE, ())
    assert dusty.values.to_list() == [30, None, None]
    assert dusty.unreadable.to_list() == [1, 2]


@pytest.mark.parametrize(
    "typed",
    [
        pl.Series([12, 10**17, None]),
        pl.Series([12, 2**63, None], dtype=pl.UInt64),
        pl.Series([12.0, 1e30, None]),
        pl.Series([12, -(10**17), None]),
    ],
    ids=["integer", "unsigned", "float", "below nought"],
)
def test_an_amount_beyond_all_money_is_told_and_no_other_number_is_made_of_it(typed: pl.Series) -> None:
    reading = read_money(typed, Sign.DEBIT_POSITIVE, ())
    assert reading.values.to_list() == [1200, None, None]
    assert reading.unreadable.to_list() == [1]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt16, pl.Int64])
def test_whole_pounds_of_any_integer_type_are_read(dtype: pl.DataType) -> None:
    reading = read_money(pl.Series([12, 0, None], dtype=dtype), Sign.CREDIT_POSITIVE, ())
    assert reading.values.to_list() == [-1200, 0, None]
    assert reading.unreadable.is_empty()


WAYS = (
    "{sign}{pounds}.{pence:02}",
    "{sign}£{pounds:,}.{pence:02}",
    "{sign}{pounds:,}.{pence:02}000",
    " {sign}{pounds}.{pence:02}\t",
)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(-(10**14), 10**14), st.sampled_from(WAYS)), min_size=1, max_size=20))
def test_what_is_written_is_what_is_read(amounts: list[tuple[int, str]]) -> None:
    written = [
        way.format(sign="-" if pence < 0 else "", pounds=abs(pence) // 100, pence=abs(pence) % 100)
        for pence, way in amounts
    ]
    reading = read_money(pl.Series(written), Sign.DEBIT_POSITIVE, ())
    assert reading.values.to_list() == [pence for pence, _ in amounts]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789.,-+()£ CRDRe", max_size=12))
def test_no_text_is_read_as_an_amount_that_it_does_not_spell(text: str) -> None:
    value = read_money(pl.Series([text]), Sign.DEBIT_POSITIVE, ()).values.item()
    if value is not None:
        digits = "".join(letter for letter in text if letter in "0123456789.")
        assert abs(value) == Decimal(digits) * 100
