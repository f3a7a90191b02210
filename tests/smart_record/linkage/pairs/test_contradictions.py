"""What is left out before names, or anything else, are compared, the comparison in full would refuse."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from smart_record.linkage.pairs.comparisons import compare, compare_alike
from smart_record.linkage.pairs.conflicts import conflicts
from smart_record.linkage.pairs.contradictions import without_contradictions
from smart_record.linkage.pairs.weights import with_weights
from smart_record.linkage.rows.comparable import Comparable
from tests.smart_record.linkage.builders import NIGHT, Row, a_bill, a_claim, extracts_of
from tests.smart_record.linkage.towns import a_town

BORN = date(1970, 3, 4)


def looked_at(*rows: Row) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    adults = Comparable.of(extracts_of(*rows), as_of=NIGHT).adults
    one, other = np.triu_indices(adults.height, 1)
    pairs = pl.DataFrame({"left": one, "right": other}, schema=dict.fromkeys(("left", "right"), pl.UInt32))
    return adults, pairs, without_contradictions(pairs, adults)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_left_out_that_could_be_one_person(seed):
    adults, pairs, kept = looked_at(*a_town(seed, families=120))
    left_out = pairs.join(kept, on=["left", "right"], how="anti")
    weighed = with_weights(compare(left_out, adults), adults)
    assert left_out.height > 0
    assert (
        weighed.select(pl.any_horizontal(reason.fill_null(value=False) for reason in conflicts().values()))
        .to_series()
        .all()
    )


@pytest.mark.parametrize("seed", range(4))
def test_whom_forenames_keep_apart_the_comparison_in_full_keeps_apart(seed):
    adults, _, kept = looked_at(*a_town(seed, families=120))
    alike, full = compare_alike(kept, adults), compare(kept, adults)
    assert alike.equals(full.join(alike, on=["left", "right"], how="semi", maintain_order="left"))
    left_out = full.join(alike, on=["left", "right"], how="anti")
    assert left_out.height > 0
    assert with_weights(left_out, adults).select(conflicts()["two forenames"]).to_series().all()


@pytest.mark.parametrize(
    ("born", "nino", "kept"),
    [
        (date(1951, 6, 9), None, False),
        (date(1971, 6, 9), None, True),
        (date(1970, 4, 3), None, True),
        (date(1970, 3, 9), None, True),
        (date(1970, 1, 1), None, True),
        (date(1971, 6, 9), "QQ123456A", True),
    ],
    ids=["two births", "perhaps wrong twice", "swapped", "a slip", "only the year", "one number"],
)
def test_two_births_are_two_people_unless_one_number_says_otherwise(born, nino, kept):
    claim = a_claim("C", "Joan", "Parrott", dob=BORN, nino="QQ123456A")
    bill = a_bill("1", "Joan Parrott", liable_dob_1=born, liable_nino_1=nino)
    assert (looked_at(claim, bill)[2].height == 1) is kept


def test_two_bills_at_one_time_at_two_places_are_two_people():
    first = a_bill("1", "Joan Parrott", uprn=1, at="1 Mill Lane")
    there = {"uprn": 2, "at": "2 High Street"}
    assert looked_at(first, a_bill("2", "Joan Parrott", **there))[2].is_empty()
    moved = a_bill("2", "Joan Parrott", **there, liability_end=first.values["liability_start"])
    assert looked_at(first, moved)[2].height == 1
