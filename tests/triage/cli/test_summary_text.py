"""What an operator reads of a night: words whose numbers stand where they belong."""

import pytest

from triage.cli.summary_text import matched_words


@pytest.mark.parametrize(
    ("records", "told"),
    [
        (0, "Matched none of 866,849 records again; last night's result stands."),
        (12_345, "Matched again 12,345 of 866,849 records; last night's result stands for the rest."),
        (866_849, "Matched all 866,849 records."),
    ],
    ids=["nothing", "something", "everything"],
)
def test_how_much_was_matched_again_is_told(records: int, told: str) -> None:
    assert matched_words(records=records, of=866_849) == told
