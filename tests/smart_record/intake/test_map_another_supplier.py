"""The data officer's guide does what it says: its files, by its mappings, come out as it tells."""

import re
from datetime import date
from pathlib import Path

from smart_record.intake import Intake, copy_default_mappings, take_in
from tests.smart_record.intake.builders import a_night, write_night

GUIDE = Path(__file__).parents[3] / "docs" / "map-another-supplier.md"
SHOWN = re.compile(r"```(?:csv|yaml) file=(\S+)\n(.*?)```", re.DOTALL)


def guided_night(folder: Path) -> Intake:
    """The guide's files beside the other sources' usual ones, taken in by its mappings."""
    night = {name: rows for name, rows in a_night().items() if not name.startswith("council_tax")}
    night["council_tax_recovery_history"] = [{"account_ref": "100001", "stage": "REM1", "date": "01/10/2026"}]
    extracts, mappings = write_night(folder / "night", night), folder / "mappings"
    copy_default_mappings(mappings)
    shown = SHOWN.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(shown) == 4
    for name, content in shown:
        target = mappings if name.endswith(".yaml") else extracts
        (target / name).write_text(content, encoding="cp1252" if target == extracts else "utf-8")
    return take_in(extracts, mappings)


def test_the_guide_s_accounts_come_out_canonical(tmp_path: Path) -> None:
    accounts = guided_night(tmp_path).extracts["council_tax_accounts"]
    assert accounts["record_ref"].to_list() == ["100001", "100002"]
    assert accounts["balance_pence"].to_list() == [6608, 0]
    assert accounts["band"].to_list() == ["B", "A"]
    assert accounts["uprn"].to_list() == [10000000001, None]
    assert accounts["payment_method"].to_list() == ["direct_debit", "other"]
    assert accounts["recovery_stage"].to_list() == ["reminder_1", "bill"]
    assert accounts["discount"].to_list() == ["single_person", None]
    assert accounts["vulnerable"].to_list() == [True, False]
    assert accounts["liability_start"].to_list() == [date(2020, 4, 1), date(2023, 8, 14)]
    assert accounts["liability_end"].to_list() == [None, None]


def test_the_guide_s_ledger_has_charges_above_and_payments_below_nought(tmp_path: Path) -> None:
    ledger = guided_night(tmp_path).extracts["council_tax_transactions"]
    assert ledger["amount_pence"].to_list() == [15200, -8592, -5000, -5000]


def test_the_guide_names_what_is_set_aside_and_refused(tmp_path: Path) -> None:
    intake = guided_night(tmp_path)
    assert intake.rejects.select("source", "line", "column").rows() == [
        ("council_tax_accounts", 4, "Liab From"),
        ("council_tax_transactions", 6, "Trans Date"),
    ]
    assert intake.refused_columns.rows() == [
        ("CT_LIABILITY_20261031.csv", "Religion", "special category"),
    ]
