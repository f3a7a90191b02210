"""The lists the town is made of (names, streets, wards), as CSV files beside this module."""

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def table(name: str) -> pl.DataFrame:
    """One list, e.g. `wards`; its columns are named in its first line."""
    return pl.read_csv(files("triage.invented").joinpath("tables", f"{name}.csv").read_bytes())


def column(name: str, of: str) -> list[str]:
    """One text column of a list, blanks as empty text."""
    return table(name)[of].fill_null("").to_list()
