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
PLANS = "payment_arrangements"
COURT = "court_dates"
FLAGS = "officer_flags"
MORATORIUMS = "breathing_space_notices"
AWARDS = "crisis_awards"
CASES = "homelessness_cases"
FORMS = "income_and_spending"
CONTACTS = "resident_contacts"
NOTICES = "universal_credit_notices"
MARKERS = "set_aside_markers"
"""Markers that protect, of set-aside rows whose record was accepted from another row."""
SUPPORT = "support_history"
"""What the product itself holds of a household: its Tier 3 referrals and what came of offers."""

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
ALL_RECORDS = ("council_tax", "benefits", "rent")
"""The systems whose records rows of further files may belong to."""

PLAN_STATES = ("active", "broken", "completed", "cancelled")
COURT_STEPS = ("notice_expiry", "hearing", "eviction")
FLAG_KINDS = (
    "vulnerable",
    "representative",
    "adjustment",
    "care_leaver",
    "social_care",
    "vulnerable_residents_scheme",
    "payment_query",
    "evidence_awaited",
    "claim_waiting",
    "protected_address",
    "bereavement",
)
MORATORIUM_KINDS = ("standard", "mental_health_crisis")
AWARD_SCHEMES = ("crisis_payment", "housing_payment", "council_tax_hardship", "other")
CASE_ROUTES = ("approach", "duty_to_refer", "council")
CONTACT_RESULTS = ("reached", "no_answer", "returned_mail")
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

RECORDS_FOR = {
    "council_tax": FOR_COUNCIL_TAX,
    "benefits": FOR_BENEFITS,
    "benefits_dependants": FOR_BENEFITS,
    "rent": FOR_RENT,
}
"""Purposes for which a source's records may be seen: that someone has one is as telling as what is in it."""

FOR_ALL_HELP = HELP | {Purpose.COUNCIL_TAX, Purpose.BENEFITS, Purpose.HOUSING}
"""Who lives in the household, which every helping service must know."""

FOR_PROTECTION = frozenset(Purpose)
"""What protects a household may be read by everything, recovery above all."""
