"""Every fact the product knows, by topic; `CATALOGUE` is the whole."""

from collections.abc import Mapping
from types import MappingProxyType

from smart_record.facts.catalogue import Fact, FactType
from smart_record.purposes import Purpose

MONEY, COUNT, DATE = FactType.MONEY, FactType.COUNT, FactType.DATE
YES_NO, CHOICE, TEXT = FactType.YES_NO, FactType.CHOICE, FactType.TEXT

_HELP = (Purpose.WELFARE_SUPPORT, Purpose.HOMELESSNESS, Purpose.DEBT_RESPITE)
_COUNCIL_TAX = frozenset({Purpose.COUNCIL_TAX, Purpose.COUNCIL_TAX_RECOVERY, Purpose.BENEFITS, *_HELP})
# Council tax records may drive council tax, benefit and help; not tenancy management.
_BENEFITS = frozenset({Purpose.BENEFITS, *_HELP})
# Benefit feed facts: SI 2012/1483 reg 5 is a closed list without debt recovery.
_REDUCTION = frozenset({Purpose.COUNCIL_TAX, Purpose.BENEFITS, *_HELP})
_RENT = frozenset({Purpose.HOUSING, Purpose.BENEFITS, *_HELP})
_ALL_HELP = frozenset({Purpose.COUNCIL_TAX, Purpose.BENEFITS, Purpose.HOUSING, *_HELP})
_PROTECTION = frozenset(Purpose)
# What protects a household may be read by everything, recovery above all.

_ACCOUNTS = "council_tax_accounts"
_CT_TRANSACTIONS = "council_tax_transactions"
_CT_STAGES = "council_tax_recovery_history"
_CLAIMS = "benefit_claims"
_DEPENDANTS = "benefit_dependants"
_TENANCIES = "rent_accounts"
_RENT_TRANSACTIONS = "rent_transactions"
_RENT_STAGES = "rent_arrears_history"

COUNCIL_TAX_STAGES = (
    "bill",
    "reminder_1",
    "reminder_2",
    "final_notice",
    "summons",
    "liability_order",
    "enforcement_agent",
)
"""Council tax recovery stages, least to most severe."""

RENT_STAGES = ("none", "letter_1", "letter_2", "notice_seeking_possession", "court", "eviction")
"""Rent arrears stages, least to most severe."""

TRENDS = ("falling", "level", "rising")
PASSPORTS = (
    "none",
    "universal_credit",
    "income_support",
    "jsa_income_based",
    "esa_income_related",
    "pension_credit",
)
TENURES = ("owner", "private_rent", "social_rent")
END_REASONS = (
    "no_reply_to_review",
    "moved_to_universal_credit",
    "change_of_circumstances",
    "income_increase",
    "other",
)


def _fact(
    name: str,
    kind: FactType,
    meaning: str,
    *sources: str,
    purposes: frozenset[Purpose],
    unit: str = "",
    choices: tuple[str, ...] = (),
    dated: bool = False,
) -> Fact:
    unit = "pence" if kind is MONEY else unit
    return Fact(
        name=name,
        type=kind,
        meaning=meaning,
        sources=sources,
        purposes=purposes,
        unit=unit,
        choices=choices,
        dated=dated,
    )


_HOUSEHOLD = (
    _fact(
        "household.adults",
        COUNT,
        "adults in the household",
        _ACCOUNTS,
        _CLAIMS,
        _TENANCIES,
        purposes=_ALL_HELP,
        unit="people",
    ),
    _fact(
        "household.children",
        COUNT,
        "children under 18 on a benefit claim",
        _DEPENDANTS,
        _CLAIMS,
        purposes=_BENEFITS,
        unit="people",
    ),
    _fact(
        "household.children_under_5",
        COUNT,
        "children under 5 on a benefit claim",
        _DEPENDANTS,
        _CLAIMS,
        purposes=_BENEFITS,
        unit="people",
    ),
    _fact(
        "household.school_age_children",
        COUNT,
        "children aged 4 to 16 on a benefit claim",
        _DEPENDANTS,
        _CLAIMS,
        purposes=_BENEFITS,
        unit="people",
    ),
    _fact(
        "household.oldest_adult_age",
        COUNT,
        "age of the oldest adult whose date of birth is known",
        _ACCOUNTS,
        _CLAIMS,
        _TENANCIES,
        purposes=_ALL_HELP,
        unit="years",
    ),
    _fact(
        "household.youngest_adult_age",
        COUNT,
        "age of the youngest adult whose date of birth is known",
        _ACCOUNTS,
        _CLAIMS,
        _TENANCIES,
        purposes=_ALL_HELP,
        unit="years",
    ),
    _fact(
        "household.pension_age",
        YES_NO,
        "at least one adult has reached State Pension age",
        _ACCOUNTS,
        _CLAIMS,
        _TENANCIES,
        purposes=_ALL_HELP,
    ),
    _fact(
        "household.tenure",
        CHOICE,
        "how the home is held",
        _CLAIMS,
        _TENANCIES,
        purposes=_BENEFITS,
        choices=TENURES,
    ),
    _fact("household.ward", TEXT, "ward of the home", _ACCOUNTS, purposes=_ALL_HELP),
    _fact(
        "household.sources",
        COUNT,
        "council systems that hold a current record of the household",
        _ACCOUNTS,
        _CLAIMS,
        _TENANCIES,
        purposes=_ALL_HELP,
        unit="sources",
    ),
    _fact(
        "household.confidence",
        CHOICE,
        "how sure the match is of who belongs to the household",
        _ACCOUNTS,
        _CLAIMS,
        _TENANCIES,
        purposes=_PROTECTION,
        choices=("confirmed", "strong", "probable"),
    ),
)

_COUNCIL_TAX_FACTS = (
    _fact(
        "council_tax.liable",
        YES_NO,
        "someone in the household is liable for council tax now",
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.liable_since",
        DATE,
        "when the present council tax liability began",
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.band",
        CHOICE,
        "council tax band of the home",
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
        choices=("A", "B", "C", "D", "E", "F", "G", "H", "I"),
    ),
    _fact("council_tax.annual_charge", MONEY, "council tax for the year", _ACCOUNTS, purposes=_COUNCIL_TAX),
    _fact(
        "council_tax.balance",
        MONEY,
        "council tax balance as the revenues system shows it",
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
    ),
    _fact(
        "council_tax.arrears",
        MONEY,
        "council tax instalments fallen due and not paid",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.credit",
        MONEY,
        "council tax paid beyond what has fallen due",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.former_arrears",
        MONEY,
        "council tax still owed on accounts that have ended",
        _CT_TRANSACTIONS,
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.arrears_trend",
        CHOICE,
        "whether council tax arrears fell or rose over three months",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        choices=TRENDS,
        dated=True,
    ),
    _fact(
        "council_tax.instalments_due_12m",
        COUNT,
        "council tax instalments due in the last 12 months",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        unit="payments",
        dated=True,
    ),
    _fact(
        "council_tax.missed_instalments_3m",
        COUNT,
        "council tax instalments missed in the last 3 months",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        unit="payments",
        dated=True,
    ),
    _fact(
        "council_tax.missed_instalments_6m",
        COUNT,
        "council tax instalments missed in the last 6 months",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        unit="payments",
        dated=True,
    ),
    _fact(
        "council_tax.missed_instalments_12m",
        COUNT,
        "council tax instalments missed in the last 12 months",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        unit="payments",
        dated=True,
    ),
    _fact(
        "council_tax.last_payment_on",
        DATE,
        "last council tax payment",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.oldest_unpaid_on",
        DATE,
        "due date of the oldest unpaid council tax instalment",
        _CT_TRANSACTIONS,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.stage",
        CHOICE,
        "council tax recovery stage",
        _CT_STAGES,
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
        choices=COUNCIL_TAX_STAGES,
        dated=True,
    ),
    _fact(
        "council_tax.stage_since",
        DATE,
        "when the council tax recovery stage began",
        _CT_STAGES,
        purposes=_COUNCIL_TAX,
        dated=True,
    ),
    _fact(
        "council_tax.days_in_stage",
        COUNT,
        "days in the present council tax recovery stage",
        _CT_STAGES,
        purposes=_COUNCIL_TAX,
        unit="days",
        dated=True,
    ),
    _fact(
        "council_tax.reminders_12m",
        COUNT,
        "council tax reminders and final notices in the last 12 months",
        _CT_STAGES,
        purposes=_COUNCIL_TAX,
        unit="orders",
        dated=True,
    ),
    _fact(
        "council_tax.liability_orders_24m",
        COUNT,
        "liability orders in the last 24 months",
        _CT_STAGES,
        purposes=_COUNCIL_TAX,
        unit="orders",
        dated=True,
    ),
    _fact(
        "council_tax.direct_debit",
        YES_NO,
        "council tax is paid by direct debit",
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
    ),
    _fact(
        "council_tax.single_person_discount",
        YES_NO,
        "the account has a single person discount",
        _ACCOUNTS,
        purposes=_COUNCIL_TAX,
    ),
    _fact(
        "council_tax.reduction",
        YES_NO,
        "Council Tax Reduction is in payment",
        _ACCOUNTS,
        _CLAIMS,
        purposes=_REDUCTION,
    ),
    _fact(
        "council_tax.reduction_weekly",
        MONEY,
        "Council Tax Reduction a week",
        _ACCOUNTS,
        _CLAIMS,
        purposes=_REDUCTION,
    ),
)

_BENEFIT_FACTS = (
    _fact(
        "benefits.claim_live",
        YES_NO,
        "a housing benefit or Council Tax Reduction claim is live",
        _CLAIMS,
        purposes=_BENEFITS,
        dated=True,
    ),
    _fact("benefits.housing_benefit", YES_NO, "housing benefit is in payment", _CLAIMS, purposes=_BENEFITS),
    _fact("benefits.housing_benefit_weekly", MONEY, "housing benefit a week", _CLAIMS, purposes=_BENEFITS),
    _fact(
        "benefits.stopped_on",
        DATE,
        "when the last benefit claim ended, if none is live",
        _CLAIMS,
        purposes=_BENEFITS,
        dated=True,
    ),
    _fact(
        "benefits.stopped_days_ago",
        COUNT,
        "days since the last benefit claim ended, if none is live",
        _CLAIMS,
        purposes=_BENEFITS,
        unit="days",
        dated=True,
    ),
    _fact(
        "benefits.stop_reason",
        CHOICE,
        "why the last benefit claim ended",
        _CLAIMS,
        purposes=_BENEFITS,
        choices=END_REASONS,
    ),
    _fact(
        "benefits.passport",
        CHOICE,
        "means-tested benefit that passports the claim",
        _CLAIMS,
        purposes=_BENEFITS,
        choices=PASSPORTS,
    ),
    _fact(
        "benefits.universal_credit",
        YES_NO,
        "Universal Credit is in payment",
        _CLAIMS,
        _TENANCIES,
        purposes=_BENEFITS,
    ),
    _fact(
        "benefits.pension_credit",
        YES_NO,
        "Pension Credit guarantee credit is in payment",
        _CLAIMS,
        purposes=_BENEFITS,
    ),
    _fact(
        "benefits.income_weekly",
        MONEY,
        "income a week as assessed for the claim",
        _CLAIMS,
        purposes=_BENEFITS,
    ),
    _fact("benefits.partner", YES_NO, "the claim is for a couple", _CLAIMS, purposes=_BENEFITS),
    _fact(
        "benefits.non_dependants",
        COUNT,
        "other adults on the claim",
        _CLAIMS,
        purposes=_BENEFITS,
        unit="people",
    ),
    _fact(
        "benefits.spare_room_deduction_weekly",
        MONEY,
        "taken off housing benefit for a spare room, a week",
        _CLAIMS,
        purposes=_BENEFITS,
    ),
    _fact("benefits.benefit_cap", YES_NO, "the benefit cap applies", _CLAIMS, purposes=_BENEFITS),
    _fact(
        "benefits.overpayment", MONEY, "housing benefit overpayment still owed", _CLAIMS, purposes=_BENEFITS
    ),
    _fact(
        "benefits.housing_payment_ends_on",
        DATE,
        "when the discretionary housing payment ends",
        _CLAIMS,
        purposes=_BENEFITS,
    ),
    _fact("benefits.last_change_on", DATE, "last change of the benefit claim", _CLAIMS, purposes=_BENEFITS),
)

_RENT_FACTS = (
    _fact(
        "rent.tenant",
        YES_NO,
        "the household holds a social tenancy now",
        _TENANCIES,
        purposes=_RENT,
        dated=True,
    ),
    _fact("rent.tenant_since", DATE, "when the tenancy began", _TENANCIES, purposes=_RENT, dated=True),
    _fact(
        "rent.tenancy_type",
        CHOICE,
        "kind of social tenancy",
        _TENANCIES,
        purposes=_RENT,
        choices=("secure", "introductory", "fixed"),
    ),
    _fact("rent.weekly_rent", MONEY, "rent a week", _TENANCIES, purposes=_RENT),
    _fact("rent.balance", MONEY, "rent balance as the housing system shows it", _TENANCIES, purposes=_RENT),
    _fact(
        "rent.arrears", MONEY, "rent fallen due and not paid", _RENT_TRANSACTIONS, purposes=_RENT, dated=True
    ),
    _fact(
        "rent.former_arrears",
        MONEY,
        "rent still owed on tenancies that have ended",
        _RENT_TRANSACTIONS,
        _TENANCIES,
        purposes=_RENT,
        dated=True,
    ),
    _fact(
        "rent.weeks_in_arrears",
        COUNT,
        "whole weeks of rent owed",
        _RENT_TRANSACTIONS,
        _TENANCIES,
        purposes=_RENT,
        unit="weeks",
        dated=True,
    ),
    _fact(
        "rent.arrears_trend",
        CHOICE,
        "whether rent arrears fell or rose over three months",
        _RENT_TRANSACTIONS,
        purposes=_RENT,
        choices=TRENDS,
        dated=True,
    ),
    _fact(
        "rent.months_rising",
        COUNT,
        "months in a row in which rent arrears rose",
        _RENT_TRANSACTIONS,
        purposes=_RENT,
        unit="months",
        dated=True,
    ),
    _fact(
        "rent.missed_payments_3m",
        COUNT,
        "rent payments missed in the last 3 months",
        _RENT_TRANSACTIONS,
        purposes=_RENT,
        unit="payments",
        dated=True,
    ),
    _fact(
        "rent.missed_payments_6m",
        COUNT,
        "rent payments missed in the last 6 months",
        _RENT_TRANSACTIONS,
        purposes=_RENT,
        unit="payments",
        dated=True,
    ),
    _fact(
        "rent.missed_payments_12m",
        COUNT,
        "rent payments missed in the last 12 months",
        _RENT_TRANSACTIONS,
        purposes=_RENT,
        unit="payments",
        dated=True,
    ),
    _fact("rent.last_payment_on", DATE, "last rent payment", _RENT_TRANSACTIONS, purposes=_RENT, dated=True),
    _fact(
        "rent.stage",
        CHOICE,
        "rent arrears stage",
        _RENT_STAGES,
        _TENANCIES,
        purposes=_RENT,
        choices=RENT_STAGES,
        dated=True,
    ),
    _fact(
        "rent.stage_since",
        DATE,
        "when the rent arrears stage began",
        _RENT_STAGES,
        purposes=_RENT,
        dated=True,
    ),
    _fact(
        "rent.days_in_stage",
        COUNT,
        "days in the present rent arrears stage",
        _RENT_STAGES,
        purposes=_RENT,
        unit="days",
        dated=True,
    ),
    _fact(
        "rent.notices_24m",
        COUNT,
        "notices seeking possession in the last 24 months",
        _RENT_STAGES,
        purposes=_RENT,
        unit="orders",
        dated=True,
    ),
    _fact(
        "rent.paid_to_landlord",
        YES_NO,
        "Universal Credit pays the rent straight to the landlord",
        _TENANCIES,
        purposes=_RENT,
    ),
    _fact("rent.direct_debit", YES_NO, "rent is paid by direct debit", _TENANCIES, purposes=_RENT),
)

_PROTECTION_FACTS = (
    _fact(
        "holds.breathing_space",
        YES_NO,
        "a breathing space moratorium is in force",
        _ACCOUNTS,
        purposes=_PROTECTION,
    ),
    _fact(
        "holds.breathing_space_ends_on",
        DATE,
        "when the breathing space ends",
        _ACCOUNTS,
        purposes=_PROTECTION,
    ),
    _fact(
        "holds.vulnerable",
        YES_NO,
        "an officer has marked the household as vulnerable",
        _ACCOUNTS,
        purposes=_PROTECTION,
    ),
    _fact(
        "holds.support_flag",
        YES_NO,
        "the housing team has marked a support need",
        _TENANCIES,
        purposes=_PROTECTION,
    ),
)

_DEBT_FACTS = (
    _fact(
        "debts.total",
        MONEY,
        "council tax arrears, rent arrears and benefit overpayments together",
        _CT_TRANSACTIONS,
        _RENT_TRANSACTIONS,
        _CLAIMS,
        purposes=frozenset(_HELP),
    ),
    _fact(
        "debts.kinds",
        COUNT,
        "kinds of debt to the council: council tax, rent, benefit overpayment",
        _CT_TRANSACTIONS,
        _RENT_TRANSACTIONS,
        _CLAIMS,
        purposes=frozenset(_HELP),
        unit="sources",
    ),
)

FACTS: tuple[Fact, ...] = (
    *_HOUSEHOLD,
    *_COUNCIL_TAX_FACTS,
    *_BENEFIT_FACTS,
    *_RENT_FACTS,
    *_PROTECTION_FACTS,
    *_DEBT_FACTS,
)
"""Every fact, in the order in which frames and letters show them."""

CATALOGUE: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in FACTS})
"""Facts by name."""
