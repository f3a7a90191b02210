"""The words that facts share: recovery stages, passports, tenures, extract names, lawful purposes."""

from smart_record.purposes import Purpose

ACCOUNTS = "council_tax_accounts"
INSTALMENTS = "council_tax_transactions"
RECOVERY = "council_tax_recovery_history"
CLAIMS = "benefit_claims"
DEPENDANTS = "benefit_dependants"
TENANCIES = "rent_accounts"
RENT_PAYMENTS = "rent_transactions"
RENT_ACTIONS = "rent_arrears_history"

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
TENANCY_TYPES = ("secure", "introductory", "fixed", "other")
END_REASONS = (
    "no_reply_to_review",
    "moved_to_universal_credit",
    "change_of_circumstances",
    "income_increase",
    "other",
)
BANDS = ("A", "B", "C", "D", "E", "F", "G", "H", "I")
CONFIDENCES = ("confirmed", "strong", "probable")

HELP = frozenset({Purpose.WELFARE_SUPPORT, Purpose.HOMELESSNESS, Purpose.DEBT_RESPITE})
"""Purposes that only ever bring help."""

FOR_COUNCIL_TAX = HELP | {Purpose.COUNCIL_TAX, Purpose.COUNCIL_TAX_RECOVERY, Purpose.BENEFITS}
"""Council tax records may drive council tax, benefits and help; not tenancy management."""

FOR_BENEFITS = HELP | {Purpose.BENEFITS}
"""Benefit claims: SI 2012/1483 reg 5 is a closed list without debt recovery."""

FOR_REDUCTION = HELP | {Purpose.COUNCIL_TAX, Purpose.BENEFITS}
"""Council Tax Reduction, which both the account and the claim tell."""

FOR_RENT = HELP | {Purpose.HOUSING, Purpose.BENEFITS}
"""Tenancy records may drive housing, benefits and help; not council tax recovery."""

FOR_ALL_HELP = HELP | {Purpose.COUNCIL_TAX, Purpose.BENEFITS, Purpose.HOUSING}
"""Who lives in the household, which every helping service must know."""

FOR_PROTECTION = frozenset(Purpose)
"""What protects a household may be read by everything, recovery above all."""
