"""One invented night's Smart Record with 30 months of payments and recovery stages behind it."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from smart_record.records import Records

NIGHT = date(2026, 10, 31)
FIRST = date(2024, 5, 1)
MONTHS = tuple(date(2024 + month // 12, month % 12 + 1, 1) for month in range(4, 34))
CHARGE = {"council_tax": 15_000, "rent": 40_000}
LADDERS = {
    "council_tax": ("reminder_1", "reminder_2", "final_notice", "summons", "liability_order"),
    "rent": ("letter_1", "letter_2", "notice_seeking_possession", "court", "eviction"),
}
CLEAR = {"council_tax": "bill", "rent": "none"}
ACCOUNTS = {
    "liable_name_1": "MRS Q EXAMPLE",
    "liability_start": date(2019, 4, 1),
    "liability_end": None,
    "discount": None,
    "ctr_weekly_pence": 0,
    "payment_method": "cash",
    "annual_charge_pence": 180_000,
    "balance_pence": 0,
    "recovery_stage": "bill",
    "recovery_stage_date": None,
    "vulnerable": False,
    "breathing_space_end": None,
}
TENANCIES = {
    "tenant_forename": "Q",
    "tenant_surname": "EXAMPLE",
    "tenancy_type": "secure",
    "tenancy_start": date(2018, 6, 4),
    "tenancy_end": None,
    "weekly_rent_pence": 10_000,
    "balance_pence": 0,
    "arrears_stage": "none",
    "stage_date": None,
    "payment_method": "cash",
    "uc_flag": False,
    "support_flag": False,
}


def some_records(*, households: int = 260, seed: int = 7) -> Records:
    """Households that pay, and some that stop for a while and climb a ladder of letters until they pay up."""
    generator = np.random.default_rng(seed)
    names = [f"HH{place:05}" for place in range(households)]
    extracts: dict[str, pl.DataFrame] = {}
    links = []
    for source in ("council_tax", "rent"):
        keys = [(f"{source[0].upper()}{name}", name) for name in names]
        transactions: list[tuple[str, date, str, int]] = []
        stages: list[tuple[str, str, date]] = []
        for key, _ in keys:
            missed = _missed_months(generator)
            transactions += _ledger(generator, key, missed, CHARGE[source])
            stages += _climb(generator, key, missed, source)
        extracts |= _frames(source, transactions, stages)
        role = "liable_1" if source == "council_tax" else "tenant"
        links += [(source, key, role, f"R{name}", name, None, "") for key, name in keys]
        extracts[_account_file(source)] = _accounts(source, [key for key, _ in keys])
    return Records(
        extracts=extracts,
        links=pl.DataFrame(links, schema=LINKS, orient="row"),
        households=_households(names),
    )


LINKS = {
    "source": pl.String,
    "record_ref": pl.String,
    "role": pl.String,
    "resident_id": pl.String,
    "household_id": pl.String,
    "match_weight": pl.Float64,
    "evidence": pl.String,
}


def _households(names: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"household_id": names}).with_columns(
        uprn=pl.lit(None, pl.Int64),
        members=pl.lit(1, pl.Int64),
        address=pl.lit("1 Example Street"),
        ward=pl.lit(None, pl.String),
        sources=pl.lit("council_tax,rent"),
        confidence=pl.lit("strong"),
    )


def _missed_months(generator: np.random.Generator) -> np.ndarray:
    """Which of the 30 months went unpaid: none for most, else one or two runs of months."""
    missed = np.zeros(len(MONTHS), dtype=bool)
    if generator.random() < 0.6:
        for _ in range(generator.integers(1, 4)):
            start, length = generator.integers(0, len(MONTHS)), generator.integers(1, 9)
            missed[start : start + length] = True
    return missed


def _ledger(
    generator: np.random.Generator, key: str, missed: np.ndarray, charge: int
) -> list[tuple[str, date, str, int]]:
    """Charges each month, and a payment of all that is owed in each month that is paid."""
    rows, owed = [], 0
    for month, unpaid in zip(MONTHS, missed, strict=True):
        rows.append((key, month, "charge", charge))
        owed += charge
        if not unpaid:
            rows.append((key, month + timedelta(days=int(generator.integers(1, 20))), "payment", -owed))
            owed = 0
    return rows


def _climb(
    generator: np.random.Generator, key: str, missed: np.ndarray, source: str
) -> list[tuple[str, str, date]]:
    """A rung for each month missed in a row, with some luck; back to clear when all is paid."""
    rows: list[tuple[str, str, date]] = []
    rung = 0
    for month, unpaid in zip(MONTHS, missed, strict=True):
        if unpaid and rung < len(LADDERS[source]) and generator.random() < 0.85:
            rows.append((key, LADDERS[source][rung], month + timedelta(days=21)))
            rung += 1
        elif not unpaid and rung:
            rows.append((key, CLEAR[source], month + timedelta(days=22)))
            rung = 0
    return rows


def _account_file(source: str) -> str:
    return "council_tax_accounts" if source == "council_tax" else "rent_accounts"


def _frames(source: str, transactions: list, stages: list) -> dict[str, pl.DataFrame]:
    history = "council_tax_recovery_history" if source == "council_tax" else "rent_arrears_history"
    ledger = {"record_ref": pl.String, "posted_on": pl.Date, "kind": pl.String, "amount_pence": pl.Int64}
    steps = {"record_ref": pl.String, "stage": pl.String, "stage_on": pl.Date}
    return {
        f"{source}_transactions": _numbered(pl.DataFrame(transactions, schema=ledger, orient="row")),
        history: _numbered(pl.DataFrame(stages, schema=steps, orient="row")),
    }


def _accounts(source: str, keys: list[str]) -> pl.DataFrame:
    columns = ACCOUNTS if source == "council_tax" else TENANCIES
    frame = pl.DataFrame({"record_ref": keys}).with_columns(
        pl.lit(value, _dtype(name)).alias(name) for name, value in columns.items()
    )
    return _numbered(
        frame.with_columns(pl.lit(None, dtype).alias(name) for name, dtype in UNKNOWN[source].items())
    )


def _dtype(column: str) -> pl.DataType | type[pl.DataType]:
    if column.endswith("_pence"):
        return pl.Int64
    if column.endswith(("_start", "_end", "_date")):
        return pl.Date
    return pl.Boolean if column in {"vulnerable", "uc_flag", "support_flag"} else pl.String


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_row_index("line", offset=2).with_columns(pl.col("line").cast(pl.Int64))


UNKNOWN = {
    "council_tax": {
        "uprn": pl.Int64,
        "address_line_1": pl.String,
        "address_line_2": pl.String,
        "address_line_3": pl.String,
        "address_line_4": pl.String,
        "postcode": pl.String,
        "ward": pl.String,
        "band": pl.String,
        "liable_dob_1": pl.Date,
        "liable_nino_1": pl.String,
        "liable_name_2": pl.String,
        "liable_dob_2": pl.Date,
        "telephone": pl.String,
        "email": pl.String,
    },
    "rent": {
        "property_address": pl.String,
        "postcode": pl.String,
        "uprn": pl.Int64,
        "tenant_dob": pl.Date,
        "tenant_nino": pl.String,
        "tenant_phone": pl.String,
        "tenant_email": pl.String,
        "joint_forename": pl.String,
        "joint_surname": pl.String,
        "joint_dob": pl.Date,
    },
}
