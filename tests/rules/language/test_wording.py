"""Reasons in plain English: the same words for one household and for a whole night."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings

from rules.executors.frames import evaluate
from rules.language.grammar import ConditionMisread
from rules.language.model import Rulebook
from rules.language.names import Names
from rules.language.template import FactPlace, ParameterPlace, read_template
from rules.language.wording import explain_met, reason_for
from smart_record.facts.declarations import CATALOGUE
from tests.rules.builders import AS_OF, PARAMETERS, a_rulebook
from tests.rules.strategies import SPOKEN_OF, conditions, fact_sheets

NAMES = Names(catalogue=CATALOGUE, parameters=PARAMETERS)
BECAUSE = " | ".join(["{" + name + "}" for name in SPOKEN_OF] + ["{" + name + "}" for name in PARAMETERS])
FACTS = pl.DataFrame(
    {
        "household_id": ["H2", "H1", "H3"],
        "rent__arrears": [123456, 60000, None],
        "rent__weeks_in_arrears": [1, 3, None],
        "rent__stage_since": [date(2026, 3, 9), None, date(2026, 10, 31)],
        "rent__tenant": [True, True, True],
    },
    schema_overrides={"rent__weeks_in_arrears": pl.Int64},
)


def reasons(because: str, when: str = "rent.tenant") -> list[str]:
    book = a_rulebook({"R01": when}, because=because)
    return explain_met(book, evaluate(book, FACTS, as_of=AS_OF), FACTS, as_of=AS_OF)["because"].to_list()


def test_a_reason_holds_the_households_own_values() -> None:
    assert reasons("{rent.arrears} is owed, {rent.weeks_in_arrears} of rent, since {rent.stage_since}") == [
        "£600 is owed, 3 weeks of rent, since a date we do not know",
        "£1,234.56 is owed, 1 week of rent, since 9 March 2026",
        "an amount we do not know is owed, a number we do not know of rent, since 31 October 2026",
    ]


def test_a_reason_shows_parameters_as_of_the_date() -> None:
    assert reasons("more than {small_debt}, waited {grace_days}")[0] == "more than £50, waited 28 days"


def test_a_reason_without_places_is_the_same_for_all() -> None:
    assert reasons("they rent") == ["they rent"] * 3


def test_the_met_frame_keeps_its_rows_and_order() -> None:
    book = a_rulebook({"R01": "rent.tenant", "R02": "rent.arrears > £5"}, because="{rent.arrears}")
    met = evaluate(book, FACTS, as_of=AS_OF).reverse()
    found = explain_met(book, met, FACTS, as_of=AS_OF)
    assert found.drop("because").equals(met)
    assert found.columns == ["household_id", "rule_id", "because"]


def test_no_met_rules_have_no_reasons() -> None:
    book = a_rulebook({"R01": "rent.arrears > £99,999"})
    found = explain_met(book, evaluate(book, FACTS, as_of=AS_OF), FACTS, as_of=AS_OF)
    assert found.schema == {"household_id": pl.String, "rule_id": pl.String, "because": pl.String}
    assert found.height == 0


@settings(derandomize=True, max_examples=30, deadline=None)
@given(text=conditions(), facts=fact_sheets(households=20))
def test_the_night_and_the_single_household_use_the_same_words(text: str, facts: pl.DataFrame) -> None:
    book: Rulebook = a_rulebook({"R01": f"({text}) or rent.arrears is known"}, because=BECAUSE)
    found = explain_met(book, evaluate(book, facts, as_of=AS_OF), facts, as_of=AS_OF)
    assert found["because"].null_count() == 0
    because = dict(found.select("household_id", "because").iter_rows())
    for row in facts.iter_rows(named=True):
        if row["household_id"] in because:
            known = {name.replace("__", "."): value for name, value in row.items()}
            said = reason_for(book.rules[0], known, rulebook=book, as_of=AS_OF)
            assert said == because[row["household_id"]]


def test_a_template_is_text_and_places_without_white_space_at_its_ends() -> None:
    template = read_template("\n  owes {rent.arrears},\n  over {small_debt} \n", NAMES, [])
    assert template is not None
    assert template.parts == ("owes ", FactPlace("rent.arrears"), ", over ", ParameterPlace("small_debt"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("owes {rent.arears}", "no fact or parameter is called rent.arears; did you mean rent.arrears?"),
        ("owes {}", "no fact or parameter is called nothing"),
        ("owes {rent.arrears", "a brace without its partner; write {council_tax.arrears}"),
        ("owes rent.arrears}", "a brace without its partner; write {council_tax.arrears}"),
    ],
)
def test_a_place_that_means_nothing_is_told(text: str, message: str) -> None:
    problems: list[ConditionMisread] = []
    assert read_template(text, NAMES, problems) is None
    assert [str(each) for each in problems] == [message]
