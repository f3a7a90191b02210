"""What an agreement is worth: people are counted, not rows, and whole names beside their parts."""

import numpy as np
import polars as pl

from smart_record.table_linkage.comparing import Compared
from smart_record.table_linkage.declared_comparisons import comparisons
from smart_record.table_linkage.rarity import Rarity


def names(*people):
    forenames, surnames = zip(*people, strict=True)
    return pl.DataFrame({"forename": list(forenames), "surname": list(surnames)})


def test_somebody_who_stands_in_a_table_often_does_not_make_their_name_common():
    often = [("ANN", "ASH")] * 50 + [(f"N{row}", f"S{row}") for row in range(200)]
    rows = names(*often)
    asked = comparisons(rows)
    whose = np.concatenate([np.zeros(50, dtype=np.int64), np.arange(50, 250)])
    by_rows, by_people = Rarity.of(rows, asked), Rarity.of(rows, asked, people=whose)
    assert by_rows.logs["surname"][0] > by_rows.logs["surname"][60] + 2
    assert by_people.logs["surname"][0] == by_people.logs["surname"][60]


def test_a_forename_and_surname_of_one_community_say_less_together_than_apart():
    community = [("EWA", "NOWAK"), ("JAN", "NOWAK"), ("EWA", "ZIELINSKI"), ("JAN", "ZIELINSKI")] * 10
    others = [(f"N{row % 100}", f"S{row // 100 * 7 % 90}") for row in range(2000)]
    rows = names(*community, *others)
    rarity = Rarity.of(rows, comparisons(rows))
    assert rarity.together is not None
    equal = {"forename": np.array([5, 5], dtype=np.int8), "surname": np.array([5, 4], dtype=np.int8)}
    pairs = Compared(np.array([0, 0]), np.array([4, 4]), equal)
    whole, parts = rarity.of_whole_names(pairs)
    assert whole > 1
    assert parts == 0


def test_a_name_that_nobody_else_bears_is_worth_no_less_than_its_parts():
    rows = names(*[(f"N{row % 30}", f"S{row}") for row in range(300)])
    rarity = Rarity.of(rows, comparisons(rows))
    assert rarity.together is not None
    assert (rarity.together <= 0).all()
