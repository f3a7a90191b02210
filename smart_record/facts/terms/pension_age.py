"""State Pension age by date of birth, as the law stands: a definition, not a policy that a council sets.

Holds for dates from 6 October 2020, when the last of those born before 6 October 1954 had reached it.
"""

from datetime import date
from typing import Final

import polars as pl

FIRST_MONTHLY_STEP: Final = date(1960, 4, 6)
"""From here each month of birth adds a month to 66 years (Pensions Act 2014 s26), up to 67 in March 1961."""

FIRST_FIXED_DAY: Final = date(1977, 4, 6)
"""From here each month of birth reaches it on a day fixed by law (Pensions Act 2007 Sch 3), the first of them
on 6 May 2044 and each next two months later, up to 68 years for those born from 6 April 1978."""

_SIXTY_SIX: Final = 66 * 12
_SIXTY_EIGHT: Final = 68 * 12


def pension_date(born: pl.Expr) -> pl.Expr:
    """The date on which someone born on a date reaches State Pension age.

    Born on a day that the month of reaching it does not have, they reach it on the last day of that month.

    Source:
        Pensions Act 1995 Sch 4 as amended by Pensions Act 2007 Sch 3, Pensions Act 2014 s26.
    """
    to_67 = _months_since(FIRST_MONTHLY_STEP, born) + 1
    to_68 = _months_since(FIRST_FIXED_DAY, born)
    by_age = pl.when(born >= date(1978, 4, 6)).then(_SIXTY_EIGHT).otherwise(_SIXTY_SIX + to_67.clip(0, 12))
    fixed_day = pl.lit(date(2044, 5, 6)).dt.offset_by(pl.format("{}mo", 2 * to_68.clip(0, 11)))
    is_fixed = (born >= FIRST_FIXED_DAY) & (born < date(1978, 4, 6))
    return pl.when(is_fixed).then(fixed_day).otherwise(born.dt.offset_by(pl.format("{}mo", by_age)))


def _months_since(start: date, born: pl.Expr) -> pl.Expr:
    """Whole months of birth from `start` (the 6th of a month) on; below 0 before it."""
    months = (born.dt.year() - start.year) * 12 + born.dt.month().cast(pl.Int32) - start.month
    return months - (born.dt.day() < start.day).cast(pl.Int32)
