"""Pairs of rows worth comparing: those that share a rare enough value, or two or three less rare ones.

Keys are made from whatever fields the mapping declares. A key that many rows share tells little and costs
much, so its rows are asked for a second field, and then for a third.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.name_likeness import name_skeletons

Keys = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]

Atom = tuple[str, Keys]

_HALF = 32
_ALONE, _OF_TWO, _OF_THREE = 12, 40, 60
"""Rows that may share a key of one, two and three fields."""

_PAIRS_A_ROW = 120
"""Candidates for each row, on average, that are worth their time; with more, common keys are left out."""


def candidate_pairs(rows: pl.DataFrame, *, across: bool) -> tuple[Pairs, Pairs]:
    """Pairs to compare.

    Args:
        rows: `standard_rows` with `address`.
        across: Only pairs of rows of two tables.

    Returns:
        Row numbers, left < right, each pair once, sorted.
    """
    atoms = _atoms(rows)
    table = rows["table"].to_numpy()
    for tighter in (1, 2, 4, 8, 16):
        found = _found(atoms, table if across else None, tighter)
        pairs = np.unique(found)
        if len(pairs) <= _PAIRS_A_ROW * rows.height:
            break
    return pairs >> _HALF, pairs & (2**_HALF - 1)


def _atoms(rows: pl.DataFrame) -> list[Atom]:
    """What rows may share: a group (two atoms of one group never make a key) and a hash; 0 for not known."""
    here = set(rows.columns)
    wanted: list[tuple[str, pl.Series]] = []
    for name in ("forename", "surname"):
        if name in here:
            wanted += [
                (name, rows[name]),
                (name, name_skeletons(rows[name])),
                (name, rows[name].str.slice(0, 4)),
            ]
    if "birth" in here:
        birth = rows["birth"]
        wanted += [
            ("birth", birth),
            ("birth", birth.str.slice(0, 6)),
            ("birth", birth.str.slice(4)),
            ("birth", birth.str.slice(0, 4) + birth.str.slice(6)),
        ]
    wanted += [("place", rows[name]) for name in ("address", "postcode", "street") if name in here]
    wanted += [(name, rows[name]) for name in ("identifier", "telephone", "email") if name in here]
    wanted += [(name, rows[name]) for name in sorted(here) if name.startswith("other.")]
    if "locality" in here and "postcode" not in here:
        wanted.append(("place", rows["locality"]))
    atoms = [(group, _hashed(values)) for group, values in wanted if values.n_unique() > len(values) ** 0.25]
    if {"forename", "surname"} <= here:
        both = [name_skeletons(rows[name]) for name in ("forename", "surname")]
        ordered = pl.DataFrame(both).select(
            pl.concat_str(pl.min_horizontal(pl.all()), pl.max_horizontal(pl.all()), separator="|")
        )
        unknown = both[0].is_null() | both[1].is_null()
        atoms.append(("names", _hashed(ordered.to_series().set(unknown, None))))
    return atoms


def _hashed(values: pl.Series) -> Keys:
    hashes = np.where(
        values.is_null().to_numpy(), np.uint64(0), values.hash(seed=0).to_numpy() | np.uint64(1)
    )
    return np.asarray(hashes, dtype=np.uint64)


def _found(atoms: list[Atom], table: npt.NDArray[np.uint8] | None, tighter: int) -> Pairs:
    """All pairs of rows that share a key small enough."""
    sought = (
        (_combined(atoms, 1), _ALONE),
        (_combined(atoms, 2), _OF_TWO),
        (_combined(_one_of_each_group(atoms), 3), _OF_THREE),
    )
    found = [np.empty(0, dtype=np.int64)]
    for keys, most in sought:
        found += [_pairs_of(key, table, most // tighter + 1) for key in keys]
    return np.concatenate(found)


def _one_of_each_group(atoms: list[Atom]) -> list[Atom]:
    """The broadest atom of each group: what three of them share is rare enough, and slips pass it by."""
    broadest: dict[str, tuple[int, Keys]] = {}
    for group, key in atoms:
        values = len(np.unique(key))
        if group not in broadest or values < broadest[group][0]:
            broadest[group] = (values, key)
    return [(group, key) for group, (_, key) in broadest.items() if group != "names"]


def _combined(atoms: list[Atom], count: int) -> Iterator[Keys]:
    for chosen in combinations(atoms, count):
        if len({group for group, _ in chosen}) == count:
            key = chosen[0][1]
            known = key != 0
            for _, more in chosen[1:]:
                known &= more != 0
                key = _mixed(key, more)
            yield np.where(known, key | np.uint64(1), np.uint64(0))


def _mixed(one: Keys, other: Keys) -> Keys:
    return (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other + (one >> np.uint64(7)))


def _pairs_of(key: Keys, table: npt.NDArray[np.uint8] | None, most: int) -> Pairs:
    """Pairs of rows with one key that at most `most` rows share; two numbers in one."""
    rows = (key != 0).nonzero()[0]
    order = rows[np.argsort(key[rows], kind="stable")]
    sorted_keys = key[order]
    starts = np.append(True, sorted_keys[1:] != sorted_keys[:-1]).nonzero()[0] if len(order) else rows
    lengths = np.diff(np.append(starts, len(order)))
    length = np.repeat(lengths, lengths)
    kept = (length > 1) & (length <= most)
    order, sorted_keys, length = order[kept], sorted_keys[kept], length[kept]
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, most):
        wide = length > step
        order, sorted_keys, length = order[wide], sorted_keys[wide], length[wide]
        if len(order) <= step:
            break
        same = sorted_keys[:-step] == sorted_keys[step:]
        one, other = order[:-step][same], order[step:][same]
        if table is not None:
            apart = table[one] != table[other]
            one, other = one[apart], other[apart]
        found.append(np.minimum(one, other) << _HALF | np.maximum(one, other))
    return np.concatenate(found)
