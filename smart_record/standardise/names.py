"""Name fields taken apart: how many people a field names, and the title, forename and surname of each.

Works on plain capitals (`letters.plain_capitals`). Order of forename and surname is kept as supplied: whether
a clerk swapped them is for the comparison to see, which has another row to compare with.
"""

import polars as pl

from smart_record.standardise.letters import joined, none_if_blank

_TITLE = (
    r"(?:MR|MRS|MS|MISS|MX|MSTR|MASTER|DR|DOCTOR|PROF|PROFESSOR|REV|REVD|REVEREND|FR|FATHER|SR|SISTER|SIR|LADY|"
    r"LORD|DAME|CAPT|CAPTAIN|MAJ|MAJOR|COL|SGT|CLLR|IMAM|HAJI|SHEIKH)"
)
_LEADING_TITLES = rf"^(?:{_TITLE}\.? +)+"
_ONLY_TITLES = rf"^(?:{_TITLE}\.? *)+$"
_TRAILING_TITLES = rf"(?: +\(?{_TITLE}\.?\)?)+$"
_PARTICLES = (
    r"(?:AL|EL|UL|UR|ABU|ABD|BIN|BINT|IBN|DE|DEL|DELA|DA|DAS|DO|DOS|DI|LA|LE|VAN|VON|DER|DEN|TER|ST|MC|MAC)"
)
_IRISH_O = (
    r"\bO (BRI|CONN|NEIL|SULLI|REILL|HAR[AE]|DONN|DONO|KEEF|LEAR|MALL|TOOL|GRAD|DWYE|SHEA|MEAR|HAG|KANE|ROUR|FARR|"
    r"CALL|HALL|DRIS|FLAH|GORM|HANL|DOHE|BOYL|LOUG|MAHO|RIORD|DEA|FLYN|HERL|KELL)"
)
"""`O` alone is a middle initial far more often than the start of a surname."""
_AND = r" *(?:&|\+| AND |/) *"
_MALE = ["MR", "MSTR", "MASTER", "SIR", "LORD", "FR", "FATHER", "IMAM"]
_FEMALE = ["MRS", "MS", "MISS", "LADY", "DAME", "SISTER"]
_SURNAME_FIRST = r"^([^ ]{2,}) ([^ ]{2,}) ([A-Z])$"
"""A name that ends in one letter began with the surname: `COOPER CHRISTIAN R`."""

NAME_COLUMNS = ("title", "forename", "middle", "surname")
"""What `name_parts` gives, all plain capitals or null."""


def people_in_field(field: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The first and the second person that one name field names, each as a whole name; null if there is none.

    `MR J & MRS A SMITH` gives `MR J SMITH` and `MRS A SMITH`; the surname is borrowed from the other where one
    has none. In `MR & MRS J SMITH` the initial is his by custom, hers is not known. A third person is beyond
    what two roles can hold.
    """
    straight = _surname_last(field).str.replace_all(r"\bAND\b", "&").str.replace_all(r"[+/]", "&")
    halves = straight.str.split("&").list.eval(pl.element().str.strip_chars())
    left = none_if_blank(halves.list.get(0, null_on_oob=True))
    right = none_if_blank(halves.list.get(1, null_on_oob=True))
    left_bare, right_bare = _without_titles(left), _without_titles(right)
    only_titles = left.str.contains(_ONLY_TITLES) & right_bare.str.contains(" ")
    left_lacks, right_lacks = ~left_bare.str.contains(" "), ~right_bare.str.contains(" ")
    first = (
        pl.when(right.is_null())
        .then(left)
        .when(only_titles)
        .then(left + " " + right_bare)
        .when(left_lacks & ~right_lacks)
        .then(left + " " + _last_word(right))
        .otherwise(left)
    )
    second = (
        pl.when(only_titles)
        .then(_first_word(right) + " " + _last_word(right))
        .when(right_lacks & ~left_lacks)
        .then(right + " " + _last_word(left))
        .otherwise(right)
    )
    return first, second


def name_parts(whole: pl.Expr) -> dict[str, pl.Expr]:
    """Title, first forename, further forenames and surname of one person's whole name.

    A single word is a surname. Particles stay with the surname (`AL HASSAN`, `VAN DER BERG`), which is run
    together so that hyphens and spaces do not matter; a hyphen inside a double surname is kept.
    """
    title = whole.str.extract(rf"^({_TITLE})\b").fill_null(whole.str.extract(rf" \(?({_TITLE})\.?\)?(?: |$)"))
    bare = _without_titles(_surname_last(whole)).str.replace_all(_IRISH_O, "O$1")
    bare = bare.str.replace(_SURNAME_FIRST, "$2 $3 $1")
    surname = _family(bare)
    given = none_if_blank(bare.str.strip_suffix(surname).str.strip_chars())
    return {
        "title": title,
        "forename": as_forename(given.str.extract(r"^([^ ]+)")),
        "middle": none_if_blank(given.str.extract(r"^[^ ]+ +(.+)$")),
        "surname": as_surname(surname),
    }


def split_name_parts(forenames: pl.Expr, surname: pl.Expr) -> dict[str, pl.Expr]:
    """The same from a source that keeps forenames and surname apart, titles and all.

    Where only one of the two fields is filled, it is read as a whole name.
    """
    whole = pl.concat_str([forenames, surname], separator=" ", ignore_nulls=True)
    both = forenames.is_not_null() & surname.is_not_null()
    parts = name_parts(none_if_blank(whole))
    given, family = _without_titles(forenames), _without_titles(surname)
    return {
        "title": parts["title"],
        "forename": pl.when(both)
        .then(as_forename(given.str.extract(r"^([^ ]+)")))
        .otherwise(parts["forename"]),
        "middle": pl.when(both)
        .then(none_if_blank(given.str.extract(r"^[^ ]+ +(.+)$")))
        .otherwise(parts["middle"]),
        "surname": pl.when(both).then(as_surname(family)).otherwise(parts["surname"]),
    }


def sex_by_title(title: pl.Expr) -> pl.Expr:
    """ "M" or "F" where the title tells."""
    return pl.when(title.is_in(_MALE)).then(pl.lit("M")).when(title.is_in(_FEMALE)).then(pl.lit("F"))


def as_forename(text: pl.Expr) -> pl.Expr:
    """Letters only, with digits read as the letters they were typed for (`G1ENN`)."""
    return joined(_digits_as_letters(text))


def as_surname(text: pl.Expr) -> pl.Expr:
    """Letters, and hyphens between the parts of a double surname; particles run together with what follows."""
    letters = _digits_as_letters(text).str.replace_all(rf"\b({_PARTICLES})[ -]+", "$1")
    parts = letters.str.replace_all(r"[^A-Z -]", "").str.strip_chars(" -").str.replace_all(r"[ -]+", "-")
    return none_if_blank(parts)


def _digits_as_letters(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many({"0": "O", "1": "L", "5": "S", "3": "E", "8": "B", "4": "A"})


def _surname_last(whole: pl.Expr) -> pl.Expr:
    """`SMITH, JOHN` and `SMITH, MR J` with the surname put last; all else as it is."""
    return (
        whole.str.replace(r"^([^,&]+), *([^,&(]+)(?: *\(([A-Z]+)\))?$", "$3 $2 $1")
        .str.replace_all(r"[,.;]", " ")
        .str.strip_chars()
    )


def _without_titles(whole: pl.Expr) -> pl.Expr:
    tidy = whole.str.replace_all(r"[.()]", " ").str.replace_all(r" +", " ").str.strip_chars()
    return none_if_blank(
        (tidy + " ").str.replace(_LEADING_TITLES, "").str.strip_chars().str.replace(_TRAILING_TITLES, "")
    )


def _first_word(whole: pl.Expr) -> pl.Expr:
    return whole.str.extract(r"^([^ ]+)")


def _last_word(whole: pl.Expr) -> pl.Expr:
    return _family(_without_titles(whole))


def _family(bare: pl.Expr) -> pl.Expr:
    """The last word with the particles before it; the first of several words is never part of it."""
    return bare.str.extract(rf"^(?:[^ ]+ +(?:.*? +)??)?((?:{_PARTICLES} +)*[^ ]+)$")
