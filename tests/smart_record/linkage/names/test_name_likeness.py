"""How like two names are."""

import numpy as np
import polars as pl
import pytest

from smart_record.linkage.names.name_likeness import Forenames, Likeness, Surnames, forename_likeness
from smart_record.linkage.names.name_words import name_skeletons


def likeness(kind, one, other):
    """The likeness of two names, the same both ways round."""
    names = kind.of(pl.Series([one] if one == other else [one, other]))
    here, there = np.array([0]), np.array([int(one != other)])
    (level,), (turned,) = names.likeness(here, there), names.likeness(there, here)
    assert level == turned
    return Likeness(level)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("JOAN", "JOAN", Likeness.EQUAL),
        ("PEGGY", "MARGARET", Likeness.ALIAS),
        ("MAGGIE", "PEGGY", Likeness.ALIAS),
        ("MUHAMMAD", "MOHAMMED", Likeness.ALIAS),
        ("OLEKSANDR", "ALEXANDER", Likeness.ALIAS),
        ("WM", "WILLIAM", Likeness.ALIAS),
        ("KATE", "KATHRYN", Likeness.SLIP),
        ("MARGRAET", "MARGARET", Likeness.SLIP),
        ("MARGRAET", "PEGGY", Likeness.SLIP),
        ("DOON", "DONALD", Likeness.SLIP),
        ("W", "WILLIAM", Likeness.INITIAL),
        ("W", "W", Likeness.INITIAL),
        ("B", "WILLIAM", Likeness.SIMILAR),
        ("W", "JOHN", Likeness.UNLIKE),
        ("GY", "GUY", Likeness.SIMILAR),
        ("KAREN", "KEVIN", Likeness.UNLIKE),
        ("JOHN", "RICHARD", Likeness.UNLIKE),
    ],
)
def test_forenames(one, other, level):
    assert likeness(Forenames, one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("PARROTT", "PARROTT", Likeness.EQUAL),
        ("CHAUDHRY", "CHOWDHURY", Likeness.ALIAS),
        ("PARROTT", "PARROT", Likeness.SLIP),
        ("ADARNS", "ADAMS", Likeness.SLIP),
        ("PARROTT-HAIGH", "HAIGH", Likeness.SLIP),
        ("PARROTT-HAIGH", "PARROTTHAIGH", Likeness.EQUAL),
        ("P", "PARROTT", Likeness.INITIAL),
        ("PARROTT", "MUDGE", Likeness.UNLIKE),
    ],
)
def test_surnames(one, other, level):
    assert likeness(Surnames, one, other) == level


def test_names_that_are_not_known_are_not_compared():
    pairs = pl.DataFrame(
        {"left": ["JOAN", None], "right": [None, "JOAN"]}, {"left": pl.String, "right": pl.String}
    )
    assert forename_likeness(pairs).is_empty()


@pytest.mark.parametrize(
    ("one", "other"),
    [("YOUSUF", "YUSEF"), ("RASOOL", "RASUL"), ("KOWALSKI", "KOVALSKY"), ("MEHMOOD", "MAHMUD")],
)
def test_transliterations_share_a_skeleton(one, other):
    assert name_skeletons(pl.Series([one, other, None])).n_unique() == 2
