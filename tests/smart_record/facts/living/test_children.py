"""Children on benefit claims: by age on the day, and not known where the claim names too few."""

from datetime import date
from typing import Any

import pytest

from tests.smart_record.facts.builders import NIGHT, Part, a_claim, a_dependant, an_account, facts_of

NAMES = ("children", "children_under_5", "school_age_children", "has_children", "youngest_child_age")


def children(*parts: Part, **told: Any) -> list[Any]:
    facts = facts_of(*parts, **told)
    return [facts[f"household.{name}"] for name in NAMES]


def test_a_claim_without_dependants_has_no_children() -> None:
    assert children(a_claim(dependants=0)) == [0, 0, 0, False, None]


def test_children_are_counted_by_their_age_on_the_day() -> None:
    births = [date(2022, 10, 31), date(2021, 10, 31), date(2009, 11, 1), date(2008, 11, 1)]
    named = [a_dependant(number, born) for number, born in enumerate(births, 1)]
    assert children(a_claim(dependants=4), *named) == [4, 1, 3, True, 4]


def test_who_turned_eighteen_is_no_child() -> None:
    claim, grown = a_claim(dependants=1), a_dependant(1, date(2008, 10, 31))
    assert children(claim, grown) == [0, 0, 0, False, None]
    assert children(claim, grown, as_of=date(2026, 10, 30))[0] == 1


def test_a_child_not_born_yet_is_not_there() -> None:
    assert children(a_claim(dependants=0), a_dependant(1, date(2026, 11, 5))) == [0, 0, 0, False, None]


def test_dependants_without_rows_are_not_counted_as_none() -> None:
    assert children(a_claim(dependants=2)) == [None] * 5
    assert children(a_claim(dependants=None)) == [None] * 5


def test_a_child_who_is_named_is_there_even_where_another_is_not() -> None:
    claim = a_claim(dependants=2)
    assert children(claim, a_dependant(1, date(2020, 1, 1))) == [None, None, None, True, 6]
    assert children(claim, a_dependant(1, date(2000, 1, 1))) == [None] * 5


@pytest.mark.parametrize("dob", [None, date(1900, 1, 1)])
def test_a_dependant_without_a_date_of_birth_makes_the_count_not_known(dob: date | None) -> None:
    named = [a_dependant(1, dob), a_dependant(2, date(2024, 1, 1))]
    assert children(a_claim(dependants=2), *named) == [None, None, None, True, 2]


def test_a_child_on_two_claims_is_one_child() -> None:
    claims = [a_claim("C1", dependants=1), a_claim("C2", dependants=1)]
    same = [a_dependant(1, date(2020, 1, 1), claim) for claim in ("C1", "C2")]
    assert children(*claims, *same) == [1, 0, 1, True, 6]


def test_only_live_claims_tell_of_children() -> None:
    assert children(an_account()) == [None] * 5
    ended = a_claim(dependants=1, status="ended", end_date=date(2026, 1, 1))
    assert children(ended, a_dependant(1, date(2020, 1, 1))) == [None] * 5


def test_children_of_the_past_are_known_since_the_claim_last_changed() -> None:
    claim, child = a_claim(dependants=1, last_change_date=date(2026, 4, 6)), a_dependant(1, date(2021, 5, 1))
    assert children(claim, child, as_of=date(2026, 4, 30), snapshot_on=NIGHT)[:2] == [1, 1]
    assert children(claim, child, as_of=date(2026, 4, 5), snapshot_on=NIGHT) == [None] * 5


def test_without_the_dependants_file_only_a_claim_without_dependants_tells() -> None:
    absent = ["benefit_dependants"]
    assert children(a_claim(dependants=0), absent=absent)[0] == 0
    assert children(a_claim(dependants=1), absent=absent)[0] is None
