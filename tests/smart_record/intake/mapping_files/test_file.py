"""A mapping file is read as written; what can't be is told with file, line, column and the nearest name."""

from pathlib import Path

import pytest

from smart_record.errors import MappingInvalid
from smart_record.intake import copy_default_mappings
from smart_record.intake.declared.declaration import Kind
from smart_record.intake.declared.sources import SOURCES
from smart_record.intake.mapping_files.file import read_mapping
from smart_record.intake.mapping_files.folder import DEFAULT_MAPPINGS, read_mappings
from smart_record.intake.mapping_files.mapping import Sign, SourceMapping
from tests.smart_record.intake.builders import changed_mapping

FURTHER_COLUMNS = {
    "transaction_ref",
    "contractual_rent",
    "council_tax_account_ref",
    "benefit_claim_ref",
    "capital",
    "care_or_mobility_benefit",
    "carer_benefit",
    "partner_left_on",
    "partner_died_on",
    "free_school_meals",
    "disregard",
    *(f"{kind}_deduction" for kind in ("rent", "gas", "electricity", "water", "council_tax", "fines")),
}


def changed(folder: Path, old: str, new: str, source: str = "rent_accounts") -> SourceMapping:
    return read_mapping(changed_mapping(folder, source, old, new) / f"{source}.yaml")


def test_the_default_mappings_map_every_source() -> None:
    mappings = read_mappings(DEFAULT_MAPPINGS)
    assert [mapping.source.name for mapping in mappings] == list(SOURCES)
    for mapping in mappings:
        declared = {column.name for column in mapping.source.columns} - FURTHER_COLUMNS
        assert {column.column.name for column in mapping.columns} == declared


def test_a_further_column_that_is_not_mapped_is_named_in_the_default_mapping() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in DEFAULT_MAPPINGS.glob("*.yaml"))
    assert [name for name in FURTHER_COLUMNS - {"transaction_ref"} if name not in texts] == []


def test_every_declared_code_has_choices_and_every_column_a_purpose() -> None:
    for source in SOURCES.values():
        for column in source.columns:
            assert column.purposes
            assert bool(column.choices) == (column.kind is Kind.CODE)
            assert column.required or not column.filled


def test_default_mappings_are_copied_and_never_over_a_council_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "council" / "mappings"
    assert len(copy_default_mappings(folder)) == len(SOURCES)
    own = folder / "rent_accounts.yaml"
    own.write_text("# ours", encoding="utf-8")
    (folder / "rent_transactions.yaml").unlink()
    assert [path.name for path in copy_default_mappings(folder)] == ["rent_transactions.yaml"]
    assert own.read_text(encoding="utf-8") == "# ours"


def test_values_are_never_guessed(tmp_path: Path) -> None:
    mapping = changed(
        tmp_path, "    SECURE: secure", "    NO: secure\n    2026-10-31: fixed\n    1.0: introductory"
    )
    [tenancy_type] = [each for each in mapping.columns if each.name == "tenancy_type"]
    assert tenancy_type.codes is not None
    assert {"no", "2026-10-31", "1.0"} <= set(tenancy_type.codes.meanings)


def test_settings_are_read(tmp_path: Path) -> None:
    mapping = changed(
        tmp_path,
        "sign: debit_positive          # what a tenant owes is positive",
        'sign: credit_positive\nquotes: no\nseparator: tab\nblanks: {postcode: [n/a, "-"]}\nignore: [notes]',
    )
    assert (mapping.sign, mapping.quotes, mapping.separator) == (Sign.CREDIT_POSITIVE, False, "\t")
    assert mapping.ignore == {"notes"}
    [postcode] = [each for each in mapping.columns if each.name == "postcode"]
    assert postcode.blanks == ("n/a", "-")


def test_constants_stand_for_columns_that_the_supplier_lacks(tmp_path: Path) -> None:
    changed_mapping(tmp_path, "rent_accounts", "  balance: balance\n", "")
    mapping = changed(
        tmp_path,
        "  uc_flag: uc_flag\n  support_flag: support_flag",
        "constants: {uc_flag: no, support_flag: , balance: 12.50}",
    )
    assert mapping.constants == {"uc_flag": False, "support_flag": None, "balance": 1250}


LAST_COLUMNS = "  uc_flag: uc_flag\n  support_flag: support_flag\n"
FAULTS = [
    (
        "source: rent_",
        "source: rentt_",
        "line 2, column 9: 'rentt_accounts' is not a source. Did you mean rent_acc",
    ),
    ("dates: dd", "datess: dd", "line 6, column 1: 'datess' is not known here. Did you mean dates?"),
    ("dd-Mon-yyyy", "dd-Mon-yy", "line 6, column 8: 'dd-Mon-yy' is not a date form.*four digits"),
    ("dd-Mon-yyyy", "[dd-Mon-yyyy, dd-mon-yyyy]", "dd-mon-yyyy is given twice"),
    ("dd-Mon-yyyy", "[dd/mm/yyyy, mm/dd/yyyy]", "under dd/mm/yyyy and mm/dd/yyyy one text can be two dates"),
    ("dates: dd-Mon-yyyy", "", "`dates:` is missing"),
    (
        "sign: debit_pos",
        "sign: debit_pus",
        "line 7, column 7: .* is not a sign. Did you mean debit_positive?",
    ),
    ("sign: debit_positive", "sign: unsigned", "'unsigned' is not a sign"),
    ("sign: debit_positive", "", "`sign:` is missing"),
    ("encoding: utf-8", "encoding: utf8000", "'utf8000' is not a text encoding"),
    ("required: yes", "required: perhaps", "`required:` is yes or no, not 'perhaps'"),
    ("encoding: utf-8", "separator: ab", "can't separate fields"),
    ("file: [rent_accounts.csv,", "file: [../rent_accounts.csv,", "leads to another folder"),
    ("file: [", "columns: [", "line 8, column 1: 'columns' is given on line 3 too"),
    ("  weekly_rent:", "  weekly_rents:", "'weekly_rents' is not a column of .* Did you mean weekly_rent?"),
    ("  weekly_rent: weekly_rent", "", "weekly_rent is required and not mapped"),
    ("  weekly_rent: weekly_rent", "  weekly_rent: balance", "'balance' is mapped twice"),
    ("  weekly_rent: weekly_rent", "  weekly_rent:", "`weekly_rent:` takes one value"),
    ("  weekly_rent: weekly_rent", "  weekly_rent: [a, b]", "`weekly_rent:` takes one value"),
    (
        ": support_flag",
        ": Disability Code",
        "line 31, column 17: 'Disability Code' is a special .*UK GDPR Art 9",
    ),
    (
        "NOSP: notice_seeking_pos",
        "NOSP: notice_seeking_pus",
        "is not a value of arrears_stage. Did you mean not",
    ),
    ("    NOSP: notice_seeking_possession", "    none: court", "'none' is given two meanings"),
    (
        "  arrears_stage:\n",
        "  arrears_sage:\n",
        "'arrears_sage' is not a column of .* Did you mean arrears_stage?",
    ),
    ("  arrears_stage:\n", "  weekly_rent:\n", "weekly_rent holds money, which has no codes"),
    (
        LAST_COLUMNS,
        f"{LAST_COLUMNS}blanks: {{uc_flags: [x]}}\n",
        "'uc_flags' is not a column .* mean uc_flag?",
    ),
    (LAST_COLUMNS, "constants: {balance: 0.00}\n", "balance is mapped under `columns:` too"),
    (LAST_COLUMNS, "constants: {uc_flag: maybe}\n", "'maybe' is not a value of uc_flag"),
    (LAST_COLUMNS, "constants: {tenancy_ref: T1}\n", "'tenancy_ref' can't have a constant"),
    (LAST_COLUMNS, "blanks: {uc_flag: [x]}\n", "'uc_flag' is not mapped under `columns:`"),
    ("  tenancy_start: tenancy_start", "", "tenancy_start is required and not mapped"),
    ("columns:", "columns: [", "this isn't YAML"),
    ("values:", "values: [a]\nvaluess:", "`values:` takes `name: value` lines"),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS, ids=[told[:30] for *_, told in FAULTS])
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(MappingInvalid, match=told):
        changed(tmp_path, old, new)


def test_all_faults_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    changed_mapping(tmp_path, "rent_accounts", "sign: debit_positive", "sign: debit")
    changed_mapping(tmp_path, "rent_accounts", "dates: dd-Mon-yyyy", "dates: dd-Mon-yy")
    changed_mapping(tmp_path, "benefit_claims", "dob: dob", "dob: gender identity")
    with pytest.raises(MappingInvalid) as raised:
        read_mappings(tmp_path)
    message = str(raised.value)
    assert "benefit_claims.yaml line 17" in message
    assert "rent_accounts.yaml line 6" in message
    assert "rent_accounts.yaml line 7" in message


def test_every_source_needs_one_mapping(tmp_path: Path) -> None:
    copy_default_mappings(tmp_path)
    (tmp_path / "rent_accounts.yaml").rename(tmp_path / "housing.yaml")
    assert len(read_mappings(tmp_path)) == len(SOURCES)
    (tmp_path / "benefit_claims.yaml").unlink()
    with pytest.raises(MappingInvalid, match=r"no file maps benefit_claims.*required: no"):
        read_mappings(tmp_path)
    copy_default_mappings(tmp_path)
    with pytest.raises(MappingInvalid, match=r"rent_accounts.yaml: housing.yaml maps rent_accounts already"):
        read_mappings(tmp_path)
    with pytest.raises(MappingInvalid, match="triage init"):
        read_mappings(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("just words", "a mapping is a list of"),
        ("file: x.csv", "`source:` is missing"),
        ("source: [a]", "`source:` takes one value"),
        ("? [a, b]\n: c", "a key is one piece of text"),
        ("source: rent_accounts\nfile: x.csv\n", "`columns:` is missing"),
        ("a: b: c", "x.yaml line 1, column 5: this isn't YAML"),
        ("a: \x00", "a character that YAML refuses"),
    ],
)
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingInvalid, match=told):
        read_mapping(path)
