"""How the invented council throws its dice: seeded streams, one for each topic.

Each topic has a stream of its own, so that a change in how names are drawn leaves the money as it was.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def stream(seed: int, topic: str) -> np.random.Generator:
    """The random numbers of one topic of one council (PCG64)."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *topic.encode()])))


def draw(rng: np.random.Generator, shares: Sequence[float] | Floats, size: int) -> Ints:
    """`size` positions in `shares`, each as likely as its share; shares need not add up to one."""
    bounds = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.searchsorted(bounds / bounds[-1], rng.random(size), side="right").astype(np.int64)


def draw_by_row(rng: np.random.Generator, shares: Floats, rows: Ints) -> Ints:
    """One position for each of `rows`, by the shares in that row of a table of shares."""
    bounds = np.cumsum(shares, axis=1)
    bounds /= bounds[:, -1:]
    above: Flags = rng.random(len(rows))[:, None] >= bounds[rows]
    return np.asarray(above.sum(axis=1), dtype=np.int64)


def happens(rng: np.random.Generator, rate: float | Floats, size: int) -> Flags:
    """Whether something with this chance happened, `size` times over."""
    return rng.random(size) < rate


def quota(rng: np.random.Generator, shares: Sequence[float], size: int) -> Ints:
    """Positions in `shares` in random order, their counts as near to the shares as whole numbers allow."""
    bounds = np.rint(np.cumsum(shares) / np.sum(shares) * size).astype(np.int64)
    return rng.permutation(np.searchsorted(bounds, np.arange(size), side="right").astype(np.int64))


def worsened(rate: float, dirt: float) -> float:
    """An error rate when errors are `dirt` times as common, in odds: never above one; 1.0 leaves it as it is.

    >>> round(worsened(0.02, 2.5), 4), worsened(0.5, 0.0)
    (0.0485, 0.0)
    """
    return rate * dirt / (1.0 - rate + rate * dirt)


def spread(first: int, count: int, step: int, rng: np.random.Generator) -> Ints:
    """`count` distinct reference numbers from `first` on, about `step` apart, in random order."""
    gaps = rng.integers(1, 2 * step, size=count)
    return rng.permutation(first + np.cumsum(gaps))
