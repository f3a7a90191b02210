"""How the other council throws its dice: habits, errors, and what only a dirtier council does."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

_Choice = TypeVar("_Choice")

_ALL_KINDS_FROM = 2.5
"""The dirt from which errors that careless councils do not make are as common as they get."""


class Chance:
    """One seeded stream for a whole council.

    Attributes:
        rng: The stream.
        dirt: How many times as common errors are as in the labelled extracts; above 0.
        excess: How far dirt goes beyond those extracts: 0 at dirt 1, 1 from dirt 2.5 on.
    """

    def __init__(self, seed: int, dirt: float) -> None:
        self.rng = np.random.default_rng(seed)
        self.dirt = dirt
        self.excess = max(0.0, min(1.0, (dirt - 1.0) / (_ALL_KINDS_FROM - 1.0)))

    def habit(self, share: float) -> bool:
        """Whether something holds that is no error, and so as common at any dirt."""
        return self.rng.random() < share

    def error(self, rate: float, most: float = 0.92) -> bool:
        """Whether an error is made that the labelled extracts have at this rate."""
        return self.rng.random() < min(most, rate * self.dirt)

    def worse(self, rate: float) -> bool:
        """Whether something is written that only a dirtier council writes."""
        return self.rng.random() < rate * self.excess

    def one_of(self, choices: Sequence[_Choice]) -> _Choice:
        """One of them, each as likely."""
        return choices[self.whole(0, len(choices))]

    def position(self, shares: Sequence[float]) -> int:
        """A position in shares, each as likely as its share; they need not add up to one."""
        weights = np.asarray(shares, dtype=np.float64)
        return int(self.rng.choice(len(weights), p=weights / weights.sum()))

    def whole(self, first: int, end: int) -> int:
        """A whole number from first on, below end."""
        return int(self.rng.integers(first, end))
