"""durable-rules says of every household exactly what the reference says: met, or not met and not known."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from rules import load_rulebook
from rules.durable.engine import DurableEngine
from rules.language.model import Rulebook
from rules.language.tree import Value
from rules.language.vocabulary import Outcome
from rules.meaning.reference import judge
from tests.rules.builders import AS_OF, a_rulebook
from tests.rules.strategies import DATES_AS_OF, fact_sheets, rulebooks

LIBRARY = Path(rules.__file__).parent / "library"

Facts = Mapping[str, Value | None]


def households(facts: pl.DataFrame) -> list[Facts]:
    return [
        {name.replace("__", "."): value for name, value in row.items()}
        for row in facts.drop("household_id").iter_rows(named=True)
    ]


def met_by_reference(rulebook: Rulebook, facts: Facts, as_of: date) -> frozenset[str]:
    return frozenset(
        rule.id
        for rule in rulebook.in_force(as_of)
        if judge(rule, facts, rulebook=rulebook, as_of=as_of).outcome is Outcome.MET
    )


def check_agreement(rulebook: Rulebook, sheets: Iterable[Facts], as_of: date) -> None:
    with DurableEngine(rulebook, as_of=as_of) as engine:
        for facts in sheets:
            texts = [rule.text for rule in rulebook.rules]
            assert engine.met(facts) == met_by_reference(rulebook, facts, as_of), (texts, facts)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    rulebook=rulebooks(), facts=fact_sheets(households=20).map(households), as_of=st.sampled_from(DATES_AS_OF)
)
def test_durable_rules_meets_what_the_reference_meets(
    rulebook: Rulebook, facts: list[Facts], as_of: date
) -> None:
    check_agreement(rulebook, facts, as_of)


@pytest.mark.deep
@pytest.mark.parametrize("thousand", range(3))
@settings(max_examples=1_000, deadline=None)
@given(
    rulebook=rulebooks(),
    facts=fact_sheets().map(households),
    as_of=st.sampled_from(DATES_AS_OF),
)
def test_durable_rules_meets_what_the_reference_meets_of_thousands(
    thousand: int, rulebook: Rulebook, facts: list[Facts], as_of: date
) -> None:
    check_agreement(rulebook, facts, as_of)


def test_the_library_means_the_same_to_durable_rules() -> None:
    library = load_rulebook(LIBRARY)
    sheets = [case.given for rule in library.rules for case in rule.cases]
    check_agreement(library, sheets, date(2026, 10, 31))


@pytest.mark.parametrize("known", range(8))
def test_at_least_k_of_many_is_left_to_the_reference_and_still_right(known: int) -> None:
    facts = [f"council_tax.missed_instalments_{n}m" for n in (3, 6, 12)]
    facts += [f"rent.missed_payments_{n}m" for n in (3, 6, 12)] + ["debts.kinds", "household.children"]
    parts = ", ".join(f"{name} > 0" for name in facts)
    rulebook = a_rulebook({"R1": f"at least 4 of ({parts})", "R2": f"not at least 4 of ({parts})"})
    sheet: Facts = {name: int(at < known // 2) for at, name in enumerate(facts[:known])}
    check_agreement(rulebook, [sheet], AS_OF)


def test_rules_that_hold_whatever_the_facts_are_met_without_any() -> None:
    rulebook = a_rulebook({"R1": "offer_open", "R2": "not offer_open", "R3": "offer_open or rent.tenant"})
    check_agreement(rulebook, [{}, {"rent.tenant": False}], AS_OF)
    with DurableEngine(rulebook, as_of=AS_OF) as engine:
        assert engine.met({}) == {"R1", "R3"}


def test_signals_chain_through_signals_both_when_met_and_when_known_not_to_be() -> None:
    signals = {
        "signal.behind": "council_tax.missed_instalments_3m >= few",
        "signal.both": "signal.behind and rent.missed_payments_3m >= few",
    }
    rulebook = a_rulebook(
        {"R1": "signal.both", "R2": "not signal.both", "R3": "signal.behind and not signal.both"},
        signals=signals,
    )
    with DurableEngine(rulebook, as_of=AS_OF) as engine:
        assert engine.met({"council_tax.missed_instalments_3m": 2, "rent.missed_payments_3m": 2}) == {"R1"}
        assert engine.met({"council_tax.missed_instalments_3m": 2, "rent.missed_payments_3m": 1}) == {
            "R2",
            "R3",
        }
        assert engine.met({"council_tax.missed_instalments_3m": 1}) == {"R2"}
        assert engine.met({"council_tax.missed_instalments_3m": 2}) == set()


def test_only_rules_in_force_are_met() -> None:
    rulebook = a_rulebook({"R1": "council_tax.liable"})
    with DurableEngine(rulebook, as_of=date(2026, 3, 31)) as engine:
        assert engine.met({"council_tax.liable": True}) == set()
    with DurableEngine(rulebook, as_of=date(2026, 4, 1)) as engine:
        assert engine.met({"council_tax.liable": True}) == {"R1"}
