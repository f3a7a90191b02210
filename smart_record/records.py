"""The accepted rows of one night and to whom each belongs: what facts and models are derived from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """One night's Smart Record, as frames.

    Attributes:
        extracts: Accepted rows by declared extract name (`council_tax_accounts`, ...), canonical columns.
            A source that the night did not bring is absent from the mapping: its facts are not known.
        named: Set-aside rows that still say who lives where, or whose ledger or history is not whole without
            them, as `extracts`: no fact is derived from them but what protects. Beside those of the extracts,
            the markers of rows whose record was accepted from another row (`MARKERS`).
        links: One row per named person of each accepted or named row. Columns: source, record_ref, role,
            resident_id, household_id, match_weight, evidence.
        households: One row per household_id. Columns: household_id, uprn, members, address, ward,
            sources, confidence.
        support: What the product itself holds of households: open Tier 3 referrals and outcomes. Columns:
            household_id, kind, on. None where nobody says: its facts are not known.
    """

    extracts: Mapping[str, pl.DataFrame]
    links: pl.DataFrame
    households: pl.DataFrame
    named: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    support: pl.DataFrame | None = None

    @property
    def everyone(self) -> Mapping[str, pl.DataFrame]:
        """All rows that name people: what the matching reads."""
        return with_named(self.extracts, self.named)


def with_named(
    extracts: Mapping[str, pl.DataFrame], named: Mapping[str, pl.DataFrame]
) -> Mapping[str, pl.DataFrame]:
    """The accepted rows of each extract followed by those set aside that still say who lives where."""
    return {
        name: pl.concat([rows, named[name]]) if name in named else rows for name, rows in extracts.items()
    }
