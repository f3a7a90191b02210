"""Who is scored on a date: households that pay council tax or hold a social tenancy that day.

A household known from a benefit claim alone has no bill that could lead to court, so it gets no score.
"""

import polars as pl

from models.errors import FeatureMismatch

_MEMBERSHIP = ("council_tax__liable", "rent__tenant")


def scored_households(facts: pl.DataFrame) -> pl.DataFrame:
    """Keep the households that the model speaks of on the date of the facts.

    Args:
        facts: One row per household_id, with council_tax__liable and rent__tenant (null = not known).

    Returns:
        The rows with a current account or tenancy, by household_id.

    Raises:
        FeatureMismatch: If the facts say neither.
    """
    absent = [name for name in _MEMBERSHIP if name not in facts.columns]
    if absent:
        raise FeatureMismatch(
            f"The facts lack {', '.join(absent)}, which say who is scored. Derive them first."
        )
    return facts.filter(pl.any_horizontal(*_MEMBERSHIP).fill_null(value=False)).sort("household_id")
