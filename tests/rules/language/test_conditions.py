"""What a condition's text means, as a typed tree."""
# ruff: noqa: E501  # messages and trees are compared whole, one case a line

from datetime import date
from fractions import Fraction

import pytest

from rules.language.grammar import KEYWORDS, ConditionMisread, parse
from rules.language.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    AtLeast,
    Clock,
    Comparison,
    Elapsed,
    FactValue,
    IsKnown,
    IsSignal,
    IsYes,
    Literal,
    Not,
    OneOf,
    Operator,
    ParameterValue,
    PercentOf,
    Reached,
    Shifted,
    Sign,
    StageOrder,
    facts_read,
    parameters_read,
    signals_read,
)
from smart_record.facts.terms.catalogue import FactType
from tests.rules.builders import a_condition

MONEY, COUNT, DATE, YES_NO, CHOICE = (
    FactType.MONEY,
    FactType.COUNT,
    FactType.DATE,
    FactType.YES_NO,
    FactType.CHOICE,
)
ARREARS = FactValue("council_tax.arrears", MONEY)
RENT = FactValue("rent.arrears", MONEY)
STAGE = FactValue("council_tax.stage", CHOICE)
PAID = FactValue("council_tax.last_payment_on", DATE)
LIABLE = IsYes(FactValue("council_tax.liable", YES_NO))
CREDIT = IsYes(FactValue("benefits.universal_credit", YES_NO))
DEBIT = IsYes(FactValue("rent.direct_debit", YES_NO))
MISSED = FactValue("rent.missed_payments_3m", COUNT)


def pounds(amount: int) -> Literal:
    return Literal(MONEY, amount * 100)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("council_tax.liable", LIABLE),
        ("not council_tax.liable", Not(LIABLE)),
        ("offer_open", IsYes(ParameterValue("offer_open", YES_NO))),
        ("signal.slide", IsSignal("signal.slide")),
        ("council_tax.arrears >= £300", Comparison(Operator.AT_LEAST, ARREARS, pounds(300))),
        ("council_tax.arrears > £1,400.50", Comparison(Operator.MORE, ARREARS, Literal(MONEY, 140050))),
        ("council_tax.arrears < -£5", Comparison(Operator.LESS, ARREARS, pounds(-5))),
        ("£300 < rent.arrears", Comparison(Operator.LESS, pounds(300), RENT)),
        ("council_tax.arrears != small_debt", Comparison(Operator.NOT_EQUAL, ARREARS, ParameterValue("small_debt", MONEY))),
        ("rent.missed_payments_3m = 2", Comparison(Operator.EQUAL, MISSED, Literal(COUNT, 2))),
        ("council_tax.last_payment_on <= 2026-04-01", Comparison(Operator.AT_MOST, PAID, Literal(DATE, date(2026, 4, 1)))),
        ('council_tax.stage = "summons"', Comparison(Operator.EQUAL, STAGE, Literal(CHOICE, "summons"))),
        ("council_tax.stage != summons", Comparison(Operator.NOT_EQUAL, STAGE, Literal(CHOICE, "summons"))),
        ("summons = council_tax.stage", Comparison(Operator.EQUAL, Literal(CHOICE, "summons"), STAGE)),
        (
            'council_tax.stage in (bill, "summons", hard_stage)',
            OneOf(STAGE, (Literal(CHOICE, "bill"), Literal(CHOICE, "summons"), ParameterValue("hard_stage", CHOICE))),
        ),
        ("rent.missed_payments_3m not in (1, few)", Not(OneOf(MISSED, (Literal(COUNT, 1), ParameterValue("few", COUNT))))),
        ('household.ward = "O\'Connor\'s End"', Comparison(
            Operator.EQUAL, FactValue("household.ward", FactType.TEXT), Literal(FactType.TEXT, "O'Connor's End")
        )),
        ("rent.arrears is known", IsKnown(RENT)),
        ("rent.arrears is missing", Not(IsKnown(RENT))),
        (
            "rent.arrears between £1 and small_debt",
            AllOf((
                Comparison(Operator.AT_LEAST, RENT, pounds(1)),
                Comparison(Operator.AT_MOST, RENT, ParameterValue("small_debt", MONEY)),
            )),
        ),
        (
            "days since council_tax.last_payment_on > 60",
            Elapsed(Clock.SINCE, 1, PAID, Operator.MORE, Literal(COUNT, 60)),
        ),
        (
            "8 >= weeks until council_tax.last_payment_on",
            Elapsed(Clock.UNTIL, 7, PAID, Operator.AT_MOST, Literal(COUNT, 8)),
        ),
        (
            "council_tax.stage at or after summons",
            Reached(STAGE, StageOrder.AT_OR_AFTER, Literal(CHOICE, "summons"), (
                "bill", "reminder_1", "reminder_2", "final_notice", "summons", "liability_order", "enforcement_agent",
            )),
        ),
        (
            "at least 2 of (council_tax.liable, benefits.universal_credit, rent.direct_debit)",
            AtLeast(Literal(COUNT, 2), (LIABLE, CREDIT, DEBIT)),
        ),
        (
            "council_tax.arrears + rent.arrears > 12.5% of rent.weekly_rent * few",
            Comparison(
                Operator.MORE,
                Arithmetic(Sign.PLUS, ARREARS, RENT, MONEY),
                Arithmetic(
                    Sign.TIMES,
                    PercentOf(Fraction(1, 8), FactValue("rent.weekly_rent", MONEY), MONEY),
                    ParameterValue("few", COUNT),
                    MONEY,
                ),
            ),
        ),
        (
            "rent.arrears < share% of council_tax.arrears",
            Comparison(Operator.LESS, RENT, PercentOf(ParameterValue("share", COUNT), ARREARS, MONEY)),
        ),
        (
            "council_tax.last_payment_on + 4 weeks < new_year",
            Comparison(
                Operator.LESS, Shifted(PAID, Literal(COUNT, 4), 7, back=False), ParameterValue("new_year", DATE)
            ),
        ),
        (
            "council_tax.liable and benefits.universal_credit or not rent.direct_debit",
            AnyOf((AllOf((LIABLE, CREDIT)), Not(DEBIT))),
        ),
        (
            "council_tax.liable and (benefits.universal_credit or rent.direct_debit)",
            AllOf((LIABLE, AnyOf((CREDIT, DEBIT)))),
        ),
        ("council_tax.liable # who pays\n  and rent.direct_debit", AllOf((LIABLE, DEBIT))),
    ],
)  # fmt: skip
def test_a_condition_means_its_tree(text: str, tree: object) -> None:
    assert a_condition(text) == tree


def test_between_binds_its_own_and() -> None:
    found = a_condition("rent.missed_payments_3m between 1 and few and council_tax.liable")
    assert isinstance(found, AllOf)
    assert [type(part) for part in found.parts] == [AllOf, IsYes]


def test_multiplication_goes_before_addition_and_brackets_before_both() -> None:
    plain = a_condition("rent.arrears > £1 + rent.weekly_rent * 2")
    grouped = a_condition("rent.arrears > (£1 + rent.weekly_rent) * 2")
    assert isinstance(plain, Comparison)
    assert isinstance(grouped, Comparison)
    assert isinstance(plain.right, Arithmetic)
    assert isinstance(grouped.right, Arithmetic)
    assert (plain.right.sign, grouped.right.sign) == (Sign.PLUS, Sign.TIMES)


def test_a_tree_knows_what_it_reads() -> None:
    found = a_condition(
        "signal.slide and rent.arrears > small_debt and at least few of (offer_open, rent.tenant)"
    )
    assert facts_read(found) == {"rent.arrears", "rent.tenant"}
    assert parameters_read(found) == {"small_debt", "few", "offer_open"}
    assert signals_read(found) == {"signal.slide"}


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_every_keyword_is_reserved(word: str) -> None:
    with pytest.raises(ConditionMisread):
        parse(f"council_tax.liable and {word}x {word} and")
    with pytest.raises(ConditionMisread):
        parse(
            f"{word} and council_tax.liable and"
            if word in {"yes", "no"}
            else f"{word} and council_tax.liable"
        )


def test_words_that_begin_with_a_keyword_are_names() -> None:
    assert parse("android.origin and notice.within and income_days > 3").data == "start"


def test_a_node_knows_its_place_in_the_text() -> None:
    text = "council_tax.liable and  (rent.arrears > £5)"
    found = a_condition(text)
    assert isinstance(found, AllOf)
    part = found.parts[1]
    assert text[part.span.start : part.span.end] == "rent.arrears > £5"
