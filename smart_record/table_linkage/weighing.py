"""Candidate pairs compared and weighed, a part at a time, by what is learned from some of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from smart_record.linkage.graph.clusters import components
from smart_record.table_linkage.comparing import Compared, Comparer
from smart_record.table_linkage.declared_comparisons import Comparison
from smart_record.table_linkage.keys import Pairs, ends
from smart_record.table_linkage.learning import Model, Sample, all_pairs, by_chance, learn, weigh
from smart_record.table_linkage.rarity import Rarity

_MOST_LEARNED_FROM = 400_000
_AT_ONCE = 2_000_000
"""Pairs compared at once: what bounds the memory of a matching."""

_KEPT = -6.0
"""Posterior bits from which a pair is worth another look once people are counted: about one in sixty."""

_SURE = 7.0
"""Posterior bits from which rows are counted as one person: one in a hundred is wrong."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs any pairs of the rows.

    Attributes:
        asked: What is compared.
        compare: Compares any pairs.
        model: What was learned.
        rarity: Of the rows' values.
    """

    asked: tuple[Comparison, ...]
    compare: Comparer
    model: Model
    rarity: Rarity

    def weighed(self, pairs: Compared) -> pl.DataFrame:
        """Give left, right (u32), match_weight and posterior (bits) of compared pairs, in their order."""
        weights = weigh(self.asked, self.model, pairs, self.rarity)
        return pl.DataFrame(
            {
                "left": pairs.left.astype(np.uint32),
                "right": pairs.right.astype(np.uint32),
                "match_weight": weights.match_weight,
                "posterior": weights.posterior,
            }
        )

    def weighed_pairs(self, pairs: Pairs) -> pl.DataFrame:
        """Compare and weigh pairs, as `weighed`."""
        parts = [self.weighed(self.compare(*ends(part))) for part in _parts(pairs)]
        return pl.concat(parts) if parts else self.weighed(self.compare(*ends(pairs)))


def weigh_candidates(
    rows: pl.DataFrame,
    asked: tuple[Comparison, ...],
    compare: Comparer,
    pairs: Pairs,
    *,
    across: bool,
    tell: Callable[[str], None],
) -> tuple[Weigher, pl.DataFrame]:
    """Learn what agreement is worth, and weigh all candidates.

    Learned twice: first with all rows counted, then, when it is all but sure which rows are one person's,
    with people counted.

    Args:
        rows: `standard_rows`.
        asked: What is compared.
        compare: Compares any pairs.
        pairs: The candidates.
        across: Whether only pairs of two tables count.
        tell: Told what is being done.

    Returns:
        What weighs any pairs, and the candidates worth a look, as `Weigher.weighed`.
    """
    tell("learning what agreement is worth")
    every = all_pairs(rows, across=across)
    step = max(1, -(-len(pairs) // _MOST_LEARNED_FROM))
    sample = Sample(compare(*ends(pairs[::step])), step, every)
    u = by_chance(asked, compare, rows=rows.height, every=every)
    rarity = Rarity.of(rows, asked)
    first = Weigher(asked, compare, learn(asked, sample, u, rarity), rarity)
    kept, sure = _worth_keeping(first, pairs, tell)
    tell("learning who bears which name")
    people = components(rows.height, sure["left"], sure["right"])
    rarity = Rarity.of(rows, asked, people=people)
    weigher = replace(first, model=learn(asked, sample, u, rarity), rarity=rarity)
    return weigher, weigher.weighed(kept)


def _worth_keeping(
    weigher: Weigher, pairs: Pairs, tell: Callable[[str], None]
) -> tuple[Compared, pl.DataFrame]:
    """The pairs that may be one person, compared; and those that all but surely are, weighed."""
    kept, sure, done = [], [], 0
    for part in _parts(pairs):
        tell(f"comparing: {done / 1e6:.0f} of {len(pairs) / 1e6:.1f} million pairs")
        compared = weigher.compare(*ends(part))
        weighed = weigher.weighed(compared)
        posterior = weighed["posterior"].to_numpy()
        kept.append(_some(compared, posterior >= _KEPT))
        sure.append(weighed.filter(posterior >= _SURE))
        done += len(part)
    if not kept:
        nothing = weigher.compare(*ends(pairs))
        return nothing, weigher.weighed(nothing)
    return _joined(kept), pl.concat(sure)


def _parts(pairs: Pairs) -> Iterator[Pairs]:
    for start in range(0, len(pairs), _AT_ONCE):
        yield pairs[start : start + _AT_ONCE]


def _some(pairs: Compared, wanted: np.ndarray) -> Compared:
    levels = {name: level[wanted] for name, level in pairs.levels.items()}
    return Compared(pairs.left[wanted], pairs.right[wanted], levels)


def _joined(parts: list[Compared]) -> Compared:
    levels = {name: np.concatenate([part.levels[name] for part in parts]) for name in parts[0].levels}
    left, right = (np.concatenate([getattr(part, side) for part in parts]) for side in ("left", "right"))
    return Compared(left, right, levels)
