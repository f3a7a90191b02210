"""Pairs of person rows worth comparing: rows that share one of several keys, none of them common."""

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.blocks import Block, home_block, other_blocks

_LARGEST_AT_HOME = 60
"""Rows at one property that are all compared; of a larger one (a hostel, an office) only those with a name
in common, as for a street."""

_LARGEST = 12
"""Rows that may share any other key; what more share (a common name, the 1st of April) tells nothing."""

_HALF = np.uint64(32)
"""Bits of a person number where two are held in one."""

Packed = npt.NDArray[np.uint64]


def candidate_pairs(adults: pl.DataFrame) -> pl.DataFrame:
    """Pairs to compare.

    Args:
        adults: Person rows, numbered from 0, with person, record, forename, surname, dob, nino and the
            record's property, building, postcode, telephone, email, starts, ends.

    Returns:
        Distinct pairs, left < right by person number, never of one record, sorted. Columns: left, right.
    """
    bits = np.uint64(max(adults.height, 1).bit_length())
    found = [_pairs(home_block(adults), bits, _LARGEST_AT_HOME)]
    found += [_pairs(block, bits, _LARGEST) for block in other_blocks(adults)]
    pairs = _once_each(np.concatenate(found))
    left, right = (pairs >> _HALF).astype(np.uint32), pairs.astype(np.uint32)
    record = adults["record"].to_numpy()
    apart = record[left] != record[right]
    return pl.DataFrame({"left": left[apart], "right": right[apart]})


def _pairs(block: Block, bits: np.uint64, largest: int) -> Packed:
    """All pairs of rows with one key, for keys that at most `largest` rows share; two numbers in one.

    Key and row are sorted as one number, the row in its last `bits`: of the key as many bits are left as tell
    millions apart. Each is then paired with the next, the next but one and so on: no join, no large block.
    """
    person = (np.uint64(1) << bits) - np.uint64(1)
    rows = _once_each((block.keys & ~person) | block.persons)
    if not len(rows):
        return rows
    starts = np.flatnonzero(np.append(True, (rows[1:] ^ rows[:-1]) > person))
    lengths = np.diff(np.append(starts, len(rows)))
    length = np.repeat(lengths, lengths)
    found = [np.empty(0, dtype=np.uint64)]
    for step in range(1, largest):
        few = (length > step) & (length <= largest)
        rows, length = rows[few], length[few]
        if not len(rows):
            break
        one, other = rows[:-step], rows[step:]
        same = (one ^ other) <= person
        found.append(((one[same] & person) << _HALF) | (other[same] & person))
    return np.concatenate(found)


def _once_each(values: Packed) -> Packed:
    """The values sorted, without repeats (numpy's own `unique` hashes, which is slower than the sort)."""
    in_order = np.sort(values)
    return in_order[np.append(True, in_order[1:] != in_order[:-1])] if len(in_order) else in_order
