import numpy as np

from models.evaluation.pairs import rank_pairs


def test_the_pair_that_decides_together_comes_first():
    generator = np.random.default_rng(3)
    codes = generator.integers(0, 6, (4000, 5)).astype(float)
    labels = ((codes[:, 1] > 2) ^ (codes[:, 4] > 2)).astype(float)
    assert rank_pairs(codes, labels, np.zeros(4000), most=3)[0] == (1, 4)


def test_what_columns_say_alone_is_no_pair():
    generator = np.random.default_rng(4)
    codes = generator.integers(0, 6, (6000, 4)).astype(float)
    hidden = (codes[:, 2] > 2) == (codes[:, 3] > 2)
    labels = (generator.random(6000) < 0.1 + 0.6 * (codes[:, 0] > 2) + 0.2 * hidden).astype(float)
    assert rank_pairs(codes, labels, np.zeros(6000), most=1) == ((2, 3),)


def test_unknown_values_and_a_level_column_are_taken():
    codes = np.full((300, 3), np.nan)
    codes[:, 1] = np.arange(300) % 4
    labels = (np.arange(300) % 2).astype(float)
    ranked = rank_pairs(codes, labels, np.zeros(300), most=10)
    assert sorted(ranked) == [(0, 1), (0, 2), (1, 2)]
