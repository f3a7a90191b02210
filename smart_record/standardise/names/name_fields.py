"""Name fields taken apart: how many people a field names, and the title, forename and surname of each.

Works on plain capitals (`letters.plain_capitals`). Order of forename and surname is kept as supplied: whether
a clerk swapped them is for the comparison to see, which has another row to compare with.
"""

import polars as pl

from smart_record.standardise.distinct import Distinct
from smart_record.standardise.letters import none_if_blank, plain_capitals
from smart_record.standardise.names.name_remarks import generation, unless_no_name, without_honours
from smart_record.standardise.names.name_words import (
    BEFORE_A_NAME,
    ONLY_TITLE,
    PARTICLES,
    TITLE,
    as_forename,
    as_surname,
)
from smart_record.standardise.names.plain_names import plain_name_parts
from smart_record.standardise.usual_forms import unless_usual

_LEADING_TITLES = rf"^(?:{TITLE} +)+([^ ].*)$"
_TRAILING_TITLES = rf"(?: +{ONLY_TITLE})+$"
_NO_MORE_THAN_A_TITLE = rf"^{ONLY_TITLE}$"
_NO_MORE_THAN_ANY_TITLE, _TITLED = rf"^{TITLE}$", rf"^{TITLE} "
_BEFORE_A_NAME = rf"^({BEFORE_A_NAME})\.? +[^ ,&]"
_IRISH_O = (
    r"\bO (BRI|CONN|NEIL|SULLI|REILL|HAR[AE]|DONN|DONO|KEEF|LEAR|MALL|TOOL|GRAD|DWYE|SHEA|MEAR|HAG|KANE|ROUR|"
    r"FARR|CALL|HALL|DRIS|FLAH|GORM|HANL|DOHE|BOYL|LOUG|MAHO|RIORD|DEA|FLYN|HERL|KELL)"
)
"""`O` alone is a middle initial far more often than the start of a surname."""
_INITIAL_BEHIND = r"([A-Z]{2,}) [A-Z]$"
"""The middle initial of somebody whose two fields were filled in the wrong order."""
AND = r" *(?:&|\+|/|\bAND\b) *"
DEAD = r"[ (-]*\b(?:DECD|DEC'D|DECEASED)\b\.?\)?"
"""What stands behind the name of somebody who died, as a pattern."""
_SURNAME_FIRST = rf"^((?:{PARTICLES} )*[^ ]{{2,}}) ((?:[^ ]+ )*[A-Z])$"
"""A name that ends in one letter began with the surname: `COOPER CHRISTIAN R`, `COOPER C`."""
_TITLE_BETWEEN = r"^(.+?) (?:MR|MRS|MS|MISS|MX|DR) (.+)$"
"""So did one in which a title stands between: `COOPER MR CHRISTIAN`."""

_MARK = r"[^A-Z0-9 '&+/,.;()-]"
_IN_PLACE_OF_A_LETTER = r"([A-Z])[^A-Z0-9 '&+/,.;()_|:=\\-]+\b"
_BETWEEN_MARKS = r"^(.*[A-Z]{2}.*?) *[*#~|]+ ?[A-Z ]+ ?[*#~|]+$"  # MR J SMITH *DD*
_AT_THE_EDGE = " ,;:/-"
_NUMBER_BEHIND = r"[ ,]+[0-9]+$"
_MARKED = rf"{_MARK}|^[{_AT_THE_EDGE}]|[{_AT_THE_EDGE}]$|{_NUMBER_BEHIND}"

NAME_COLUMNS = ("title", "forename", "middle", "surname", "generation")
"""What a name is taken apart into: all plain capitals or null. generation: S senior, J junior."""


def survivor(field: pl.Expr) -> pl.Expr:
    """Who still lives where a field names two people and says that one died: "first", "second", else null.

    Of `MR J & MRS A SMITH DECD` either may have died, or both: nobody is said to live.
    """
    halves = field.str.replace_all(AND, "&").str.extract_groups(r"^([^&]+)&([^&]+)$").struct
    first, second = halves[0], halves[1]
    second_died = second.str.contains(DEAD) & _without_titles(first).str.contains(" ", literal=True)
    return (
        pl.when(first.str.contains(DEAD) & ~second.str.contains(DEAD))
        .then(pl.lit("second"))
        .when(second_died & ~first.str.contains(DEAD))
        .then(pl.lit("first"))
    )


def people_in_field(fields: pl.DataFrame) -> pl.DataFrame:
    """The people whom a free name field names, each as a whole name.

    `MR J & MRS A SMITH` gives `MR J SMITH` and `MRS A SMITH`; the surname is borrowed from the other where
    one has none. In `MR & MRS J SMITH` the initial is his by custom, hers is not known. A third person is
    beyond what two roles can hold. `LORD` beside `LADY SMITH` is a title, beside `J SMITH` a surname.

    Args:
        fields: Any rows with `field`: plain capitals.

    Returns:
        The same rows with first and second (null where the field names one person).
    """
    several = fields["field"].str.contains(AND).fill_null(value=False)
    alone = fields.filter(~several).with_columns(first="field", second=pl.lit(None, pl.String))
    halves = pl.col("field").str.replace_all(AND, "&").str.split("&")
    rows = fields.filter(several).with_columns(
        none_if_blank(_surname_last(halves.list.get(place, null_on_oob=True))).alias(side)
        for place, side in enumerate(("left", "right"))
    )
    two_titles = pl.col("left").str.contains(_NO_MORE_THAN_ANY_TITLE) & pl.col("right").str.contains(_TITLED)
    rows = rows.with_columns(
        left_bare=pl.when(~two_titles).then(_without_titles(pl.col("left"))),
        right_bare=_without_titles(pl.col("right")),
    )
    rows = rows.with_columns(
        full_left=pl.col("left_bare").str.contains(" ", literal=True),
        full_right=pl.col("right_bare").str.contains(" ", literal=True),
    )
    rows = rows.with_columns(first=_first_of_two(), second=_second_of_two())
    return pl.concat([alone, rows.select(alone.columns)])


def _first_of_two() -> pl.Expr:
    only_title = pl.col("left_bare").is_null()
    return (
        pl.when(pl.col("right_bare").is_null())
        .then("left")
        .when(only_title)
        .then(pl.concat_str("left", "right_bare", separator=" ", ignore_nulls=True))
        .when(~pl.col("full_left") & pl.col("full_right"))
        .then(pl.col("left") + " " + _family(pl.col("right_bare")))
        .otherwise("left")
    )


def _second_of_two() -> pl.Expr:
    his_initial = pl.col("left_bare").is_null() & pl.col("full_right")
    return (
        pl.when(his_initial)
        .then(pl.col("right").str.extract(r"^([^ ]+)") + " " + _family(pl.col("right_bare")))
        .when(~pl.col("full_right") & pl.col("full_left"))
        .then(pl.col("right") + " " + _family(pl.col("left_bare")))
        .otherwise("right")
    )


def with_name_parts(names: pl.DataFrame) -> pl.DataFrame:
    """Take whole names apart.

    A single word is a surname. Particles stay with the surname (`AL HASSAN`, `VAN DER BERG`), which is run
    together so that hyphens and spaces do not matter; a hyphen inside a double surname is kept.

    Args:
        names: Any rows with `name`: one person's whole name in plain capitals.

    Returns:
        The same rows with title, forename (the first), middle (the others), surname and generation.
    """
    parts = name_parts(names["name"]).sort("row").drop("row")
    return pl.concat([names, parts], how="horizontal")


def name_capitals(typed: pl.Expr) -> pl.Expr:
    """A name field in plain capitals, without marks that are no part of a name (`MR G BURTON *`).

    Square brackets become round ones; where a letter was lost on the way (`KOZ?OWSKI`) it stays lost.
    """
    return unless_usual(
        plain_capitals(typed),
        _without_marks,
        usual=lambda field: ~field.str.contains(_MARKED),
        simple=lambda field: field,
    )


def _without_marks(field: pl.Expr) -> pl.Expr:
    round_ones = field.str.replace_all(r"[\[{<]", "(").str.replace_all(r"[\]}>]", ")")
    bare = (
        round_ones.str.replace(_BETWEEN_MARKS, "$1")
        .str.replace_all(_IN_PLACE_OF_A_LETTER, "$1")
        .str.replace_all(_MARK, " ")
    )
    bare = bare.str.replace_all(r" +", " ").str.strip_chars(_AT_THE_EDGE)
    return none_if_blank(bare.str.replace(_NUMBER_BEHIND, ""))


def name_parts(names: pl.Series) -> pl.DataFrame:
    """The same for a column of whole names.

    Returns:
        row (u32, the place of the name) and `NAME_COLUMNS`; the plain names first.
    """
    plain = plain_name_parts(names)
    others = names.to_frame("name").with_row_index("row").filter(_without(plain["row"], len(names)))
    return pl.concat([plain, _other_name_parts(others)])


def _without(rows: pl.Series, height: int) -> pl.Series:
    return pl.Series([True]).new_from_index(0, height).scatter(rows, values=False)


def _other_name_parts(names: pl.DataFrame) -> pl.DataFrame:
    rows = names.with_columns(whole=_surname_last(pl.col("name")))
    rows = rows.with_columns(
        title=_title(pl.col("name"), rf"(?:^|[ ,(])({ONLY_TITLE})\b"),
        generation=generation(pl.col("name")),
        bare=_without_titles(without_honours(pl.col("whole"))),
    )
    bare = pl.col("bare").str.replace(_IRISH_O, "O$1").str.replace(_TITLE_BETWEEN, "$2 $1")
    rows = rows.with_columns(bare=bare.str.replace(_SURNAME_FIRST, "$2 $1")).with_columns(
        family=_family(pl.col("bare"))
    )
    rows = rows.with_columns(
        given=none_if_blank(pl.col("bare").str.strip_suffix(pl.col("family")).str.strip_chars())
    )
    given, family = Distinct.of(rows["given"]), Distinct.of(rows["family"])
    parts = given.texts.to_frame("given").select(
        forename=as_forename(pl.col("given").str.extract(r"^([^ ]+)")),
        middle=none_if_blank(pl.col("given").str.extract(r"^[^ ]+ +(.+)$")),
    )
    surname = family.texts.to_frame("family").select(as_surname(pl.col("family"))).to_series()
    return rows.with_columns(
        *(given.spread(parts[name]).alias(name) for name in parts.columns), surname=family.spread(surname)
    ).select("row", *NAME_COLUMNS)


def split_name_parts(given: Distinct, family: Distinct) -> pl.DataFrame:
    """The same for a source that keeps forenames and surname apart, titles and all.

    Where only one of the two fields is filled, it is read as a whole name.

    Args:
        given: Row by row the forename field, in plain capitals.
        family: Likewise the surname field.

    Returns:
        One row per row: `NAME_COLUMNS`.
    """
    parts = _given_parts(given.texts).select(pl.all().gather(given.codes))
    parts = parts.with_columns(family.spread(of_family) for of_family in _family_parts(family.texts))
    alone = (given.codes.is_null() != family.codes.is_null()).arg_true()
    fields = pl.DataFrame({"given": given.codes.gather(alone), "family": family.codes.gather(alone)})
    whole = fields.select(
        name=pl.coalesce(pl.lit(given.texts).gather("given"), pl.lit(family.texts).gather("family"))
    )
    read = with_name_parts(whole)
    return parts.select(parts[name].scatter(alone, read[name]) for name in NAME_COLUMNS)


def _given_parts(given: pl.Series) -> pl.DataFrame:
    """Title, forename and middle names of a forename field."""
    field = given.to_frame("given").with_columns(unless_no_name(pl.col("given")))
    field = field.with_columns(forenames=_without_titles(pl.col("given")))
    return field.select(
        title=_title(pl.col("given"), rf"^({ONLY_TITLE})\b"),
        forename=as_forename(pl.col("forenames").str.extract(r"^([^ ]+)")),
        middle=none_if_blank(pl.col("forenames").str.extract(r"^[^ ]+ +(.+)$")),
    )


def _family_parts(family: pl.Series) -> pl.DataFrame:
    """Surname and generation of a surname field."""
    bare = _without_titles(without_honours(unless_no_name(pl.col("family"))))
    bare = bare.str.replace(_INITIAL_BEHIND, "$1")
    return family.to_frame("family").select(surname=as_surname(bare), generation=generation(pl.col("family")))


def _surname_last(whole: pl.Expr) -> pl.Expr:
    """`SMITH, JOHN` and `SMITH, MR J` with the surname put last; all else as it is."""
    return unless_usual(
        whole,
        _any_surname_last,
        usual=lambda text: ~text.str.contains(r"[,.;]"),
        simple=lambda text: text.str.strip_chars(),
    )


def _any_surname_last(whole: pl.Expr) -> pl.Expr:
    return (
        whole.str.replace(rf"^((?:{TITLE}\.? +)*)([^,&]+), *([^,&(]+)(?: *\(([A-Z]+)\))?$", "$4 $1$3 $2")
        .str.replace_all(r"[,.;]", " ")
        .str.strip_chars()
    )


def _without_titles(whole: pl.Expr) -> pl.Expr:
    tidy = unless_usual(
        whole,
        lambda text: text.str.replace_all(r"[.()]", " ").str.replace_all(r" +", " ").str.strip_chars(),
        usual=lambda text: ~text.str.contains(r"[.()]|  "),
        simple=lambda text: text.str.strip_chars(),
    )
    bare = tidy.str.replace(_LEADING_TITLES, "$1").str.replace(_TRAILING_TITLES, "")
    return none_if_blank(bare.str.replace(_NO_MORE_THAN_A_TITLE, ""))


def _title(name: pl.Expr, wherever: str) -> pl.Expr:
    """The title in a name: the first that is nobody's surname, else one with a name behind it."""
    return pl.coalesce(name.str.extract(wherever), name.str.extract(_BEFORE_A_NAME))


def _family(bare: pl.Expr) -> pl.Expr:
    """The last word with the particles before it; the first of several words is never part of it."""
    return bare.str.extract(rf"^(?:[^ ]+ +(?:.*? +)??)?((?:{PARTICLES} +)*[^ ]+)$")
