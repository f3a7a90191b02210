"""Extracts in order of their references, each reference once."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.rows.repeats import once_each

references = st.text("AZ0129/é", max_size=10)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(references, max_size=8), st.sampled_from(["", "HB7", "é1"]))
def test_rows_stand_in_the_order_of_their_references_as_text(ends, beginning):
    refs = [beginning + end for end in ends]
    rows = pl.DataFrame({"record_ref": refs}, {"record_ref": pl.String})
    assert once_each(rows)["record_ref"].to_list() == sorted(set(refs), key=str.encode)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(references, st.none() | st.sampled_from("ab")), max_size=8).flatmap(st.permutations)
)
def test_which_row_of_a_reference_is_kept_does_not_depend_on_the_file(rows):
    frame = pl.DataFrame(rows, {"record_ref": pl.String, "postcode": pl.String}, orient="row")
    assert once_each(frame).equals(once_each(frame.sort("postcode", "record_ref")))
