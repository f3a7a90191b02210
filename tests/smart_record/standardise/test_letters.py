"""Plain capitals, however the words were typed."""

import polars as pl
import pytest

from smart_record.standardise.letters import joined, plain_capitals


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Łukasz  Żółć", "LUKASZ ZOLC"),
        ("  O’Brien ", "O'BRIEN"),
        ("Müller-ß", "MULLER-SS"),
        ("İpek ı", "IPEK I"),
        ("Parrott‑Haigh Mudge‐Lee", "PARROTT-HAIGH MUDGE-LEE"),
        ("Oʼbrien", "O'BRIEN"),
        ("\ufeffPar\u00adrott\u200b", "PARROTT"),
        (" ", None),
        ("Мария Иванова", "MARIYA IVANOVA"),
        ("Ελένη", "ELENI"),
        ("محمد", "MHMD"),
        ("王伟", "WANGWEI"),
    ],
)
def test_accents_apostrophes_and_blanks(typed, plain):
    assert pl.DataFrame({"text": [typed]}).select(plain_capitals(pl.col("text"))).item() == plain


def test_words_run_together():
    frame = pl.DataFrame({"text": ["AL-HASSAN", "AL HASSAN", "12"]})
    assert frame.select(joined(pl.col("text")))["text"].to_list() == ["ALHASSAN", "ALHASSAN", None]
