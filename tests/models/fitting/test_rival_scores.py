from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from models.errors import NotEnoughHistory
from models.fitting.challengers import CHALLENGERS
from models.fitting.rival_scores import rival_scores
from models.histories.cohort import scored_households
from models.histories.panel import build_panel
from models.histories.splits import newest_fold
from models.scorecards.scorecard import Scorecard
from models.scoring.score import feature_values
from smart_record.facts import derive_facts
from smart_record.records import Records
from tests.models.builders import a_scorecard
from tests.models.some_records import NIGHT, some_records


@pytest.fixture(scope="module")
def records() -> Records:
    return some_records()


@pytest.fixture(scope="module")
def facts(records: Records) -> pl.DataFrame:
    return derive_facts(records, as_of=NIGHT)


def learned_from(days: tuple[date, ...]) -> Scorecard:
    card = a_scorecard()
    return replace(card, training={**card.training, "learned_from": [day.isoformat() for day in days]})


def test_rivals_learn_from_the_dates_of_the_model_and_no_other(records: Records, facts: pl.DataFrame) -> None:
    panel = build_panel(records, snapshot_on=NIGHT)
    days = newest_fold(panel.dates).train[1:]
    card = learned_from(days)
    found = rival_scores(card, records, facts, as_of=NIGHT)
    scored = scored_households(facts)
    assert found["household_id"].to_list() == scored["household_id"].to_list()
    values, seed = feature_values(card, scored, NIGHT), card.training["seed"]
    for name, learn in CHALLENGERS.items():
        assert found[name].to_list() == learn(panel.on(days), seed)(values).tolist()
        assert found[name].n_unique() > 1


def test_dates_that_the_histories_no_longer_reach_are_refused(records: Records, facts: pl.DataFrame) -> None:
    with pytest.raises(NotEnoughHistory, match="no longer reach"):
        rival_scores(learned_from((date(2020, 1, 31),)), records, facts, as_of=NIGHT)
