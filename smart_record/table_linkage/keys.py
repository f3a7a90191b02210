"""Pairs of rows worth comparing: those that share a rare enough value, or two or three less rare ones.

Keys are made from whatever fields the mapping declares. A key that many rows share tells little and costs
much, so its rows are asked for a second field, and then for a third.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.names.name_words import name_skeletons

Keys = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]

_HALF = 32
_ALONE, _OF_TWO, _OF_THREE = 12, 40, 60
"""Other rows that may share a row's key of one, two and three fields."""

_PAIRS_A_ROW, _PAIRS_A_ROW_OF_MANY, _MANY = 120, 30, 24_000_000
"""Candidates for each row, on average, that are worth their time and room, for tables of a few thousand rows
and for those so large that more than `_MANY` come of it. With more, common keys are left out."""

_HELD = 8_000_000
"""Pairs found before those found twice are taken out."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What rows may share.

    Attributes:
        group: Two atoms of one group never make a key together: one says what the other does.
        keys: A hash of each row's value; 0 for not known.
    """

    group: str
    keys: Keys


def as_pairs(one: Pairs, other: Pairs) -> Pairs:
    """Pairs of row numbers, each as one number; the smaller comes first."""
    return np.minimum(one, other) << _HALF | np.maximum(one, other)


def ends(pairs: Pairs) -> tuple[Pairs, Pairs]:
    """The row numbers that pairs are made of, left < right."""
    return pairs >> _HALF, pairs & (2**_HALF - 1)


def candidate_pairs(rows: pl.DataFrame, *, across: bool) -> Pairs:
    """Pairs to compare.

    Args:
        rows: `standard_rows`.
        across: Only pairs of rows of two tables.

    Returns:
        Each pair once, sorted, its two row numbers in one number (`ends`).
    """
    atoms = _atoms(rows)
    table = rows["table"].to_numpy()
    most = min(_PAIRS_A_ROW * rows.height, max(_PAIRS_A_ROW_OF_MANY * rows.height, _MANY))
    for tighter in (1, 2, 4, 8, 16):
        pairs = _each_once(_found(atoms, table if across else None, tighter), most)
        if len(pairs) <= most:
            break
    return pairs


def _atoms(rows: pl.DataFrame) -> list[Atom]:
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
    atoms = [
        Atom(group, _hashed(values)) for group, values in wanted if values.n_unique() > len(values) ** 0.25
    ]
    if {"forename", "surname"} <= here:
        both = [name_skeletons(rows[name]) for name in ("forename", "surname")]
        ordered = pl.DataFrame(both).select(
            pl.concat_str(pl.min_horizontal(pl.all()), pl.max_horizontal(pl.all()), separator="|")
        )
        unknown = both[0].is_null() | both[1].is_null()
        atoms.append(Atom("names", _hashed(ordered.to_series().set(unknown, None))))
    return atoms


def _hashed(values: pl.Series) -> Keys:
    hashes = np.where(
        values.is_null().to_numpy(), np.uint64(0), values.hash(seed=0).to_numpy() | np.uint64(1)
    )
    return np.asarray(hashes, dtype=np.uint64)


def _each_once(found: Iterable[Pairs], most: int) -> Pairs:
    """Each pair once, sorted; no more are looked for where there are more than `most`."""
    known, held, waiting = np.empty(0, dtype=np.int64), list[Pairs](), 0
    for pairs in found:
        held.append(pairs)
        waiting += len(pairs)
        if waiting > _HELD:
            known, held, waiting = _merged(known, held), [], 0
            if len(known) > most:
                return known
    return _merged(known, held)


def _merged(known: Pairs, found: list[Pairs]) -> Pairs:
    pairs = np.sort(np.concatenate([known, *found]))
    return pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs


def _found(atoms: list[Atom], table: npt.NDArray[np.uint8] | None, tighter: int) -> Iterator[Pairs]:
    """All pairs of rows that share a key small enough.

    Rows that share a rare value are found by it: only those whose every value is common are asked for two
    fields together, and for three.
    """
    alone, of_two, of_three = (most // tighter + 1 for most in (_ALONE, _OF_TWO, _OF_THREE))
    for atom in atoms:
        rows = (atom.keys != 0).nonzero()[0]
        yield _pairs_of(atom.keys[rows], rows, table, alone)
    crowded = {id(atom): _shared_by_more(atom.keys, alone) for atom in atoms}
    for chosen, most in (
        *((chosen, of_two) for chosen in _together(atoms, 2)),
        *((chosen, of_three) for chosen in _together(_one_of_each_group(atoms), 3)),
    ):
        rows = np.logical_and.reduce([crowded[id(atom)] for atom in chosen]).nonzero()[0]
        key = chosen[0].keys[rows]
        for atom in chosen[1:]:
            key = _mixed(key, atom.keys[rows])
        yield _pairs_of(key, rows, table, most)


def _together(atoms: list[Atom], count: int) -> Iterator[tuple[Atom, ...]]:
    for chosen in combinations(atoms, count):
        if len({atom.group for atom in chosen}) == count:
            yield chosen


def _one_of_each_group(atoms: list[Atom]) -> list[Atom]:
    """The broadest atom of each group: what three of them share is rare enough, and slips pass it by."""
    broadest: dict[str, tuple[int, Atom]] = {}
    for atom in atoms:
        values = len(_merged(np.empty(0, dtype=np.int64), [atom.keys.view(np.int64)]))
        if atom.group not in broadest or values < broadest[atom.group][0]:
            broadest[atom.group] = (values, atom)
    return [atom for group, (_, atom) in broadest.items() if group != "names"]


def _mixed(one: Keys, other: Keys) -> Keys:
    return (one * np.uint64(0x9E3779B97F4A7C15)) ^ (other + (one >> np.uint64(7)))


def _runs(sorted_keys: Keys) -> Pairs:
    """How many rows share the key of each row, of keys that are sorted."""
    if not len(sorted_keys):
        return np.empty(0, dtype=np.int64)
    starts = np.append(True, sorted_keys[1:] != sorted_keys[:-1]).nonzero()[0]
    lengths = np.diff(np.append(starts, len(sorted_keys)))
    return np.repeat(lengths, lengths)


def _shared_by_more(keys: Keys, most: int) -> npt.NDArray[np.bool_]:
    """By row: whether more than `most` rows have its value."""
    order = np.argsort(keys)
    shared = np.zeros(len(keys), dtype=np.bool_)
    shared[order] = _runs(keys[order]) > most
    return np.asarray(shared & (keys != 0), dtype=np.bool_)


def _pairs_of(key: Keys, rows: Pairs, table: npt.NDArray[np.uint8] | None, most: int) -> Pairs:
    """Pairs of `rows` with one key that at most `most` of them share; two numbers in one."""
    order = np.argsort(key)
    order, sorted_keys = rows[order], key[order]
    length = _runs(sorted_keys)
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
        found.append(as_pairs(one, other))
    return np.concatenate(found)
