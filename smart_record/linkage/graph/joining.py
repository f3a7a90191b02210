"""Weighed pairs joined into residents, and joined again where a few pairs are seen otherwise."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from smart_record.linkage.graph.clusters import clusters, components

ACCEPTED = 1.5
"""Posterior bits from which two rows are held to be one person: about three to one for each link alone, and
what contradicts is refused afterwards."""

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


def accepted(weighed: pl.DataFrame, least: float = ACCEPTED) -> pl.DataFrame:
    """The pairs held to be one person."""
    return weighed.filter(_is_accepted(least))


def joined(weighed: pl.DataFrame, records: pl.Series, *, least: float = ACCEPTED) -> pl.Series:
    """The resident of each row, joining pairs of `least` posterior bits or more.

    Where an officer joins two rows, what contradicts between the rest of their residents is overruled too;
    what stays is that nobody is two parties of one record, and what an officer holds apart.

    Args:
        weighed: Pairs: left, right, posterior, conflict, officer.
        records: The record of each person row, by person number.
        least: Posterior bits.
    """
    links = weighed.filter(_is_accepted(least)).select("left", "right", "posterior", "officer")
    conflict = weighed.filter("conflict").select("left", "right", "officer")
    joins = links.filter("officer")
    if joins.is_empty():
        return clusters(links, records, conflict)
    before = clusters(links.filter(~pl.col("officer")), records, conflict)
    rows = pl.arange(len(before), dtype=pl.UInt32, eager=True)
    ends = (pl.concat([rows, joins["left"]]), pl.concat([before, joins["right"]]))
    group = pl.Series(components(len(before), *ends))
    overruled = group.gather(conflict["left"]) == group.gather(conflict["right"])
    return clusters(links, records, conflict.filter(pl.col("officer") | ~overruled))


@dataclass(frozen=True, slots=True)
class Joined:
    """Person rows joined.

    Attributes:
        record: The record of each row.
        group: The rows that accepted pairs link directly or through others, by the smallest of them.
        resident: The same of those that are one person: groups that contradict themselves are several.
    """

    record: pl.Series
    group: Numbers
    resident: pl.Series

    @classmethod
    def grouped(cls, weighed: pl.DataFrame, records: pl.Series) -> "Joined":
        """Rows grouped, no group held against its contradictions yet."""
        links = weighed.select(pl.col("left", "right").filter(_is_accepted()))
        group = components(len(records), links["left"], links["right"])
        return cls(records, group, pl.Series(group, dtype=pl.UInt32))

    def grouped_again(self, again: pl.DataFrame) -> tuple["Joined", Truths]:
        """Rows grouped with these pairs too, and the rows of all groups that they are about.

        No pair that was accepted is ever refused later, so groups only grow.
        """
        links = again.filter(_is_accepted())
        about = self.group[np.concatenate([again["left"].to_numpy(), again["right"].to_numpy()])]
        groups = np.unique(about)
        ends = (np.searchsorted(groups, self.group[links[end].to_numpy()]) for end in ("left", "right"))
        grown = np.arange(len(self.group))
        grown[groups] = groups[components(len(groups), *(pl.Series(end) for end in ends))]
        changed = np.zeros(len(grown), dtype=np.bool_)
        changed[groups] = True
        return replace(self, group=grown[self.group]), changed[self.group]

    def members(self, of: Truths | None = None) -> pl.DataFrame:
        """The rows asked for, or all, with their groups: person, group."""
        person = np.arange(len(self.group)) if of is None else np.flatnonzero(of)
        return pl.DataFrame({"person": person, "group": self.group[person]}).cast(pl.UInt32)

    def joined(self, weighed: pl.DataFrame, of: Truths | None = None) -> "Joined":
        """The residents of the rows asked for, or of all, by all pairs known; they are whole groups."""
        if of is None:
            return replace(self, resident=joined(weighed, self.record))
        person = np.flatnonzero(of)
        number = np.zeros(len(of), dtype=np.uint32)
        number[person] = np.arange(len(person))
        inside = weighed.select("left", "right", "posterior", "conflict", "officer").filter(
            pl.Series(of[weighed["left"].to_numpy()] & of[weighed["right"].to_numpy()])
        )
        pairs = inside.with_columns(
            pl.Series(end, number[inside[end].to_numpy()]) for end in ("left", "right")
        )
        found = joined(pairs, self.record.gather(person)).to_numpy()
        return replace(self, resident=self.resident.scatter(person, person[found]))


def _is_accepted(least: float = ACCEPTED) -> pl.Expr:
    return (pl.col("posterior") >= least) & ~pl.col("conflict")
