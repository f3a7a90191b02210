"""People known by two forenames, as one number or one row shows: neither speaks against rows of the other."""

import polars as pl

from smart_record.linkage.context.explained import both_ways, without_explained
from smart_record.linkage.graph.joining import accepted
from smart_record.linkage.names.name_likeness import Likeness


def forgiving_second_names(weighed: pl.DataFrame) -> pl.DataFrame:
    """The pairs without the conflicts of forenames that a third row explains.

    Joan and Alison with one National Insurance number are one person; so Alison's bill has nothing against
    Joan's tenancy. Nor has it where a third row is Alison Joan's.

    Args:
        weighed: Columns: left, right, forename, by_middle, posterior, conflict, names_only (whether nothing
            but names makes the conflict), officer (an officer's word is not forgiven).

    Returns:
        The same rows, conflict false where it is explained.
    """
    links = accepted(weighed)
    two_names = both_ways(links.filter((pl.col("forename") == Likeness.UNLIKE) | pl.col("by_middle")))
    if two_names.is_empty():
        return weighed
    alike = both_ways(links.filter(pl.col("forename") >= Likeness.INITIAL))
    met = alike.join(two_names, left_on="right", right_on="left", suffix="_known")
    return without_explained(weighed, met.select("left", right="right_known"), kind="names_only")
