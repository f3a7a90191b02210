"""Random nights: households with accounts, tenancies, claims, postings and stages around two years.

A night is drawn by its seed alone: hundreds of rows drawn one by one would take longer than deriving facts
from them. A failing law names the seed; `a_town(seed)` makes that night again.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from smart_record.facts.declarations import COUNCIL_TAX_STAGES, END_REASONS, PASSPORTS, RENT_STAGES, TENURES
from tests.smart_record.facts.builders import (
    LONG_AGO,
    NIGHT,
    Part,
    a_claim,
    a_dependant,
    a_stage,
    a_tenancy,
    an_account,
    charges,
    payments,
)

FIRST_DAY = date(2024, 4, 1)
LAST_DAY = NIGHT + timedelta(days=40)
"""Later than the night, so that rows dated after it occur."""


class _Chance(Random):
    """The draws that a night is made of."""

    def day(self, first: date = FIRST_DAY, last: date = LAST_DAY) -> date:
        return first + timedelta(days=self.randint(0, max((last - first).days, 0)))

    def some_day(self, first: date = FIRST_DAY) -> date | None:
        return self.choice([None, self.day(first)])

    def pence(self) -> int:
        return self.choice([0, 1, 100, 500, self.randint(0, 40_000), 15_000])

    def some_pence(self) -> int | None:
        return self.choice([None, 0, self.pence()])

    def birth(self) -> date | None:
        return self.choice([None, date(1900, 1, 1), self.day(date(1930, 1, 1), date(2012, 1, 1))])

    def span(self) -> tuple[date | None, date | None]:
        began = self.choice([None, LONG_AGO, LONG_AGO, self.day()])
        ended = self.choice([None, None, self.day(began or FIRST_DAY, LAST_DAY)])
        return began, ended


def _postings(chance: _Chance, ref: str) -> Iterator[Part]:
    usual = chance.pence()
    for _ in range(chance.randint(0, 14)):
        yield from charges(ref, chance.choice([usual, usual, chance.pence()]), chance.day())
    for _ in range(chance.randint(0, 12)):
        yield from payments(ref, chance.choice([usual, usual, chance.pence()]), chance.day())
    if chance.random() < 0.2:
        yield from payments(ref, -chance.pence(), chance.day())


def _stages(chance: _Chance, ref: str, ladder: tuple[str, ...]) -> Iterator[Part]:
    for _ in range(chance.randint(0, 5)):
        yield a_stage(ref, chance.choice(ladder), chance.day())


def _account(chance: _Chance, household: str, number: int) -> Iterator[Part]:
    ref, (began, ended) = f"A{household}-{number}", chance.span()
    columns: dict[str, Any] = {
        "liability_start": began,
        "liability_end": ended,
        "liable_dob_1": chance.birth(),
        "discount": chance.choice([None, "single_person", "other"]),
        "ctr_weekly_pence": chance.some_pence(),
        "balance_pence": chance.choice([None, chance.randint(-5000, 50_000)]),
        "recovery_stage": chance.choice([None, *COUNCIL_TAX_STAGES]),
        "recovery_stage_date": chance.some_day(),
        "vulnerable": chance.choice([True, False]),
        "breathing_space_end": chance.some_day(NIGHT - timedelta(days=30)),
    }
    yield an_account(ref, household, {"liable_1": f"{household}-{chance.randint(1, 3)}"}, **columns)
    yield from _postings(chance, ref)
    yield from _stages(chance, ref, COUNCIL_TAX_STAGES)


def _tenancy(chance: _Chance, household: str, number: int) -> Iterator[Part]:
    ref, (began, ended) = f"T{household}-{number}", chance.span()
    columns: dict[str, Any] = {
        "tenancy_start": began,
        "tenancy_end": ended,
        "tenant_dob": chance.birth(),
        "weekly_rent_pence": chance.choice([None, chance.randint(1, 20_000)]),
        "balance_pence": chance.choice([None, chance.randint(-5000, 50_000)]),
        "arrears_stage": chance.choice([None, *RENT_STAGES]),
        "stage_date": chance.some_day(),
        "uc_flag": chance.choice([None, True, False]),
        "support_flag": chance.choice([True, False]),
    }
    yield a_tenancy(ref, household, {"tenant": f"{household}-{chance.randint(1, 3)}"}, **columns)
    yield from _postings(chance, ref)
    yield from _stages(chance, ref, RENT_STAGES)


def _claim(chance: _Chance, household: str, number: int) -> Iterator[Part]:
    ref, (began, ended) = f"C{household}-{number}", chance.span()
    columns: dict[str, Any] = {
        "claim_type": chance.choice(["HB", "CTR", "HB&CTR"]),
        "status": "ended" if ended else "live",
        "start_date": began,
        "end_date": ended,
        "end_reason": chance.choice(END_REASONS) if ended else None,
        "dob": chance.birth(),
        "partner_dob": chance.birth(),
        "tenure": chance.choice(TENURES),
        "passport": chance.choice(PASSPORTS),
        "dependants": chance.choice([None, 0, 1, 2]),
        "weekly_income_pence": chance.some_pence(),
        "weekly_hb_pence": chance.some_pence(),
        "weekly_ctr_pence": chance.some_pence(),
        "overpayment_balance_pence": chance.some_pence(),
        "last_change_date": chance.some_day(),
    }
    people = {"claimant": f"{household}-1", "partner": f"{household}-2"}
    yield a_claim(ref, household, people, **columns)
    for place in range(1, chance.randint(0, 3) + 1):
        born = chance.choice([None, date(1900, 1, 1), chance.day(date(2005, 1, 1), LAST_DAY)])
        yield a_dependant(place, born, ref, household)


def a_household(seed: int, household: str) -> list[Part]:
    """Everything about one household: one to four records."""
    chance = _Chance(f"{seed} {household}")
    kinds = chance.choices([_account, _tenancy, _claim], k=chance.randint(1, 4))
    return [part for number, kind in enumerate(kinds, 1) for part in kind(chance, household, number)]


def a_town(seed: int, homes: int = 40) -> list[Part]:
    """The rows of a night."""
    return [part for home in range(homes) for part in a_household(seed, f"H{home:03}")]


seeds = st.integers(0, 2**20)
whenever = st.dates(date(2024, 6, 1), NIGHT + timedelta(days=60))
past = st.dates(date(2024, 6, 1), NIGHT - timedelta(days=1))
