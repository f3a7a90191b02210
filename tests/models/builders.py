"""Invented pasts: a panel of households that slide into debt or don't, and facts of one night."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl

from models.histories.feature_declarations import FEATURES
from models.histories.features import Encoding, Feature
from models.histories.labels import ANY, OUTCOMES
from models.histories.panel import Panel
from models.histories.splits import month_ends
from models.scorecards.scorecard import Scorecard
from models.training import Trained, train_on_panel
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import DTYPES, FactType

AS_OF = date(2026, 10, 31)
DATES = month_ends(date(2025, 2, 28), date(2026, 4, 30))
"""Fifteen month ends: enough for two blocks."""
CHANCES = {"liability_order": (-4.0, 1.1), "rent_court": (-3.8, 1.6)}
"""Log-odds of each outcome in these pasts: for a household in no debt, and for each step towards court."""


def a_panel(
    *,
    households: int = 600,
    dates: tuple[date, ...] = DATES,
    seed: int = 1,
    features: tuple[Feature, ...] = FEATURES,
) -> Panel:
    """Households whose debts wander; outcomes come with the steps that the debts have reached."""
    generator = np.random.default_rng(seed)
    names = np.array([f"HH{place:06}" for place in range(households)])
    tenant = generator.random(households) < 0.5
    slides = {source: _walks(generator, households, len(dates)) for source in ("council_tax", "rent")}
    frames, events = [], []
    for place, as_of in enumerate(dates):
        steps = {source: walk[:, place] for source, walk in slides.items()}
        columns = {feature.name: _values(generator, feature, steps, tenant) for feature in features}
        labels = {
            "liability_order": _comes(generator, "liability_order", np.minimum(steps["council_tax"], 4)),
            "rent_court": _comes(generator, "rent_court", np.minimum(steps["rent"], 3)) & tenant,
        }
        frame = pl.DataFrame({"household_id": names, **columns}).with_columns(
            pl.lit(as_of).alias("as_of"),
            pl.lit(None, pl.Boolean).alias("homelessness_approach"),
            *(pl.Series(name, came) for name, came in labels.items()),
        )
        frames.append(frame.with_columns(pl.any_horizontal(*labels).alias(ANY)))
        events += [
            frame.filter(name).select(
                "household_id", outcome=pl.lit(name), event_on=pl.lit(as_of + timedelta(days=90))
            )
            for name in labels
        ]
    rows = pl.concat(frames).select(
        "household_id", "as_of", *(one.name for one in features), *(one.name for one in OUTCOMES), ANY
    )
    return Panel(
        rows=rows.sort("household_id", "as_of"),
        events=pl.concat(events).sort("household_id", "outcome", "event_on"),
        features=features,
        outcomes=tuple(CHANCES),
    )


def _walks(generator: np.random.Generator, households: int, months: int) -> np.ndarray:
    """Months of debt, 0 and up, one row per household; most never owe."""
    prone = generator.random((households, 1)) < 0.35
    moves = generator.choice([-1, 0, 1], size=(households, months), p=[0.3, 0.35, 0.35])
    walk = np.zeros((households, months))
    level = generator.integers(0, 4, households)
    for month in range(months):
        level = np.clip(level + moves[:, month], 0, 6)
        walk[:, month] = level
    return walk * prone


def _values(
    generator: np.random.Generator, feature: Feature, steps: dict[str, np.ndarray], tenant: np.ndarray
) -> pl.Series:
    """The feature of households at some steps: the step itself, or a blurred view of it."""
    source = feature.name.split(".")[0]
    blur = 0 if feature.unit == "step" else generator.integers(-2, 3, len(tenant))
    level = np.maximum(steps[source] + blur, 0)
    value = {
        "pence": level * 15_000,
        "days": level * 31 + 3,
        "weeks": level * 4,
        "step": np.minimum(level, len(feature.cuts)),
    }.get(feature.unit, level)
    series = pl.Series(feature.name, value.astype(np.float64))
    known = pl.Series(tenant if source == "rent" else np.ones(len(level), dtype=bool))
    return pl.select(pl.when(known).then(series).alias(feature.name)).to_series()


def _comes(generator: np.random.Generator, outcome: str, steps: np.ndarray) -> np.ndarray:
    start, rise = CHANCES[outcome]
    return generator.random(len(steps)) < 1 / (1 + np.exp(-(start + rise * steps)))


@cache
def trained() -> Trained:
    """One training for all tests that only read it."""
    return train_on_panel(a_panel())


def a_scorecard() -> Scorecard:
    return trained().scorecard


def some_facts(*, households: int = 200, seed: int = 2, as_of: date = AS_OF) -> pl.DataFrame:
    """One row per household with every fact the model reads; about one value in six is not known."""
    generator = np.random.default_rng(seed)
    columns: dict[str, pl.Series] = {
        "household_id": pl.Series([f"HH{place:06}" for place in range(households)]),
        "council_tax__liable": pl.Series(generator.choice([True, True, False], households)),
        "rent__tenant": pl.Series(generator.choice([True, False], households)),
    }
    for feature in FEATURES:
        fact = CATALOGUE[feature.fact]
        column = columns.get(fact.column)
        if column is None:
            column = _fact_values(generator, feature, households, as_of)
            known = pl.Series(generator.random(households) > 0.17)
            columns[fact.column] = pl.select(pl.when(known).then(column)).to_series().cast(DTYPES[fact.type])
    return pl.DataFrame(columns)


def _fact_values(generator: np.random.Generator, feature: Feature, rows: int, as_of: date) -> pl.Series:
    fact = CATALOGUE[feature.fact]
    if fact.type is FactType.CHOICE:
        return pl.Series(generator.choice(list(fact.choices), rows))
    most = int(feature.cuts[-1]) + 2
    numbers = pl.Series(generator.integers(0, most, rows))
    if feature.encoding is Encoding.DAYS_BEFORE:
        return pl.select(pl.lit(as_of) - pl.duration(days=numbers)).to_series()
    return numbers
