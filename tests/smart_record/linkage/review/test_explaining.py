"""Hard pairs explained: the parts add up to the match weight, and the veto is named."""

from datetime import date

import pytest

from smart_record.linkage.review.explaining import PairExplained, explain_pairs
from tests.smart_record.linkage.builders import NIGHT, Row, a_bill, a_claim, extracts_of, townspeople

BILL, CLAIM = ("council_tax", "1", "liable_1"), ("benefits", "C1", "claimant")
FATHER, SON = date(1950, 3, 4), date(1981, 6, 7)


def explained(*rows: Row, pair: tuple = (BILL, CLAIM)) -> PairExplained | None:
    return explain_pairs(extracts_of(*rows, *townspeople()), [pair], as_of=NIGHT)[0]


def test_father_and_son_are_kept_apart_by_their_births() -> None:
    found = explained(
        a_bill("1", "MR JOHN MUDGE", liable_dob_1=FATHER), a_claim("C1", "John", "Mudge", dob=SON)
    )
    assert found is not None
    assert found.conflicts == ("two dates of birth",)
    assert found.weights["date_of_birth"] < 0 < found.weights["forename"]


def test_of_a_telephone_only_its_own_end_is_shown() -> None:
    found = explained(
        a_bill("1", "MR JOHN MUDGE", telephone="07700 900123"), a_claim("C1", "John", "Mudge", dob=SON)
    )
    assert found is not None
    assert (found.one["telephone"], found.other["telephone"]) == ("…0123", None)


def test_twins_are_kept_apart_by_their_forenames() -> None:
    found = explained(
        a_bill("1", "MISS AISHA MIRZA", liable_dob_1=SON), a_claim("C1", "Fatima", "Mirza", dob=SON)
    )
    assert found is not None
    assert "two forenames" in found.conflicts


def test_who_claims_the_reduction_of_a_bill_is_liable_for_it_under_whichever_forename() -> None:
    awarded = {"ctr_weekly_pence": 2105}, {"weekly_ctr_pence": 2105}
    found = explained(
        a_bill("1", "MISS AISHA MIRZA", liable_dob_1=SON, **awarded[0]),
        a_claim("C1", "Fatima", "Mirza", dob=SON, **awarded[1]),
    )
    assert found is not None
    assert "two forenames" not in found.conflicts


def test_a_maiden_name_is_outweighed_by_birth_and_home() -> None:
    found = explained(
        a_bill("1", "MRS GRACE LOMAS", liable_dob_1=SON), a_claim("C1", "Grace", "Okeke", dob=SON)
    )
    assert found is not None
    assert found.conflicts == ()
    assert found.weights["surname"] < 0
    assert found.match_weight > found.needed
    assert sum(found.weights.values()) == pytest.approx(found.match_weight)
    assert (found.one["surname"], found.other["surname"]) == ("LOMAS", "OKEKE")


def test_two_parties_of_one_record_are_two_people() -> None:
    second = ("council_tax", "1", "liable_2")
    found = explained(a_bill("1", "MR JOHN MUDGE", liable_name_2="MR JOHN MUDGE"), pair=(BILL, second))
    assert found is not None
    assert "two parties of one record" in found.conflicts


def test_a_row_that_is_not_there_is_not_explained() -> None:
    assert explained(a_bill("1", "MR JOHN MUDGE")) is None
    assert explained(a_bill("1", "MR JOHN MUDGE"), pair=(BILL, BILL)) is None
