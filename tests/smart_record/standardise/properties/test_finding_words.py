"""Findings in words: never more certain than they are."""

import pytest

from smart_record.standardise.properties.address_findings import AMBIGUOUS, DISPUTED, LOOKED_UP, UNREAD, WORDS
from smart_record.standardise.properties.finding_words import ASK, finding_in_words, share_in_words

FOUND = {
    "uprn": 100,
    "confidence": "strong",
    "share_right": 0.9962,
    "found_by": "same_postcode",
    "street_corrected": False,
    "measured_on": 1200,
    "fits": None,
    "others": None,
}
AMBIGUOUS_ONE = FOUND | dict.fromkeys(("uprn", "share_right", "measured_on"))


def told(**other: object) -> str:
    return finding_in_words(FOUND | other)


def test_what_was_found_how_and_how_surely() -> None:
    assert told() == (
        "UPRN 100: found by its words and postcode "
        "(strong: 99.6% right, going by 1,200 records with a UPRN looked up so)"
    )


def test_a_corrected_street_and_a_share_that_the_council_could_not_measure_say_so() -> None:
    assert "the spelling of its street corrected" in told(street_corrected=True)
    assert "no records to measure it on" in told(measured_on=0)


def test_an_ambiguous_one_names_what_fits_and_how_many_more() -> None:
    few = AMBIGUOUS_ONE | {"found_by": "several_fit", "confidence": "ambiguous", "fits": 2, "others": "1, 2"}
    assert finding_in_words(few) == "No UPRN: several properties have these words: 1, 2 (ambiguous)"
    assert "1, 2 and 3 more" in finding_in_words(few | {"fits": 5})


def test_one_that_is_known_by_its_words_only_claims_nothing() -> None:
    only = AMBIGUOUS_ONE | {"found_by": "not_listed", "confidence": None}
    assert "(" not in finding_in_words(only)


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "over 99.9%"), (0.9994, "99.9%"), (0.5, "50.0%"), (0.0, "under 0.1%")]
)
def test_no_share_is_told_as_certain(share: float, words: str) -> None:
    assert share_in_words(share) == words


def test_whoever_reads_of_an_unsure_way_is_told_what_to_ask() -> None:
    assert set(ASK) == {DISPUTED, UNREAD, *AMBIGUOUS}
    assert set(LOOKED_UP) <= set(WORDS)
