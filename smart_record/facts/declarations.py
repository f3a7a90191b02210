"""Every fact the product knows, by topic; `CATALOGUE` is the whole.

Each topic declares its facts beside the code that derives them; here they are only brought together.
"""

from collections.abc import Mapping
from types import MappingProxyType

from smart_record.facts.accounts import council_tax, debts, recovery, rent
from smart_record.facts.further_files import court, flags, plans, services, universal_credit
from smart_record.facts.living import benefits, children, household, protection, reduction, support
from smart_record.facts.terms.catalogue import Fact
from smart_record.facts.terms.vocabulary import (
    COUNCIL_TAX_STAGES,
    END_REASONS,
    PASSPORTS,
    RENT_STAGES,
    TENURES,
    TRENDS,
)

__all__ = [
    "CATALOGUE",
    "COUNCIL_TAX_STAGES",
    "END_REASONS",
    "FACTS",
    "PASSPORTS",
    "RENT_STAGES",
    "TENURES",
    "TRENDS",
]

FACTS: tuple[Fact, ...] = (
    *household.FACTS,
    *children.FACTS,
    *council_tax.FACTS,
    *recovery.COUNCIL_TAX_STAGE_FACTS,
    *reduction.FACTS,
    *benefits.FACTS,
    *rent.FACTS,
    *recovery.RENT_STAGE_FACTS,
    *protection.FACTS,
    *debts.FACTS,
    *plans.FACTS,
    *court.FACTS,
    *flags.FACTS,
    *universal_credit.FACTS,
    *services.FACTS,
    *support.FACTS,
)
"""Every fact, in the order in which frames and letters show them."""

CATALOGUE: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in FACTS})
"""Facts by name."""
