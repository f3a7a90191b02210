"""A rule explained for one household, so that an officer can say why and ask what is missing."""
# ruff: noqa: E501  # sentences are compared whole

import json
from datetime import date

import pytest

from rules.language.phrases import Phrases
from rules.language.vocabulary import Outcome
from rules.telling.explanation import explain
from tests.rules.builders import AS_OF, a_condition, a_rulebook

BOOK = a_rulebook(
    {"R01": "rent.tenant and not rent.direct_debit and (rent.arrears > small_debt or signal.slide)"},
    signals={"signal.slide": "rent.months_rising >= few"},
    because="{rent.arrears} of rent is owed",
)
RULE = BOOK.rule("R01")


def test_a_met_rule_is_told_with_its_reason_and_every_condition() -> None:
    facts = {"rent.tenant": True, "rent.direct_debit": False, "rent.arrears": 5001}
    found = explain(RULE, facts, rulebook=BOOK, as_of=AS_OF)
    assert list(found.lines()) == [
        "R01 R01: met, £50.01 of rent is owed",
        "  met: all of these",
        "    met: the household holds a social tenancy now [yes]",
        "    met: not: rent is paid by direct debit [no]",
        "    met: any of these",
        "      met: rent fallen due and not paid is more than £50 [£50.01]",
        "      not known: signal.slide",
        "        not known: months in a row in which rent arrears rose is at least 2 [not known]",
    ]
    assert (found.outcome, found.because, found.ask) == (Outcome.MET, "£50.01 of rent is owed", ())


def test_what_is_missing_is_asked_with_what_each_answer_would_do() -> None:
    facts = {"rent.direct_debit": False, "rent.arrears": 5001}
    found = explain(RULE, facts, rulebook=BOOK, as_of=AS_OF)
    assert (found.outcome, found.because) == (Outcome.NOT_KNOWN, "")
    (ask,) = found.ask
    assert ask.meaning == "the household holds a social tenancy now"
    assert [(answer.value, answer.outcome) for answer in ask.answers] == [
        ("yes", Outcome.MET),
        ("no", Outcome.NOT_MET),
    ]


def test_a_missing_choice_is_asked_with_all_its_answers() -> None:
    book = a_rulebook({"R01": "rent.stage at or after court"})
    (ask,) = explain(book.rule("R01"), {}, rulebook=book, as_of=AS_OF).ask
    assert [answer.value for answer in ask.answers if answer.outcome is Outcome.MET] == ["court", "eviction"]


def test_a_missing_amount_is_asked_without_guessing_answers() -> None:
    facts = {"rent.tenant": True, "rent.direct_debit": False, "rent.months_rising": 0}
    (ask,) = explain(RULE, facts, rulebook=BOOK, as_of=AS_OF).ask
    assert (ask.name, ask.answers) == ("rent.arrears", ())


def test_a_rule_not_met_gives_no_reason_and_asks_nothing() -> None:
    found = explain(RULE, {"rent.tenant": False}, rulebook=BOOK, as_of=AS_OF)
    assert (found.outcome, found.because, found.ask) == (Outcome.NOT_MET, "", ())


def test_an_explanation_is_plain_json() -> None:
    told = json.loads(json.dumps(explain(RULE, {"rent.arrears": 1}, rulebook=BOOK, as_of=AS_OF).as_json()))
    assert told["outcome"] == "not_known"
    assert told["condition"]["parts"][0]["facts"] == [
        {"name": "rent.tenant", "meaning": "the household holds a social tenancy now", "value": "not known"}
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rent.stage_since >= 2026-04-01", "when the rent arrears stage began is on or after 1 April 2026"),
        ("days since rent.stage_since > grace_days", "the rent arrears stage began: more than 28 days ago"),
        ("days until rent.stage_since = 1", "the rent arrears stage began: exactly 1 day from now"),
        ("weeks since rent.stage_since <= 4", "the rent arrears stage began: at most 4 weeks ago"),
        ("rent.stage before court", "rent arrears stage is before court"),
        ("rent.stage at or after letter_2", "rent arrears stage is second letter or later"),
        ("rent.stage in (court, eviction)", "rent arrears stage is one of court, eviction"),
        ("rent.stage not in (court)", "not: rent arrears stage is court"),
        ('household.ward = "Newport"', "ward of the home is Newport"),
        ("rent.arrears is missing", "rent fallen due and not paid is missing"),
        ("rent.arrears is known", "rent fallen due and not paid is known"),
        ("offer_open", "offer open: yes"),
        ("rent.weeks_in_arrears > 1", "whole weeks of rent owed is more than 1 week"),
        ("rent.arrears < 12.5% of rent.weekly_rent", "rent fallen due and not paid is less than 12.5% of rent a week"),
        ("rent.arrears < share% of rent.weekly_rent", "rent fallen due and not paid is less than 25% of rent a week"),
        ("rent.arrears > rent.weekly_rent * few", "rent fallen due and not paid is more than (rent a week times 2)"),
        ("rent.stage_since < benefits.stopped_on + 4 weeks", "when the rent arrears stage began is before 4 weeks after the last benefit claim ended, if none is live"),
        ("at least few of (rent.tenant, rent.direct_debit)", "at least 2 of these 2"),
        ("not (rent.tenant and rent.direct_debit)", "not so"),
    ],
)  # fmt: skip
def test_conditions_read_as_plain_english(text: str, words: str) -> None:
    assert Phrases(BOOK, AS_OF).of(a_condition(text)) == words


def test_parameters_are_told_as_of_the_date() -> None:
    assert "£60" in Phrases(BOOK, date(2027, 4, 1)).of(a_condition("rent.arrears > small_debt"))
