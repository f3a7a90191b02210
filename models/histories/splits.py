"""Which dates a model learns from, is calibrated on and is measured on: always in that order of time.

Between each two lies the whole label window, so no label that a model learned from can hold an event of
the period it is measured on. A split that overlaps can't be made. Random rows are never drawn: they flatter.
A household may stand on both sides, as it does in service: what is predicted are its later outcomes, which no
earlier label holds, and no feature says who it is.

Source: Roberts et al. 2017 on temporal blocking; the rolling origin of dssg/triage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.errors import LeakageFound, NotEnoughHistory
from models.histories.labels import WINDOW_MONTHS, window_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """The dates of one fit.

    Attributes:
        train: Dates learned from, oldest first.
        calibrate: The date on which scores are turned into probabilities; its outcomes were not learned from.
    """

    train: tuple[date, ...]
    calibrate: date

    def __post_init__(self) -> None:
        if not self.train:
            raise NotEnoughHistory(
                f"No date is left to learn from before {self.calibrate}. Bring longer histories."
            )
        _check_gap(max(self.train), self.calibrate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A fit and the later date on which it is measured."""

    fold: Fold
    validate: date

    def __post_init__(self) -> None:
        _check_gap(self.fold.calibrate, self.validate)


def _check_gap(earlier: date, later: date) -> None:
    if window_end(earlier) > later:
        raise LeakageFound(
            f"Outcomes counted from {earlier} run to {window_end(earlier)}, past {later}: a model that"
            " learned from them would be measured on what it has seen. Leave"
            f" {WINDOW_MONTHS} months between the two dates."
        )


def month_ends(first: date, last: date) -> tuple[date, ...]:
    """List the last days of months from `first` to `last`, both included.

    >>> month_ends(date(2026, 1, 31), date(2026, 3, 30))
    (datetime.date(2026, 1, 31), datetime.date(2026, 2, 28))
    """
    ends = []
    day = date(first.year, first.month, 1)
    while (end := _month_end(day)) <= last:
        if end >= first:
            ends.append(end)
        day = end + timedelta(days=1)
    return tuple(ends)


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def newest_fold(dates: Sequence[date]) -> Fold:
    """Calibrate on the newest date and learn from every date whose outcomes were known by then.

    Raises:
        NotEnoughHistory: If no date is old enough to learn from.
    """
    calibrate = max(dates, default=None)
    if calibrate is None:
        raise NotEnoughHistory("No month has its six months of outcomes behind it. Bring longer histories.")
    return Fold(
        train=tuple(sorted(day for day in dates if window_end(day) <= calibrate)), calibrate=calibrate
    )


def rolling_origin(dates: Sequence[date], *, blocks: int, least_training: int = 2) -> tuple[Split, ...]:
    """Move the origin back from the newest date; at each, do what a training that night would have done.

    Args:
        dates: Dates with known labels.
        blocks: How many blocks at most, the newest included.
        least_training: Dates that a block must have to learn from.

    Returns:
        Splits, oldest block first; none if the history is too short for any.
    """
    splits = []
    for validate in sorted(dates):
        known = [day for day in dates if window_end(day) <= validate]
        calibrate = max(known, default=None)
        train = tuple(sorted(day for day in known if calibrate and window_end(day) <= calibrate))
        if calibrate and len(train) >= least_training:
            splits.append(Split(fold=Fold(train=train, calibrate=calibrate), validate=validate))
    return _spread(tuple(splits), blocks)


def _spread(splits: tuple[Split, ...], blocks: int) -> tuple[Split, ...]:
    """Pick `blocks` of them as far apart as they allow, the newest always among them."""
    if len(splits) <= blocks:
        return splits
    step = (len(splits) - 1) / max(blocks - 1, 1)
    picked = {len(splits) - 1 - round(step * place) for place in range(blocks)}
    return tuple(splits[place] for place in sorted(picked))
