"""How like two names are: equal, known to stand for one another, a slip apart, an initial, or unlike.

Distinct pairs only, whole columns at a time; the string distances are rapidfuzz's.
"""

from enum import IntEnum

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from smart_record.linkage.name_tables import (
    distant_aliases,
    forename_aliases,
    forename_groups,
    initials_of_aliases,
    surname_aliases,
)


class Likeness(IntEnum):
    """How like two names are, from unlike to equal; null is "not known"."""

    UNLIKE = 0
    SIMILAR = 1
    INITIAL = 2
    SLIP = 3
    ALIAS = 4
    EQUAL = 5


_SLIP_WINKLER = 0.93
_SIMILAR_WINKLER = 0.84
_MISSPELT_WINKLER = 0.6


def forename_likeness(pairs: pl.DataFrame) -> pl.DataFrame:
    """Likeness of distinct forename pairs.

    Args:
        pairs: Columns left, right (capital letters, run together), each pair once.

    Returns:
        One row per pair without nulls, in their order: left, right, likeness (i8, `Likeness`). A slip of a
        name is as like to that name's other forms as a slip is.
    """
    level = _likeness(pairs.select("left", "right").drop_nulls(), forename_aliases(), initials_of_aliases())
    doubtful = level.filter((pl.col("likeness") <= Likeness.SIMILAR) & (pl.min_horizontal(*_lengths()) > 2))
    if doubtful.is_empty():
        return level
    groups = forename_groups(pl.concat([doubtful["left"], doubtful["right"]]).unique())
    theirs = doubtful.select("left", "right").join(groups, left_on="left", right_on="name")
    same = theirs.join(groups, left_on=["right", "group"], right_on=["name", "group"]).select("left", "right")
    distant = doubtful.select("left", "right").join(distant_aliases(), on=["left", "right"], how="semi")
    slips = pl.concat([same, distant]).unique().with_columns(slip=pl.lit(int(Likeness.SLIP), pl.Int8))
    level = level.join(slips, on=["left", "right"], how="left", maintain_order="left")
    return level.select("left", "right", likeness=pl.coalesce("slip", "likeness"))


def surname_likeness(pairs: pl.DataFrame) -> pl.DataFrame:
    """Likeness of distinct surname pairs; a double surname is as like as its likest part, at most SLIP.

    Args:
        pairs: Columns left, right (capital letters), each pair once.

    Returns:
        One row per pair without nulls, in their order: left, right, likeness (i8, `Likeness`).
    """
    whole = pairs.select("left", "right").drop_nulls()
    run_together = whole.select(pl.all().str.replace_all("-", "", literal=True))
    level = whole.with_columns(_likeness(run_together, surname_aliases(), None)["likeness"])
    double = whole.filter(pl.col("left").str.contains("-") | pl.col("right").str.contains("-"))
    if double.is_empty():
        return level
    both = level.join(_likest_parts(double), on=["left", "right"], how="left", maintain_order="left")
    return both.select("left", "right", likeness=pl.max_horizontal("likeness", "by_part"))


def crosswise_likeness(pairs: pl.DataFrame) -> pl.DataFrame:
    """Likeness of one row's forename to another's surname.

    They are as like as two forenames, or as two surnames in other spellings or in half.

    Args:
        pairs: As `forename_likeness`.

    Returns:
        As `forename_likeness`.
    """
    level = forename_likeness(pairs)
    known = level.select("left", "right").join(surname_aliases(), on=["left", "right"], how="semi")
    spelt = known.with_columns(as_surnames=pl.lit(int(Likeness.ALIAS), pl.Int8))
    double = level.select("left", "right").filter(
        pl.col("left").str.contains("-", literal=True) | pl.col("right").str.contains("-", literal=True)
    )
    as_surnames = pl.concat([spelt, _likest_parts(double).rename({"by_part": "as_surnames"})])
    as_surnames = as_surnames.group_by("left", "right").agg(pl.col("as_surnames").max())
    both = level.join(as_surnames, on=["left", "right"], how="left", maintain_order="left")
    return both.select("left", "right", likeness=pl.max_horizontal("likeness", "as_surnames"))


def _likest_parts(double: pl.DataFrame) -> pl.DataFrame:
    """The likeness of the likest parts of two surnames of which one is double: left, right, by_part."""
    parts = (
        double.with_columns(a=pl.col("left").str.split("-"), b=pl.col("right").str.split("-"))
        .explode("a", keep_nulls=True, empty_as_null=True)
        .explode("b", keep_nulls=True, empty_as_null=True)
        .filter(pl.col("a").str.len_bytes().ge(3) & pl.col("b").str.len_bytes().ge(3))
    )
    alike = _likeness(parts.select(left="a", right="b").unique(), surname_aliases(), None)
    scored = parts.join(alike, left_on=["a", "b"], right_on=["left", "right"])
    most = pl.col("likeness").clip(None, int(Likeness.SLIP)).max()
    return scored.group_by("left", "right").agg(by_part=most)


def _likeness(pairs: pl.DataFrame, aliases: pl.DataFrame, initials: pl.DataFrame | None) -> pl.DataFrame:
    """The likeness of each pair, in their order."""
    if pairs.is_empty():
        return pairs.with_columns(likeness=pl.lit(None, pl.Int8))
    known = aliases.with_columns(alias=pl.lit(value=True))
    rows = pairs.join(known, on=["left", "right"], how="left", maintain_order="left")
    rows = _with_nickname_initials(rows, initials).with_columns(spelling=_by_spelling(rows))
    one_letter = pl.min_horizontal(*_lengths()) == 1
    same_letter = pl.col("left").str.slice(0, 1) == pl.col("right").str.slice(0, 1)
    level = (
        pl.when(one_letter & same_letter)
        .then(Likeness.INITIAL)
        .when(pl.col("left") == pl.col("right"))
        .then(Likeness.EQUAL)
        .when("alias")
        .then(Likeness.ALIAS)
        .when(one_letter)
        .then(pl.when("nickname_initial").then(Likeness.SIMILAR).otherwise(Likeness.UNLIKE))
        .otherwise("spelling")
    )
    return rows.select("left", "right", likeness=level.cast(pl.Int8))


def _with_nickname_initials(rows: pl.DataFrame, initials: pl.DataFrame | None) -> pl.DataFrame:
    """Add nickname_initial: whether one is the initial of another form of the other (`B` for `WILLIAM`)."""
    if initials is None:
        return rows.with_columns(nickname_initial=pl.lit(value=False))
    either = initials.with_columns(nickname_initial=pl.lit(value=True))
    return rows.join(either, on=["left", "right"], how="left", maintain_order="left")


def _by_spelling(rows: pl.DataFrame) -> pl.Series:
    """SLIP, SIMILAR or UNLIKE by edit distance, Jaro-Winkler and skeleton."""
    # letters that scanners confuse are read as one
    sides = rows.select(pl.col("left", "right").str.replace_many({"RN": "M", "VV": "W"}))
    left, right = sides["left"].to_list(), sides["right"].to_list()
    measured = sides.select(
        edits=pl.Series(process.cpdist(left, right, scorer=OSA.distance, score_cutoff=3), dtype=pl.Int64),
        winkler=pl.Series(process.cpdist(left, right, scorer=JaroWinkler.similarity), dtype=pl.Float64),
        shorter=pl.min_horizontal(*_lengths()).cast(pl.Int64),
        one_skeleton=name_skeletons(sides["left"]) == name_skeletons(sides["right"]),
    )
    edits, winkler, shorter = pl.col("edits"), pl.col("winkler"), pl.col("shorter")
    allowed = pl.when(shorter >= 8).then(2).when(shorter >= 3).then(1).otherwise(0)
    slip = (edits <= allowed) | ((winkler >= _SLIP_WINKLER) & (edits <= 2))
    slip = slip | (pl.col("one_skeleton") & (shorter >= 4) & (winkler >= _SIMILAR_WINKLER))
    similar = (winkler >= _SIMILAR_WINKLER) | pl.col("one_skeleton") | ((edits == 1) & (shorter >= 2))
    level = pl.when(slip).then(Likeness.SLIP).when(similar).then(Likeness.SIMILAR).otherwise(Likeness.UNLIKE)
    return measured.select(level.cast(pl.Int8)).to_series()


def misspelt_alike(pairs: pl.DataFrame) -> pl.Series:
    """Whether each pair of names may be one name with two slips: `RKOY` and `RYO`, `JOHUAH` and `JOSHXA`.

    Args:
        pairs: Columns left, right (capital letters, run together).
    """
    left, right = pairs["left"].to_list(), pairs["right"].to_list()
    measured = pairs.select(
        first=pl.col("left").str.slice(0, 1) == pl.col("right").str.slice(0, 1),
        longer=pl.max_horizontal(*_lengths()).cast(pl.Int64),
        edits=pl.Series(process.cpdist(left, right, scorer=OSA.distance, score_cutoff=3), dtype=pl.Int64),
        winkler=pl.Series(process.cpdist(left, right, scorer=JaroWinkler.similarity), dtype=pl.Float64),
    )
    edits, longer = pl.col("edits"), pl.col("longer")
    slips = (edits <= 2) | ((edits == 3) & (longer >= 6))
    close = pl.col("first") & slips & (pl.col("winkler") >= _MISSPELT_WINKLER)
    return measured.select(close & (longer > 1)).to_series()


def _lengths() -> list[pl.Expr]:
    return [pl.col(side).str.len_bytes() for side in ("left", "right")]


def name_skeletons(names: pl.Series) -> pl.Series:
    """The skeleton of each name, each distinct name taken once; null for a name that is not known.

    A skeleton is the first letter's sound and the consonants that transliterations agree on: `YOUSUF` and
    `YUSEF` are `YSF`, `KOWALSKI` and `KOVALSKY` `KVLSK`.
    """
    distinct = names.drop_nulls().unique()
    sounds = distinct.str.replace_many(_SOUNDS, leftmost=True)
    first = sounds.str.slice(0, 1).replace(_FIRST_SOUNDS)
    rest = sounds.str.slice(1).str.replace_many(_UNSOUNDED).str.replace_many(_ONCE)
    return names.replace_strict(distinct, first + rest, default=None, return_dtype=pl.String)


_SOUNDS = {
    "TSCH": "K",
    "TCH": "K",
    "SCH": "S",
    "CZ": "K",
    "CS": "K",
    "SZ": "S",
    "RN": "M",
    "PH": "F",
    "GH": "K",
    "KH": "K",
    "CK": "K",
    "CH": "K",
    "SH": "S",
    "TH": "T",
    "DH": "D",
    "Q": "K",
    "C": "K",
    "W": "V",
    "Z": "S",
    "-": "",
}
"""Sounds and how they are written, the longer first: the first that fits is taken."""

_FIRST_SOUNDS = {"J": "Y", "E": "A", "I": "A", "U": "O"}
_UNSOUNDED = dict.fromkeys("AEIOUYHJ", "")
_ONCE = {letter * 2: letter for letter in "BDFGKLMNPRSTVX"}
"""Doubled consonants are written once."""
