"""Calculations are exact, or refused: at load if they can grow too large, at night if a figure has."""

import polars as pl
import pytest

from rules.errors import FactOutOfRange
from rules.executors.frames import evaluate, truths
from rules.language.exactness import LARGEST, denominator, facts_calculated_with
from rules.language.tree import Comparison
from smart_record.facts.terms.catalogue import FactType
from tests.rules.builders import AS_OF, a_condition, a_rulebook


def rent_frame(arrears: list[int | None], rent: list[int | None]) -> pl.DataFrame:
    ids = [f"H{n:04}" for n in range(len(arrears))]
    return pl.DataFrame(
        {"household_id": ids, "rent__arrears": arrears, "rent__weekly_rent": rent},
        schema_overrides={"rent__arrears": pl.Int64, "rent__weekly_rent": pl.Int64},
    )


@pytest.mark.parametrize("percent", ["7%", "12.5%", "33.3%", "0.01%", "110%"])
def test_a_percentage_has_no_rounding_on_any_boundary(percent: str) -> None:
    book = a_rulebook(
        {
            sign: f"rent.arrears {sign_text} {percent} of rent.weekly_rent"
            for sign, sign_text in (("below", "<"), ("same", "="))
        }
    )
    share = float(percent[:-1])
    rents = [*range(1, 20_000, 7), 10**10]
    scaled = [round(share * 100) * rent for rent in rents]  # ten-thousandths of a penny
    exact = [each // 10_000 for each in scaled]
    found = truths(book, rent_frame(exact, rents), as_of=AS_OF)
    assert found["same"].to_list() == [each % 10_000 == 0 for each in scaled]
    assert found["below"].to_list() == [each % 10_000 != 0 for each in scaled]


def test_denominators_multiply_and_share() -> None:
    def of(text: str) -> int:
        condition = a_condition(f"rent.arrears > {text}")
        assert isinstance(condition, Comparison)
        return denominator(condition.right)

    assert of("rent.weekly_rent") == 1
    assert of("25% of rent.weekly_rent") == 4
    assert of("share% of rent.weekly_rent") == 100
    assert of("25% of rent.weekly_rent + 10% of rent.arrears") == 20
    assert of("25% of 10% of rent.weekly_rent") == 40


def test_the_largest_figures_are_still_calculated_exactly() -> None:
    most = LARGEST[FactType.MONEY]
    book = a_rulebook(
        {"R01": "rent.arrears + rent.weekly_rent * few > 199% of rent.weekly_rent + rent.arrears"}
    )
    assert truths(book, rent_frame([most, -most], [most, -most]), as_of=AS_OF)["R01"].to_list() == [
        True,
        False,
    ]


def test_a_figure_too_large_to_calculate_with_stops_the_night_and_names_the_household() -> None:
    book = a_rulebook({"R01": "rent.arrears > 25% of rent.weekly_rent"})
    with pytest.raises(FactOutOfRange) as refused:
        evaluate(book, rent_frame([1, 10**11 + 1, None], [1, 1, 1]), as_of=AS_OF)
    assert str(refused.value) == (
        "rent.arrears of household H0001 (1 in all) is larger than 100000000000, so that the rules "
        "can't be calculated exactly. Correct the figure in its source system."
    )


def test_a_plain_comparison_bears_any_figure() -> None:
    book = a_rulebook({"R01": "rent.arrears > £5"})
    found = evaluate(book, rent_frame([2**62, -(2**62)], [1, 1]), as_of=AS_OF)
    assert found.rows() == [("H0000", "R01")]


def test_facts_calculated_with_are_found_through_signals() -> None:
    book = a_rulebook(
        {"R01": "signal.high and rent.tenant and debts.total > £5"},
        signals={"signal.high": "rent.arrears > 25% of rent.weekly_rent"},
    )
    assert facts_calculated_with(book.rule("R01").when, book) == {"rent.arrears", "rent.weekly_rent"}
