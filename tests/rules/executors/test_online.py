"""One household at once: the outcomes of the reference, and the same facts to ask for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from rules import load_rulebook
from rules.errors import ParameterNotInForce
from rules.executors.online import judge_all
from rules.language.model import Rulebook
from rules.meaning.reference import judge
from tests.rules.builders import AS_OF, PARAMETERS, a_rulebook
from tests.rules.strategies import DATES_AS_OF, fact_sheets, rulebooks

LATE = {"small_debt": replace(PARAMETERS["small_debt"], values=PARAMETERS["small_debt"].values[1:])}
"""The builders' parameter without its value of this year."""


def check_agreement(rulebook: Rulebook, facts: pl.DataFrame, as_of: date) -> None:
    for row in facts.drop("household_id").iter_rows(named=True):
        known = {name.replace("__", "."): value for name, value in row.items()}
        found = judge_all(rulebook, known, as_of=as_of)
        assert list(found) == [rule.id for rule in rulebook.in_force(as_of)]
        for rule in rulebook.in_force(as_of):
            expected = judge(rule, known, rulebook=rulebook, as_of=as_of)
            assert found[rule.id].outcome is expected.outcome, rule.text
            assert found[rule.id].missing == expected.missing, rule.text


@settings(derandomize=True, max_examples=40, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(households=20), as_of=st.sampled_from(DATES_AS_OF))
def test_online_says_and_asks_what_the_reference_does(
    rulebook: Rulebook, facts: pl.DataFrame, as_of: date
) -> None:
    check_agreement(rulebook, facts, as_of)


@pytest.mark.deep
@settings(max_examples=3_000, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(), as_of=st.sampled_from(DATES_AS_OF))
def test_online_says_and_asks_what_the_reference_does_of_thousands(
    rulebook: Rulebook, facts: pl.DataFrame, as_of: date
) -> None:
    check_agreement(rulebook, facts, as_of)


def test_the_library_says_of_its_own_cases_what_the_reference_says() -> None:
    library = load_rulebook(Path(rules.__file__).parent / "library")
    for case in (case for rule in library.rules for case in rule.cases):
        found = judge_all(library, case.given, as_of=AS_OF)
        for rule in library.in_force(AS_OF):
            assert found[rule.id].outcome is judge(rule, case.given, rulebook=library, as_of=AS_OF).outcome


def test_a_parameter_out_of_force_is_refused() -> None:
    with pytest.raises(ParameterNotInForce):
        judge_all(a_rulebook({"R01": "rent.arrears > small_debt"}, parameters=LATE), {}, as_of=AS_OF)


def test_two_rulebooks_of_one_hash_are_not_taken_for_each_other() -> None:
    one, other = (a_rulebook({"R01": f"rent.arrears > £{pounds}"}) for pounds in (1, 2))
    facts = {"rent.arrears": 150}
    assert judge_all(one, facts, as_of=AS_OF)["R01"].outcome == "met"
    assert judge_all(other, facts, as_of=AS_OF)["R01"].outcome == "not_met"
