"""Dates that lie ahead: a hearing for council tax, the end of a notice, a possession hearing, an eviction."""

from datetime import date
from functools import partial

import polars as pl

from smart_record.facts.records.attached import Attached
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.vocabulary import COURT, COURT_STEPS, FOR_COUNCIL_TAX, FOR_RENT

_tax = partial(Fact, sources=(COURT,), purposes=FOR_COUNCIL_TAX)
_rent = partial(Fact, sources=(COURT,), purposes=FOR_RENT)
_NOTE = "Not known where the council brings no file of court dates."

FACTS = (
    _tax(
        name="council_tax.hearing_set",
        type=FactType.YES_NO,
        meaning="a council tax court hearing lies ahead",
        note=_NOTE,
    ),
    _tax(
        name="council_tax.hearing_on",
        type=FactType.DATE,
        meaning="when the council tax court hearing is",
        note="The next one, from the date asked about; nothing where none is set.",
    ),
    _rent(
        name="rent.possession_date_set",
        type=FactType.YES_NO,
        meaning="a date on the way to losing the home lies ahead",
        note=f"The end of a notice, a possession hearing or an eviction. {_NOTE}",
    ),
    _rent(
        name="rent.possession_date",
        type=FactType.DATE,
        meaning="the next date on the way to losing the home",
        note="From the date asked about; nothing where none is set.",
    ),
    _rent(
        name="rent.possession_step",
        type=FactType.CHOICE,
        choices=COURT_STEPS,
        meaning="what happens on the next date on the way to losing the home",
        note="Of several on one day, the most severe.",
    ),
)


def court_facts(dates: Attached, as_of: date) -> list[pl.DataFrame]:
    """The facts of `FACTS`, as frames side by side."""
    ahead = pl.col("due_on") >= as_of
    severe = pl.col("step").replace_strict({step: rank for rank, step in enumerate(COURT_STEPS)})
    next_first = pl.col("step").sort_by("due_on", severe, descending=[False, True])
    tax, rent = dates.of("council_tax"), dates.of("rent")
    hearings = Attached(rows=tax.rows.filter(ahead & (pl.col("step") == "hearing")), holders=tax.holders)
    steps = Attached(rows=rent.rows.filter(ahead), holders=rent.holders)
    return [
        hearings.told(
            pl.lit(value=True).alias("council_tax__hearing_set"),
            pl.col("due_on").min().alias("council_tax__hearing_on"),
            without={"council_tax__hearing_set": False},
        ),
        steps.told(
            pl.lit(value=True).alias("rent__possession_date_set"),
            pl.col("due_on").min().alias("rent__possession_date"),
            next_first.first().alias("rent__possession_step"),
            without={"rent__possession_date_set": False},
        ),
    ]
