"""What each level of agreement is worth, learned from the tables themselves without labels.

The model of Fellegi and Sunter over all pairs of rows. u, how often two people agree so, comes from pairs
drawn at random; for equal values it is the value's own frequency. m, how often one person's rows do, and how
many pairs are one person's, come by expectation maximisation over the candidates, all other pairs being held
to be two people's; so no key biases them.

Where the tables have addresses there is a third kind of pair beside one person and two strangers: two people
of one household, who share surname and place and nothing else. Without it, what a family has in common is
counted as if it spoke for one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.table_linkage.comparing import Compared, Comparer
from smart_record.table_linkage.declared_comparisons import Comparison
from smart_record.table_linkage.text_levels import NOT_KNOWN, Rows

Numbers = npt.NDArray[np.float64]

_DRAWN = 150_000
_SEED = 20_261_122
_ROUNDS = 30
_SETTLED = 1e-6
_MOST_LEARNED_FROM = 400_000
_FAMILY_LIKENESS = 0.03
"""How often two people of one household agree as one person would: a father and son, twins."""

_BELIEF = 6.0
"""Pairs' worth of prior belief in each comparison's m."""

_BELIEVED = 100.0
"""Rows' worth, and pairs' worth, of prior belief in how often strangers agree."""

_START = 0.02


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned.

    Attributes:
        m: By comparison, the share of one person's pairs at each level.
        u: By comparison, the share of two strangers' pairs at each level.
        one_person: Share of all pairs that are one person's.
        one_household: Share of all pairs that are two people's of one household; 0 where tables say nothing
            of households.
    """

    m: Mapping[str, Numbers]
    u: Mapping[str, Numbers]
    one_person: float
    one_household: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs weighed: match_weight (log2 m/u, all comparisons together), posterior (log2 odds), by pair."""

    match_weight: Numbers
    posterior: Numbers


def learn(
    rows: pl.DataFrame, asked: tuple[Comparison, ...], candidates: Compared, compare: Comparer
) -> Model:
    """Learn a model.

    Args:
        rows: `standard_rows` with `address`.
        asked: What is compared.
        candidates: The candidate pairs, compared.
        compare: Compares any pairs.
    """
    u = _by_chance(rows, asked, compare)
    total = _all_pairs(rows, across=_across(rows))
    step = -(-len(candidates.left) // _MOST_LEARNED_FROM)
    some = _every(candidates, step)
    rarity = _rarity_logs(rows, asked, some)
    m = {each.name: _first_guess(each, u[each.name]) for each in asked}
    households = any(each.of_household and each.name != "surname" for each in asked)
    start = _START * rows.height / total
    shares = _kept_in_bounds(np.array([start, start]), total, households=households)
    for _ in range(_ROUNDS):
        model = Model(m, u, float(shares[0]), float(shares[1]))
        person, household = _responsibilities(model, asked, some, rarity)
        before = shares
        shares = np.array([person.sum(), household.sum()]) * step / total
        shares = _kept_in_bounds(shares, total, households=households)
        m = {each.name: _seen(some, each, person, u[each.name]) for each in asked}
        if abs(np.log(shares[0] / before[0])) < _SETTLED:
            break
    return Model(m, u, float(shares[0]), float(shares[1]))


def _kept_in_bounds(shares: Numbers, total: float, *, households: bool) -> Numbers:
    """Never quite none of the pairs, and never most: tables of a few rows must not settle it for all."""
    bounded = np.clip(shares, 0.5 / (total + 1), 0.4) * np.array([1.0, float(households)])
    return np.asarray(bounded, dtype=np.float64)


def weigh(rows: pl.DataFrame, asked: tuple[Comparison, ...], model: Model, pairs: Compared) -> Weighed:
    """Weigh compared pairs with a learned model."""
    one, two, strangers = _logs(model, asked, pairs, _rarity_logs(rows, asked, pairs))
    others = np.logaddexp(strangers, two)
    return Weighed((one - np.log(model.one_person) - strangers) / np.log(2), (one - others) / np.log(2))


def weights_by_comparison(
    rows: pl.DataFrame, asked: tuple[Comparison, ...], model: Model, pairs: Compared
) -> dict[str, Numbers]:
    """The match weight of each pair taken apart."""
    rarity = _rarity_logs(rows, asked, pairs)
    apart = {}
    for each in asked:
        level = pairs.levels[each.name]
        m, u = (_looked_up(np.log(values), level) for values in (model.m[each.name], model.u[each.name]))
        apart[each.name] = (m - np.where(np.isnan(rarity[each.name]), u, rarity[each.name])) / np.log(2)
    return apart


def _across(rows: pl.DataFrame) -> bool:
    return bool(rows["table"].n_unique() > 1 and rows["across"].all())


def _all_pairs(rows: pl.DataFrame, *, across: bool) -> float:
    sizes = rows.group_by("table").len()["len"].to_numpy().astype(np.float64)
    every = sizes.sum() * (sizes.sum() - 1) / 2
    within = (sizes * (sizes - 1) / 2).sum()
    return float(max(every - within if across else every, 1.0))


def _by_chance(rows: pl.DataFrame, asked: tuple[Comparison, ...], compare: Comparer) -> dict[str, Numbers]:
    """Levels of pairs drawn at random, each level once at least; equal values by their frequencies."""
    draw = np.random.default_rng(_SEED)
    left, right = (draw.integers(0, rows.height, _DRAWN) for _ in range(2))
    drawn = compare(left[left != right], right[left != right])
    found = {}
    for each in asked:
        level = drawn.levels[each.name]
        seen = np.bincount(level[level != NOT_KNOWN], minlength=each.levels).astype(np.float64)
        seen = seen * min(1.0, _all_pairs(rows, across=_across(rows)) / _DRAWN) + _expected(each)
        found[each.name] = seen / seen.sum()
    return found


def _expected(each: Comparison) -> Numbers:
    """What is believed of two strangers before any are seen, as counts; small tables hold too few of them."""
    counts = np.full(each.levels, 0.5)
    counts[each.best] = max(each.by_chance * _BELIEVED, 0.5)
    counts[0] = _BELIEVED - counts[1:].sum()
    return np.asarray(counts, dtype=np.float64)


def _first_guess(each: Comparison, u: Numbers) -> Numbers:
    """Mostly the best levels, a little of each."""
    guess = np.full(each.levels, 0.04)
    guess[each.best] = 1.0
    guess[0] = 0.1
    guess = np.maximum(guess, u * 0.05)
    return np.asarray(guess / guess.sum(), dtype=np.float64)


def _every(compared: Compared, step: int) -> Compared:
    if step <= 1:
        return compared
    levels = {name: level[::step] for name, level in compared.levels.items()}
    return Compared(compared.left[::step], compared.right[::step], levels)


def _rarity_logs(rows: pl.DataFrame, asked: tuple[Comparison, ...], pairs: Compared) -> dict[str, Numbers]:
    """By comparison: the natural log of the frequency of the value that a pair shares; NaN where none is."""
    found = {}
    for each in asked:
        logs = np.full(len(pairs.left), np.nan)
        for level, column in each.rarity.items():
            if column in rows.columns:
                at = (pairs.levels[each.name] == level).nonzero()[0]
                logs[at] = _frequency_logs(rows[column], each.by_chance)[pairs.left[at]]
        found[each.name] = logs
    return found


def _frequency_logs(values: pl.Series, expected: float) -> Numbers:
    """Log of how often another row has each row's value, small tables helped by what is usual."""
    known = len(values) - values.null_count()
    counts = values.to_frame("value").select(
        pl.when(pl.col("value").is_not_null()).then(pl.len().over("value"))
    )
    uses = counts.to_series().fill_null(1).to_numpy().astype(np.float64)
    others = np.maximum(uses - 1.0, 1.0) + expected * _BELIEVED
    return np.asarray(np.log(others / (known + _BELIEVED)), dtype=np.float64)


def _looked_up(values: Numbers, level: Rows | npt.NDArray[np.int8]) -> Numbers:
    """The value of each level; 0 where it is not known."""
    return np.asarray(np.append(values, 0.0)[level], dtype=np.float64)


def _logs(
    model: Model, asked: tuple[Comparison, ...], pairs: Compared, rarity: Mapping[str, Numbers]
) -> tuple[Numbers, Numbers, Numbers]:
    """Log likelihood times prior of each pair being one person, two of a household, two strangers."""
    count = len(pairs.left)
    one, two, strangers = (np.zeros(count) for _ in range(3))
    for each in asked:
        level = pairs.levels[each.name]
        m = _looked_up(np.log(model.m[each.name]), level)
        u = _looked_up(np.log(model.u[each.name]), level)
        rare = ~np.isnan(rarity[each.name])
        u = np.where(rare, rarity[each.name], u)
        one += m
        strangers += u
        if each.of_household:
            two += m
        else:
            alike = np.logaddexp(np.log(1 - _FAMILY_LIKENESS) + u, np.log(_FAMILY_LIKENESS) + m)
            two += np.where(level == NOT_KNOWN, 0.0, alike)
    with np.errstate(divide="ignore"):
        household = np.log(model.one_household)
    rest = np.log1p(-model.one_person - model.one_household)
    return one + np.log(model.one_person), two + household, strangers + rest


def _responsibilities(
    model: Model, asked: tuple[Comparison, ...], pairs: Compared, rarity: Mapping[str, Numbers]
) -> tuple[Numbers, Numbers]:
    one, two, strangers = _logs(model, asked, pairs, rarity)
    total = np.logaddexp(np.logaddexp(one, two), strangers)
    return np.exp(one - total), np.exp(two - total)


def _seen(pairs: Compared, each: Comparison, person: Numbers, u: Numbers) -> Numbers:
    """The share of one person's pairs at each level, held back by a little prior belief."""
    level = pairs.levels[each.name]
    known = level != NOT_KNOWN
    seen = np.bincount(level[known], weights=person[known], minlength=each.levels)
    prior = _first_guess(each, u)
    share = seen + _BELIEF * prior
    return np.asarray(share / share.sum(), dtype=np.float64)
