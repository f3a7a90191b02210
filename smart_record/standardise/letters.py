"""Text brought to plain capital letters, so that the same words compare equal however they were typed."""

import polars as pl

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


def _any_in_capitals(text: pl.Expr) -> pl.Expr:
    capitals = text.str.to_uppercase().str.replace_many(_LETTERS_WITHOUT_DECOMPOSITION)
    bare = capitals.str.normalize("NFKD").str.replace_all(r"[\p{M}\p{Cf}]", "")  # accents, unseen marks
    return none_if_blank(bare.str.replace_all(r"\s\s+|[^\S ]", " ").str.strip_chars())


def none_if_blank(text: pl.Expr) -> pl.Expr:
    """Null where nothing is left."""
    return pl.when(text.str.len_bytes() > 0).then(text)


def joined(text: pl.Expr) -> pl.Expr:
    """Letters only, run together: `AL-HASSAN`, `AL HASSAN` and `ALHASSAN` are one."""
    return none_if_blank(text.str.replace_all(r"[^A-Z]", ""))
