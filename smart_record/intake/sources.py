"""The eight declared sources, parents before the rows that belong to them."""

from collections.abc import Mapping
from types import MappingProxyType

from smart_record.intake import benefits, council_tax, rent
from smart_record.intake.declaration import Source

_DECLARED = (
    council_tax.ACCOUNTS,
    council_tax.TRANSACTIONS,
    council_tax.RECOVERY_HISTORY,
    benefits.CLAIMS,
    benefits.DEPENDANTS,
    rent.TENANCIES,
    rent.TRANSACTIONS,
    rent.ARREARS_HISTORY,
)

SOURCES: Mapping[str, Source] = MappingProxyType({source.name: source for source in _DECLARED})
"""Declared sources by name."""
