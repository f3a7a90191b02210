"""Set-aside rows that still say who lives where."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from smart_record.facts.terms.vocabulary import MARKERS
from smart_record.intake import take_in
from smart_record.intake.declared.sources import SOURCES
from tests.smart_record.intake.builders import Night, a_night, taken, write_night

ACCOUNTS, CLAIMS, TENANCIES = "council_tax_accounts", "benefit_claims", "rent_accounts"
PAYMENTS, STAGES = "council_tax_transactions", "council_tax_recovery_history"


def named(tmp_path: Path, night: Night, source: str) -> pl.DataFrame:
    return taken(tmp_path, night).named[source]


@pytest.mark.parametrize(
    ("column", "value", "null"),
    [("balance", "£££", "balance_pence"), ("liability_start", "31/02/2025", "liability_start")],
)
def test_a_row_with_a_bad_figure_or_date_still_says_who_lives_where(
    tmp_path: Path, column: str, value: str, null: str
) -> None:
    night = a_night()
    night[ACCOUNTS][0] |= {column: value, "vulnerable": "Y"}
    row = named(tmp_path, night, ACCOUNTS).row(0, named=True)
    assert (row["liable_name_1"], row["postcode"], row["vulnerable"]) == ("MS A EXAMPLE", "ZZ1 1AA", True)
    assert row[null] is None


def test_it_is_still_set_aside_and_never_among_the_accepted(tmp_path: Path) -> None:
    night = a_night()
    night[ACCOUNTS][0]["balance"] = "£££"
    intake = taken(tmp_path, night)
    (ref,) = intake.named[ACCOUNTS]["record_ref"]
    assert ref in intake.rejects["record_ref"].to_list()
    assert ref not in intake.extracts[ACCOUNTS]["record_ref"].to_list()
    assert set(intake.named) == {ACCOUNTS}  # payments and stages of the account name nobody
    assert dict(intake.named[ACCOUNTS].schema) == SOURCES[ACCOUNTS].schema


def test_children_of_a_set_aside_claim_come_with_it(tmp_path: Path) -> None:
    night = a_night()
    night[CLAIMS][0]["weekly_income"] = "£££"
    intake = taken(tmp_path, night)
    assert intake.named[CLAIMS]["record_ref"].to_list() == ["HB1"]
    assert intake.named["benefit_dependants"]["record_ref"].to_list() == ["HB1/1"]


def test_a_record_that_begins_later_is_not_known_yet(tmp_path: Path) -> None:
    night = a_night()
    night[ACCOUNTS][0] |= {"liability_start": "01/01/2027", "balance": "£££"}
    assert ACCOUNTS not in taken(tmp_path, night).named


def test_dates_that_contradict_each_other_are_both_left_out(tmp_path: Path) -> None:
    night = a_night()
    night[ACCOUNTS][0] |= {"liability_start": "01/01/2025", "liability_end": "01/01/2024"}
    row = named(tmp_path, night, ACCOUNTS).row(0, named=True)
    assert (row["liability_start"], row["liability_end"]) == (None, None)


def test_two_contents_of_one_key_say_what_they_agree_on(tmp_path: Path) -> None:
    night = a_night()
    night[TENANCIES].append({**night[TENANCIES][0], "weekly_rent": "93.00"})
    row = named(tmp_path, night, TENANCIES).row(0, named=True)
    assert (row["record_ref"], row["tenant_surname"], row["weekly_rent_pence"]) == ("T1", "Example", None)


def test_an_accepted_row_of_the_record_is_believed_alone(tmp_path: Path) -> None:
    night = a_night()
    night[TENANCIES].append({**night[TENANCIES][0], "weekly_rent": "£££"})
    assert TENANCIES not in taken(tmp_path, night).named


def test_an_unreadable_posting_says_whose_ledger_is_not_whole(tmp_path: Path) -> None:
    night = a_night()
    night[PAYMENTS][1]["amount"] = "£££"
    night[STAGES][1]["stage"] = "LIABORD??"
    intake = taken(tmp_path, night)
    assert intake.named[PAYMENTS].select("record_ref", "kind", "amount_pence").rows() == [
        ("4001", "payment", None)
    ]
    assert intake.named[STAGES].select("record_ref", "stage").rows() == [("4001", None)]
    assert dict(intake.named[PAYMENTS].schema) == SOURCES[PAYMENTS].schema


def test_a_posting_with_a_field_too_many_says_it_too(tmp_path: Path) -> None:
    night = a_night()
    night[PAYMENTS][1]["amount"] = "-1,152.00"
    folder = write_night(tmp_path, night)
    file = folder / f"{PAYMENTS}.csv"
    file.write_text(file.read_text().replace('"', ""))
    assert take_in(folder).named[PAYMENTS]["record_ref"].to_list() == ["4001"]


@pytest.mark.parametrize(
    "posting",
    [
        {"date": "01/11/2026", "amount": "£££"},  # not known on the night, whatever it says
        {"account_ref": "", "amount": "£££"},
        {"account_ref": "nobody's", "amount": "£££"},
    ],
)
def test_a_posting_that_is_later_or_nobodys_leaves_nothing_not_known(
    tmp_path: Path, posting: dict[str, str]
) -> None:
    night = a_night()
    night[PAYMENTS].append(night[PAYMENTS][1] | posting)
    assert taken(tmp_path, night).named == {}


def test_postings_of_a_set_aside_account_are_told_by_the_account_alone(tmp_path: Path) -> None:
    night = a_night()
    night[ACCOUNTS][0]["balance"] = "£££"
    night[PAYMENTS][1]["amount"] = "£££"
    assert set(taken(tmp_path, night).named) == {ACCOUNTS}


def test_an_accepted_record_keeps_what_protects_on_another_row_of_it(tmp_path: Path) -> None:
    night = a_night()
    hold = {"vulnerable": "Y", "breathing_space_end": "31/12/2026"}
    night[ACCOUNTS].append(night[ACCOUNTS][0] | {"balance": "£££"} | hold)
    night[TENANCIES].append(night[TENANCIES][0] | {"weekly_rent": "£££", "support_flag": "Y"})
    intake = taken(tmp_path, night)
    assert set(intake.named) == {MARKERS}  # nobody of them is matched: the accepted row says who lives there
    shown = intake.named[MARKERS].select(
        "record_ref", "system", "record", "vulnerable", "breathing_space_end", "support_flag"
    )
    assert shown.rows() == [
        ("council_tax/4001", "council_tax", "4001", True, date(2026, 12, 31), None),
        ("rent/T1", "rent", "T1", None, None, True),
    ]
    assert intake.extracts[ACCOUNTS]["record_ref"].to_list() == ["4001", "4002", "4003"]


def test_what_protects_on_a_row_with_a_field_too_many_is_not_known(tmp_path: Path) -> None:
    night = a_night()
    night[ACCOUNTS].append(night[ACCOUNTS][0] | {"vulnerable": "Y", "balance": "1,066.08"})
    folder = write_night(tmp_path, night)
    file = folder / f"{ACCOUNTS}.csv"
    file.write_text(file.read_text().replace('"', ""))
    marker = take_in(folder).named[MARKERS].row(0, named=True)
    assert (marker["record"], marker["vulnerable"]) == ("4001", None)


def test_another_row_that_begins_later_or_says_the_same_again_marks_nothing(tmp_path: Path) -> None:
    night = a_night()
    later = {"liability_start": "01/12/2026", "balance": "£££", "vulnerable": "Y"}
    night[ACCOUNTS] += [night[ACCOUNTS][0] | later, dict(night[ACCOUNTS][1])]
    assert taken(tmp_path, night).named == {}


def test_of_two_contents_of_one_key_either_may_show_what_protects(tmp_path: Path) -> None:
    night = a_night()
    hold = {"vulnerable": "Y", "breathing_space_end": "31/12/2026"}
    night[ACCOUNTS][0]["breathing_space_end"] = "30/11/2026"
    night[ACCOUNTS].append(night[ACCOUNTS][0] | hold)
    row = named(tmp_path, night, ACCOUNTS).row(0, named=True)
    assert (row["vulnerable"], row["breathing_space_end"]) == (True, date(2026, 12, 31))
