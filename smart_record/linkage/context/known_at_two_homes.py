"""People proven at two homes at one time: their bills at both have nothing against each other.

Who left a home stays on its bill until somebody ends it. Two bills that run at two homes are two people's of
one name, as far as names go; but where a National Insurance number, or a birth, a telephone or an email
beside the name, shows one person at both, both are that person's.
"""

import polars as pl

from smart_record.linkage.context.explained import both_ways, without_explained
from smart_record.linkage.graph.joining import accepted
from smart_record.linkage.pairs.evidence import full_name, identified

_HERE = 4


def forgiving_two_homes(weighed: pl.DataFrame) -> pl.DataFrame:
    """The pairs without the conflicts of two homes of whom other rows prove at both.

    Args:
        weighed: Columns: left, right, forename, surname, nino, dob, contact, place, posterior, conflict,
            homes_only (whether nothing but two homes makes the conflict), officer (an officer's word is not
            forgiven).

    Returns:
        The same rows, conflict false where it is explained.
    """
    asked = weighed.filter(pl.col("homes_only") & ~pl.col("officer"))
    if asked.is_empty():
        return weighed
    links = accepted(weighed)
    identified_there = identified() | (pl.col("contact") & full_name())
    proven = both_ways(links.filter(identified_there & (pl.col("place") < _HERE)))
    ends = pl.concat([asked["left"], asked["right"]]).unique()
    near = both_ways(links.filter(full_name() & (pl.col("place") == _HERE))).filter(
        pl.col("left").is_in(ends.implode())
    )
    near = pl.concat([near, pl.DataFrame({"left": ends, "right": ends})])
    reached = near.join(proven, left_on="right", right_on="left", suffix="_there")
    met = reached.join(near, left_on="right_there", right_on="right", suffix="_other")
    return without_explained(weighed, met.select("left", right="left_other"), kind="homes_only")
