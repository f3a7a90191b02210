"""The closed lists of words that rule files may use."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a rule says of one household: silence about a fact is never a "no"."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> str:
        """The outcome as rule files and people write it.

        >>> Outcome.NOT_KNOWN.words
        'not known'
        """
        return self.value.replace("_", " ")


class RuleKind(StrEnum):
    """Whether a met rule suggests an intervention or holds others back."""

    SUGGEST = "suggest"
    HOLD = "hold"


class Team(StrEnum):
    """Who acts."""

    REVENUES_BENEFITS = "revenues_benefits"
    WELFARE_SUPPORT = "welfare_support"
    HOUSING_SOLUTIONS = "housing_solutions"
    INCOME = "income"
    NEIGHBOURHOOD = "neighbourhood"
    EDUCATION = "education"
    ADVICE_PARTNER = "advice_partner"
    CUSTOMER_SERVICES = "customer_services"


class InterventionClass(StrEnum):
    """Classes of intervention, most protective first: an earlier one goes before a later one."""

    STATUTORY_STOP = "statutory_stop"
    SAFETY = "safety"
    POLICY_HOLD = "policy_hold"
    INCOME_MAXIMISATION = "income_maximisation"
    AFFORDABILITY = "affordability"
    DISCRETIONARY_CASH = "discretionary_cash"
    RECOVERY = "recovery"

    @property
    def rank(self) -> int:
        """Place in the order of protection, 0 the most protective."""
        return list(InterventionClass).index(self)


AGAINST_THE_HOUSEHOLD = frozenset({"M21", "M22", "M24"})
"""Measures of the toolbox that recover a debt whether the household agrees or not: attachment of earnings,
deductions from benefits."""


class Debt(StrEnum):
    """Which debt an intervention is about, or a hold holds back."""

    COUNCIL_TAX = "council_tax"
    RENT = "rent"
    ALL = "all"
    NONE = "none"


class Channel(StrEnum):
    """How the first step reaches the household or the officer."""

    ONLINE = "online"
    LETTER = "letter"
    PHONE = "phone"
    APPOINTMENT = "appointment"
    VISIT = "visit"
    BACK_OFFICE = "back_office"
