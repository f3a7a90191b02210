from datetime import date

import polars as pl
import pytest

from models.errors import NotEnoughHistory
from models.histories.labels import (
    ANY,
    NO_LONGER_NEW,
    OUTCOMES,
    label_households,
    observed_outcomes,
    outcome_events,
    window_end,
)
from smart_record.facts.declarations import CATALOGUE
from smart_record.records import Records

AS_OF = date(2026, 4, 30)
NIGHT = date(2026, 10, 31)


def a_history(*rows: tuple[str, str, date]) -> pl.DataFrame:
    schema = {"record_ref": pl.String, "stage": pl.String, "stage_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def records(**histories: pl.DataFrame) -> Records:
    """Account A1 and tenancy T1 belong to household H1, A2 to H2; two persons share A1."""
    links = pl.DataFrame(
        [
            ("council_tax", "A1", "liable_1", "H1"),
            ("council_tax", "A1", "liable_2", "H1"),
            ("rent", "T1", "tenant", "H1"),
            ("council_tax", "A2", "liable_1", "H2"),
        ],
        schema=["source", "record_ref", "role", "household_id"],
        orient="row",
    )
    households = pl.DataFrame({"household_id": ["H1", "H2"]})
    return Records(extracts=histories, links=links, households=households)


def labelled(of: Records, as_of: date = AS_OF, night: date = NIGHT) -> dict[str, list[bool | None]]:
    observed = observed_outcomes(of)
    frame = label_households(
        of.households, outcome_events(of), as_of=as_of, known_until=night, observed=observed
    )
    return {name: frame[name].to_list() for name in (*(one.name for one in OUTCOMES), ANY)}


def test_outcomes_are_stages_that_the_catalogue_knows() -> None:
    choices = {"council_tax": "council_tax.stage", "rent": "rent.stage"}
    staged = [outcome for outcome in OUTCOMES if outcome.stages]
    assert {outcome.source for outcome in staged} == set(choices)
    for outcome in staged:
        assert set(outcome.stages) <= set(CATALOGUE[choices[outcome.source]].choices)


@pytest.mark.parametrize(
    ("event_on", "came"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 10, 30), True),
        (date(2026, 10, 31), False),
    ],
    ids=["on the day itself", "the day after", "the last day", "a day too late"],
)
def test_the_window_opens_the_day_after_and_closes_six_months_on(event_on: date, came: bool) -> None:
    of = records(council_tax_recovery_history=a_history(("A2", "liability_order", event_on)))
    assert labelled(of)["liability_order"] == [False, came]


def test_the_end_of_a_window_keeps_to_short_months() -> None:
    assert window_end(date(2025, 8, 31)) == date(2026, 2, 28)
    assert window_end(date(2026, 4, 30)) == date(2026, 10, 30)


def test_a_label_is_null_until_its_window_has_passed() -> None:
    of = records(council_tax_recovery_history=a_history(("A2", "liability_order", date(2026, 5, 1))))
    labels = labelled(of, night=date(2026, 10, 29))
    assert set(labels) == {*(one.name for one in OUTCOMES), ANY}
    assert all(values == [None, None] for values in labels.values())


def test_an_outcome_whose_history_was_not_brought_is_null_and_any_is_over_the_rest() -> None:
    of = records(council_tax_recovery_history=a_history(("A1", "liability_order", date(2026, 5, 1))))
    assert labelled(of) == {
        "liability_order": [True, False],
        "rent_court": [None, None],
        "homelessness_approach": [None, None],
        ANY: [True, False],
    }


def test_any_is_either() -> None:
    of = records(
        council_tax_recovery_history=a_history(("A2", "liability_order", date(2026, 5, 1))),
        rent_arrears_history=a_history(("T1", "court", date(2026, 6, 1))),
    )
    assert labelled(of)[ANY] == [True, True]


def test_an_eviction_that_follows_court_is_not_a_second_outcome() -> None:
    of = records(
        rent_arrears_history=a_history(
            ("T1", "eviction", date(2026, 5, 12)),
            ("T1", "notice_seeking_possession", date(2026, 1, 2)),
            ("T1", "court", date(2026, 3, 3)),
        )
    )
    assert outcome_events(of).rows() == [("H1", "rent_court", date(2026, 3, 3))]
    assert labelled(of)["rent_court"] == [False, False]


def test_a_new_order_after_the_debt_was_cleared_is_a_new_outcome() -> None:
    of = records(
        council_tax_recovery_history=a_history(
            ("A1", "liability_order", date(2025, 3, 1)),
            ("A1", "bill", date(2025, 9, 1)),
            ("A1", "liability_order", date(2026, 6, 1)),
        )
    )
    assert outcome_events(of)["event_on"].to_list() == [date(2025, 3, 1), date(2026, 6, 1)]


def test_rows_that_come_twice_or_lack_a_date_or_an_owner_count_for_nothing_more() -> None:
    order = ("A1", "liability_order", date(2026, 5, 1))
    of = records(
        council_tax_recovery_history=pl.concat(
            [
                a_history(order, order, ("A9", "liability_order", date(2026, 5, 1))),
                pl.DataFrame(
                    {"record_ref": ["A2"], "stage": ["liability_order"], "stage_on": [None]},
                    schema_overrides={"stage_on": pl.Date},
                ),
            ]
        )
    )
    assert outcome_events(of).rows() == [("H1", "liability_order", date(2026, 5, 1))]


def test_the_order_of_rows_does_not_matter() -> None:
    history = a_history(
        ("T1", "court", date(2026, 3, 3)),
        ("T1", "eviction", date(2026, 3, 3)),
        ("T1", "none", date(2026, 4, 1)),
        ("T1", "court", date(2026, 5, 1)),
    )
    forward, backward = (
        outcome_events(records(rent_arrears_history=each)) for each in (history, history.reverse())
    )
    assert forward.equals(backward)
    assert len(forward) == 2


def test_without_any_history_there_is_nothing_to_learn_from() -> None:
    with pytest.raises(NotEnoughHistory, match="council_tax_recovery_history"):
        observed_outcomes(records())


def cases(*rows: tuple[str, str, date]) -> pl.DataFrame:
    schema = {"system": pl.String, "record": pl.String, "opened_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_a_homelessness_case_is_an_outcome_of_the_household_of_the_record_it_names() -> None:
    opened = date(2026, 6, 1)
    of = records(
        council_tax_recovery_history=a_history(),
        homelessness_cases=cases(("rent", "T1", opened), ("benefits", "T1", opened), ("rent", "T9", opened)),
    )
    assert labelled(of)["homelessness_approach"] == [True, False]
    assert labelled(of)[ANY] == [True, False]


def test_without_a_file_of_cases_homelessness_is_not_known() -> None:
    of = records(council_tax_recovery_history=a_history(("A2", "liability_order", date(2026, 6, 1))))
    assert labelled(of)["homelessness_approach"] == [None, None]


def test_every_step_that_is_predicted_is_no_longer_new_once_taken():
    known = {*CATALOGUE["council_tax.stage"].choices, *CATALOGUE["rent.stage"].choices}
    assert {stage for outcome in OUTCOMES for stage in outcome.stages} <= NO_LONGER_NEW <= known
