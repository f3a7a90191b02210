"""Flats of a Scottish tenement, known by floor and side: `2/1`, `1/L`, `2F1`, `GR`."""

import polars as pl

_UPPER = r"([1-9])(?:(?:[/-]|F)([1-4LR])|([LR]))"
_GROUND = r"(?:0|G)(?:(?:[/-]|F)([1-4LR])|([LR]))"
_FLAT = r"(?:FLAT|FLT|FL)?\.? *"
_LIKE_ONE = r"(?i)\b[0-9G](?:[/-][1-4LR]|F[1-4]|[LR])\b"
_FORMS = [
    (rf"(?i)^{_FLAT}{_UPPER}\b *,? +(\d)", "FLAT $1:$2$3, $4"),
    (rf"(?i)^{_FLAT}{_GROUND}\b *,? +(\d)", "FLAT G:$1$2, $3"),
    (rf"(?i)^(\d+[A-Z]?),? +{_FLAT}{_UPPER}\b,? +([A-Z])", "FLAT $2:$3$4, $1 $5"),
    (rf"(?i)^(\d+[A-Z]?),? +{_FLAT}{_GROUND}\b,? +([A-Z])", "FLAT G:$2$3, $1 $4"),
]
"""How they are typed; the number of the house stands beside them, so that `3/4 MILL LANE` is none."""

_WITHOUT_MARK = r"^([1-9])([1-4])$"
_SHARE = 0.5
"""Of the numbered flats of a street, how many say floor and side where all are taken to."""

FLOOR_AND_SIDE = r"(?:\d+|G):[1-4LR]"
"""The form that a flat's floor and side are brought to."""


def with_floor_and_side(typed: pl.Series) -> pl.Series:
    """Addresses as they were typed, a tenement's flat in one form: `FLAT 2:1, 55 CRAIGMOUNT TERRACE`."""
    rows = typed.str.contains(_LIKE_ONE).fill_null(value=False).arg_true()
    some = typed.gather(rows)
    for form, meant in _FORMS:
        some = some.str.replace(form, meant)
    return typed.scatter(rows, some) if len(rows) else typed


def with_marks_parted(addresses: pl.DataFrame) -> pl.DataFrame:
    """Addresses whose flat was typed without a mark in a street of tenements: `FLT 21` for `2/1`.

    Args:
        addresses: One row per address. Columns: flat, street (as it is really called).

    Returns:
        The same rows in the same order, such flats in the form of all others.
    """
    marked = pl.col("flat").str.contains(":", literal=True)
    if not addresses.select(marked.any()).item():
        return addresses
    numbered = pl.col("flat").str.contains(r"^\d+$")
    flats = addresses.filter(marked | numbered).group_by("street").agg(of_floors=marked.mean() >= _SHARE)
    streets = flats.filter("of_floors")["street"]
    typed = pl.col("flat").str.contains(_WITHOUT_MARK) & pl.col("street").is_in(streets.implode())
    parted = pl.col("flat").str.replace(_WITHOUT_MARK, "$1:$2")
    return addresses.with_columns(flat=pl.when(typed).then(parted).otherwise("flat"))
