"""Read one column of a file as what it is declared to be."""

from typing import assert_never

import polars as pl

from smart_record.intake.columns.codes import read_codes, read_texts, read_yes_no
from smart_record.intake.columns.money import read_money
from smart_record.intake.columns.numbers import read_counts, read_dates, read_uprns
from smart_record.intake.columns.reading import Reading
from smart_record.intake.declared.declaration import Kind
from smart_record.intake.mapping_files.mapping import MappedColumn, Sign, SourceMapping


def read_column(raw: pl.Series, mapped: MappedColumn, mapping: SourceMapping) -> Reading:
    """Read one column.

    Args:
        raw: As delivered: text from a CSV file, any plain type from Parquet.
        mapped: The declared column, with the supplier's codes and blanks.
        mapping: The mapping file, for date forms and signs.
    """
    match mapped.column.kind:
        case Kind.TEXT:
            reading = read_texts(raw, mapped)
        case Kind.CODE | Kind.OPEN_CODE:
            reading = read_codes(raw, mapped)
        case Kind.YES_NO:
            reading = read_yes_no(raw, mapped)
        case Kind.DATE:
            reading = read_dates(raw, mapping.dates, mapped.blanks)
        case Kind.MONEY:
            sign = mapping.sign if mapped.column.signed else Sign.DEBIT_POSITIVE
            reading = read_money(raw, sign, mapped.blanks)
        case Kind.COUNT:
            reading = read_counts(raw, mapped.blanks)
        case Kind.UPRN:
            reading = read_uprns(raw, mapped.blanks)
        case kind:
            assert_never(kind)
    return reading
