"""What the council's own histories say about past dates: features as known then, outcomes as they came since.

One row per household and month end. Features of a date are the dated facts derived as of it, so nothing
that happened later can reach them; the outcomes are joined on afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
import polars as pl

from models.errors import NotEnoughHistory
from models.histories.cohort import scored_households
from models.histories.feature_declarations import FEATURES
from models.histories.features import Feature, check_features, encode_features
from models.histories.labels import label_households, observed_outcomes, outcome_events, window_end
from models.histories.splits import month_ends
from models.measures.metrics import Floats
from smart_record.facts import derive_facts, prepare_records
from smart_record.records import Records

Say: TypeAlias = Callable[[str], None]
"""Told what is being done, as it begins."""

HISTORY = timedelta(days=182)
"""A date needs this much history behind it before its payment record means anything."""
MOST_DATES = 19
"""Newest month ends used: seven to learn from at the oldest block, then the two gaps of six months."""

_PAYMENTS = (("council_tax_transactions", "posted_on"), ("rent_transactions", "posted_on"))
_STAGES = (("council_tax_recovery_history", "stage_on"), ("rent_arrears_history", "stage_on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The rows a model learns from and is measured on.

    Attributes:
        rows: One row per (household_id, as_of), sorted so. Columns: household_id, as_of, one Float64 per
            feature, one Boolean per outcome and `any`.
        events: Every new outcome, as `labels.outcome_events` gives them.
        features: The features, in column order.
        outcomes: Names of the outcomes whose histories the council brought.
        helped_rows: Rows left out because help makes them unfit to learn from (see `helped`).
        helped_households: Households of those rows.
    """

    rows: pl.DataFrame
    events: pl.DataFrame
    features: tuple[Feature, ...]
    outcomes: tuple[str, ...]
    helped_rows: int = 0
    helped_households: int = 0

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates that have rows, oldest first."""
        return tuple(self.rows.get_column("as_of").unique().sort())

    def on(self, dates: Sequence[date]) -> "Panel":
        """Keep the rows of some dates."""
        rows = self.rows.filter(pl.col("as_of").is_in(list(dates)))
        return replace(self, rows=rows)

    def values(self) -> Floats:
        """Give the features as a matrix: rows as they are, columns as `features`, NaN where not known."""
        names = [feature.name for feature in self.features]
        return np.asarray(
            self.rows.select(pl.col(names).fill_null(float("nan"))).to_numpy(), dtype=np.float64
        )

    def labels(self, outcome: str) -> Floats:
        """Give 1 where the outcome came in the window, else 0."""
        return np.asarray(self.rows.get_column(outcome).cast(pl.Float64).to_numpy(), dtype=np.float64)


def build_panel(
    records: Records,
    *,
    snapshot_on: date,
    features: Sequence[Feature] = FEATURES,
    say: Say = lambda _: None,
) -> Panel:
    """Look back over the histories, one month end after another.

    Args:
        records: The night's Smart Record, with its histories.
        snapshot_on: The night the extracts were taken; nothing is known after it.
        features: The features to derive.
        say: Told of each date.

    Raises:
        NotEnoughHistory: If no month end has history behind it and six known months after it.
        LeakageFound: If a feature reads what was not known then.
    """
    check_features(features)
    observed = observed_outcomes(records)
    events = outcome_events(records)
    dates = training_dates(records, snapshot_on=snapshot_on)
    prepared = prepare_records(records)
    parts = []
    for place, as_of in enumerate(dates, start=1):
        say(f"Looking back at {as_of:%d %B %Y} ({place} of {len(dates)})")
        facts = scored_households(derive_facts(prepared, as_of=as_of, snapshot_on=snapshot_on))
        encoded = encode_features(facts, as_of=as_of, features=features)
        labels = label_households(encoded, events, as_of=as_of, known_until=snapshot_on, observed=observed)
        parts.append(
            encoded.insert_column(1, pl.lit(as_of).alias("as_of")).hstack(labels.drop("household_id"))
        )
    return Panel(
        rows=pl.concat(parts).sort("household_id", "as_of"),
        events=events,
        features=tuple(features),
        outcomes=tuple(one.name for one in observed),
    )


def training_dates(records: Records, *, snapshot_on: date) -> tuple[date, ...]:
    """List the month ends with half a year of history before them and six known months after.

    Raises:
        NotEnoughHistory: If there is none.
    """
    payments, stages = _history_start(records, _PAYMENTS), _history_start(records, _STAGES)
    first = max(payments + HISTORY, stages) if payments and stages else snapshot_on
    usable = tuple(day for day in month_ends(first, snapshot_on) if window_end(day) <= snapshot_on)
    if not usable:
        raise NotEnoughHistory(
            f"Not enough history to train: payments are known from {payments or 'no date'}, recovery stages"
            f" from {stages or 'no date'}, and the extracts were taken on {snapshot_on}. A model needs half a"
            " year of payments before a date and six months of outcomes after it. Bring longer histories."
        )
    return usable[-MOST_DATES:]


def _history_start(records: Records, columns: Sequence[tuple[str, str]]) -> date | None:
    """The day from which all of them are full: the newest of their beginnings, a stray early row aside."""
    begins = [
        records.extracts[name]
        .select(pl.col(column).quantile(0.01, interpolation="nearest").cast(pl.Date))
        .item()
        for name, column in columns
        if name in records.extracts
    ]
    return max((begin for begin in begins if begin is not None), default=None)
