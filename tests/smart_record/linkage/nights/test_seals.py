"""Nothing is kept over a night on which equal rows are read otherwise."""

from datetime import date

import polars as pl

from smart_record.linkage.nights.seals import THE_YEAR, changed_parts, matching_seals
from smart_record.linkage.rows.verdicts import no_verdicts
from tests.smart_record.linkage.builders import a_bill, extracts_of

ROWS = extracts_of(a_bill("1", "MISS ADA PARROTT", liable_nino_1="TN120310F"))
NONE_ASIDE = pl.DataFrame(schema=dict.fromkeys(("source", "record_ref", "reason"), pl.String))


def sealed(as_of: date) -> pl.DataFrame:
    return matching_seals(ROWS, NONE_ASIDE, as_of=as_of, verdicts=no_verdicts())


def test_a_new_year_may_read_a_temporary_number_as_another_birth() -> None:
    """Who bears TN120310F is an adult: born in 1910 as of 2025, in 2010 from 2026 on."""
    assert changed_parts(sealed(date(2025, 12, 31)), sealed(date(2026, 1, 1))) == [THE_YEAR]
    assert changed_parts(sealed(date(2025, 12, 30)), sealed(date(2025, 12, 31))) == []
