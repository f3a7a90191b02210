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


@settings(derandomize=True, max_examples=60, deadline=None)
@given(columns)
def test_replaced_texts_are_the_column_of_other_texts(texts):
    distinct = Distinct.of(pl.Series("name", texts, pl.String))
    initials = distinct.replaced(distinct.texts.str.head(1))
    assert initials.texts.is_unique().all()
    assert initials.spread(initials.texts).to_list() == [text and text[:1] for text in texts]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(columns, st.integers(0, 12))
def test_texts_that_no_row_bears_are_left_out(texts, rows):
    distinct = Distinct.of(pl.Series("name", texts, pl.String))
    some = Distinct(distinct.texts, distinct.codes.head(rows)).borne()
    assert some.spread(some.texts).to_list() == texts[:rows]
    assert set(some.texts) == {text for text in texts[:rows] if text is not None}


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(0, 2), st.none() | st.sampled_from("AB")), max_size=12))
def test_distinct_rows_stand_where_they_first_come(rows):
    frame = pl.DataFrame(rows, {"number": pl.Int64, "letter": pl.String}, orient="row")
    distinct = Distinct.of_rows(frame)
    assert [rows[place] for place in distinct.texts] == list(dict.fromkeys(rows))
    assert frame.select(pl.all().gather(distinct.spread(distinct.texts))).rows() == rows


def test_many_texts_are_told_apart():
    column = pl.select(pl.format("{} MILL LANE", pl.int_range(200_000) % 70_000)).to_series()
    distinct = Distinct.of(column)
    assert len(distinct.texts) == column.n_unique()
    assert distinct.spread(distinct.texts).equals(column)
