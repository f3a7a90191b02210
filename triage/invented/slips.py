"""How words go wrong between a person's mouth and a council's screen."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from triage.invented.chance import draw, happens
from triage.invented.tables import table

_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopqsdfghjklaxcvbnmz", strict=True))
_LOOK_ALIKES = (("o", "0"), ("l", "1"), ("s", "5"), ("m", "rn"), ("e", "c"))
_SHORTEST = 4
_KINDS = (0.2, 0.2, 0.2, 0.27, 0.13)  # a letter lost, doubled, swapped, mistyped, misread


def mistyped(rng: np.random.Generator, words: pl.Series, rate: float) -> pl.Series:
    """`words` with a typing slip, or a letter misread, in this share of them; the first letter stays."""
    rows = np.flatnonzero(
        happens(rng, rate, len(words)) & (words.str.len_chars().fill_null(0) >= _SHORTEST).to_numpy()
    )
    wrong = pl.DataFrame({"word": words.gather(rows), "dice": rng.random(len(rows))})
    at = 1 + (pl.col("dice") * (pl.col("word").str.len_chars() - 2)).floor().cast(pl.Int64)
    head, letter, tail = (
        pl.col("word").str.head(at),
        pl.col("word").str.slice(at, 1),
        pl.col("word").str.slice(at + 1),
    )
    options = [
        head + tail,
        head + letter + letter + tail,
        head + tail.str.head(1) + letter + tail.str.slice(1),
        head + letter.str.replace_many(_NEIGHBOURS) + tail,
        _misread(draw(rng, np.ones(len(_LOOK_ALIKES)), len(rows))),
    ]
    kind = pl.Series(draw(rng, _KINDS, len(rows)))
    return _put(words, rows, wrong.select(_choose(kind, options)).to_series())


def _misread(which: np.ndarray) -> pl.Expr:
    word = pl.col("word").str
    return _choose(pl.Series(which), [word.replace(a, b, literal=True) for a, b in _LOOK_ALIKES])


def _choose(which: pl.Series, options: Sequence[pl.Expr]) -> pl.Expr:
    """The option that each row's number points at."""
    chosen = options[0]
    for number, option in enumerate(options[1:], start=1):
        chosen = pl.when(which == number).then(option).otherwise(chosen)
    return chosen


def _put(words: pl.Series, rows: np.ndarray, instead: pl.Series) -> pl.Series:
    return words.clone().scatter(rows, instead)


def otherwise_called(rng: np.random.Generator, words: pl.Series, names: str, rate: float) -> pl.Series:
    """`words` with this share of those that have another form put in it.

    Args:
        rng: Where the dice come from.
        words: Names as they are.
        names: The list of forms: `nicknames` (forename, nickname) or `spellings` (word, spelling).
        rate: Share of the names in the list that come in another form.
    """
    forms = table(names)
    word, form = forms.columns
    grouped = forms.group_by(word, maintain_order=True).agg(form)
    rows = np.flatnonzero(happens(rng, rate, len(words)))
    found = pl.DataFrame({word: words.gather(rows), "dice": rng.random(len(rows))}).join(
        grouped, on=word, how="left", maintain_order="left"
    )
    nth = (pl.col("dice") * pl.col(form).list.len()).floor().cast(pl.Int64)
    instead = found.select(pl.coalesce(pl.col(form).list.get(nth, null_on_oob=True), word)).to_series()
    return _put(words, rows, instead)


def swapped(
    rng: np.random.Generator, one: pl.Series, other: pl.Series, rate: float
) -> tuple[pl.Series, pl.Series]:
    """The two with this share of their rows in each other's place."""
    swap = pl.Series(happens(rng, rate, len(one)))
    both = pl.DataFrame({"one": one, "other": other})
    turned = both.select(
        one=pl.when(swap).then("other").otherwise("one"), other=pl.when(swap).then("one").otherwise("other")
    )
    return turned["one"], turned["other"]
