"""Text brought to plain capital letters, so that the same words compare equal however they were typed."""

import polars as pl
from anyascii import anyascii

from smart_record.standardise.usual_forms import shaped, unless_usual

_LETTERS_WITHOUT_DECOMPOSITION = {
    "Ł": "L",
    "Ø": "O",
    "ẞ": "SS",
    "Đ": "D",
    "Ð": "D",
    "Þ": "TH",
    "Æ": "AE",
    "Œ": "OE",
    "İ": "I",
    "Ə": "A",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʻ": "'",
    "ʼ": "'",
    "ʿ": "'",
    "′": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
}
"""What Unicode decomposition leaves as it is, with the Latin letters that councils type for it."""


_PLAIN = r"^[!-_a-~]+(?: [!-_a-~]+)*$"
"""ASCII but the backtick, with single spaces."""


def plain_capitals(text: pl.Expr) -> pl.Expr:
    """Capital letters without accents, single spaces, straight apostrophes and hyphens; blank is null."""
    return unless_usual(
        text, _any_in_capitals, usual=shaped(_PLAIN), simple=lambda plain: plain.str.to_uppercase()
    )


_ANOTHER_SCRIPT = r"[^\p{Latin}\p{Common}\p{Inherited}]"


def _any_in_capitals(text: pl.Expr) -> pl.Expr:
    latin = text.map_batches(_in_latin_letters, pl.String, is_elementwise=True)
    capitals = latin.str.to_uppercase().str.replace_many(_LETTERS_WITHOUT_DECOMPOSITION)
    bare = capitals.str.normalize("NFKD").str.replace_all(r"[\p{M}\p{Cf}]", "")  # accents, unseen marks
    return none_if_blank(bare.str.replace_all(r"\s\s+|[^\S ]", " ").str.strip_chars())


def _in_latin_letters(texts: pl.Series) -> pl.Series:
    """The texts, those in other scripts letter by letter in Latin ones: `Мария` as `Mariya`.

    However clumsy, a name that can be read has a link and is found again as it was written.
    """
    others = texts.str.contains(_ANOTHER_SCRIPT).fill_null(value=False).arg_true()
    if others.is_empty():
        return texts
    return texts.clone().scatter(others, [anyascii(each) for each in texts.gather(others)])


def none_if_blank(text: pl.Expr) -> pl.Expr:
    """Null where nothing is left."""
    return pl.when(text.str.len_bytes() > 0).then(text)


def joined(text: pl.Expr) -> pl.Expr:
    """Letters only, run together: `AL-HASSAN`, `AL HASSAN` and `ALHASSAN` are one."""
    return none_if_blank(text.str.replace_all(r"[^A-Z]", ""))
