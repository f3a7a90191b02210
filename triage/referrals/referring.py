"""Tier 3 suggestions into the teams' queues: what is new, what must wait, what a team has already."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from triage.policy.capacity import admit, candidates, week_start, with_deferrals
from triage.policy.teams import weekly_capacity
from triage.settings import Settings
from triage.store.referrals import OPEN, Referral, ReferralStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Referring:
    """What the night does to the queues.

    Attributes:
        suggestions: The night's suggestions with deferrals marked.
        new: Referrals to put into queues.
        deferred: Households and teams that must wait; columns household_id, team, rank.
    """

    suggestions: pl.DataFrame
    new: tuple[Referral, ...]
    deferred: pl.DataFrame


def refer(
    suggestions: pl.DataFrame, standing: Sequence[Referral], *, settings: Settings, as_of: date
) -> Referring:
    """Fill the queues within each team's weekly capacity.

    A household that the team has already is not referred again, unless a duty in law has come up and what the
    team has is none.

    Args:
        suggestions: What `triage.policy.suggesting.suggest` gave.
        standing: Every referral made before this run.
        settings: The council's.
        as_of: The night's date.
    """
    has = pl.DataFrame(
        [
            (r.household_id, r.team, duty)
            for r in standing
            if r.status in OPEN
            for duty in sorted({False, r.statutory})  # what is none stands in the way of no duty
        ],
        schema={"household_id": pl.String, "team": pl.String, "statutory": pl.Boolean},
        orient="row",
    )
    wanted = candidates(suggestions).join(has, on=["household_id", "team", "statutory"], how="anti")
    ranked = admit(wanted, places=places_left(wanted["team"].unique().to_list(), standing, settings, as_of))
    taken = {each.referral_id for each in standing}
    new = tuple(_referral(row, as_of, taken) for row in ranked.filter("admitted").iter_rows(named=True))
    return Referring(
        suggestions=with_deferrals(suggestions, ranked, as_of=as_of),
        new=new,
        deferred=ranked.filter(~pl.col("admitted")).select("household_id", "team", "rank"),
    )


def places_left(
    teams: Sequence[str], standing: Sequence[Referral], settings: Settings, as_of: date
) -> dict[str, int]:
    """Places that each team has left in the week of `as_of`."""
    monday = week_start(as_of)
    taken = Counter(r.team for r in standing if monday <= r.opened_on < monday + timedelta(days=7))
    return {team: max(weekly_capacity(settings, team) - taken[team], 0) for team in teams}


def referral_id(household_id: str, team: str, opened_on: date, taken: Collection[str] = ()) -> str:
    """The id of a referral: the same household, team and date give the same id.

    Args:
        household_id: Or the contact's id, where no household was found.
        team: The team whose queue it is.
        opened_on: The day.
        taken: Ids in use: a household comes back on the day it was returned, or has merged meanwhile.
    """
    attempt, new = 0, ""
    while not new or new in taken:
        key = f"{household_id}|{team}|{opened_on.isoformat()}" + (f"|{attempt}" if attempt else "")
        new = "F" + hashlib.sha256(key.encode()).hexdigest()[:12].upper()
        attempt += 1
    return new


def _referral(row: dict[str, object], as_of: date, taken: Collection[str]) -> Referral:
    household_id, team, days = str(row["household_id"]), str(row["team"]), row["within_days"]
    assert isinstance(days, int)
    return Referral(
        referral_id=referral_id(household_id, team, as_of, taken),
        household_id=household_id,
        team=team,
        priority=int(str(row["priority"])),
        statutory=bool(row["statutory"]),
        status=ReferralStatus.WAITING,
        opened_on=as_of,
        due_on=as_of + timedelta(days=days),
        origin="night",
        reasons=str(row["reasons"]),
    )
