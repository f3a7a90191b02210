"""Every event the product knows; `EVENT_CATALOGUE` is the whole."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from smart_record.events.catalogue import Event
from smart_record.facts.terms.vocabulary import (
    ACCOUNTS,
    CLAIMS,
    FOR_BENEFITS,
    FOR_COUNCIL_TAX,
    FOR_RENT,
    INSTALMENTS,
    RECOVERY,
    RENT_ACTIONS,
    RENT_PAYMENTS,
    TENANCIES,
)

_ANY_ACCOUNT = "On any account of the household, ended ones too."
_MISSED = (
    "The day it fell due. Told four weeks later, or just before the next one fell due: a payment that may"
    " still come is not counted as missed. Known as far back as the postings go."
)
_PAID = "Refunds and credits are no payments. Known as far back as the postings go."
_STEP = f"{_ANY_ACCOUNT} Known as far back as the history goes."

_tax = partial(Event, purposes=FOR_COUNCIL_TAX)
_benefit = partial(Event, purposes=FOR_BENEFITS, sources=(CLAIMS,))
_rent = partial(Event, purposes=FOR_RENT)
_tax_step = partial(_tax, sources=(RECOVERY,), note=_STEP)
_rent_step = partial(_rent, sources=(RENT_ACTIONS,), note=_STEP)

EVENTS: tuple[Event, ...] = (
    _tax(
        name="council_tax.liability_started",
        sources=(ACCOUNTS,),
        meaning="liability for council tax began",
        note="Not known where an account does not say when it began.",
    ),
    _tax(
        name="council_tax.liability_ended",
        sources=(ACCOUNTS,),
        meaning="liability for council tax ended",
    ),
    _tax(
        name="council_tax.payment_missed",
        sources=(INSTALMENTS, ACCOUNTS),
        meaning="a council tax instalment was missed",
        note=_MISSED,
    ),
    _tax(
        name="council_tax.payment_made",
        sources=(INSTALMENTS, ACCOUNTS),
        meaning="council tax was paid",
        note=_PAID,
    ),
    _tax_step(name="council_tax.reminder_sent", meaning="a council tax reminder was sent"),
    _tax_step(name="council_tax.final_notice_sent", meaning="a council tax final notice was sent"),
    _tax_step(name="council_tax.summons_issued", meaning="a council tax summons was issued"),
    _tax_step(name="council_tax.liability_order_made", meaning="a liability order was made"),
    _tax_step(name="council_tax.agent_instructed", meaning="council tax went to an enforcement agent"),
    _benefit(
        name="benefits.claim_started",
        meaning="a housing benefit or Council Tax Reduction claim began",
        note="Not known where a claim does not say when it began, or the household has none.",
    ),
    _benefit(
        name="benefits.claim_ended",
        meaning="a housing benefit or Council Tax Reduction claim ended",
        note="Not known where a claim ended nobody says when, or the household has none.",
    ),
    _benefit(
        name="benefits.moved_to_universal_credit",
        meaning="a claim ended as the household moved to Universal Credit",
        note="The day the claim ended.",
    ),
    _rent(
        name="rent.tenancy_started",
        sources=(TENANCIES,),
        meaning="a social tenancy began",
        note="Not known where a tenancy does not say when it began.",
    ),
    _rent(name="rent.tenancy_ended", sources=(TENANCIES,), meaning="a social tenancy ended"),
    _rent(
        name="rent.payment_missed",
        sources=(RENT_PAYMENTS, TENANCIES),
        meaning="a rent payment was missed",
        note=_MISSED,
    ),
    _rent(name="rent.payment_made", sources=(RENT_PAYMENTS, TENANCIES), meaning="rent was paid", note=_PAID),
    _rent_step(name="rent.letter_sent", meaning="a rent arrears letter was sent"),
    _rent_step(name="rent.notice_served", meaning="a notice seeking possession was served"),
    _rent_step(name="rent.court_started", meaning="the rent arrears went to court"),
    _rent_step(name="rent.eviction_started", meaning="an eviction was started"),
)
"""Every event, in the order in which pages show them."""

EVENT_CATALOGUE: Mapping[str, Event] = MappingProxyType({event.name: event for event in EVENTS})
"""Events by name."""

TAX_STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "council_tax.reminder_sent": ("reminder_1", "reminder_2"),
        "council_tax.final_notice_sent": ("final_notice",),
        "council_tax.summons_issued": ("summons",),
        "council_tax.liability_order_made": ("liability_order",),
        "council_tax.agent_instructed": ("enforcement_agent",),
    }
)
"""The recovery stages behind each event of council tax."""

RENT_STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "rent.letter_sent": ("letter_1", "letter_2"),
        "rent.notice_served": ("notice_seeking_possession",),
        "rent.court_started": ("court",),
        "rent.eviction_started": ("eviction",),
    }
)
"""The arrears stages behind each event of rent."""
