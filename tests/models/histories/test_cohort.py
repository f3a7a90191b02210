import polars as pl
import pytest

from models.errors import FeatureMismatch
from models.histories.cohort import scored_households


def test_only_households_known_to_have_an_account_or_tenancy_are_scored() -> None:
    facts = pl.DataFrame(
        {
            "household_id": ["e", "d", "c", "b", "a"],
            "council_tax__liable": [None, False, True, None, False],
            "rent__tenant": [None, False, None, True, None],
        },
        schema_overrides={"council_tax__liable": pl.Boolean, "rent__tenant": pl.Boolean},
    )
    assert scored_households(facts)["household_id"].to_list() == ["b", "c"]


def test_facts_that_do_not_say_are_refused() -> None:
    with pytest.raises(FeatureMismatch, match="rent__tenant"):
        scored_households(pl.DataFrame({"household_id": ["a"], "council_tax__liable": [True]}))
