"""Candidates: nothing that shares a rare value is passed by, and each pair comes once."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.table_linkage.keys import as_pairs, candidate_pairs, ends

NAMES = ["ANN", "BEN", "CLARA", "DEV", "EWA", "FINN", "GITA", "HUGO", "IDA", "JAN"]


def rows_of(cells, tables=None):
    surnames, births, streets = (list(column) for column in zip(*cells, strict=True))
    return pl.DataFrame(
        {
            "table": tables or [0] * len(cells),
            "surname": surnames,
            "birth": births,
            "street": streets,
            "address": [None] * len(cells),
        },
        schema_overrides={"table": pl.UInt8}
        | dict.fromkeys(("surname", "birth", "street", "address"), pl.String),
    )


CELLS = st.tuples(
    st.none() | st.sampled_from(NAMES),
    st.none() | st.dates().map(lambda day: day.strftime("%Y%m%d")),
    st.none() | st.sampled_from([f"{name} LANE" for name in NAMES]),
)


@given(st.lists(CELLS, min_size=2, max_size=12))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_of_a_few_rows_all_that_share_a_telling_value_meet_once(cells):
    rows = rows_of(cells)
    left, right = ends(candidate_pairs(rows, across=False))
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert found == sorted(set(found))
    telling = [
        at
        for at, name in enumerate(("surname", "birth", "street"))
        if rows[name].n_unique() > len(cells) ** 0.25
    ]
    wanted = {
        (one, other)
        for one in range(len(cells))
        for other in range(one + 1, len(cells))
        if any(cells[one][at] is not None and cells[one][at] == cells[other][at] for at in telling)
    }
    assert wanted <= set(found)


def test_rows_whose_values_are_all_common_meet_by_two_of_them():
    cells = [(NAMES[row % 10], f"19{row % 97:02}0101", f"{NAMES[row // 10 % 10]} LANE") for row in range(400)]
    rows = rows_of(cells)
    found = set(candidate_pairs(rows, across=False).tolist())
    both = as_pairs(
        np.array([0, 3]), np.array([100, 103])
    )  # one surname and one street, which 40 rows have each
    assert set(both.tolist()) <= found


@pytest.mark.parametrize("turned", [False, True])
def test_across_tables_only_rows_of_two_tables_meet(turned):
    cells = [
        ("ANN", "19800101", "ELM LANE"),
        ("ANN", "19800101", "ELM LANE"),
        ("ANN", "19800101", "OAK LANE"),
    ]
    cells += [("BEN", "19700202", "OAK LANE")]
    tables = [1, 1, 0, 0] if turned else [0, 0, 1, 1]
    left, right = ends(candidate_pairs(rows_of(cells, tables), across=True))
    assert set(zip(left.tolist(), right.tolist(), strict=True)) == {(0, 2), (1, 2)}
