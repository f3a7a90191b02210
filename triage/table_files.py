"""Tables written for other tools, as CSV or Parquet: a file appears whole or not at all."""

from pathlib import Path

import polars as pl

from triage.errors import ExportKindUnknown

_ENDINGS = (".csv", ".parquet")


def check_table_file(to: Path, what: str) -> None:
    """Refuse a file that is written as neither CSV nor Parquet.

    Args:
        to: The file.
        what: What is to be written, for the message.

    Raises:
        ExportKindUnknown: If its name has another ending.
    """
    if to.suffix not in _ENDINGS:
        raise ExportKindUnknown(
            f"Can't export {what} to {to.name!r}: the file's name ends in {' or '.join(_ENDINGS)}."
        )


def write_table(frame: pl.DataFrame, to: Path) -> None:
    """Write a table into a file whose ending says as what; its folder is made if need be."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    if to.suffix == ".csv":
        frame.write_csv(part)
    else:
        frame.write_parquet(part)
    part.replace(to)
