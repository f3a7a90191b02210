"""The text of values: amounts, dates, counts and words, and what is said of those that are none."""
# ruff: noqa: E501  # messages and trees are compared whole, one case a line

from collections.abc import Callable
from datetime import date

import pytest

from rules.language import scalars
from rules.language.vocabulary import Team
from smart_record.facts.terms.catalogue import FactType


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£0", 0),
        ("£300", 30000),
        ("£1,400.50", 140050),
        ("£1400.05", 140005),
        ("-£5", -500),
        ("£1,000,000,000", 100_000_000_000),
    ],
)
def test_money_is_whole_pence(text: str, pence: int) -> None:
    assert scalars.money(text) == pence


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (scalars.money, "300", "300 is not an amount of money; write £300"),
        (scalars.money, "£300.5", "£300.5 is not an amount of money; write £300 or £1,400.50"),
        (scalars.money, "£1,40", "£1,40 is not an amount of money; write £300 or £1,400.50"),
        (scalars.money, "lots", "lots is not an amount of money; write £300 or £1,400.50"),
        (scalars.count, "£2", "£2 is not a whole number; it has no £, since it is a count"),
        (scalars.count, "2.5", "2.5 is not a whole number, such as 2"),
        (scalars.count, "200000", "200000 is too large; the most is 100000"),
        (scalars.day, "1 April 2026", "1 April 2026 is not a date; write it as 2026-04-01"),
        (scalars.day, "2026-02-29", "2026-02-29 is not a day of the calendar"),
        (scalars.day, "0026-04-01", "0026-04-01 is outside the years 1800 to 2999"),
        (scalars.yes_no, "true", "true is neither yes nor no"),
        (scalars.prose, "  ", "write something here"),
        (scalars.identifier, "R 05", "R 05 is not an id; use letters, digits, - and _, as in R05"),
        (scalars.snake_case, "Small-Debt", "Small-Debt is not a name; use small letters, digits and _, as in small_debt"),
        (scalars.between(0, 3), "4", "4 is outside 0 to 3"),
        (scalars.word_of(Team), "revenue_benefits", "revenue_benefits is not one of revenues_benefits, welfare_support, housing_solutions, income, neighbourhood, education, advice_partner, customer_services; did you mean revenues_benefits?"),
    ],
)  # fmt: skip
def test_a_refused_value_says_what_to_write(read: Callable[[str], object], text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        read(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FactType.MONEY, "£2", 200),
        (FactType.COUNT, "2", 2),
        (FactType.DATE, "2026-04-01", date(2026, 4, 1)),
        (FactType.YES_NO, "no", False),
        (FactType.CHOICE, "bill", "bill"),
        (FactType.TEXT, "North  End", "North End"),
    ],
)
def test_a_value_has_the_type_of_its_fact(kind: FactType, text: str, value: object) -> None:
    assert scalars.value(text, kind, ("bill", "summons")) == value


def test_the_nearest_name_is_offered_only_if_it_is_near() -> None:
    known = ["council_tax.arrears", "rent.arrears", "rent.stage"]
    assert scalars.nearest("rent.arears", known) == "; did you mean rent.arrears?"
    assert scalars.nearest("ct.arrears", known) == "; did you mean council_tax.arrears or rent.arrears?"
    assert scalars.nearest("weather", known) == ""
