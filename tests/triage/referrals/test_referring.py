from datetime import date
from pathlib import Path

import polars as pl

from tests.triage.store.builders import a_referral
from tests.triage.test_settings import SHIPPED, settings_of
from triage.referrals.referring import places_left, refer, referral_id
from triage.store.referrals import ReferralStatus

FRIDAY = date(2026, 10, 30)
TEAM = "neighbourhood-park"


def suggestions(*rows: tuple[str, bool]) -> pl.DataFrame:
    """Rows (household_id, statutory): Tier 3 visits of one team."""
    return pl.DataFrame(
        [
            (household, "visit", 3, TEAM, "suggested", 2, duty, 7, "because", float(n), None, None)
            for n, (household, duty) in enumerate(rows)
        ],
        schema={
            "household_id": pl.String,
            "intervention": pl.String,
            "tier": pl.Int64,
            "team": pl.String,
            "status": pl.String,
            "priority": pl.Int64,
            "statutory": pl.Boolean,
            "within_days": pl.Int64,
            "because": pl.String,
            "raw_score": pl.Float64,
            "stopped_by": pl.String,
            "stopped_because": pl.String,
        },
        orient="row",
    )


def test_a_household_that_the_team_has_already_is_not_referred_again(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    standing = [a_referral("F1", household_id="H1", opened_on=date(2026, 10, 1))]
    done = refer(suggestions(("H1", False), ("H2", False)), standing, settings=settings, as_of=FRIDAY)
    assert [referral.household_id for referral in done.new] == ["H2"]
    assert done.suggestions["status"].to_list() == ["suggested", "suggested"]


def test_a_duty_goes_in_beside_a_referral_that_is_none(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    standing = [
        a_referral("F1", household_id="H1", opened_on=date(2026, 10, 1)),
        a_referral("F2", household_id="H2", opened_on=date(2026, 10, 1), statutory=True),
    ]
    night = suggestions(("H1", True), ("H2", True))
    (new,) = refer(night, standing, settings=settings, as_of=FRIDAY).new
    assert (new.household_id, new.statutory) == ("H1", True)


def test_a_closed_referral_does_not_stand_in_the_way(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    standing = [a_referral("F1", status=ReferralStatus.CLOSED, opened_on=date(2026, 10, 1))]
    done = refer(suggestions(("H1", False)), standing, settings=settings, as_of=FRIDAY)
    assert [referral.household_id for referral in done.new] == ["H1"]


def test_places_taken_earlier_in_the_week_are_gone(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    monday, sunday_before = date(2026, 10, 26), date(2026, 10, 25)
    standing = [a_referral(f"F{n}", household_id=f"X{n}", opened_on=monday) for n in range(4)]
    standing.append(a_referral("F9", household_id="X9", opened_on=sunday_before))
    assert places_left([TEAM], standing, settings, FRIDAY) == {TEAM: 1}
    night = suggestions(("H1", False), ("H2", False), ("H3", True))
    done = refer(night, standing, settings=settings, as_of=FRIDAY)
    assert {referral.household_id for referral in done.new} == {"H3"}
    assert done.deferred["household_id"].to_list() == ["H2", "H1"]


def test_the_same_night_makes_the_same_referral_ids(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SHIPPED)
    night = suggestions(("H1", False))
    first = refer(night, [], settings=settings, as_of=FRIDAY)
    assert first.new == refer(night, [], settings=settings, as_of=FRIDAY).new
    assert first.new[0].due_on == date(2026, 11, 6)


def test_an_id_in_use_is_passed_over() -> None:
    first = referral_id("H1", "income", FRIDAY)
    second = referral_id("H1", "income", FRIDAY, {first})
    assert second != first
    assert referral_id("H1", "income", FRIDAY, {first, second}) not in {first, second}
    assert second == referral_id("H1", "income", FRIDAY, {first})
