"""Random conditions on events, and households to which things happened: on boundary days, twice, unknown."""

import random
from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl
from hypothesis import strategies as st

from smart_record.events import EVENTS, EVER, Events, Happening, History
from smart_record.events.catalogue import HAPPENED_SCHEMA
from smart_record.facts.terms.catalogue import column_of
from tests.rules.strategies import DATES_AS_OF

HAPPENED = ("rent.payment_missed", "council_tax.payment_missed", "benefits.claim_ended", "rent.notice_served")
"""Events that random conditions speak of."""

_BACK = (-1, 0, 1, 2, 6, 7, 8, 27, 28, 29, 30, 31, 59, 60, 61, 89, 90, 91, 400)
_WINDOWS = ("0 days", "1 days", "7 days", "30 days", "4 weeks", "grace_days days", "60 days", "90 days")
_LATELY = (" in the last 90 days", " in the last 13 weeks", " in the last 400 days", "")

Histories = Mapping[str, History]


def event_conditions() -> st.SearchStrategy[str]:
    """Texts of conditions on events."""
    events, counts = st.sampled_from(HAPPENED), st.sampled_from(["2", "3", "few"])
    windows, lately = st.sampled_from(_WINDOWS), st.sampled_from(_LATELY)
    pairs = st.permutations(HAPPENED)
    return st.one_of(
        st.builds("{} in the last {}".format, events, windows),
        st.builds("at least {} of {} within {}{}".format, counts, events, windows, lately),
        st.builds("at least {} of {} in the last {}".format, counts, events, windows),
        st.builds(
            lambda pair, window, last: f"{pair[0]} then {pair[1]} within {window}{last}",
            pairs,
            windows,
            lately,
        ),
    )


@st.composite
def histories(draw: st.DrawFn, households: int, as_of: date) -> list[Histories]:
    """What happened to each of several households; a third of the histories are silent or cut short."""
    deal = random.Random(draw(st.integers(0, 2**32 - 1)))
    near = draw(st.lists(st.sampled_from(_BACK), min_size=2, max_size=6))
    return [{name: _history(deal, near, as_of) for name in HAPPENED} for _ in range(households)]


def _history(deal: random.Random, near: list[int], as_of: date) -> History:
    days = [as_of - timedelta(days=deal.choice(near)) for _ in range(deal.choice([0, 0, 1, 2, 3, 5]))]
    records = [Happening(day, "rent", deal.choice(["T1", "T2"])) for day in days]
    since = deal.choice([EVER, EVER, None, as_of - timedelta(days=deal.choice(_BACK))])
    return History(tuple(sorted(records)), since)


def frames_of(sheets: Mapping[str, Histories], *, shuffled: int = 0) -> Events:
    """The same histories as the night's frames."""
    rows = [
        (household, name, each.on, each.on, each.source, each.record_ref)
        for household, known in sheets.items()
        for name, history in known.items()
        for each in history.happenings
    ]
    random.Random(shuffled).shuffle(rows)
    happened = pl.DataFrame(rows, schema=HAPPENED_SCHEMA, orient="row")
    since = {
        column_of(event.name): [
            known[event.name].known_from if event.name in known else None for known in sheets.values()
        ]
        for event in EVENTS
    }
    dates = {name: pl.Series(values, dtype=pl.Date) for name, values in since.items()}
    return Events(happened=happened, reach=pl.DataFrame({"household_id": list(sheets), **dates}))


AS_OF_DATES = st.sampled_from(DATES_AS_OF)
