"""Texts worked on once each."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.standardise.distinct import Distinct, each_once

columns = st.lists(st.none() | st.sampled_from(["ANN", "BOB", "", "ann", "CAT"]), max_size=12)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(columns)
def test_spreading_the_distinct_texts_gives_the_column(texts):
    column = pl.Series("name", texts, pl.String)
    distinct = Distinct.of(column)
    assert distinct.texts.is_unique().all()
    assert distinct.spread(distinct.texts).to_list() == texts
    assert distinct.texts.to_list() == list(dict.fromkeys(text for text in texts if text is not None))
    assert distinct.uses().to_list() == [texts.count(text) for text in distinct.texts]


def test_each_distinct_text_is_formed_once():
    seen = []

    def form(text):
        return text.map_batches(lambda batch: (seen.extend(batch), batch.str.to_uppercase())[1], pl.String)

    formed = each_once(pl.Series("name", ["ann", "bob", None, "ann"]), form)
    assert formed.to_list() == ["ANN", "BOB", None, "ANN"]
    assert seen == ["ann", "bob"]
