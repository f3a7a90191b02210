"""Random rulebooks and households: typed conditions as text, facts with nulls, extremes and boundary values.

Conditions and facts draw numbers, dates and words from the same small pools, so that boundaries are met.
Any executor can be held to `rules.meaning.reference` with `rulebooks()` and `fact_sheets()`.
"""

import random
from datetime import date, timedelta
from functools import cache

import polars as pl
from hypothesis import strategies as st

from rules.language.model import Rulebook
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import DTYPES, Fact, FactType
from tests.rules.builders import AS_OF, a_rulebook

DATES_AS_OF = (AS_OF, date(2026, 4, 1), date(2027, 6, 30))

SPOKEN_OF = (
    "council_tax.arrears",
    "rent.arrears",
    "rent.weekly_rent",
    "council_tax.credit",
    "council_tax.missed_instalments_3m",
    "rent.missed_payments_3m",
    "rent.months_rising",
    "council_tax.days_in_stage",
    "council_tax.last_payment_on",
    "rent.stage_since",
    "benefits.housing_payment_ends_on",
    "council_tax.stage",
    "rent.stage",
    "benefits.stop_reason",
    "household.ward",
    "council_tax.liable",
    "benefits.universal_credit",
    "rent.direct_debit",
    "holds.vulnerable",
)
"""Facts that random conditions speak of: each type, several of the common ones."""

POUNDS = (
    "£0",
    "£0.01",
    "£49.99",
    "£50",
    "£60",
    "£299.99",
    "£300",
    "£300.01",
    "£1,400.50",
    "£999,999,999.99",
    "-£5",
)
COUNTS = ("0", "1", "2", "3", "4", "28", "60", "99999")
DAYS = (0, 1, 2, 3, 27, 28, 29, 59, 60, 61, 400)
WARDS = ("Newport", "O'Connor's End", "Llŷn & Môr", "a, b (c)", "# not a comment", "and", "")
PERCENTAGES = ("25%", "7%", "12.5%", "100%", "0%", "250%")
ORDERINGS = ("=", "!=", "<", "<=", ">", ">=")

_PENCE = (-500, 0, 1, 4999, 5000, 6000, 29999, 30000, 30001, 140050, 99999999999, 100_000_000_000)
_NUMBERS = (-1, 0, 1, 2, 3, 4, 27, 28, 29, 60, 99999, 100_000)


def _names(kind: FactType, unit: str | None = None) -> list[str]:
    facts = [CATALOGUE[name] for name in SPOKEN_OF]
    return [fact.name for fact in facts if fact.type is kind and unit in {None, fact.unit}]


def _money(level: int = 2) -> st.SearchStrategy[str]:
    plain = st.sampled_from([*_names(FactType.MONEY), *_names(FactType.MONEY), *POUNDS, "small_debt"])
    if level == 0:
        return plain
    less = _money(level - 1)
    return st.one_of(
        plain,
        st.builds("({} + {})".format, less, less),
        st.builds("({} - {})".format, less, less),
        st.builds(
            "{} * {}".format, plain, st.sampled_from(["2", "few", *_names(FactType.COUNT, "payments")])
        ),
        st.builds("{} of {}".format, st.sampled_from([*PERCENTAGES, "share%"]), plain),
    )


def _count() -> st.SearchStrategy[str]:
    payments = st.sampled_from(_names(FactType.COUNT, "payments"))
    plain = st.one_of(payments, st.sampled_from([*COUNTS, "few"]))
    return st.one_of(
        plain,
        st.builds("({} + {})".format, payments, plain),
        st.builds("{} * {}".format, plain, st.sampled_from(["2", "few"])),
        st.builds("{} of {}".format, st.sampled_from(PERCENTAGES), payments),
    )


def _dates() -> st.SearchStrategy[str]:
    facts = st.sampled_from(_names(FactType.DATE))
    moved = st.builds(
        "{} {} {}".format,
        facts,
        st.sampled_from("+-"),
        st.sampled_from(["30 days", "4 weeks", "grace_days days", "0 days"]),
    )
    return st.one_of(facts, moved, st.sampled_from(["2026-04-01", "2026-09-02", "new_year", "1900-01-01"]))


def _comparisons() -> st.SearchStrategy[str]:
    ordering = st.sampled_from(ORDERINGS)
    money_fact, count_fact, date_fact = (
        st.sampled_from(_names(kind)) for kind in (FactType.MONEY, FactType.COUNT, FactType.DATE)
    )
    payments = st.sampled_from(_names(FactType.COUNT, "payments"))
    return st.one_of(
        st.builds("{} {} {}".format, money_fact, ordering, _money()),
        st.builds("{} {} {}".format, _money(), ordering, money_fact),
        st.builds("{} {} {}".format, payments, ordering, _count()),
        st.builds("{} {} {}".format, count_fact, ordering, st.sampled_from(COUNTS)),
        st.builds("{} {} {}".format, date_fact, ordering, _dates()),
        st.builds("{} between {} and few".format, payments, st.sampled_from(["0", "1", "2"])),
        st.builds("{} not between £0.01 and {}".format, money_fact, st.sampled_from(["£50", "small_debt"])),
        _elapsed(),
    )


def _elapsed() -> st.SearchStrategy[str]:
    facts = st.sampled_from(_names(FactType.DATE))
    clock = st.sampled_from(["since", "until"])
    in_days = st.builds(
        "days {} {} {} {}".format,
        clock,
        facts,
        st.sampled_from(ORDERINGS),
        st.sampled_from(["0", "1", "28", "60", "grace_days", "grace_days * 2", "50% of 57"]),
    )
    in_weeks = st.builds(
        "weeks {} {} {} {}".format,
        clock,
        facts,
        st.sampled_from(ORDERINGS),
        st.sampled_from(["0", "4", "few"]),
    )
    flipped = st.builds(
        "{} {} days {} {}".format, st.sampled_from(["28", "60"]), st.sampled_from(ORDERINGS), clock, facts
    )
    spans = st.builds("days {} {} between 28 and 60".format, clock, facts)
    return st.one_of(in_days, in_weeks, flipped, spans)


@st.composite
def _words(draw: st.DrawFn) -> str:
    fact = CATALOGUE[draw(st.sampled_from([*_names(FactType.CHOICE), *_names(FactType.TEXT)]))]
    pool = fact.choices or WARDS
    some = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=4))
    quoted = [f'"{word}"' for word in some]
    if fact.name.endswith(".stage") and draw(st.booleans()):
        order = draw(st.sampled_from(["before", "at or before", "at or after", "after"]))
        stage = "hard_stage" if fact.name == "council_tax.stage" and draw(st.booleans()) else some[0]
        return f"{fact.name} {order} {stage}"
    form = draw(st.sampled_from(["{} = {}", "{} != {}", "{} in ({})", "{} not in ({})"]))
    return form.format(fact.name, ", ".join(quoted) if "in" in form else quoted[0])


def _leaves(signals: tuple[str, ...]) -> st.SearchStrategy[str]:
    yes_no = st.sampled_from([*_names(FactType.YES_NO), *_names(FactType.YES_NO), "offer_open", *signals])
    known = st.builds("{} is {}".format, st.sampled_from(SPOKEN_OF), st.sampled_from(["known", "missing"]))
    return st.one_of(_comparisons(), _comparisons(), _words(), yes_no, known)


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        st.builds(lambda each: f"({' and '.join(each)})", several),
        st.builds(lambda each: f"({' or '.join(each)})", several),
        st.builds(lambda each: f"at least 2 of ({', '.join(each)})", several),
        st.builds(lambda each: f"at least few of ({', '.join(each)})", several),
        st.builds("not ({})".format, parts),
    )


@cache
def conditions(signals: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    """Texts of typed conditions over `SPOKEN_OF`, the builders' parameters and some signals."""
    return st.recursive(_leaves(signals), _joined, max_leaves=6)


def _joined_with(events: st.SearchStrategy[str], others: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    alone = st.one_of(events, st.builds("not ({})".format, events))
    return st.one_of(
        alone,
        others,
        st.builds("({} and {})".format, alone, others),
        st.builds("({} or {})".format, others, alone),
        st.builds("at least 2 of ({}, {}, {})".format, alone, events, others),
    )


@st.composite
def rulebooks(
    draw: st.DrawFn, rules: int = 6, least: int = 1, events: st.SearchStrategy[str] | None = None
) -> Rulebook:
    """Rulebooks of several rules and two signals, the second of which may read the first.

    `events` are texts of conditions on events, which then stand among the others.
    """

    def some(names: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
        return conditions(names) if events is None else _joined_with(events, conditions(names))

    signals = {"signal.first": draw(some()), "signal.second": draw(some(("signal.first",)))}
    texts = draw(st.lists(some(tuple(signals)), min_size=least, max_size=rules))
    return a_rulebook({f"R{n:02}": text for n, text in enumerate(texts)}, signals=signals)


def _values(fact: Fact) -> st.SearchStrategy[object]:
    match fact.type:
        case FactType.MONEY:
            known: st.SearchStrategy[object] = st.sampled_from(_PENCE) | st.integers(0, 200_000)
        case FactType.COUNT:
            known = st.sampled_from(_NUMBERS)
        case FactType.DATE:
            around = [
                each + timedelta(days=sign * n) for each in DATES_AS_OF for n in DAYS for sign in (-1, 1)
            ]
            known = st.sampled_from([*around, date(1900, 1, 1), date(2199, 12, 31)])
        case FactType.YES_NO:
            known = st.booleans()
        case _:
            known = st.sampled_from(fact.choices or WARDS)
    return known


@st.composite
def fact_sheets(draw: st.DrawFn, households: int = 40, least: int = 1) -> pl.DataFrame:
    """Frames of facts: household_id and every fact of `SPOKEN_OF`, about a third of them null."""
    size = draw(st.integers(least, households))
    # The seed deals the values out: a draw for each cell would take most of the test's time.
    deal = random.Random(draw(st.integers(0, 2**32 - 1)))
    columns: dict[str, pl.Series] = {}
    for fact in (CATALOGUE[name] for name in SPOKEN_OF):
        pool = [None, *draw(st.lists(_values(fact), min_size=2, max_size=4))]
        columns[fact.column] = pl.Series(deal.choices(pool, k=size), dtype=DTYPES[fact.type])
    ids = [f"H{n:04}" for n in range(size)]
    deal.shuffle(ids)
    return pl.DataFrame({"household_id": ids, **columns})
