"""The words that names are made of: titles, particles, forenames and surnames in one form."""

import polars as pl

from smart_record.standardise.letters import joined, none_if_blank

_NO_SURNAME = r"MESSRS|MR|MRS|MS|MISS|MX|MSTR|DR|PROF|PROFESSOR|REV|REVD|REVEREND|SIR|LADY|CAPT|MAJ|SGT|CLLR"
_SURNAME_TOO = r"MASTER|DOCTOR|LORD|DAME|CAPTAIN"
TITLE = rf"(?:{_NO_SURNAME}|{_SURNAME_TOO})"
"""A title, as a pattern. One that is a surname too is a title only with a name behind it."""

ONLY_TITLE = rf"(?:{_NO_SURNAME})"
"""A title that is nobody's surname, as a pattern: it is one wherever it stands."""

BEFORE_A_NAME = rf"(?:{_SURNAME_TOO})"
"""The others."""

PARTICLES = (
    r"(?:AL|EL|UL|UR|ABU|ABD|BIN|BINT|IBN|DE|DEL|DELA|DA|DAS|DO|DOS|DI|LA|LE|VAN|VON|DER|DEN|TER|ST|MC|MAC)"
)
"""What belongs to the surname behind it, as a pattern."""

_MALE = ["MR", "MESSRS", "MSTR", "MASTER", "SIR", "LORD"]
_FEMALE = ["MRS", "MS", "MISS", "LADY", "DAME"]


def sex_by_title(title: pl.Expr) -> pl.Expr:
    """The letter M or F where the title tells."""
    return pl.when(title.is_in(_MALE)).then(pl.lit("M")).when(title.is_in(_FEMALE)).then(pl.lit("F"))


def as_forename(text: pl.Expr) -> pl.Expr:
    """Letters only, with digits read as the letters they were typed for (`G1ENN`)."""
    return joined(_digits_as_letters(text))


def as_surname(text: pl.Expr) -> pl.Expr:
    """Letters, and hyphens between the parts of a double surname; particles run together with the rest."""
    letters = _digits_as_letters(text).str.replace_all(rf"\b({PARTICLES})[ -]+", "$1")
    parts = letters.str.replace_all(r"[^A-Z -]", "").str.strip_chars(" -").str.replace_all(r"[ -]+", "-")
    return none_if_blank(parts)


def _digits_as_letters(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many({"0": "O", "1": "L", "5": "S", "3": "E", "8": "B", "4": "A"})
