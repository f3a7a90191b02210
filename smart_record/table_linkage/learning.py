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
import polars as pl

from smart_record.table_linkage.comparing import Compared, Comparer
from smart_record.table_linkage.declared_comparisons import Comparison
from smart_record.table_linkage.rarity import BELIEVED, Numbers, Rarity
from smart_record.table_linkage.text_levels import NOT_KNOWN, Levels

_DRAWN = 150_000
_SEED = 20_261_122
_ROUNDS = 30
_SETTLED = 1e-6
_FAMILY_LIKENESS = 0.03
"""How often two people of one household agree as one person would: a father and son, twins."""

_BELIEF = 6.0
"""Pairs' worth of prior belief in each comparison's m."""

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


@dataclass(frozen=True, slots=True)
class Sample:
    """Some of the candidate pairs, compared.

    Attributes:
        pairs: Each of them stands for `step` candidates.
        step: 1 where they are all.
        every: How many pairs of rows there are in all, candidates or not.
    """

    pairs: Compared
    step: int
    every: float


def learn(asked: tuple[Comparison, ...], sample: Sample, u: Mapping[str, Numbers], rarity: Rarity) -> Model:
    """Learn a model.

    Args:
        asked: What is compared.
        sample: Candidate pairs.
        u: `by_chance`.
        rarity: Of the rows' values.
    """
    m = {each.name: _first_guess(each, u[each.name]) for each in asked}
    households = any(each.of_household and each.name != "surname" for each in asked)
    start = min(1.0, _START * sample.step * len(sample.pairs.left) / sample.every)
    shares = _kept_in_bounds(np.array([start, start]), sample.every, households=households)
    for _ in range(_ROUNDS):
        model = Model(m, u, float(shares[0]), float(shares[1]))
        person, household = _responsibilities(model, asked, sample.pairs, rarity)
        before = shares
        shares = np.array([person.sum(), household.sum()]) * sample.step / sample.every
        shares = _kept_in_bounds(shares, sample.every, households=households)
        m = {each.name: _seen(sample.pairs, each, person, u[each.name]) for each in asked}
        if abs(np.log(shares[0] / before[0])) < _SETTLED:
            break
    return Model(m, u, float(shares[0]), float(shares[1]))


def _kept_in_bounds(shares: Numbers, total: float, *, households: bool) -> Numbers:
    """Never quite none of the pairs, and never most: tables of a few rows must not settle it for all."""
    bounded = np.clip(shares, 0.5 / (total + 1), 0.4) * np.array([1.0, float(households)])
    return np.asarray(bounded, dtype=np.float64)


def weigh(asked: tuple[Comparison, ...], model: Model, pairs: Compared, rarity: Rarity) -> Weighed:
    """Weigh compared pairs with a learned model."""
    one, two, strangers = _logs(model, asked, pairs, rarity)
    others = np.logaddexp(strangers, two)
    return Weighed((one - np.log(model.one_person) - strangers) / np.log(2), (one - others) / np.log(2))


def all_pairs(rows: pl.DataFrame, *, across: bool) -> float:
    """How many pairs of rows there are; across: of two tables."""
    sizes = rows.group_by("table").len()["len"].to_numpy().astype(np.float64)
    every = sizes.sum() * (sizes.sum() - 1) / 2
    within = (sizes * (sizes - 1) / 2).sum()
    return float(max(every - within if across else every, 1.0))


def by_chance(
    asked: tuple[Comparison, ...], compare: Comparer, *, rows: int, every: float
) -> dict[str, Numbers]:
    """How often strangers agree at each level of each comparison, from pairs drawn at random.

    Args:
        asked: What is compared.
        compare: Compares any pairs.
        rows: How many rows there are.
        every: How many pairs of them there are.
    """
    draw = np.random.default_rng(_SEED)
    left, right = (draw.integers(0, rows, _DRAWN) for _ in range(2))
    drawn = compare(left[left != right], right[left != right])
    found = {}
    for each in asked:
        level = drawn.levels[each.name]
        seen = np.bincount(level[level != NOT_KNOWN], minlength=each.levels).astype(np.float64)
        seen = seen * min(1.0, every / _DRAWN) + _expected(each)
        found[each.name] = seen / seen.sum()
    return found


def _expected(each: Comparison) -> Numbers:
    """What is believed of two strangers before any are seen, as counts; small tables hold too few of them."""
    counts = np.full(each.levels, 0.5)
    counts[each.best] = max(each.by_chance * BELIEVED, 0.5)
    counts[0] = BELIEVED - counts[1:].sum()
    return np.asarray(counts, dtype=np.float64)


def _first_guess(each: Comparison, u: Numbers) -> Numbers:
    """Mostly the best levels, a little of each."""
    guess = np.full(each.levels, 0.04)
    guess[each.best] = 1.0
    guess[0] = 0.1
    guess = np.maximum(guess, u * 0.05)
    return np.asarray(guess / guess.sum(), dtype=np.float64)


def _looked_up(values: Numbers, level: Levels) -> Numbers:
    """The value of each level; 0 where it is not known."""
    return np.asarray(np.append(values, 0.0)[level], dtype=np.float64)


def _logs(
    model: Model, asked: tuple[Comparison, ...], pairs: Compared, rarity: Rarity
) -> tuple[Numbers, Numbers, Numbers]:
    """Log likelihood times prior of each pair being one person, two of a household, two strangers."""
    count = len(pairs.left)
    one, two = np.zeros(count), np.zeros(count)
    strangers = rarity.of_whole_names(pairs)
    for each in asked:
        level = pairs.levels[each.name]
        m = _looked_up(np.log(model.m[each.name]), level)
        u = _looked_up(np.log(model.u[each.name]), level)
        rare = rarity.of_equals(each, pairs)
        u = np.where(np.isnan(rare), u, rare)
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
    model: Model, asked: tuple[Comparison, ...], pairs: Compared, rarity: Rarity
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
