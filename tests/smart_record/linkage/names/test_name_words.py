"""Numbers that names have several of, and names of some rows as of all."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from smart_record.linkage.names.name_comparison import Names
from smart_record.linkage.names.name_words import Several

FORENAMES = ["JOHN", "JON", "JACK", "JHON", "J", "MARGARET", "PEGGY", "JOAN", "RKOY", "RYO", None]
SURNAMES = ["PARROTT", "PARROTT-HAIGH", "HAIGH", "JOHN", "CHAUDHRY", "CHOWDHURY", "P", None]
MIDDLES = ["JOHN", "J", "JOAN MARY", None]

several = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), unique=True)
people = st.lists(
    st.tuples(*(st.sampled_from(names) for names in (FORENAMES, SURNAMES, MIDDLES)), st.booleans()),
    min_size=2,
    max_size=12,
)


@settings(derandomize=True, deadline=None)
@given(several, st.lists(st.integers(0, 5)))
def test_each_name_asked_for_is_given_all_its_numbers(pairs, asked):
    names, values = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    which, found = Several.of(names, values, 6).each(np.array(asked, dtype=np.int64))
    told = sorted(zip(which.tolist(), found.tolist(), strict=True))
    assert told == sorted(
        (place, value) for place, name in enumerate(asked) for other, value in pairs if other == name
    )


@settings(derandomize=True, deadline=None, max_examples=50)
@given(people, st.randoms(use_true_random=False))
def test_the_names_of_some_rows_are_as_like_as_they_are_among_all(rows, random):
    adults = pl.DataFrame(
        rows,
        {"forename": pl.String, "surname": pl.String, "middle": pl.String, "forename_odd": pl.Boolean},
        orient="row",
    )
    kept = pl.Series(sorted(random.sample(range(adults.height), k=2)), dtype=pl.UInt32)
    both_ways = pl.DataFrame({"left": [0, 1], "right": [1, 0]})
    few = Names.of(adults).some(kept).levels(both_ways)
    alone = Names.of(adults.select(pl.all().gather(kept))).levels(both_ways)
    assert_frame_equal(few, alone)
    assert few["forename"][0] == few["forename"][1], "likeness is the same both ways round"
