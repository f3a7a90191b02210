"""A delivery that is not what was agreed stops the run, with all that is wrong with it in one message."""

import json
from pathlib import Path

import polars as pl
import pytest

from smart_record.errors import ColumnMissing, ExtractMalformed, ExtractMissing, SeveralProblems
from smart_record.intake import take_in
from smart_record.intake.declared.sources import SOURCES
from tests.smart_record.intake.builders import AS_OF, a_night, changed_mapping, write_night


def renamed(night: dict[str, list[dict[str, str]]], source: str, old: str, new: str) -> None:
    night[source] = [{new if name == old else name: row[name] for name in row} for row in night[source]]


def test_a_missing_file_is_told_with_what_is_there(tmp_path: Path) -> None:
    write_night(tmp_path, a_night())
    (tmp_path / "rent_accounts.csv").rename(tmp_path / "rent_acounts.csv")
    with pytest.raises(ExtractMissing) as raised:
        take_in(tmp_path)
    message = str(raised.value)
    assert "no file rent_accounts.csv or rent_accounts.parquet" in message
    assert "Did you mean rent_acounts.csv?" in message
    assert "benefit_claims.csv" in message
    assert "required: no" in message


def test_the_file_of_another_source_is_never_taken_for_the_missing_one(tmp_path: Path) -> None:
    write_night(tmp_path, a_night())
    (tmp_path / "rent_accounts.csv").unlink()
    with pytest.raises(ExtractMissing) as raised:
        take_in(tmp_path)
    assert "Did you mean" not in str(raised.value)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExtractMissing, match="is not a folder"):
        take_in(tmp_path / "nowhere")


def test_a_missing_required_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    night = a_night()
    renamed(night, "council_tax_accounts", "liability_start", "liab_start_date")
    with pytest.raises(ColumnMissing) as raised:
        take_in(write_night(tmp_path, night))
    message = str(raised.value)
    assert "council_tax_accounts.csv: there is no column 'liability_start'" in message
    assert "Did you mean liab_start_date?" in message
    assert "Columns found: account_ref, uprn" in message


def test_a_missing_column_that_is_not_required_is_reported(tmp_path: Path) -> None:
    night = a_night()
    renamed(night, "council_tax_accounts", "email", "e_mail")
    intake = take_in(write_night(tmp_path, night))
    assert intake.extracts["council_tax_accounts"]["email"].null_count() == 3
    assert intake.refused_columns.rows() == [
        ("council_tax_accounts.csv", "e_mail", "not in the allow-list"),
        ("council_tax_accounts.csv", "email", "mapped but not in the file: not known"),
    ]


@pytest.mark.parametrize("forename", ["Bea", "Example"], ids=["each value once", "a value twice"])
def test_a_file_without_a_header_is_not_quoted(tmp_path: Path, forename: str) -> None:
    night = a_night()
    night["benefit_dependants"][0]["forename"] = forename
    write_night(tmp_path, night)
    path = tmp_path / "benefit_dependants.csv"
    path.write_text("\n".join(path.read_text().splitlines()[1:]) + "\n")
    with pytest.raises(ColumnMissing, match="Is the header missing") as raised:
        take_in(tmp_path)
    assert "Bea" not in str(raised.value)
    assert "Example" not in str(raised.value)


def test_all_that_is_wrong_with_all_files_is_told_at_once(tmp_path: Path) -> None:
    night = a_night()
    renamed(night, "benefit_claims", "dob", "birth")
    renamed(night, "benefit_claims", "nino", "ni_number")
    write_night(tmp_path, night)
    (tmp_path / "rent_accounts.csv").unlink()
    (tmp_path / "rent_transactions.csv").write_text("")
    (tmp_path / "benefit_dependants.csv").write_text('claim_ref,dependant_no,forename,surname,dob\nHB1,1,"B')
    with pytest.raises(SeveralProblems) as raised:
        take_in(tmp_path)
    message = str(raised.value)
    for told in (
        "no column 'dob'",
        "no column 'nino'",
        "rent_accounts: no file",
        "rent_transactions.csv: the",
    ):
        assert told in message
    assert "benefit_dependants.csv line 2" in message


def test_two_files_for_one_source_are_not_chosen_between(tmp_path: Path) -> None:
    write_night(tmp_path, a_night())
    (tmp_path / "rent_accounts.parquet").write_bytes(b"")
    with pytest.raises(ExtractMalformed, match="2 files match"):
        take_in(tmp_path)


def test_the_manifest_s_row_counts_are_held_to(tmp_path: Path) -> None:
    write_night(tmp_path, a_night(), counted=True)
    assert take_in(tmp_path).as_of == AS_OF
    path = tmp_path / "rent_transactions.csv"
    path.write_text(path.read_text().rsplit("\n", 2)[0] + "\n")
    with pytest.raises(ExtractMalformed, match=r"1 rows, but MANIFEST.json declares 2. .*cut short"):
        take_in(tmp_path)


def test_an_export_that_failed_is_not_taken_for_a_council_without_residents(tmp_path: Path) -> None:
    write_night(tmp_path, a_night())
    path = tmp_path / "rent_accounts.csv"
    path.write_text(path.read_text().partition("\n")[0] + "\n")
    with pytest.raises(ExtractMalformed, match="a header and no row"):
        take_in(tmp_path)
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"files": {"rent_accounts.csv": 0}}))
    assert take_in(tmp_path).extracts["rent_accounts"].is_empty()


def test_an_optional_file_that_the_manifest_promises_must_come(tmp_path: Path) -> None:
    mappings = changed_mapping(tmp_path / "m", "rent_arrears_history", "required: yes", "required: no")
    write_night(tmp_path / "night", a_night(), counted=True)
    (tmp_path / "night" / "rent_arrears_history.csv").unlink()
    with pytest.raises(ExtractMissing, match="rent_arrears_history"):
        take_in(tmp_path / "night", mappings)


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"as_of": "31/10/2026"}',
        '{"as_of": 20261031}',
        '{"files": {"a.csv": "12"}}',
        '{"files": []}',
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    write_night(tmp_path, a_night())
    (tmp_path / "MANIFEST.json").write_text(content)
    with pytest.raises(ExtractMalformed, match=r"MANIFEST.json: not of the form"):
        take_in(tmp_path)


def test_parquet_with_types_says_the_same_as_csv(tmp_path: Path) -> None:
    plain = take_in(write_night(tmp_path / "csv", a_night()))
    folder = tmp_path / "parquet"
    folder.mkdir()
    (folder / "MANIFEST.json").write_text(json.dumps({"as_of": str(AS_OF)}))
    for name in (name for name, source in SOURCES.items() if not source.optional):
        frame = pl.read_csv(tmp_path / "csv" / f"{name}.csv", infer_schema=False)
        form = plain_form(name)
        typed = frame.with_columns(
            pl.col("^(.*_date|.*dob.*|date|.*_start|.*_end|dob)$").str.to_date(form),
            pl.col("^(uprn|dependants|account_ref|dependant_no)$").cast(pl.Int64),
            pl.col("^(amount|balance|weekly_.*|annual_charge)$").cast(pl.Decimal(12, 2)),
            pl.col("^(vulnerable|uc_flag|support_flag|benefit_cap)$") == "Y",
        )
        typed.write_parquet(folder / f"{name}.parquet")
    typed_night = take_in(folder)
    assert typed_night.rejects.is_empty()
    for name, frame in plain.extracts.items():
        assert typed_night.extracts[name].drop("line").equals(frame.drop("line"))


def plain_form(source: str) -> str:
    """How the default mapping of a source writes dates, in the notation of strftime."""
    return {"council": "%d/%m/%Y", "benefit": "%Y-%m-%d", "rent": "%d-%b-%Y"}[source.partition("_")[0]]
