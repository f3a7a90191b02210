"""A file's rows with typed columns, and the problems that its values show; stops where all of it is wrong.

A run must not go on quietly on a file that its mapping doesn't fit: where most rows, or most values of a
column, can't be read, most payments have the sign of a charge, or most who are chased for a debt are in
credit, the file or the mapping is wrong as a whole, not its rows.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.errors import ExtractMalformed, MappingInvalid
from smart_record.intake.columns.checks import check_column
from smart_record.intake.columns.problems import gathered, problems, unreadable
from smart_record.intake.columns.read_column import read_column
from smart_record.intake.declared.declaration import DTYPES, Kind, Source
from smart_record.intake.files.extract_file import ExtractFile, RawTable, read_table
from smart_record.intake.mapping_files.mapping import MappedColumn, Sign

_ENOUGH_ROWS = 100
# Of fewer rows, a few bad ones may be the most.


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """A file's rows, typed.

    Attributes:
        frame: One row per row of the file; every declared column by canonical name.
        record_refs: The key of each row; null where blank.
        lines: The line each row begins on.
        found: Problems of the rows.
        ragged: Rows with another number of fields than the header: their values can't be told apart.
    """

    frame: pl.DataFrame
    record_refs: pl.Series
    lines: pl.Series
    found: pl.DataFrame
    ragged: pl.Series


def read_typed(file: ExtractFile, present: tuple[MappedColumn, ...], *, as_of: date | None) -> TypedTable:
    """Read a file's declared columns.

    Args:
        file: The opened file.
        present: The mapped columns that it has.
        as_of: The date of the run, where there is one.

    Raises:
        ExtractMalformed: If it can't be parsed, or most of its rows can't be read.
        MappingInvalid: If most payments have the sign of a charge, or most debts the sign of a credit.
    """
    table = read_table(file, [mapped.name for mapped in present])
    ragged = table.ragged["row"]
    _check_most(ragged, file.rows, file, f"rows do not have the {len(file.header)} fields of the header")
    series, found = _columns(table, file, present, as_of=as_of)
    frame = pl.DataFrame([*series.values(), *_absent_columns(series, file, len(table.lines))])
    frame = _payments_below_nought(frame, file)
    _check_signs(frame, file)
    _check_balances(frame, file)
    shifted = gathered(found).filter(~pl.col("row").is_in(ragged.implode()))
    return TypedTable(
        frame=frame,
        record_refs=_record_refs(frame, file.mapping.source),
        lines=table.lines,
        found=gathered([shifted, _ragged_problems(table.ragged, file)]),
        ragged=ragged,
    )


def _columns(
    table: RawTable, file: ExtractFile, present: tuple[MappedColumn, ...], *, as_of: date | None
) -> tuple[dict[str, pl.Series], list[pl.DataFrame]]:
    series: dict[str, pl.Series] = {}
    found: list[pl.DataFrame] = []
    for mapped in present:
        column = mapped.column
        raw = table.columns.drop_in_place(mapped.name)  # freed once read: the file is never held twice
        reading = read_column(raw, mapped, file.mapping)
        wrong = reading.unreadable
        filled = reading.values.len() - reading.values.null_count() + len(wrong)
        looks = _look(raw.gather(wrong[:_ENOUGH_ROWS])) if column.kind is Kind.DATE else ""
        _check_most(wrong, filled, file, f"values of {mapped.name} are not {reading.expected}{looks}")
        series[column.name] = reading.values.alias(column.name)
        if len(reading.unreadable):
            found.append(unreadable(reading, mapped, raw))
        found += check_column(reading, raw, mapped, as_of=as_of)
    return series, found


def _absent_columns(series: dict[str, pl.Series], file: ExtractFile, height: int) -> list[pl.Series]:
    """Constants, and nulls for what the supplier does not have."""
    mapping = file.mapping
    return [
        pl.repeat(mapping.constants.get(column.name), height, dtype=DTYPES[column.kind], eager=True).alias(
            column.name
        )
        for column in mapping.source.columns
        if column.name not in series
    ]


def _payments_below_nought(frame: pl.DataFrame, file: ExtractFile) -> pl.DataFrame:
    if file.mapping.sign is not Sign.UNSIGNED:
        return frame
    payment = pl.col("kind") == "payment"
    return frame.with_columns(pl.when(payment).then(-pl.col("amount")).otherwise("amount").alias("amount"))


def _check_signs(frame: pl.DataFrame, file: ExtractFile) -> None:
    if not {"kind", "amount"} <= set(frame.columns):
        return
    payment = pl.col("kind") == "payment"
    below, above = frame.select(
        below=(payment & (pl.col("amount") < 0)).sum(), above=(payment & (pl.col("amount") > 0)).sum()
    ).row(0)
    if above > below and above + below >= _ENOUGH_ROWS:
        raise MappingInvalid(
            f"{file.name}: {above:,} of {above + below:,} payments come out as if they were charges. Look at "
            f"`sign:` in {file.mapping.path.name} (now {file.mapping.sign}) and at the codes of `kind:`."
        )


def _check_balances(frame: pl.DataFrame, file: ExtractFile) -> None:
    """Whoever is chased for a debt is rarely in credit."""
    if file.mapping.source.chased is None:
        return
    balance, stage, stages = file.mapping.source.chased
    chased = pl.col(stage).is_in(stages)
    owing, credit = frame.select(
        owing=(chased & (pl.col(balance) > 0)).sum(), credit=(chased & (pl.col(balance) < 0)).sum()
    ).row(0)
    if credit > owing and credit + owing >= _ENOUGH_ROWS:
        raise MappingInvalid(
            f"{file.name}: {credit:,} of {credit + owing:,} rows at a stage of recovery come out in credit, "
            f"as if the council owed them. Look at `sign:` in {file.mapping.path.name} (now "
            f"{file.mapping.sign}) and at the codes of `{stage}:`."
        )


def _look(dates: pl.Series) -> str:
    """The commonest form of some dates, which tells nobody's date of birth."""
    forms = dates.cast(pl.String).drop_nulls().str.replace_all(r"\d", "9").str.replace_all(r"\p{L}", "x")
    most = forms.value_counts().sort("count", forms.name, descending=[True, False])
    return "" if most.is_empty() else f" (most look like {most[0, 0]}: 9 a digit, x a letter)"


def _check_most(rows: pl.Series, among: int, file: ExtractFile, fault: str) -> None:
    if len(rows) * 2 > among >= _ENOUGH_ROWS:
        raise ExtractMalformed(
            f"{file.name}: {len(rows):,} of {among:,} {fault}. That is no slip of single rows: "
            f"compare the file with {file.mapping.path.name} (dates, separator, values), then run again."
        )


def _ragged_problems(ragged: pl.DataFrame, file: ExtractFile) -> pl.DataFrame:
    fields = len(file.header)
    reason = ragged.select(
        pl.format(
            "the row has {} field(s) where the header has {}: {}",
            "fields",
            pl.lit(fields),
            pl.when(pl.col("fields") > fields)
            .then(pl.lit("a separator stands within a field"))
            .otherwise(pl.lit("it is cut short")),
        )
    ).to_series()
    return problems(ragged["row"], reason)


def _record_refs(frame: pl.DataFrame, source: Source) -> pl.Series:
    if len(source.key) == 1:
        return frame[source.key[0]].alias("record_ref")
    return frame.select(pl.concat_str(source.key, separator="/").alias("record_ref")).to_series()
