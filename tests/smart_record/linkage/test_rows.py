"""Records and persons as they are read from the extracts."""

from datetime import date

import polars as pl
import pytest

from smart_record.linkage.rows.person_rows import person_rows
from smart_record.linkage.rows.record_rows import record_rows
from tests.smart_record.linkage.builders import NIGHT, a_bill, a_claim, a_dependant, a_tenancy, extracts_of


def records_of(*rows):
    return record_rows(extracts_of(*rows), as_of=NIGHT)


def persons_of(*rows):
    extracts = extracts_of(*rows)
    return person_rows(extracts, record_rows(extracts, as_of=NIGHT), as_of=NIGHT)


def test_what_is_dated_after_the_night_is_not_known():
    record = records_of(
        a_bill("1", "J PARROTT", liability_start=date(2026, 11, 2), liability_end=date(2026, 11, 9))
    )
    assert record.select("starts", "ends").row(0) == (None, None)


def test_a_row_that_comes_twice_is_one_whichever_comes_first():
    one, other = (
        a_bill("1", "J PARROTT", telephone="07700900123"),
        a_bill("1", "J MUDGE", telephone="07700900124"),
    )
    assert records_of(one, other).equals(records_of(other, one))
    assert persons_of(one, other).equals(persons_of(other, one))
    assert persons_of(one, other).height == 1


def test_a_telephone_that_many_give_is_an_office_s():
    bills = [a_bill(str(n), "J PARROTT", telephone="01632960001", email=f"{n}@example.org") for n in range(8)]
    records = records_of(*bills)
    assert records["telephone"].null_count() == 8
    assert records["email"].null_count() == 0


def test_a_date_of_birth_that_far_too_many_have_is_a_placeholder():
    crowd = [a_claim(str(n), "Joan", "Parrott", dob=date(1975, 6, 7)) for n in range(30)]
    assert persons_of(*crowd)["dob"].null_count() == 30
    assert persons_of(*crowd[:20])["dob"].null_count() == 0


@pytest.mark.parametrize(("rows", "kept"), [(12, True), (13, False)])
def test_a_number_that_more_rows_bear_than_a_person_has_is_a_placeholder(rows, kept):
    persons = persons_of(
        *(a_claim(str(n), "Joan", "Parrott", nino="QQ111111A") for n in range(rows)),
        a_claim("other", "Ivor", "Mudge", nino="QQ123456A"),
    )
    told = persons.select("record_ref", "nino").rows()
    assert dict(told) == {str(n): "QQ111111" if kept else None for n in range(rows)} | {"other": "QQ123456"}


def test_a_temporary_number_identifies_nobody_and_tells_a_birth_that_nothing_else_tells():
    persons = persons_of(
        a_bill("1", "PAT PARROTT", liable_nino_1="TN040370F"),
        a_bill("2", "PAT PARROTT", liable_nino_1="TN040370F", liable_dob_1=date(1970, 4, 3)),
        a_bill("3", "PAT PARROTT", liable_nino_1="TN040370F", liable_dob_1=date(1900, 1, 1)),
        a_bill("4", "MR PAT PARROTT", liable_nino_1="TN010170F"),
    )
    assert persons.select("dob", "dob_weak", "nino", "sex").rows() == [
        (date(1970, 3, 4), False, None, "F"),
        (date(1970, 4, 3), False, None, "F"),
        (date(1970, 3, 4), False, None, "F"),
        (date(1970, 1, 1), True, None, "M"),
    ]


def test_a_temporary_number_that_far_too_many_have_tells_no_birth():
    crowd = [a_bill(str(n), "PAT PARROTT", liable_nino_1="TN040370F") for n in range(30)]
    assert persons_of(*crowd)["dob"].null_count() == 30


def test_the_second_person_of_a_field_has_neither_the_first_s_number_nor_birth():
    persons = persons_of(
        a_bill("1", "MR J & MRS A PARROTT", liable_dob_1=date(1970, 3, 4), liable_nino_1="QQ123456A")
    )
    told = persons.select("role", "forename", "sex", "dob", "nino").rows()
    assert told == [
        ("liable_1", "J", "M", date(1970, 3, 4), "QQ123456"),
        ("liable_1_joint", "A", "F", None, None),
    ]


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("MR J PARROTT (DECD) & MRS A PARROTT", [("liable_1_joint", "A", "PARROTT", None)]),
        ("MR J PARROTT DECEASED & MRS A", [("liable_1_joint", "A", "PARROTT", None)]),
        ("MRS A PARROTT & MR J PARROTT DECD", [("liable_1", "A", "PARROTT", "QQ123456")]),
        ("MR J & MRS A PARROTT DECD", []),
        ("EXORS OF MR J PARROTT DECD & MRS A PARROTT", []),
    ],
)
def test_a_widow_is_named_without_what_is_her_husband_s(field, named):
    persons = persons_of(a_bill("1", field, liable_nino_1="QQ123456A"))
    assert persons.select("role", "forename", "surname", "nino").rows() == named


def test_children_whose_claim_is_not_there_still_have_a_record():
    orphan = a_dependant("C9", 1, "Amy", "Parrott", date(2019, 5, 14))
    assert records_of(orphan).select("source", "record_ref").rows() == [("benefits", "C9")]
    assert persons_of(orphan)["record"].to_list() == [0]


def test_columns_that_an_extract_lacks_are_not_known():
    bare = {"rent_accounts": pl.DataFrame({"record_ref": ["T1"], "tenant_surname": ["Joan Parrott"]})}
    records = record_rows(bare, as_of=NIGHT)
    persons = person_rows(bare, records, as_of=NIGHT)
    assert persons.select("forename", "surname", "dob").rows() == [("JOAN", "PARROTT", None)]
    assert records.select("property", "starts").rows() == [(None, None)]


def test_each_source_reads_its_own_columns():
    rows = [a_bill("1", "MS A PARROTT", liable_name_2="Ivor Mudge"), a_claim("2", "B", "Parrott", sex="m")]
    rows += [a_tenancy("3", "C", "Parrott", joint_forename="D", joint_surname="Mudge")]
    told = persons_of(*rows).select("source", "role", "forename", "sex").rows()
    assert told == [
        ("benefits", "claimant", "B", "M"),
        ("council_tax", "liable_1", "A", "F"),
        ("council_tax", "liable_2", "IVOR", None),
        ("rent", "joint", "D", None),
        ("rent", "tenant", "C", None),
    ]


def test_a_dash_behind_a_name_hides_nobody():
    rows = persons_of(a_bill("1", "MERERID PROBERT -"), a_bill("2", "PROBERT, MERERID,"))
    assert rows.select("forename", "surname").rows() == [("MERERID", "PROBERT")] * 2


@pytest.mark.parametrize(
    "field",
    ["* MRS A JONES", "** MRS A JONES **", "MRS A JONES *DD*", "#MRS A JONES!", "MRS A JO¡NES",
     "MRS A J?ONES", "MRS A JONES 2", "MRS A JONES [DNC]", "MRS A JONES – GONE AWAY", "MRS A JONES/TENANT",
     "MRS A JONES (Joint Tenant)"],
)  # fmt: skip
def test_a_mark_or_remark_beside_a_name_hides_nobody(field):
    assert persons_of(a_bill("1", field)).select("forename", "surname").rows() == [("A", "JONES")]


@pytest.mark.parametrize("field", ["MR MOHAMMAD UNKNOWN", "FNU, MOHAMMAD", "MOHAMMAD XXX", "LNU MOHAMMAD"])
def test_who_has_one_name_is_known_by_it(field):
    assert persons_of(a_bill("1", field)).select("forename", "surname").rows() == [(None, "MOHAMMAD")]


@pytest.mark.parametrize(
    "field", ["NAME NOT KNOWN", "PERSONS UNKNOWN", "MRS UNKNOWN", "UNKNOWN TENANT", "***"]
)
def test_a_field_that_tells_no_name_names_nobody(field):
    assert persons_of(a_bill("1", field)).is_empty()
