"""The pairs that a night's links have wrong, as labels show them, and the kind of each error.

Errors of persons are told by person, errors of households by household: labels may put one person into two
households (a couple part, and an old bill names both), and a link between that person's rows is right.
"""

import polars as pl

from smart_record.linkage.graph.joining import ACCEPTED
from smart_record.linkage.sources import DEPENDANTS, record_of_row

JOINED, APART = "joined wrongly", "left apart"

SAME_HOUSEHOLD = "two people of one household"
TWO_HOUSEHOLDS = "people of two households"
NEVER_COMPARED = "nothing in common by which the two rows would be compared"
CONTRADICTED = "something speaks against it: two births, two numbers, two forenames or two homes"
TOO_LITTLE = "too little agrees"
NO_LINK = "a row has no link"
BY_OFFICER = "an officer decided so"
TAKEN = "enough agrees, but the rest of the resident stands against it"
PERSON_OF_BOTH = "one person is named in both records"
NOBODY_OF_BOTH = "nobody is named in both records"

KINDS = {
    "persons": (
        (JOINED, SAME_HOUSEHOLD), (JOINED, TWO_HOUSEHOLDS),
        (APART, NEVER_COMPARED), (APART, TOO_LITTLE), (APART, CONTRADICTED), (APART, TAKEN),
    ),
    "households": (
        (JOINED, PERSON_OF_BOTH), (JOINED, NOBODY_OF_BOTH),
        (APART, PERSON_OF_BOTH), (APART, NOBODY_OF_BOTH),
    ),
}  # fmt: skip
"""Error and reason, by unit. A pair may also be left apart by `NO_LINK`, with why behind it, and persons be
joined or left apart `BY_OFFICER`: no fault of the matching, and the verdict is to be looked at again."""

_ROW = ("source", "record_ref", "role")
_OTHER = tuple(f"other_{name}" for name in _ROW)
_TOLD = ("unit", "error", "why", *_ROW, *_OTHER, "group", "other_group")


def wrong_pairs(labelled: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair of labelled rows, or of their records, that is joined or left apart wrongly.

    Args:
        labelled: source, record_ref, role, person_id, household_id, group (null where the labels have none),
            resident_id and home (the household found; both null for a row without a link), unlinked (why it
            has none; null for the others).
        pairs: `WeighedNight.told`.

    Returns:
        unit ("persons", "households"), error (`JOINED`, `APART`), why (as `KINDS`), source, record_ref, role,
        other_source, other_record_ref, other_role, group, other_group; sorted. Households are of records,
        which have no role.
    """
    adults = labelled.filter(pl.col("source") != DEPENDANTS)
    named = labelled.with_columns(*record_of_row())
    seen = _both_ways(pairs)
    found = (
        _strangers_joined(adults, seen),
        _one_person_apart(adults, seen),
        *_records_wrong(named),
    )
    return pl.concat(found).sort(_TOLD[:9])


def _both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    """What was weighed or decided of each pair, whichever row comes first."""
    weighed = pairs.select(*_ROW, *_OTHER, "posterior", "conflict", "officer")
    turned = weighed.rename(dict(zip((*_ROW, *_OTHER), (*_OTHER, *_ROW), strict=True)))
    return pl.concat([weighed, turned.select(weighed.columns)])


def _strangers_joined(adults: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    joined = _pairs_by(adults.drop_nulls("resident_id"), "resident_id")
    strangers = joined.filter(pl.col("person_id") != pl.col("other_person_id"))
    homes = adults.select("person_id", "household_id").unique()
    both = homes.join(homes.rename({"person_id": "other_person_id"}), on="household_id")
    one_home = both.select("person_id", "other_person_id", together=pl.lit(value=True)).unique()
    told = strangers.join(one_home, on=["person_id", "other_person_id"], how="left")
    told = told.join(seen.select(*_ROW, *_OTHER, "officer"), on=[*_ROW, *_OTHER], how="left")
    why = (
        pl.when("officer")
        .then(pl.lit(BY_OFFICER))
        .when("together")
        .then(pl.lit(SAME_HOUSEHOLD))
        .otherwise(pl.lit(TWO_HOUSEHOLDS))
    )
    return _told(told, "persons", JOINED, why)


def _one_person_apart(adults: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one person left apart, by the first reason that holds."""
    apart = _apart(_pairs_by(adults, "person_id"), "resident_id")
    why = (
        pl.when(pl.col("officer").is_null())
        .then(pl.lit(NEVER_COMPARED))
        .when("officer")
        .then(pl.lit(BY_OFFICER))
        .when("conflict")
        .then(pl.lit(CONTRADICTED))
        .when(pl.col("posterior") < ACCEPTED)
        .then(pl.lit(TOO_LITTLE))
        .otherwise(pl.lit(TAKEN))
    )
    told = apart.join(seen, on=[*_ROW, *_OTHER], how="left")
    return _told(told, "persons", APART, pl.coalesce(_no_link(), why))


def _records_wrong(named: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pairs of records joined wrongly, and left apart.

    Named: the rows of `wrong_pairs`, each under the record that it belongs to.
    """
    first = pl.col("household_id", "home", "group", "unlinked").drop_nulls().first()
    records = named.sort("role").group_by("source", "record_ref").agg(first)
    records = records.with_columns(
        role=pl.lit(None, pl.String), unlinked=pl.when(pl.col("home").is_null()).then("unlinked")
    )
    people = named.select("source", "record_ref", "person_id").unique()
    joined = _pairs_by(records.drop_nulls("home"), "home")
    strange = joined.filter(pl.col("household_id") != pl.col("other_household_id"))
    apart = _apart(_pairs_by(records, "household_id"), "home")
    why = pl.when("shared").then(pl.lit(PERSON_OF_BOTH)).otherwise(pl.lit(NOBODY_OF_BOTH))
    return (
        _told(_with_shared(strange, people), "households", JOINED, why),
        _told(
            _with_shared(apart, people),
            "households",
            APART,
            pl.coalesce(_no_link(), why),
        ),
    )


def _with_shared(pairs: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The pairs of records with shared: true where the labels name one person in both."""
    one, other = ["source", "record_ref"], ["other_source", "other_record_ref"]
    theirs = people.rename(dict(zip(one, other, strict=True)))
    sharing = pairs.join(people, on=one).join(theirs, on=[*other, "person_id"])
    told = sharing.select(*one, *other, shared=pl.lit(value=True)).unique()
    return pairs.join(told, on=[*one, *other], how="left")


def _pairs_by(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """Each two rows with one value of a column, the earlier first; what is the later's begins with other_."""
    one = rows.sort(_ROW).with_row_index("row")
    other = one.select(key, pl.all().exclude(key).name.prefix("other_"))
    return one.join(other, on=key).filter(pl.col("row") < pl.col("other_row"))


def _apart(pairs: pl.DataFrame, cluster: str) -> pl.DataFrame:
    """Those whose two rows are not in one cluster; a row in none is alone."""
    return pairs.filter((pl.col(cluster) != pl.col(f"other_{cluster}")).fill_null(value=True))


def _no_link() -> pl.Expr:
    """Why one of the two has no link; null where both have."""
    return pl.format(f"{NO_LINK}: {{}}", pl.coalesce("unlinked", "other_unlinked"))


def _told(pairs: pl.DataFrame, unit: str, error: str, why: pl.Expr) -> pl.DataFrame:
    return pairs.with_columns(unit=pl.lit(unit), error=pl.lit(error), why=why).select(_TOLD)
