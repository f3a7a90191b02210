"""The files are those of the real systems: same columns, same codes, same ways of writing."""

import polars as pl
import pytest

COLUMNS = {
    "council_tax_accounts": (
        "account_ref,uprn,address_line_1,address_line_2,address_line_3,address_line_4,postcode,ward,band,"
        "liable_name_1,liable_dob_1,liable_nino_1,liable_name_2,liable_dob_2,telephone,email,liability_start,"
        "liability_end,discount,ctr_weekly,payment_method,annual_charge,balance,recovery_stage,"
        "recovery_stage_date,vulnerable,breathing_space_end"
    ),
    "council_tax_transactions": "account_ref,date,type,amount",
    "council_tax_recovery_history": "account_ref,stage,date",
    "benefit_claims": (
        "claim_ref,claim_type,status,start_date,end_date,end_reason,nino,forename,surname,dob,sex,partner_nino,"
        "partner_forename,partner_surname,partner_dob,address_1,address_2,address_3,postcode,uprn,tenure,"
        "dependants,non_dependants,passported,weekly_income,weekly_hb,weekly_ctr,spare_room_deduction,"
        "benefit_cap,overpayment_balance,dhp_end_date,last_change_date"
    ),
    "benefit_dependants": "claim_ref,dependant_no,forename,surname,dob",
    "rent_accounts": (
        "tenancy_ref,property_address,postcode,uprn,tenant_forename,tenant_surname,tenant_dob,tenant_nino,"
        "tenant_phone,tenant_email,joint_forename,joint_surname,joint_dob,tenancy_type,tenancy_start,"
        "tenancy_end,weekly_rent,balance,arrears_stage,stage_date,payment_method,uc_flag,support_flag"
    ),
    "rent_transactions": "tenancy_ref,date,type,amount",
    "rent_arrears_history": "tenancy_ref,stage,date",
    "links": "source,record_ref,role,person_id,household_id,group",
    "outcomes": "household_id,group,tenure,kind,ward,liability_order_6m,rent_court_6m,homeless_6m",
}

CODES = {
    ("council_tax_accounts", "band"): "A B C D E F G",
    ("council_tax_accounts", "discount"): "SPD25",
    ("council_tax_accounts", "payment_method"): "DIRECT DEBIT|BANK|CASH|CARD",
    ("council_tax_accounts", "recovery_stage"): "BILL REM1 REM2 FINAL SUMMONS LO EA",
    ("council_tax_accounts", "vulnerable"): "Y N",
    ("council_tax_transactions", "type"): "INSTALMENT PAYMENT",
    ("council_tax_recovery_history", "stage"): "BILL REM1 REM2 FINAL SUMMONS LO EA",
    ("benefit_claims", "claim_type"): "HB|CTR|HB&CTR",
    ("benefit_claims", "status"): "LIVE ENDED",
    ("benefit_claims", "end_reason"): (
        "NO REPLY TO REVIEW|UNKNOWN|MOVED TO UC|CHANGE OF CIRCS|INCOME INCREASE"
    ),
    ("benefit_claims", "sex"): "M F",
    ("benefit_claims", "tenure"): "OWNER|PRIVATE TENANT|SOCIAL TENANT",
    ("benefit_claims", "passported"): "UC ESA(IR) PC(GC)",
    ("benefit_claims", "benefit_cap"): "Y N",
    ("rent_accounts", "tenancy_type"): "SECURE INTRODUCTORY FIXED",
    ("rent_accounts", "arrears_stage"): "NONE LETTER1 LETTER2 NOSP COURT EVICTION",
    ("rent_accounts", "payment_method"): "DD|SO|CASH|UC APA",
    ("rent_accounts", "uc_flag"): "Y N",
    ("rent_accounts", "support_flag"): "Y N",
    ("rent_transactions", "type"): "RENT PAY",
    ("rent_arrears_history", "stage"): "NONE LETTER1 LETTER2 NOSP COURT EVICTION",
    ("links", "source"): "council_tax benefits benefits_dependants rent",
    ("links", "role"): "liable_1 liable_2 liable_1_joint claimant partner dependant tenant joint",
    ("links", "group"): "british south_asian east_european middle_eastern african",
    ("outcomes", "tenure"): "owner private social",
    ("outcomes", "kind"): "single couple family lone pensioner pens_couple multi sharers",
    ("outcomes", "homeless_6m"): "0 1",
}

IMPOSSIBLE = {"31/02/2025", "£££", "n/a", "UNKNOWN"}
DAY, MONEY = r"^\d\d/\d\d/\d{4}$", r"^-?\d+\.\d\d$"
ISO, NAMED = r"^\d{4}-\d\d-\d\d$", r"^\d\d-[A-Z][a-z]{2}-\d{4}$"
NINO = r"(?i)^([a-z]{2}\d{6}[a-d]|[a-z]{2} \d\d \d\d \d\d [a-d]|TN\d{6}[MF])$"
PATTERNS = {
    ("council_tax_accounts", "account_ref"): r"^4\d{7}$",
    ("council_tax_accounts", "uprn"): r"^\d{12}$",
    ("council_tax_accounts", "postcode"): r"(?i)^AE\d ?\d[ABD-HJLNP-UW-Z]{2}$",
    ("council_tax_accounts", "liable_dob_1"): DAY,
    ("council_tax_accounts", "liable_nino_1"): NINO,
    ("council_tax_accounts", "telephone"): r"^07\d{9}$",
    ("council_tax_accounts", "email"): r"^[a-z]+\.[a-z]+\d+@example\.org$",
    ("council_tax_accounts", "liability_start"): DAY,
    ("council_tax_accounts", "balance"): MONEY,
    ("council_tax_accounts", "annual_charge"): MONEY,
    ("council_tax_accounts", "recovery_stage_date"): DAY,
    ("council_tax_transactions", "date"): DAY,
    ("council_tax_transactions", "amount"): MONEY,
    ("council_tax_recovery_history", "date"): DAY,
    ("benefit_claims", "claim_ref"): r"^HB7\d{6}$",
    ("benefit_claims", "dob"): ISO,
    ("benefit_claims", "nino"): NINO,
    ("benefit_claims", "weekly_income"): MONEY,
    ("benefit_claims", "dependants"): r"^\d$",
    ("benefit_dependants", "dob"): ISO,
    ("rent_accounts", "tenancy_ref"): r"^T9\d{5}$",
    ("rent_accounts", "tenant_dob"): NAMED,
    ("rent_accounts", "tenancy_start"): NAMED,
    ("rent_accounts", "weekly_rent"): MONEY,
    ("rent_transactions", "date"): NAMED,
    ("rent_transactions", "amount"): MONEY,
    ("rent_arrears_history", "date"): NAMED,
}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_the_columns_are_those_of_the_system(council, extract, name):
    assert ",".join(extract(council, name).columns) == COLUMNS[name]


@pytest.mark.parametrize(("name", "column"), sorted(CODES))
def test_every_code_is_one_that_the_system_knows_and_all_are_used(council, extract, name, column):
    codes = CODES[name, column]
    known = set(codes.split("|") if "|" in codes else codes.split())
    assert set(extract(council, name)[column].drop_nulls()) == known


@pytest.mark.parametrize(("name", "column"), sorted(PATTERNS))
def test_values_are_written_as_the_system_writes_them(council, extract, name, column):
    values = extract(council, name)[column].drop_nulls()
    values = values.filter(~values.is_in(IMPOSSIBLE))
    assert len(values) > 0
    assert values.str.contains(PATTERNS[name, column]).all()


@pytest.mark.parametrize(
    ("name", "column", "form"),
    [
        ("council_tax_transactions", "date", "%d/%m/%Y"),
        ("benefit_claims", "start_date", "%Y-%m-%d"),
        ("rent_transactions", "date", "%d-%b-%Y"),
    ],
)
def test_dates_are_days_that_exist(council, extract, name, column, form):
    assert extract(council, name)[column].str.to_date(form, strict=False).null_count() == 0


def test_numbers_that_people_share_only_by_mistake_are_distinct(clean, extract):
    claims = extract(clean, "benefit_claims")
    live = claims.filter(pl.col("status") == "LIVE")
    assert live["nino"].str.replace_all(" ", "").str.to_uppercase().is_unique().all()
