"""The value of a fact in plain English: £1,234.56; 12 March 2026; yes; final notice; 3 weeks.

The same words for one value (`describe`) and for a whole column (`wording_expression`), for reasons, letters
and pages. Whole pounds are written without pence, as GOV.UK does.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias, assert_never

import polars as pl

from smart_record.facts.terms.catalogue import Fact, FactType

FactValue: TypeAlias = int | date | bool | str

NOT_KNOWN = "not known"

SINGULAR: Mapping[str, str] = MappingProxyType(
    {
        "days": "day",
        "weeks": "week",
        "months": "month",
        "years": "year",
        "people": "person",
        "payments": "payment",
        "notices": "notice",
        "orders": "order",
        "systems": "system",
        "debts": "debt",
        "breaches": "breach",
        "attempts": "attempt",
        "offers": "offer",
    }
)
"""One of each unit."""

CHOICE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "reminder_1": "first reminder",
        "reminder_2": "second reminder",
        "letter_1": "first letter",
        "letter_2": "second letter",
        "universal_credit": "Universal Credit",
        "income_support": "Income Support",
        "jsa_income_based": "income-based Jobseeker's Allowance",
        "esa_income_related": "income-related Employment and Support Allowance",
        "pension_credit": "Pension Credit",
        "moved_to_universal_credit": "moved to Universal Credit",
    }
)
"""Choices that are not read as they are spelled; in all others an underscore is a space."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def describe(fact: Fact, value: FactValue | None) -> str:
    """A value of a fact in words.

    Args:
        fact: Whose value it is.
        value: Of the type that the fact has (pence for money), or None where it is not known.

    >>> from smart_record.facts.declarations import CATALOGUE
    >>> describe(CATALOGUE["rent.arrears"], 123456)
    '£1,234.56'
    >>> describe(CATALOGUE["rent.weeks_in_arrears"], 1)
    '1 week'
    """
    if value is None:
        return NOT_KNOWN
    match fact.type:
        case FactType.MONEY:
            words = _money(int(str(value)))
        case FactType.COUNT:
            words = _count(int(str(value)), fact.unit)
        case FactType.DATE:
            assert isinstance(value, date)
            words = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        case FactType.YES_NO:
            words = "yes" if value else "no"
        case FactType.CHOICE:
            words = CHOICE_WORDS.get(str(value), str(value).replace("_", " "))
        case FactType.TEXT:
            words = str(value)
        case _:
            assert_never(fact.type)
    return words


def wording_expression(fact: Fact) -> pl.Expr:
    """The column of a fact in words, row by row what `describe` says.

    Returns:
        An expression over a facts frame: String, never null.
    """
    return _words(fact, pl.col(fact.column)).fill_null(NOT_KNOWN).alias(fact.column)


def state(fact: Fact, value: FactValue | None) -> str:
    """What a fact means, with its value in words: `rent fallen due and not paid: £1,234.56`."""
    return f"{fact.meaning}: {describe(fact, value)}"


def statement_expression(fact: Fact) -> pl.Expr:
    """The column of a fact as statements, row by row what `state` says."""
    return pl.format("{}: {}", pl.lit(fact.meaning), wording_expression(fact)).alias(fact.column)


def _money(pence: int) -> str:
    pounds, rest = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{pounds:,}" + (f".{rest:02}" if rest else "")


def _count(number: int, unit: str) -> str:
    noun = SINGULAR[unit] if unit and number == 1 else unit
    return f"{number:,} {noun}".rstrip()


def _words(fact: Fact, value: pl.Expr) -> pl.Expr:
    match fact.type:
        case FactType.MONEY:
            words = _money_words(value)
        case FactType.COUNT:
            words = _count_words(value, fact.unit)
        case FactType.DATE:
            words = value.dt.strftime("%-d %B %Y")
        case FactType.YES_NO:
            words = pl.when(value).then(pl.lit("yes")).when(~value).then(pl.lit("no"))
        case FactType.CHOICE:
            spelled = value.str.replace_all("_", " ", literal=True)
            words = value.replace_strict(dict(CHOICE_WORDS), default=spelled)
        case FactType.TEXT:
            words = value
        case _:
            assert_never(fact.type)
    return words


def _money_words(pence: pl.Expr) -> pl.Expr:
    rest = pence.abs() % 100
    sign = pl.when(pence < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    shown = pl.format(".{}", rest.cast(pl.String).str.zfill(2))
    return pl.format(
        "{}£{}{}",
        sign,
        _in_thousands(pence.abs() // 100),
        pl.when(rest > 0).then(shown).otherwise(pl.lit("")),
    )


def _count_words(number: pl.Expr, unit: str) -> pl.Expr:
    sign = pl.when(number < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    figure = pl.format("{}{}", sign, _in_thousands(number.abs()))
    if not unit:
        return figure
    return pl.format(
        "{} {}", figure, pl.when(number == 1).then(pl.lit(SINGULAR[unit])).otherwise(pl.lit(unit))
    )


def _in_thousands(number: pl.Expr) -> pl.Expr:
    backwards = number.cast(pl.String).str.reverse().str.replace_all(r"(\d{3})", "${1},")
    return backwards.str.reverse().str.strip_prefix(",")
