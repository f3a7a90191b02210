"""Set-aside rows that still say something: who lives where, or whose ledger is not whole without them.

A row whose balance reads `£££` is set aside, since no figure of it can be trusted. The people and the address
it names are as good as any other row's: without them a household would fall apart, and a marker that protects
it (vulnerable, breathing space) would be lost without a word.

A posting whose amount reads `£££` names nobody, but it says which account it is about: what was paid on that
account is then not known, where without the row it would look as if nothing had been.
"""

import polars as pl

from smart_record.intake.declared.declaration import Source


def named_rows(
    rows: pl.DataFrame, source: Source, *, parents: pl.Series | None, accepted: pl.Series
) -> pl.DataFrame:
    """One row per record that was set aside and can be read for whom it names.

    Left out are records of which another row was accepted, and rows of a record that is neither accepted nor
    read so. Where rows of one record contradict each other, what they agree on is kept and the rest null.

    Args:
        rows: Set-aside rows, in force by the date of the run, with the columns of the source's extract; null
            where a value can't be read.
        source: Their declaration.
        parents: Records that the rows may belong to; None where they belong to none.
        accepted: `record_ref` of the accepted rows.

    Returns:
        Columns: the extract's. Sorted by record_ref.
    """
    key = pl.col("record_ref")
    rows = rows.filter(key.is_not_null() & ~key.is_in(accepted.implode()))
    if parents is not None and source.parent_key is not None:
        rows = rows.filter(pl.col(source.parent_key).is_in(parents.implode()))
    if source.begins and source.ends:
        backwards = (pl.col(source.ends) < pl.col(source.begins)).fill_null(value=False)
        rows = rows.with_columns(pl.when(~backwards).then(pl.col(source.begins, source.ends)))
    agreed = [
        pl.when(pl.col(name).drop_nulls().n_unique() == 1).then(pl.col(name).drop_nulls().first()).alias(name)
        for name in rows.columns
        if name not in ("record_ref", "line")
    ]
    once = rows.filter(key.is_unique())
    contradicting = rows.filter(key.is_duplicated()).group_by("record_ref").agg(pl.col("line").min(), *agreed)
    return pl.concat([once, contradicting.select(once.columns)]).sort("record_ref")


def unread_postings(rows: pl.DataFrame, source: Source, *, accepted: pl.Series) -> pl.DataFrame:
    """The rows of a ledger or history that were set aside, of accounts that were accepted.

    Left out are those of an account that was not accepted: it tells of itself. A row with too many or too few
    fields counts too where it names an accepted account, but nothing else of it is believed than its day.

    Args:
        rows: Set-aside rows, none of them dated after the night. Columns: those of the source's extract, and
            ragged (bool).
        source: Their declaration.
        accepted: `record_ref` of the accepted accounts.

    Returns:
        Columns: the extract's. Sorted by line.
    """
    assert source.happened is not None
    rows = rows.filter(pl.col("record_ref").is_in(accepted.implode()))
    believed = {"record_ref", "line", source.happened}
    return rows.select(
        pl.col(name) if name in believed else pl.when(~pl.col("ragged")).then(name).alias(name)
        for name in source.schema
    ).sort("line")
