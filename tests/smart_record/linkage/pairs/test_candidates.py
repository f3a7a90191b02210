"""Which pairs are compared, and that a hostel does not stop the night."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.graph.packed_pairs import ends
from smart_record.linkage.pairs.candidates import candidate_pairs, pairs_in_runs
from smart_record.linkage.rows.person_rows import person_rows
from smart_record.linkage.rows.record_rows import record_rows
from tests.smart_record.linkage.builders import NIGHT, a_bill, a_claim, extracts_of


def candidates(*rows):
    extracts = extracts_of(*rows)
    records = record_rows(extracts, as_of=NIGHT)
    persons = person_rows(extracts, records, as_of=NIGHT)
    adults = persons.join(
        records.drop("source", "record_ref"), on="record", how="left", maintain_order="left"
    )
    refs = adults["record_ref"]
    return {(refs[one], refs[other]) for one, other in candidate_pairs(adults).iter_rows()}


def test_a_shared_number_is_enough_whatever_the_names():
    rows = [a_claim("C1", "Joan", "Parrott", at="1 Mill Lane", nino="QQ123456A")]
    rows.append(a_bill("1", "Selma Mudge", at="2 High Street", liable_nino_1="QQ123456A"))
    assert candidates(*rows) == {("C1", "1")}


@pytest.mark.parametrize("half", ["Parrott", "Mudge"])
def test_either_half_of_a_double_surname_leads_to_it(half):
    moved = {"postcode": "NE1 4LP", "start_date": None}
    double = a_claim("C1", "Joan", "Parrott-Mudge", at=None, **moved)
    one = a_claim("C2", "J", half, at=None, **moved)
    assert candidates(double, one) == {("C1", "C2")}


def test_two_people_of_one_record_are_no_pair():
    assert candidates(a_bill("1", "MR J & MRS J PARROTT")) == set()


def test_a_hostel_is_compared_by_name_not_all_with_all():
    people = [f"{a}{b}A {c}{d}O" for a in "BDFG" for b in "AEIO" for c in "KLMNP" for d in "AEIOU"]
    hostel = [a_claim(str(n), *name.split(), at="Fern House, 9 Mill Lane") for n, name in enumerate(people)]
    pairs = candidates(*hostel)
    assert len(pairs) < len(people) * 12
    assert candidates(*hostel, a_bill("B", people[0], at="Fern House, 9 Mill Lane")) - pairs != set()


def test_a_name_that_half_the_town_bears_makes_no_pairs_by_itself():
    namesakes = [a_claim(str(n), "John", "Smith", at=f"{n} Mill Lane", start_date=None) for n in range(1, 40)]
    assert candidates(*namesakes) == set()


def test_no_rows_make_no_pairs():
    assert candidates() == set()


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 30)), max_size=40), st.integers(1, 8))
def test_rows_of_one_key_are_paired_unless_too_many_share_it(borne, longest):
    last = np.uint64(31)
    rows = np.array(sorted(key << 5 | row for key, row in borne), dtype=np.uint64)
    by_key = [[row for of, row in sorted(borne) if of == key] for key in range(6)]
    few = [rows for rows in by_key if len(rows) <= longest]
    pairs = zip(*ends(pairs_in_runs(rows, last, longest=longest)), strict=True)
    assert sorted(pairs) == sorted(pair for rows in few for pair in combinations(rows, 2))
