"""Codes mean what the mapping says; the rest of a supplier's habits is told, taken or kept as it allows."""

import polars as pl
import pytest

from smart_record.intake.columns.codes import read_codes, read_texts, read_yes_no
from smart_record.intake.declared.council_tax import ACCOUNTS
from smart_record.intake.mapping_files.mapping import Codes, MappedColumn

PAYMENT = {"direct debit": "direct_debit", "cash": "cash", "none": None}


def mapped(name: str, codes: Codes | None = None, blanks: tuple[str, ...] = ()) -> MappedColumn:
    return MappedColumn(column=ACCOUNTS.column(name), name=name, codes=codes, blanks=blanks)


def test_case_and_spacing_of_a_code_do_not_matter() -> None:
    written = pl.Series(["DIRECT DEBIT", " Direct  debit ", "Cash", None, " "])
    reading = read_codes(written, mapped("payment_method", Codes(meanings=PAYMENT)))
    assert reading.values.to_list() == ["direct_debit", "direct_debit", "cash", None, None]
    assert reading.unreadable.is_empty()


def test_a_code_may_mean_nothing() -> None:
    reading = read_codes(pl.Series(["NONE", "CASH"]), mapped("payment_method", Codes(meanings=PAYMENT)))
    assert reading.values.to_list() == [None, "cash"]
    assert reading.unreadable.is_empty()


def test_an_unmapped_code_is_told_unless_there_is_an_other() -> None:
    written = pl.Series(["CASH", "CHEQUE", "CASH", "CHEQUE"])
    told = read_codes(written, mapped("payment_method", Codes(meanings=PAYMENT)))
    assert told.unreadable.to_list() == [1, 3]
    codes = Codes(meanings=PAYMENT, has_other=True, other="other")
    assert read_codes(written, mapped("payment_method", codes)).values.to_list() == ["cash", "other"] * 2


def test_a_code_first_seen_late_in_a_large_file_is_found() -> None:
    written = pl.Series(["CASH"] * 20_000 + ["DIRECT DEBIT", None, "CHEQUE"])
    reading = read_codes(written, mapped("payment_method", Codes(meanings=PAYMENT)))
    assert reading.values[-4:].to_list() == ["cash", "direct_debit", None, None]
    assert reading.unreadable.to_list() == [20_002]


def test_an_empty_cell_means_what_the_mapping_says() -> None:
    codes = Codes(meanings=PAYMENT, blank="other")
    reading = read_codes(pl.Series([None, "  ", "CASH", "NONE"]), mapped("payment_method", codes))
    assert reading.values.to_list() == ["other", "other", "cash", None]


def test_without_a_map_our_own_values_are_understood() -> None:
    reading = read_codes(pl.Series(["Direct_Debit", "cash", "DD"]), mapped("payment_method"))
    assert reading.values.to_list() == ["direct_debit", "cash", None]
    assert reading.unreadable.to_list() == [2]


def test_open_codes_are_kept_in_lower_case() -> None:
    codes = Codes(meanings={"spd25": "single_person"})
    reading = read_codes(pl.Series(["SPD25", "Disregard (2)", None]), mapped("discount", codes))
    assert reading.values.to_list() == ["single_person", "disregard_2", None]


@pytest.mark.parametrize("written", ["Y", "yes", "1", "TRUE", " t "])
def test_yes_in_any_form(written: str) -> None:
    assert read_yes_no(pl.Series([written]), mapped("vulnerable")).values.to_list() == [True]


@pytest.mark.parametrize("written", ["N", "No", "0", "false", "F"])
def test_no_in_any_form(written: str) -> None:
    assert read_yes_no(pl.Series([written]), mapped("vulnerable")).values.to_list() == [False]


def test_blank_is_not_no() -> None:
    reading = read_yes_no(pl.Series(["", None, "maybe"]), mapped("vulnerable"))
    assert reading.values.to_list() == [None, None, None]
    assert reading.unreadable.to_list() == [2]


def test_typed_flags_of_parquet() -> None:
    for typed in (pl.Series([True, False, None]), pl.Series([1, 0, None]), pl.Series([1.0, 0.0, None])):
        assert read_yes_no(typed, mapped("vulnerable")).values.to_list() == [True, False, None]


def test_flags_with_a_supplier_s_own_codes() -> None:
    codes = Codes(meanings={"v": "yes"}, has_other=True, other="no", blank="no")
    reading = read_yes_no(pl.Series(["V", "X", None]), mapped("vulnerable", codes))
    assert reading.values.to_list() == [True, False, False]


def test_text_is_stripped_and_otherwise_as_supplied() -> None:
    reading = read_texts(
        pl.Series(["  MR J & MRS A SMITH ", "", " ", None, "ÉLISE"]), mapped("liable_name_1")
    )
    assert reading.values.to_list() == ["MR J & MRS A SMITH", None, None, None, "ÉLISE"]


def test_whole_numbers_of_parquet_become_references_without_a_point() -> None:
    assert read_texts(pl.Series([40001.0, None]), mapped("account_ref")).values.to_list() == ["40001", None]
    assert read_texts(pl.Series([40001, 2]), mapped("account_ref")).values.to_list() == ["40001", "2"]
    categories = pl.Series(["A", "B"], dtype=pl.Categorical)
    assert read_texts(categories, mapped("ward")).values.to_list() == ["A", "B"]


def test_texts_that_mean_nothing_are_blank() -> None:
    reading = read_texts(pl.Series(["Unknown", "North"]), mapped("ward", blanks=("unknown",)))
    assert reading.values.to_list() == [None, "North"]


def test_a_text_far_too_long_is_told_and_not_read() -> None:
    torn = "REGENT STREET, " * 2_000
    reading = read_texts(pl.Series(["1 REGENT STREET", torn, None, "É" * 500]), mapped("address_line_1"))
    assert reading.unreadable.to_list() == [1]
    assert reading.values.to_list() == ["1 REGENT STREET", None, None, "É" * 500]
    assert reading.expected == "text of at most 500 letters"
