import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tables import apply_mapping
from models.tables.scales import find_cuts, fit_scales
from tests.models.tables.invented_tables import MAPPING, loans

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=80), st.integers(2, 30))
def test_cuts_rise_and_few_values_are_all_told_apart(values, most):
    held = np.array(values)
    cuts = find_cuts(held, most)
    assert list(cuts) == sorted(set(cuts))
    steps = np.searchsorted(cuts, np.unique(held), side="right")
    if len(np.unique(held)) <= most:
        assert list(steps) == list(range(len(steps)))


def test_a_value_that_most_rows_share_leaves_steps_for_the_rest():
    gains = np.concatenate([np.zeros(9_500), np.arange(1, 501)])
    assert len(find_cuts(gains, 40)) > 30


def test_cuts_are_round_figures():
    incomes = np.random.default_rng(0).gamma(4, 500, 5_000)
    assert all(float(f"{cut:.3g}") == cut for cut in find_cuts(incomes, 40))


def test_rare_and_unseen_values_of_a_category_count_together():
    table = loans().with_columns(
        region=pl.Series(["west"] * 3 + ["isle"] * 2 + loans()["region"].to_list()[5:])
    )
    data = apply_mapping(table, MAPPING)
    (region,) = (scale for scale in fit_scales(data, MAPPING, np.arange(900)) if scale.column == "region")
    assert ("isle", "west") in region.levels
    assert region.rest == region.levels.index(("isle", "west"))
    unseen = apply_mapping(table.with_columns(region=pl.lit("abroad")), MAPPING)
    assert set(region.codes(unseen)) == {float(region.rest)}


def test_an_unseen_value_without_a_step_for_rare_ones_is_not_known():
    data = apply_mapping(loans(), MAPPING)
    region = next(one for one in fit_scales(data, MAPPING, np.arange(900)) if one.column == "region")
    unseen = apply_mapping(loans().with_columns(region=pl.lit("abroad")), MAPPING)
    assert region.rest is None
    assert np.isnan(region.codes(unseen)).all()


def test_categories_step_from_the_fewest_outcomes_to_the_most():
    data = apply_mapping(loans(4000), MAPPING)
    region = next(one for one in fit_scales(data, MAPPING, np.arange(4000)) if one.column == "region")
    assert region.levels[-1] == ("north",)
