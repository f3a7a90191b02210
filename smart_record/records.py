"""The accepted rows of one night and to whom each belongs: what facts and models are derived from."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """One night's Smart Record, as frames.

    Attributes:
        extracts: Accepted rows by declared extract name (`council_tax_accounts`, ...), canonical columns.
            A source that the night did not bring is absent from the mapping: its facts are not known.
        links: One row per named person of each accepted row. Columns: source, record_ref, role,
            resident_id, household_id, match_weight, evidence.
        households: One row per household_id. Columns: household_id, uprn, members, address, ward,
            sources, confidence.
    """

    extracts: Mapping[str, pl.DataFrame]
    links: pl.DataFrame
    households: pl.DataFrame
