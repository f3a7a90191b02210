"""What an account says of itself is what its ledger and its history say."""

import polars as pl
import pytest

SYSTEMS = {
    "council_tax": (
        "council_tax_accounts",
        "council_tax_transactions",
        "council_tax_recovery_history",
        "account_ref",
        "recovery_stage",
        "recovery_stage_date",
        "%d/%m/%Y",
    ),
    "rent": (
        "rent_accounts",
        "rent_transactions",
        "rent_arrears_history",
        "tenancy_ref",
        "arrears_stage",
        "stage_date",
        "%d-%b-%Y",
    ),
}
ORDER = {
    "council_tax": ["BILL", "REM1", "REM2", "FINAL", "SUMMONS", "LO", "EA"],
    "rent": ["NONE", "LETTER1", "LETTER2", "NOSP", "COURT", "EVICTION"],
}


def pence(column):
    return (pl.col(column).cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64)


def steps(council, extract, system):
    _, _, history, ref, _, _, form = SYSTEMS[system]
    order = pl.Enum(ORDER[system])
    rows = extract(council, history).with_columns(
        on=pl.col("date").str.to_date(form), rung=pl.col("stage").cast(order).to_physical().cast(pl.Int64)
    )
    return rows.with_columns(
        came_from=pl.col("rung").shift(1).over(ref).fill_null(0),
        gap=(pl.col("on") - pl.col("on").shift(1).over(ref)).dt.total_days(),
    )


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_balance_is_what_was_billed_less_what_was_paid(council, extract, system):
    accounts, transactions, _, ref, *_ = SYSTEMS[system]
    ledger = extract(council, transactions).group_by(ref).agg(ledger=pence("amount").sum())
    shown = extract(council, accounts).unique(ref).select(ref, shown=pence("balance")).drop_nulls()
    both = shown.join(ledger, on=ref, how="left").with_columns(pl.col("ledger").fill_null(0))
    assert both["shown"].to_list() == both["ledger"].to_list()
    assert (both["shown"] > 0).mean() > 0.08


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_stage_shown_is_the_last_of_the_history(council, extract, system):
    accounts, _, history, ref, stage, stage_date, _ = SYSTEMS[system]
    last = extract(council, history).group_by(ref, maintain_order=True).last()
    both = extract(council, accounts).unique(ref).join(last, on=ref, how="left", suffix="_last")
    assert both.select((pl.col("stage").fill_null(ORDER[system][0]) == pl.col(stage)).all()).item()
    assert both.select(pl.col("date").eq_missing(pl.col(stage_date)).all()).item()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_ladder_is_climbed_a_stage_at_a_time_with_a_notice_s_time_between(council, extract, system):
    taken = steps(council, extract, system)
    up = taken.filter(pl.col("rung") > 0)
    assert (up["rung"] - up["came_from"] == 1).all()
    between = up.filter(pl.col("came_from") > 0)
    assert between.height > 200
    assert between["gap"].min() >= 14


@pytest.mark.parametrize("system", SYSTEMS)
def test_who_comes_off_the_ladder_was_on_it(council, extract, system):
    off = steps(council, extract, system).filter(pl.col("rung") == 0)
    assert off.height > 50
    assert (off["came_from"] > 0).all()
    assert (off["gap"] > 0).all()


@pytest.mark.parametrize("system", SYSTEMS)
def test_files_of_the_ledger_are_in_order_of_account_and_date(council, extract, system):
    _, transactions, history, ref, _, _, form = SYSTEMS[system]
    for name in (transactions, history):
        rows = extract(council, name).select(ref, pl.col("date").str.to_date(form))
        assert rows.equals(rows.sort(ref, "date", maintain_order=True))


def test_nobody_pays_more_than_is_owed(council, extract):
    for transactions, ref in (
        ("council_tax_transactions", "account_ref"),
        ("rent_transactions", "tenancy_ref"),
    ):
        running = extract(council, transactions).select(pence("amount").cum_sum().over(ref).alias("owed"))
        assert running["owed"].min() >= 0


def test_council_tax_falls_due_from_april_to_january(council, extract):
    bills = extract(council, "council_tax_transactions").filter(type="INSTALMENT")
    months = bills["date"].str.to_date("%d/%m/%Y").dt.month()
    assert set(months) == {1, 4, 5, 6, 7, 8, 9, 10, 11, 12}


def test_an_instalment_is_a_tenth_of_the_year_less_the_reduction(council, extract):
    accounts = extract(council, "council_tax_accounts").unique("account_ref")
    bills = extract(council, "council_tax_transactions").filter(type="INSTALMENT")
    last = bills.group_by("account_ref", maintain_order=True).last().filter(date="01/10/2026")
    both = accounts.filter(pl.col("liability_end").is_null()).join(last, on="account_ref")
    due = (pence("annual_charge") - pence("ctr_weekly") * 52) / 10
    assert both.height > 1500
    assert both.select((due - pence("amount")).abs().max()).item() <= 5


def test_the_rent_of_a_month_is_52_twelfths_of_a_week(council, extract):
    tenancies = (
        extract(council, "rent_accounts").unique("tenancy_ref").filter(pl.col("tenancy_end").is_null())
    )
    bills = extract(council, "rent_transactions").filter(type="RENT", date="01-Oct-2026")
    both = tenancies.join(bills, on="tenancy_ref").select(pence("weekly_rent"), pence("amount")).drop_nulls()
    assert both.height > 400
    assert (both["amount"] - both["weekly_rent"] * 52 / 12).abs().max() <= 1


def test_every_ledger_row_is_of_an_account_in_the_file(council, extract):
    for accounts, transactions, history, ref, *_ in SYSTEMS.values():
        known = extract(council, accounts).select(ref).unique()
        for name in (transactions, history):
            assert extract(council, name).join(known, on=ref, how="anti").is_empty()
