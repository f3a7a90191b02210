"""Read amounts of money into whole pence, exactly.

Taken: `1234.5`, `£1,234.50`, `(12.00)`, `12.00-`, `12.00CR` (a credit), `12.00DR`, `12.500`. Refused, for
they could be two things: `1,23`, `12.345`, `-12.00CR`.
"""

import polars as pl

from smart_record.intake.columns.reading import VALUE, Reading, as_text, computed, read_twice, without_blanks
from smart_record.intake.mapping_files.mapping import Sign

_PLAIN = r"^-?\d{1,15}(\.\d{1,2}0*)?$"
_AMOUNT = (
    r"^(?P<open>\()?\s*(?P<minus>-)?\+?\s*£?\s*(?P<inner>-)?"
    r"(?P<pounds>\d{1,3}(?:,\d{3}){1,4}|\d{1,15}|)"
    r"(?:\.(?P<pence>\d{0,2})0*)?"
    r"\s*(?P<trail>-|CR|DR)?\s*(?P<close>\))?$"
)
_FLOAT_DUST = 1e-4
_MOST = 10**15
"""Pounds beyond which no figure of a council's lies, as in text."""


def read_money(raw: pl.Series, sign: Sign, blanks: tuple[str, ...]) -> Reading:
    """Read amounts in pounds.

    Args:
        raw: As delivered.
        sign: The supplier's convention; what is owed comes out positive. Unsigned amounts stay as they are.
        blanks: Texts that mean nothing.
    """
    expected = "an amount in pounds and whole pence"
    if raw.dtype.is_integer():
        reading = _integers(raw, expected)
    elif raw.dtype.is_float():
        reading = _floats(raw.fill_nan(None), expected)
    else:
        text = without_blanks(as_text(raw), blanks)
        reading = read_twice(text, _quickly, lambda left: _carefully(left, sign), expected=expected)
    return Reading(_owed(reading.values, sign), reading.unreadable, expected)


def _owed(pence: pl.Series, sign: Sign) -> pl.Series:
    return -pence if sign is Sign.CREDIT_POSITIVE else pence


def _integers(pounds: pl.Series, expected: str) -> Reading:
    whole = pounds.cast(pl.Int64, strict=False)
    held = whole.is_between(-_MOST, _MOST).fill_null(value=False)
    pence = computed(whole, pl.when(held).then(VALUE * 100))
    return Reading(pence, (pounds.is_not_null() & ~held).arg_true(), expected)


def _floats(pounds: pl.Series, expected: str) -> Reading:
    pence = (pounds * 100).round()
    exact = ((pounds * 100 - pence).abs() < _FLOAT_DUST) & (pounds.abs() <= _MOST)
    exact = exact.fill_null(value=True)
    whole = computed(pence, pl.when(exact).then(VALUE)).cast(pl.Int64, strict=False)
    return Reading(whole.alias(pounds.name), (~exact).arg_true(), expected)


def _quickly(text: pl.Series) -> pl.Series:
    pence = text.cast(pl.Decimal(18, 2), strict=False).to_physical().cast(pl.Int64)
    plain = text.str.contains(_PLAIN)  # the cast alone would round 12.345 and take 1e3
    if plain.all():
        return pence
    return computed(pence, pl.when(plain.fill_null(value=False)).then(VALUE)).alias(text.name)


def _carefully(text: pl.Series, sign: Sign) -> pl.Series:
    parts = VALUE.str.to_uppercase().str.extract_groups(_AMOUNT).struct
    pounds, pence, trail = parts.field("pounds"), parts.field("pence"), parts.field("trail")
    amount = pounds.str.replace_all(",", "").str.pad_start(1, "0").cast(
        pl.Int64, strict=False
    ) * 100 + pence.fill_null("").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    credit, debit = (trail == "CR").fill_null(value=False), (trail == "DR").fill_null(value=False)
    minuses = sum(
        (mark.is_not_null().cast(pl.Int8) for mark in (parts.field(n) for n in ("open", "minus", "inner"))),
        start=((trail == "-").fill_null(value=False) | credit).cast(pl.Int8),
    )
    lawful = (
        (parts.field("open").is_null() == parts.field("close").is_null())
        & ((pounds != "") | (pence.fill_null("") != ""))
        & (minuses + debit.cast(pl.Int8) <= 1)
    )
    amount = pl.when(minuses == 1).then(-amount).otherwise(amount)
    if sign is Sign.UNSIGNED:
        lawful &= ~(credit | debit)  # the kind says which it is; two sayings may differ
    if sign is Sign.CREDIT_POSITIVE:
        amount = pl.when(credit | debit).then(-amount).otherwise(amount)  # these say it outright
    return computed(text, pl.when(lawful).then(amount))
