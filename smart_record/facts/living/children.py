"""The children of a household, as its benefit claims tell: nothing else in the extracts names a child.

A claim that was not changed since holds for a past date too; ages are always those on the date asked about.
"""

from functools import partial

import polars as pl

from smart_record.facts.records.books import Moment
from smart_record.facts.records.people import age, known_birth
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.unknown import sum_of_all
from smart_record.facts.terms.vocabulary import CLAIMS, DEPENDANTS, FOR_BENEFITS

_child = partial(Fact, sources=(DEPENDANTS, CLAIMS), purposes=FOR_BENEFITS)
_NOTE = (
    "On live claims. Not known where a claim has more dependants than are named, or one without a date of"
    " birth."
)

FACTS = (
    _child(
        type=FactType.COUNT,
        name="household.children",
        unit="people",
        meaning="children under 18 on a benefit claim",
        note=_NOTE,
    ),
    _child(
        type=FactType.COUNT,
        name="household.children_under_5",
        unit="people",
        meaning="children under 5 on a benefit claim",
        note=_NOTE,
    ),
    _child(
        type=FactType.COUNT,
        name="household.school_age_children",
        unit="people",
        meaning="children aged 4 to 16 on a benefit claim",
        note=_NOTE,
    ),
    _child(
        name="household.has_children",
        type=FactType.YES_NO,
        meaning="there is a child under 18 on a benefit claim",
        note="Yes as soon as one is known, even where their number is not.",
    ),
    _child(
        type=FactType.COUNT,
        name="household.children_without_free_meals",
        unit="people",
        meaning="children of school age who get no free school meals",
        note="As the school record says. Not known where one of the children has none, or the council maps no"
        " such column.",
    ),
    _child(
        type=FactType.COUNT,
        name="household.youngest_child_age",
        unit="years",
        meaning="age of the youngest child on a benefit claim whose date of birth is known",
    ),
)


_DEPENDANTS = {
    "record_ref": pl.String,
    "resident_id": pl.String,
    "dob": pl.Date,
    "free_school_meals": pl.Boolean,
}


def child_facts(claims: pl.DataFrame, dependants: pl.DataFrame | None, moment: Moment) -> pl.DataFrame:
    """The children on the live claims of each household.

    Args:
        claims: As `claim_state` returns them.
        dependants: As `Claims.dependants`; without them only a claim that has none tells something.
        moment: A dependant of 18 or more is no child; one born later is not there yet.

    Returns:
        One row a household with a live claim. Columns: household, and of `FACTS` those of children.
    """
    live = claims.filter("live").select("household", "record_ref", "holds", "dependants")
    if dependants is None:
        dependants = pl.DataFrame(schema=_DEPENDANTS)
    born = known_birth(pl.col("dob"), moment.as_of)
    rows = dependants.filter(pl.col("dob").is_null() | (pl.col("dob") <= moment.as_of))
    named = rows.with_columns(years=age(born, moment.as_of)).join(live.filter("holds"), on="record_ref")
    told = named.group_by("record_ref").agg(rows=pl.len(), aged=pl.col("years").count())
    all_named = pl.col("rows").fill_null(0) >= pl.col("dependants")
    all_aged = (pl.col("aged") == pl.col("rows")).fill_null(value=True)
    complete = (pl.col("holds") & all_named & all_aged).fill_null(value=False).all()
    all_told = live.join(told, on="record_ref", how="left").group_by("household").agg(complete=complete)
    children = (
        named.filter(pl.col("years") < 18)
        .sort("record_ref", "dob")
        .unique(["household", "resident_id"], keep="first", maintain_order=True)
    )
    return _count_children(all_told, children)


def _count_children(all_told: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    years = pl.col("years")
    counts = {
        "household__children": pl.len().cast(pl.Int64),
        "household__children_under_5": (years < 5).sum().cast(pl.Int64),
        "household__school_age_children": years.is_between(4, 16).sum().cast(pl.Int64),
    }
    without = (~pl.col("free_school_meals")).filter(years.is_between(4, 16))
    counted = children.group_by("household").agg(
        years.min().alias("household__youngest_child_age"),
        sum_of_all(without.cast(pl.Int64)).alias("household__children_without_free_meals"),
        **counts,
    )
    some = pl.col("household__youngest_child_age").is_not_null()
    return (
        all_told.join(counted, on="household", how="left")
        .with_columns(
            pl.when(some | pl.col("complete")).then(some).alias("household__has_children"),
            *[pl.when("complete").then(pl.col(name).fill_null(0)).alias(name) for name in counts],
            pl.when("complete")
            .then(pl.when(some).then("household__children_without_free_meals").otherwise(0))
            .alias("household__children_without_free_meals"),
        )
        .drop("complete")
    )
