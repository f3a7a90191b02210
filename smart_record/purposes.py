"""The legal gateways under which a fact may be used.

Each fact of the catalogue names the purposes it was collected for or may lawfully be shared for; each
rule and each read of a record names one. `LAW` is what a message shows when they don't meet.
"""

from enum import StrEnum


class Purpose(StrEnum):
    """A legal purpose; the value is what rule files and the API say."""

    COUNCIL_TAX = "council_tax"
    COUNCIL_TAX_RECOVERY = "council_tax_recovery"
    BENEFITS = "benefits"
    WELFARE_SUPPORT = "welfare_support"
    HOUSING = "housing"
    HOMELESSNESS = "homelessness"
    DEBT_RESPITE = "debt_respite"


LAW: dict[Purpose, str] = {
    Purpose.COUNCIL_TAX: "Local Government Finance Act 1992",
    Purpose.COUNCIL_TAX_RECOVERY: "Council Tax (Administration and Enforcement) Regulations 1992",
    Purpose.BENEFITS: "Social Security Administration Act 1992",
    Purpose.WELFARE_SUPPORT: "Welfare Reform Act 2012 ss131-133 and SI 2012/1483 reg 5",
    Purpose.HOUSING: "Housing Act 1985",
    Purpose.HOMELESSNESS: "Housing Act 1996 Part 7",
    Purpose.DEBT_RESPITE: "Debt Respite Scheme Regulations 2020",
}
"""The Act or regulation behind each purpose."""
