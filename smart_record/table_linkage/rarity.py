"""How rare each row's values are in the tables: what an agreement on them is worth.

Told as the share of other rows that have the value. Once the rows that are all but surely one person are
known, people are counted in their place: somebody who stands in a table ten times does not make their name
common. And names go together: to share the forename and the surname of one community says less than the two
shares multiplied, as others who bear both tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.table_linkage.comparing import Compared
from smart_record.table_linkage.declared_comparisons import Comparison
from smart_record.table_linkage.text_levels import Rows

Numbers = npt.NDArray[np.float64]

BELIEVED = 100.0
"""Rows' worth, and pairs' worth, of prior belief in how often strangers agree."""

_NAMES = ("forename", "surname")
_EQUAL_NAME = 5
_PAIR = 2
"""Of those who bear a name, the two people whom a pair may be say nothing of how common it is."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare the values of all rows are.

    Attributes:
        logs: By column: by row, the natural log of the share of other rows (or people) with its value.
        together: By row, how much commoner its whole name is than forename and surname apart make it, as a
            natural log; None where rows lack one of them.
    """

    logs: Mapping[str, Numbers]
    together: Numbers | None

    @classmethod
    def of(cls, rows: pl.DataFrame, asked: Iterable[Comparison], *, people: Rows | None = None) -> "Rarity":
        """Count the values.

        Args:
            rows: `standard_rows`.
            asked: What is compared.
            people: By row, whose it is as far as that is all but sure; rows are counted where left out.
        """
        expected = {
            column: each.by_chance
            for each in asked
            for column in each.rarity.values()
            if column in rows.columns
        }
        whose = pl.Series("whose", np.arange(rows.height) if people is None else people)
        logs = {name: _frequency_logs(rows[name], whose, share) for name, share in expected.items()}
        named = set(_NAMES) <= set(rows.columns)
        return cls(logs, _together(rows, whose) if named else None)

    def of_equals(self, each: Comparison, pairs: Compared) -> Numbers:
        """By pair: the log of the share of the value that both rows have; NaN where they have not one."""
        logs = np.full(len(pairs.left), np.nan)
        for level, column in each.rarity.items():
            if column in self.logs:
                at = (pairs.levels[each.name] == level).nonzero()[0]
                logs[at] = self.logs[column][pairs.left[at]]
        return logs

    def of_whole_names(self, pairs: Compared) -> Numbers:
        """By pair: the log by which two strangers share both names more often than names apart would say."""
        logs = np.zeros(len(pairs.left))
        if self.together is not None:
            one_name = np.logical_and.reduce([pairs.levels[name] == _EQUAL_NAME for name in _NAMES])
            logs[one_name] = self.together[pairs.left[one_name]]
        return logs


def _frequency_logs(values: pl.Series, whose: pl.Series, expected: float) -> Numbers:
    """Log of how often another has each row's value, small tables helped by what is usual."""
    bearers, known = _bearers(values, whose)
    others = np.maximum(bearers - 1.0, 1.0) + expected * BELIEVED
    return np.asarray(np.log(others / (known + BELIEVED)), dtype=np.float64)


def _bearers(values: pl.Series, whose: pl.Series) -> tuple[Numbers, int]:
    """By row, how many people have its value (one where it has none); and how many have any."""
    each = pl.DataFrame({"value": values, "whose": whose})
    once = each.drop_nulls().unique()
    counts = once.group_by("value").len()
    bearers = each.join(counts, on="value", how="left", maintain_order="left")["len"]
    return bearers.fill_null(1).cast(pl.Float64).to_numpy(), once.height


def _together(rows: pl.DataFrame, whose: pl.Series) -> Numbers:
    """What is expected of the two names by chance, put right by how many others bear them both.

    The mean of a gamma distribution of weight one about what is expected, after seeing those others.
    """
    names = rows.select(_NAMES)
    whole = names.select(pl.concat_str(_NAMES, separator=" ")).to_series()
    bearers, people = _bearers(whole, whose)
    expected = np.full(rows.height, float(people))
    for name in _NAMES:
        borne, of = _bearers(names[name], whose)
        expected *= borne / max(of, 1)
    others = np.maximum(bearers - _PAIR, 0.0)
    return np.asarray(np.log1p(others) - np.log1p(expected), dtype=np.float64)
