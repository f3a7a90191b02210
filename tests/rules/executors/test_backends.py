"""One rulebook, three engines: the same truths of every household on polars, DuckDB and Spark."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import rules
from rules import load_rulebook
from rules.errors import FactOutOfRange, FactsMalformed
from rules.executors.backends import truths_on
from rules.executors.frames import truths
from rules.language.model import Rulebook
from smart_record.events import Events, History
from smart_record.facts.declarations import FACTS
from smart_record.facts.terms.catalogue import DTYPES
from tests.rules.builders import AS_OF, a_rulebook
from tests.rules.engines import NO_EVENTS, on_duckdb, spark_session
from tests.rules.event_strategies import frames_of
from tests.rules.strategies import DATES_AS_OF, fact_sheets, rulebooks

LIBRARY = load_rulebook(Path(rules.__file__).parent / "library")
CASES_ON = date(2026, 10, 31)
"""The date of most of the library's cases."""
GIVEN = [case.given for rule in LIBRARY.rules for case in rule.cases]
HOUSEHOLDS = 100_000
SOME = pl.DataFrame(
    {
        "household_id": ["H2", "H1", "H3"],
        "rent__arrears": [2**40, 1, -(2**50)],
        "rent__weekly_rent": [1, 2, 3],
    }
)

Engine: TypeAlias = Callable[..., pl.DataFrame]
"""The truths as one engine finds them, sorted by household."""


@pytest.fixture(scope="module")
def on_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home = tmp_path_factory.mktemp("spark")
    with spark_session(home) as session:

        def found(
            rulebook: Rulebook, facts: pl.DataFrame, as_of: date, events: Events = NO_EVENTS
        ) -> pl.DataFrame:
            frames = {"facts": facts, "happened": events.happened, "reach": events.reach}
            for name, frame in frames.items():
                frame.write_parquet(home / f"{name}.parquet")
            read, *known = (session.read.parquet(str(home / f"{name}.parquet")) for name in frames)
            written = home / "truths"
            computed = truths_on(rulebook, read, as_of=as_of, events=(known[0], known[1]))
            computed.write.mode("overwrite").parquet(str(written))
            return pl.read_parquet(written / "*.parquet").sort("household_id")

        yield found


@pytest.fixture(scope="module")
def town() -> pl.DataFrame:
    """Households with every fact: the library's cases, then values of all dealt out, a third not known."""
    deal = random.Random(20261122)
    columns = {}
    for fact in FACTS:
        pool = [each[fact.name] for each in GIVEN if fact.name in each] or [None]
        as_told = [each.get(fact.name) for each in GIVEN]
        dealt = deal.choices([*pool, *[None] * (len(pool) // 2)], k=HOUSEHOLDS - len(GIVEN))
        columns[fact.column] = pl.Series([*as_told, *dealt], dtype=DTYPES[fact.type])
    ids = [f"H{number:06}" for number in range(HOUSEHOLDS)]
    deal.shuffle(ids)
    return pl.DataFrame({"household_id": ids, **columns})


@pytest.fixture(scope="module")
def happenings(town: pl.DataFrame) -> Events:
    """What happened to some of them: histories of the library's own cases, and some cut short."""
    deal = random.Random(20261123)
    histories = [{name: each for name, each in given.items() if isinstance(each, History)} for given in GIVEN]
    told = [each for each in histories if each]
    told += [{name: replace(each, known_from=CASES_ON) for name, each in known.items()} for known in told]
    ids = town["household_id"].to_list()
    return frames_of(
        dict(zip(ids, [*histories, *deal.choices(told, k=len(ids) - len(histories))], strict=True))
    )


def test_the_library_says_the_same_of_100_000_households_on_every_engine(
    on_spark: Engine, town: pl.DataFrame, happenings: Events
) -> None:
    expected = truths(LIBRARY, town, as_of=CASES_ON, events=happenings)
    assert expected.height == HOUSEHOLDS
    assert expected.columns[1:] == [rule.id for rule in LIBRARY.in_force(CASES_ON)]
    for rule_id in expected.columns[1:]:
        assert expected[rule_id].n_unique() == 3, f"{rule_id} is not seen met, not met and not known"
    assert on_duckdb(LIBRARY, town, CASES_ON, happenings).equals(expected)
    assert on_spark(LIBRARY, town, CASES_ON, happenings).equals(expected)


@settings(
    derandomize=True,
    max_examples=2,  # the first is the simplest there is, the second is not
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    rulebook=rulebooks(rules=30, least=30),
    facts=fact_sheets(households=HOUSEHOLDS, least=HOUSEHOLDS),
    as_of=st.sampled_from(DATES_AS_OF),
)
def test_random_rulebooks_say_the_same_of_100_000_households_on_every_engine(
    on_spark: Engine, rulebook: Rulebook, facts: pl.DataFrame, as_of: date
) -> None:
    expected = truths(rulebook, facts, as_of=as_of)
    assert expected.height == HOUSEHOLDS
    assert on_duckdb(rulebook, facts, as_of).equals(expected)
    assert on_spark(rulebook, facts, as_of).equals(expected)


@settings(derandomize=True, max_examples=10, deadline=None)
@given(rulebook=rulebooks(), facts=fact_sheets(households=30), as_of=st.sampled_from(DATES_AS_OF))
def test_small_random_sheets_say_the_same_on_duckdb(
    rulebook: Rulebook, facts: pl.DataFrame, as_of: date
) -> None:
    assert on_duckdb(rulebook, facts, as_of).equals(truths(rulebook, facts, as_of=as_of))


def test_every_engine_refuses_a_figure_too_large_to_calculate_with(on_spark: Engine) -> None:
    book = a_rulebook({"R01": "rent.arrears > 25% of rent.weekly_rent"})
    for engine in (lambda *given: truths(*given[:2], as_of=given[2]), on_duckdb, on_spark):
        with pytest.raises(FactOutOfRange, match=r"rent\.arrears of household H2 \(2 in all\) is larger"):
            engine(book, SOME, AS_OF)


def test_every_engine_refuses_a_fact_of_another_type(on_spark: Engine) -> None:
    book = a_rulebook({"R01": "rent.arrears > £5"})
    for engine in (on_duckdb, on_spark):
        with pytest.raises(FactsMalformed, match="Column rent__arrears of the facts is Float64, not Int64"):
            engine(book, SOME.with_columns(pl.col("rent__arrears").cast(pl.Float64)), AS_OF)
