"""The declared sources, parents before the rows that belong to them; the eight of a night come first."""

from collections.abc import Mapping
from types import MappingProxyType

from smart_record.intake.declared import benefits, council_tax, rent
from smart_record.intake.declared.declaration import Source
from smart_record.intake.declared.further import FURTHER

_DECLARED = (
    council_tax.ACCOUNTS,
    council_tax.TRANSACTIONS,
    council_tax.RECOVERY_HISTORY,
    benefits.CLAIMS,
    benefits.DEPENDANTS,
    rent.TENANCIES,
    rent.TRANSACTIONS,
    rent.ARREARS_HISTORY,
    *FURTHER,
)

SOURCES: Mapping[str, Source] = MappingProxyType({source.name: source for source in _DECLARED})
"""Declared sources by name."""

RECORDS: Mapping[str, str] = MappingProxyType(
    {"council_tax": council_tax.ACCOUNTS.name, "benefits": benefits.CLAIMS.name, "rent": rent.TENANCIES.name}
)
"""The source that holds each system's records."""
