import polars as pl
import pytest
from rapidfuzz.distance import DamerauLevenshtein

from triage.invented.chance import stream
from triage.invented.slips import mistyped, otherwise_called, swapped

WORDS = pl.Series(["Margaret", "Hollins", "Tomlinson", "Osborne", None, "Li", "Woods"] * 300)


def test_a_mistyped_word_keeps_its_first_letter_and_is_a_slip_or_two_away():
    after = mistyped(stream(1, "slips"), WORDS, 1.0)
    for word, wrong in zip(WORDS.to_list(), after.to_list(), strict=True):
        if word is None or len(word) < 4:
            assert wrong == word
        else:
            assert wrong[0].lower() == word[0].lower() or wrong[0] in "05"
            assert DamerauLevenshtein.distance(word, wrong) <= 2


def test_most_mistyped_words_are_indeed_wrong():
    after = mistyped(stream(1, "slips"), WORDS.drop_nulls(), 1.0)
    long = WORDS.drop_nulls().str.len_chars() >= 4
    assert (after != WORDS.drop_nulls()).filter(long).mean() > 0.8


def test_no_word_is_mistyped_at_rate_nought():
    assert mistyped(stream(1, "slips"), WORDS, 0.0).to_list() == WORDS.to_list()


@pytest.mark.parametrize(
    ("names", "word", "forms"),
    [
        ("nicknames", "Margaret", {"Maggie", "Peggy", "Meg", "Marge"}),
        ("spellings", "Mohammed", {"Muhammad", "Mohammad", "Mohamed"}),
    ],
)
def test_a_name_comes_in_every_other_form_it_has(names, word, forms):
    called = otherwise_called(stream(1, "slips"), pl.Series([word, "Zzz", None] * 200), names, 1.0)
    assert set(called.gather_every(3)) == forms
    assert called.gather_every(3, 1).unique().to_list() == ["Zzz"]
    assert called.gather_every(3, 2).null_count() == 200


def test_swapped_fields_change_places_together():
    one, other = swapped(stream(1, "slips"), pl.Series(["a"] * 1000), pl.Series(["b"] * 1000), 0.3)
    assert set(zip(one, other, strict=True)) == {("a", "b"), ("b", "a")}
    assert (one == "b").mean() == pytest.approx(0.3, abs=0.05)
