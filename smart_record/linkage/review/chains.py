"""How two rows of one resident hang together: the chain of links whose weakest link is strongest."""

from collections.abc import Collection, Mapping, Sequence

from smart_record.linkage.review.explaining import PairExplained, Row

Pair = tuple[Row, Row]


def strongest_chain(
    ends: Pair,
    rows: Sequence[Row],
    explained: Mapping[Pair, PairExplained | None],
    confirmed: Collection[Pair] = (),
) -> tuple[Row, ...]:
    """The rows from one end to the other, each linked to the next.

    Of all chains, the one whose weakest link is strongest; of equals, the one of fewest rows. Contradicted
    pairs are no links.

    Args:
        ends: The two rows.
        rows: The resident's rows, the two among them.
        explained: Every pair of these rows, in either order.
        confirmed: Pairs that an officer joined: nothing is stronger.

    Returns:
        Both ends and what lies between; empty if only what this does not know joins them.
    """
    start, goal = ends
    best: dict[Row, tuple[float, int, tuple[Row, ...]]] = {start: (float("inf"), 0, (start,))}
    done: set[Row] = set()
    while waiting := sorted(
        (-width, steps, chain) for row, (width, steps, chain) in best.items() if row not in done
    ):
        width, steps, chain = -waiting[0][0], waiting[0][1], waiting[0][2]
        here = chain[-1]
        done.add(here)
        if here == goal:
            return chain
        for row in rows:
            bits = _bits((here, row), explained, confirmed)
            if row in done or bits is None:
                continue
            reached = (min(width, bits), steps + 1, (*chain, row))
            known = best.get(row)
            if known is None or (-reached[0], reached[1], reached[2]) < (-known[0], known[1], known[2]):
                best[row] = reached
    return ()


def _bits(
    pair: Pair, explained: Mapping[Pair, PairExplained | None], confirmed: Collection[Pair]
) -> float | None:
    """Bits beyond even odds of a link; None if it is none."""
    turned = (pair[1], pair[0])
    if pair in confirmed or turned in confirmed:
        return float("inf")
    found = explained.get(pair) or explained.get(turned)
    return None if found is None or found.conflicts else found.match_weight - found.needed
