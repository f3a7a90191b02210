"""The further files of an invented council: plans, court dates, flags, awards, cases, forms, contacts.

Written from the council's own eight files, as such systems are fed from them; each with a stream of its own,
so that nothing else of the town changes where they are asked for.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from triage.invented.chance import Flags, Floats, Ints, draw, happens, stream
from triage.invented.writing import write_table

_IN_RECOVERY = ("REM2", "FINAL", "SUMMONS", "LO", "EA")
_NEARLY_OUT = ("COURT", "EVICTION")
_FLAGS = (
    ("VULNERABLE", 0.3),
    ("REPRESENTATIVE", 0.12),
    ("ADJUSTMENT", 0.12),
    ("CARE LEAVER", 0.06),
    ("SOCIAL CARE", 0.14),
    ("VRS", 0.03),
    ("PAYMENT QUERY", 0.07),
    ("EVIDENCE AWAITED", 0.05),
    ("CLAIM WAITING", 0.08),
    ("PROTECTED ADDRESS", 0.01),
    ("BEREAVEMENT", 0.02),
)
_RESULTS = (("REACHED", 0.4), ("NO ANSWER", 0.5), ("RETURNED MAIL", 0.1))
_FLAGGED, _ASKED, _AWARDED, _CONTACTED, _PLANNED, _NOTIFIED = 0.03, 0.015, 0.025, 0.05, 0.22, 0.9


def write_further(folder: Path, *, seed: int, as_of: date) -> dict[str, int]:
    """Write the further files beside the eight.

    Args:
        folder: Holds the eight files.
        seed: Which council.
        as_of: The day the extracts are cut on.

    Returns: Rows of each file, by file name.
    """
    held = {
        name: pl.read_csv(folder / f"{name}.csv", infer_schema=False)
        for name in ("council_tax_accounts", "benefit_claims", "rent_accounts")
    }
    accounts = held["council_tax_accounts"].filter(pl.col("liability_end").fill_null("") == "")
    claims = held["benefit_claims"].filter(pl.col("status") == "LIVE")
    tenancies = held["rent_accounts"].filter(pl.col("tenancy_end").fill_null("") == "")
    rows = {}
    for name, make in _FILES.items():
        made = make(stream(seed, name), accounts, claims, tenancies, as_of)
        rows[f"{name}.csv"] = write_table(folder / f"{name}.csv", made)
    return rows


Frame = pl.DataFrame
Make = Callable[[np.random.Generator, Frame, Frame, Frame, date], Frame]


def _plans(rng: np.random.Generator, accounts: Frame, _: Frame, tenancies: Frame, as_of: date) -> Frame:
    behind = accounts.filter(pl.col("recovery_stage").is_in(_IN_RECOVERY))
    owing = tenancies.filter(pl.col("arrears_stage") != "NONE")
    every = [_records(behind, "COUNCIL TAX", "account_ref"), _records(owing, "RENT", "tenancy_ref")]
    some = _some(rng, pl.concat(every), _PLANNED)
    agreed = rng.integers(20, 300, some.height)
    broke, over = happens(rng, 0.4, some.height), happens(rng, 0.6, some.height)
    return some.with_columns(
        agreed_on=_days(as_of, -agreed),
        state=pl.Series(["ACTIVE", "BROKEN"]).gather((broke & over).astype(np.int64)),
        broken_on=_where(broke, _days(as_of, -rng.integers(0, agreed))),
        instalment=pl.Series(rng.integers(5, 60, some.height)).cast(pl.String),
    )


def _court_dates(rng: np.random.Generator, accounts: Frame, _: Frame, tenancies: Frame, as_of: date) -> Frame:
    parts = []
    for rows, system, key, stage, step, share, days in (
        (accounts, "COUNCIL TAX", "account_ref", "SUMMONS", "HEARING", 0.8, 21),
        (tenancies, "RENT", "tenancy_ref", "NOSP", "NOTICE ENDS", 0.5, 28),
        (tenancies, "RENT", "tenancy_ref", "COURT", "HEARING", 0.8, 80),
        (tenancies, "RENT", "tenancy_ref", "EVICTION", "EVICTION", 0.9, 40),
    ):
        column = "recovery_stage" if system == "COUNCIL TAX" else "arrears_stage"
        some = _some(rng, _records(rows.filter(pl.col(column) == stage), system, key), share)
        due = _days(as_of, rng.integers(1, days, some.height))
        parts.append(some.with_columns(step=pl.lit(step), due_on=due))
    return pl.concat(parts)


def _flags(rng: np.random.Generator, accounts: Frame, _: Frame, tenancies: Frame, as_of: date) -> Frame:
    every = pl.concat(
        [_records(accounts, "COUNCIL TAX", "account_ref"), _records(tenancies, "RENT", "tenancy_ref")]
    )
    some = _some(rng, every, _FLAGGED)
    age = rng.integers(1, 400, some.height)
    ended = happens(rng, 0.2, some.height)
    return some.with_columns(
        kind=_drawn(rng, _FLAGS, some.height),
        set_on=_days(as_of, -age),
        review_on=_where(happens(rng, 0.8, some.height), _days(as_of, rng.integers(-60, 120, some.height))),
        ended_on=_where(ended, _days(as_of, -rng.integers(0, age))),
    )


def _moratoriums(rng: np.random.Generator, accounts: Frame, _: Frame, __: Frame, as_of: date) -> Frame:
    ends = pl.col("breathing_space_end").str.to_date("%d/%m/%Y", strict=False)
    dated = accounts.select(
        record="account_ref",
        began_on=(ends - timedelta(days=60)).dt.strftime("%Y-%m-%d"),
        ends_on=ends.dt.strftime("%Y-%m-%d"),
    )
    every = _records(accounts, "COUNCIL TAX", "account_ref").join(dated, on="record", maintain_order="left")
    standard = every.filter(pl.col("began_on") <= as_of.isoformat()).select(
        "system", "record", "began_on", "ends_on", kind=pl.lit("STANDARD")
    )
    few = _some(rng, every.filter(pl.col("ends_on").is_null()).select("system", "record"), 0.0007)
    crisis = few.with_columns(
        kind=pl.lit("MENTAL HEALTH CRISIS"),
        began_on=_days(as_of, -rng.integers(0, 60, few.height)),
        ends_on=pl.lit(None, dtype=pl.String),
    )
    return pl.concat([standard, crisis.select(standard.columns)])


def _awards(rng: np.random.Generator, _: Frame, claims: Frame, __: Frame, as_of: date) -> Frame:
    some = _some(rng, _records(claims, "BENEFITS", "claim_ref"), _AWARDED)
    each = some[np.repeat(np.arange(some.height), rng.integers(1, 5, some.height))]
    schemes = (("CRISIS PAYMENT", 0.8), ("HOUSING PAYMENT", 0.15), ("COUNCIL TAX HARDSHIP", 0.05))
    return each.with_columns(
        awarded_on=_days(as_of, -rng.integers(0, 500, each.height)),
        scheme=_drawn(rng, schemes, each.height),
        amount=pl.Series(rng.integers(40, 300, each.height)).cast(pl.String),
    )


def _cases(rng: np.random.Generator, _: Frame, __: Frame, tenancies: Frame, as_of: date) -> Frame:
    near = tenancies.filter(pl.col("arrears_stage").is_in(_NEARLY_OUT))
    some = _some(rng, _records(near, "RENT", "tenancy_ref"), 0.5)
    age = rng.integers(0, 90, some.height)
    referred = happens(rng, 0.25, some.height)
    answered = referred & happens(rng, 0.7, some.height)
    return some.with_columns(
        opened_on=_days(as_of, -age),
        route=pl.Series(["APPROACH", "DUTY TO REFER"]).gather(referred.astype(np.int64)),
        answered_on=_where(answered, _days(as_of, -(age // 2))),
        closed_on=_where(happens(rng, 0.2, some.height), _days(as_of, -(age // 3))),
    )


def _forms(rng: np.random.Generator, accounts: Frame, _: Frame, __: Frame, as_of: date) -> Frame:
    every = _records(accounts, "COUNCIL TAX", "account_ref")
    some = _some(rng, every, _ASKED)
    return some.with_columns(
        taken_on=_days(as_of, -rng.integers(0, 300, some.height)),
        monthly_surplus=pl.Series(rng.integers(-180, 160, some.height)).cast(pl.String),
    )


def _contacts(rng: np.random.Generator, accounts: Frame, _: Frame, __: Frame, as_of: date) -> Frame:
    every = _records(accounts, "COUNCIL TAX", "account_ref")
    some = _some(rng, every, _CONTACTED)
    each = some[np.repeat(np.arange(some.height), rng.integers(1, 6, some.height))]
    return each.with_columns(
        made_on=_days(as_of, -rng.integers(0, 240, each.height)),
        result=_drawn(rng, _RESULTS, each.height),
    )


def _notices(rng: np.random.Generator, _: Frame, claims: Frame, __: Frame, as_of: date) -> Frame:
    there = claims.filter(pl.col("passported") == "UC")
    some = _some(rng, _records(there, "BENEFITS", "claim_ref"), _NOTIFIED)
    award, earned = rng.integers(200, 1400, some.height), rng.integers(0, 900, some.height)
    housing, started = rng.integers(0, 600, some.height), rng.integers(20, 900, some.height)
    earned *= happens(rng, 0.4, some.height)
    fall = np.where(happens(rng, 0.05, some.height), 0.6, 1.0)
    months = []
    for days, share in ((40, np.ones(some.height)), (9, fall)):
        amounts = {"award": award * share, "earnings": earned, "housing_element": housing}
        shown = {name: _pounds(each) for name, each in amounts.items()}
        dated = {"notice_on": _days(as_of, np.full(some.height, -days)), "started_on": _days(as_of, -started)}
        months.append(some.with_columns(**dated, **shown))
    later = np.concatenate([started >= 40, started >= 0])
    return pl.concat(months).filter(pl.Series(later))


_FILES: Mapping[str, Make] = {
    "payment_arrangements": _plans,
    "court_dates": _court_dates,
    "officer_flags": _flags,
    "breathing_space_notices": _moratoriums,
    "crisis_awards": _awards,
    "homelessness_cases": _cases,
    "income_and_spending": _forms,
    "resident_contacts": _contacts,
    "universal_credit_notices": _notices,
}


def _records(rows: Frame, system: str, key: str) -> Frame:
    """Which records there are, by reference: the order of a file says nothing."""
    refs = rows.select(record=pl.col(key)).filter(
        pl.col("record").is_not_null() & pl.col("record").is_unique()
    )
    return refs.sort("record").select(system=pl.lit(system), record="record")


def _some(rng: np.random.Generator, records: Frame, share: float) -> Frame:
    return records.filter(pl.Series(happens(rng, share, records.height)))


def _days(as_of: date, days: Ints) -> pl.Series:
    there = pl.Series(np.asarray(days, dtype=np.int64))
    return pl.select((pl.lit(as_of) + pl.duration(days=pl.lit(there))).dt.strftime("%Y-%m-%d")).to_series()


def _where(chosen: Flags, values: pl.Series) -> pl.Series:
    return pl.select(pl.when(pl.Series(chosen)).then(values)).to_series()


def _drawn(rng: np.random.Generator, shares: tuple[tuple[str, float], ...], size: int) -> pl.Series:
    return pl.Series([name for name, _ in shares]).gather(draw(rng, [share for _, share in shares], size))


def _pounds(amounts: Ints | Floats) -> pl.Series:
    return pl.Series(np.rint(amounts).astype(np.int64)).cast(pl.String)
