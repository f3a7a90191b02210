"""The features of the risk model, and the facts no feature may read: the page an auditor asks for.

Adding one here is all it takes; `check_features` refuses what would leak, discriminate or lack a purpose.
"""

from collections.abc import Mapping
from types import MappingProxyType

from models.histories.features import Direction, Encoding, Feature
from smart_record.facts.declarations import CATALOGUE

_POUNDS = (0.01, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1250, 1500, 2000, 2500, 3000)
_PENCE = tuple(float(round(pounds * 100)) for pounds in _POUNDS)
_DAYS = tuple(map(float, (7, 14, 21, 28, 35, 42, 49, 56, 70, 84, 98, 112, 140, 168, 210, 270, 365, 540, 730)))
_COUNTS = tuple(map(float, range(1, 13)))
_WEEKS = tuple(map(float, (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 21, 26, 39, 52)))
_CUTS = MappingProxyType({"pence": _PENCE, "days": _DAYS, "weeks": _WEEKS})
"""By unit; whatever else is counted one by one."""
_TREND = MappingProxyType({"falling": 0.0, "level": 1.0, "rising": 2.0})
_STEPS_TO_ORDER = MappingProxyType(
    {
        "bill": 0.0,
        "reminder_1": 1.0,
        "reminder_2": 2.0,
        "final_notice": 3.0,
        "summons": 4.0,
        "liability_order": 0.0,
        "enforcement_agent": 0.0,
    }
)
_AFTER_ORDER = MappingProxyType(
    dict.fromkeys(_STEPS_TO_ORDER, 0.0) | {"liability_order": 1.0, "enforcement_agent": 2.0}
)
_STEPS_TO_COURT = MappingProxyType(
    {
        "none": 0.0,
        "letter_1": 1.0,
        "letter_2": 2.0,
        "notice_seeking_possession": 3.0,
        "court": 0.0,
        "eviction": 0.0,
    }
)
_AFTER_COURT = MappingProxyType(dict.fromkeys(_STEPS_TO_COURT, 0.0) | {"court": 1.0, "eviction": 2.0})


def _amount(fact: str, window: str, direction: Direction) -> Feature:
    unit = CATALOGUE[fact].unit
    return Feature(
        name=fact,
        fact=fact,
        encoding=Encoding.AMOUNT,
        unit=unit,
        window=window,
        direction=direction,
        cuts=_CUTS.get(unit, _COUNTS),
    )


def _days_before(name: str, fact: str, window: str, direction: Direction) -> Feature:
    return Feature(
        name=name,
        fact=fact,
        encoding=Encoding.DAYS_BEFORE,
        unit="days",
        window=window,
        direction=direction,
        cuts=_DAYS,
    )


def _severity(name: str, fact: str, levels: Mapping[str, float], direction: Direction) -> Feature:
    cuts = tuple(sorted(set(levels.values()) - {min(levels.values())}))
    return Feature(
        name=name,
        fact=fact,
        encoding=Encoding.SEVERITY,
        unit="step",
        window="on the day",
        direction=direction,
        cuts=cuts,
        levels=levels,
    )


_UP, _DOWN, _FREE = Direction.RAISES, Direction.LOWERS, Direction.FREE

FEATURES: tuple[Feature, ...] = (
    _amount("council_tax.arrears", "on the day", _UP),
    _amount("council_tax.credit", "on the day", _DOWN),
    _amount("council_tax.former_arrears", "on the day", _UP),
    _severity("council_tax.arrears_trend", "council_tax.arrears_trend", _TREND, _UP),
    _amount("council_tax.missed_instalments_3m", "3 months", _UP),
    _amount("council_tax.missed_instalments_6m", "6 months", _UP),
    _days_before("council_tax.days_since_payment", "council_tax.last_payment_on", "ever", _UP),
    _days_before("council_tax.days_unpaid", "council_tax.oldest_unpaid_on", "ever", _UP),
    _severity("council_tax.steps_to_order", "council_tax.stage", _STEPS_TO_ORDER, _UP),
    _severity("council_tax.after_order", "council_tax.stage", _AFTER_ORDER, _FREE),
    _amount("council_tax.reminders_12m", "12 months", _UP),
    _amount("rent.arrears", "on the day", _UP),
    _amount("rent.former_arrears", "on the day", _UP),
    _amount("rent.weeks_in_arrears", "on the day", _UP),
    _severity("rent.arrears_trend", "rent.arrears_trend", _TREND, _UP),
    _amount("rent.months_rising", "12 months", _UP),
    _amount("rent.missed_payments_3m", "3 months", _UP),
    _amount("rent.missed_payments_6m", "6 months", _UP),
    _days_before("rent.days_since_payment", "rent.last_payment_on", "ever", _UP),
    _severity("rent.steps_to_court", "rent.stage", _STEPS_TO_COURT, _UP),
    _severity("rent.after_court", "rent.stage", _AFTER_COURT, _FREE),
)
"""Every feature of the model, in the order in which the scorecard holds them."""
