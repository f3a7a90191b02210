"""The meaning of conditions: Kleene's three values, elapsed time, exact percentages, what to ask."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product

import pytest

from rules.errors import ParameterNotInForce
from rules.language.tree import Value
from rules.language.vocabulary import Outcome
from rules.meaning.reference import Household, judge, trace
from tests.rules.builders import AS_OF, a_condition, a_rulebook

Truth = bool | None
BOOK = a_rulebook({"R01": "rent.tenant"}, signals={"signal.slide": "rent.months_rising >= few"})
SYMBOLS: Mapping[str, Truth] = {"T": True, "F": False, "-": None}


def truth(text: str, as_of: date = AS_OF, **facts: Value | None) -> Truth:
    """The truth of a condition; facts by keyword, two underscores for the dot."""
    known = {name.replace("__", "."): value for name, value in facts.items()}
    return trace(a_condition(text), Household(facts=known, rulebook=BOOK, as_of=as_of)).truth


@pytest.mark.parametrize(
    ("operator", "table"),
    [
        # rows: left T F -; columns: right T F -
        ("and", ("TF-", "FFF", "-F-")),
        ("or", ("TTT", "TF-", "T--")),
    ],
)
def test_and_and_or_are_strong_kleene(operator: str, table: tuple[str, ...]) -> None:
    for (row, left), (column, right) in product(enumerate("TF-"), repeat=2):
        found = truth(
            f"rent.tenant {operator} council_tax.liable",
            rent__tenant=SYMBOLS[left],
            council_tax__liable=SYMBOLS[right],
        )
        assert found is SYMBOLS[table[row][column]], (left, operator, right)


@pytest.mark.parametrize(("value", "negated"), [(True, False), (False, True), (None, None)])
def test_not_leaves_the_unknown_unknown(value: Truth, negated: Truth) -> None:
    assert truth("not rent.tenant", rent__tenant=value) is negated


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("TT-", True),
        ("TTF", True),
        ("T--", None),
        ("TF-", None),
        ("TFF", False),
        ("FF-", False),
        ("F--", None),
        ("---", None),
    ],
)
def test_at_least_two_of_three(values: str, expected: Truth) -> None:
    names = ("rent__tenant", "council_tax__liable", "rent__direct_debit")
    known = {name: SYMBOLS[each] for name, each in zip(names, values, strict=True)}
    text = "at least 2 of (rent.tenant, council_tax.liable, rent.direct_debit)"
    assert truth(text, **known) is expected


@pytest.mark.parametrize("operator", ["=", "!=", "<", "<=", ">", ">="])
def test_comparing_with_what_is_not_known_is_not_known(operator: str) -> None:
    assert truth(f"rent.arrears {operator} £0") is None
    assert truth(f"rent.arrears {operator} rent.weekly_rent", rent__arrears=0) is None
    assert truth(f"days since rent.stage_since {operator} 3") is None


def test_a_missing_fact_does_not_hide_what_is_settled() -> None:
    assert truth("rent.arrears > £5 and rent.tenant", rent__arrears=500) is False
    assert truth("rent.arrears > £5 or rent.tenant", rent__arrears=501) is True
    assert truth("rent.arrears > £5 or rent.arrears <= £5") is None


def test_is_known_and_is_missing_are_never_not_known() -> None:
    assert truth("rent.arrears is known") is False
    assert truth("rent.arrears is missing") is True
    assert truth("rent.arrears is known", rent__arrears=0) is True
    assert truth("rent.tenant is missing", rent__tenant=False) is False


@pytest.mark.parametrize(("pence", "expected"), [(29999, False), (30000, True), (30001, True)])
def test_money_is_compared_to_the_penny(pence: int, expected: bool) -> None:
    assert truth("rent.arrears >= £300", rent__arrears=pence) is expected


@pytest.mark.parametrize("percent", [1, 7, 12, 25, 33, 70])
def test_percentages_are_exact_on_their_boundary(percent: int) -> None:
    for pence in (100, 700, 5000, 12300, 999_900):
        exact = pence * percent // 100
        facts = {"rent__weekly_rent": pence, "rent__arrears": exact}
        assert truth(f"rent.arrears = {percent}% of rent.weekly_rent", **facts) is True
        assert truth(f"rent.arrears < {percent}% of rent.weekly_rent", **facts) is False


@pytest.mark.parametrize(
    ("text", "truths"),
    [
        # for the fact 2 days ago, 1 day ago, today, tomorrow, in 2 days
        ("days since rent.stage_since >= 1", "TTFFF"),
        ("days since rent.stage_since > 1", "TFFFF"),
        ("days since rent.stage_since <= 1", "FTTFF"),
        ("days since rent.stage_since < 1", "FFTFF"),
        ("days since rent.stage_since = 1", "FTFFF"),
        ("days since rent.stage_since != 1", "TFTFF"),
        ("days until rent.stage_since >= 1", "FFFTT"),
        ("days until rent.stage_since <= 1", "FFTTF"),
        ("days until rent.stage_since != 1", "FFTFT"),
        ("days since rent.stage_since between 0 and 1", "FTTFF"),
        ("not (days since rent.stage_since <= 1)", "TFFTT"),
    ],
)
def test_elapsed_days_count_one_way_only(text: str, truths: str) -> None:
    for days, expected in zip((-2, -1, 0, 1, 2), truths, strict=True):
        assert truth(text, rent__stage_since=AS_OF + timedelta(days=days)) is SYMBOLS[expected], days


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2)])
def test_weeks_are_whole_weeks(days: int, weeks: int) -> None:
    since = AS_OF - timedelta(days=days)
    assert truth(f"weeks since rent.stage_since = {weeks}", rent__stage_since=since) is True
    assert truth(f"weeks since rent.stage_since > {weeks}", rent__stage_since=since) is False


def test_stages_are_compared_in_their_order() -> None:
    found = {
        order: [
            truth(f"rent.stage {order} court", rent__stage=stage)
            for stage in ("letter_1", "court", "eviction")
        ]
        for order in ("before", "at or before", "at or after", "after")
    }
    assert found == {
        "before": [True, False, False],
        "at or before": [True, True, False],
        "at or after": [False, True, True],
        "after": [False, False, True],
    }
    assert truth("rent.stage before court") is None


def test_dates_move_by_days_and_weeks() -> None:
    facts = {"rent__stage_since": date(2026, 3, 1), "benefits__stopped_on": date(2026, 1, 30)}
    assert truth("rent.stage_since <= benefits.stopped_on + 30 days", **facts) is True
    assert truth("rent.stage_since <= benefits.stopped_on + 29 days", **facts) is False
    assert truth("rent.stage_since - 4 weeks > benefits.stopped_on", **facts) is True


def test_parameters_are_read_by_the_date() -> None:
    facts = {"rent__arrears": 5500}
    assert truth("rent.arrears > small_debt", date(2027, 3, 31), **facts) is True
    assert truth("rent.arrears > small_debt", date(2027, 4, 1), **facts) is False
    with pytest.raises(ParameterNotInForce, match="small_debt has no value on 31 March 2026"):
        truth("rent.arrears > small_debt", date(2026, 3, 31), **facts)


def test_a_signal_has_the_truth_of_its_condition() -> None:
    assert truth("signal.slide", rent__months_rising=2) is True
    assert truth("signal.slide", rent__months_rising=1) is False
    assert truth("not signal.slide") is None


def judged(text: str, **facts: Value | None) -> tuple[Outcome, tuple[str, ...]]:
    book = a_rulebook({"R01": text}, signals={"signal.slide": "rent.months_rising >= few"})
    known = {name.replace("__", "."): value for name, value in facts.items()}
    found = judge(book.rule("R01"), known, rulebook=book, as_of=AS_OF)
    return found.outcome, found.missing


@pytest.mark.parametrize(
    ("text", "facts", "missing"),
    [
        ("rent.tenant and rent.arrears > £5", {}, ("rent.arrears", "rent.tenant")),
        ("rent.tenant and rent.arrears > £5", {"rent__tenant": True}, ("rent.arrears",)),
        ("rent.tenant or council_tax.liable", {"rent__tenant": False}, ("council_tax.liable",)),
        ("rent.arrears > rent.weekly_rent", {"rent__arrears": 1}, ("rent.weekly_rent",)),
        ("signal.slide and rent.tenant", {"rent__tenant": True}, ("rent.months_rising",)),
        ("rent.arrears is missing and rent.tenant", {}, ("rent.tenant",)),
    ],
)  # fmt: skip
def test_only_facts_that_could_settle_it_are_asked_for(
    text: str, facts: dict[str, Value], missing: tuple[str, ...]
) -> None:
    assert judged(text, **facts) == (Outcome.NOT_KNOWN, missing)


def test_nothing_is_asked_where_it_is_settled() -> None:
    assert judged("rent.tenant or rent.arrears > £5", rent__tenant=True) == (Outcome.MET, ())
    assert judged("rent.tenant and rent.arrears > £5", rent__tenant=False) == (Outcome.NOT_MET, ())


def test_the_trace_holds_each_condition_with_the_facts_it_read() -> None:
    found = trace(
        a_condition("rent.tenant and (rent.arrears > £5 or signal.slide)"),
        Household(facts={"rent.tenant": True, "rent.months_rising": 3}, rulebook=BOOK, as_of=AS_OF),
    )
    tenant, either = found.parts
    arrears, signal = either.parts
    assert (found.truth, dict(found.facts)) == (True, {})
    assert (tenant.truth, dict(tenant.facts)) == (True, {"rent.tenant": True})
    assert (arrears.truth, dict(arrears.facts)) == (None, {"rent.arrears": None})
    assert (signal.truth, dict(signal.parts[0].facts)) == (True, {"rent.months_rising": 3})
