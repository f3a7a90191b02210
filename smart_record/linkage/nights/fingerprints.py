"""Twelve hexadecimal digits for each of a million texts at once: ids drawn from keys.

The same text gives the same digits on every machine and with every version of every library: the bytes of its
UTF-8 form are mixed eight at a time by the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), and
nothing else is asked. It hides nothing, and need not: who may see an id may see the record it names.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

Words = npt.NDArray[np.uint64]

_WORD = 8
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_KEPT = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], dtype=np.uint64)
"""What is kept of a word of which so many bytes are the text's."""

_DIGITS = 3
"""Hexadecimal digits that are looked up at one time."""


def fingerprints(texts: pl.Series) -> pl.Series:
    """Give each text its digits.

    Args:
        texts: Any texts without nulls.

    Returns:
        Twelve capital hexadecimal digits each; of a million texts hardly ever two have the same.
    """
    mixed = _mixed_bytes(texts) >> np.uint64(16)
    table = pl.Series([f"{part:0{_DIGITS}X}" for part in range(1 << 4 * _DIGITS)])
    parts = [
        table.gather(((mixed >> np.uint64(shift)) & np.uint64(len(table) - 1)).astype(np.uint32))
        for shift in (36, 24, 12, 0)
    ]
    named = pl.DataFrame({str(place): part for place, part in enumerate(parts)})
    return named.select(pl.concat_str(pl.all())).to_series()


def _mixed_bytes(texts: pl.Series) -> Words:
    """All bytes of each text mixed into one number, beginning with how many there are."""
    text = texts.str.join("").item().encode() + bytes(_WORD)
    every_word: Words = np.ndarray((len(text) - _WORD + 1,), dtype="<u8", buffer=text, strides=(1,))
    lengths = texts.str.len_bytes().to_numpy().astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    mixed = _mixed(lengths.astype(np.uint64))
    rows = np.arange(len(texts))
    for done in range(0, int(lengths.max(initial=0)), _WORD):
        rows = rows[lengths[rows] > done]
        left = np.minimum(lengths[rows] - done, _WORD)
        mixed[rows] = _mixed(mixed[rows] ^ (every_word[starts[rows] + done] & _KEPT[left]))
    return mixed


def _mixed(numbers: Words) -> Words:
    numbers = numbers + _STEP
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _SECOND
    return numbers ^ (numbers >> np.uint64(31))
