"""Referrals out of a contact: per issue, one per team, within the team's places unless statutory. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.topics import Topic
from triage.capacity import week_start
from triage.referring import places_left, referral_id
from triage.settings import Settings
from triage.store.referrals import OPEN, Referral, ReferralStatus
from triage.teams import NEIGHBOURHOOD, neighbourhood_team

REFERRAL_TIER = 3
"""The tier that is reached only through the referral queue."""

_SAME_DAY, _THIS_WEEK = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who is in contact: a household, or someone whose household was not found."""

    contact_id: str
    household_id: str | None
    ward: str | None
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReferrals:
    """What a contact does to the queues.

    Attributes:
        new: Referrals to put into queues.
        by_team: The referral that holds the household in each team's queue, new or standing.
        deferred: Why a team can't take the household this week, by team.
    """

    new: tuple[Referral, ...]
    by_team: Mapping[str, str]
    deferred: Mapping[str, str]


def team_of(topic: Topic, who: Caller, settings: Settings) -> str:
    """The team an issue goes to; neighbourhood issues go to the team of the caller's ward."""
    return neighbourhood_team(settings, who.ward) if topic.team == NEIGHBOURHOOD else str(topic.team)


def open_for_contact(
    topics: Sequence[Topic], who: Caller, standing: Sequence[Referral], settings: Settings
) -> OpenedReferrals:
    """Open the referrals that a contact's Tier 3 issues need.

    Args:
        topics: The contact's issues.
        who: Whose contact.
        standing: Every referral made so far.
        settings: The council's.
    """
    new: list[Referral] = []
    by_team = {
        r.team: r.referral_id for r in standing if r.status in OPEN and who.household_id == r.household_id
    }
    if who.household_id is None:
        by_team = {}
    deferred: dict[str, str] = {}
    for team, issues in _by_team(topics, who, settings).items():
        if team in by_team:
            continue
        if any(issue.statutory for issue in issues) or _has_place(team, who, standing, settings):
            new.append(_referral(team, issues, who, {each.referral_id for each in standing}))
            by_team[team] = new[-1].referral_id
        else:
            deferred[team] = (
                "the team has no place left this week; stays with tier 2 until "
                f"{week_start(who.received_on) + timedelta(days=7):%d %B %Y}, when places open again"
            )
    return OpenedReferrals(new=tuple(new), by_team=by_team, deferred=deferred)


def _by_team(topics: Sequence[Topic], who: Caller, settings: Settings) -> dict[str, list[Topic]]:
    teams: dict[str, list[Topic]] = {}
    for topic in topics:
        if topic.tier == REFERRAL_TIER:
            teams.setdefault(team_of(topic, who, settings), []).append(topic)
    return teams


def _has_place(team: str, who: Caller, standing: Sequence[Referral], settings: Settings) -> bool:
    return places_left([team], standing, settings, who.received_on)[team] > 0


def _referral(team: str, issues: Sequence[Topic], who: Caller, taken: Collection[str]) -> Referral:
    statutory = any(issue.statutory for issue in issues)
    return Referral(
        referral_id=referral_id(who.household_id or who.contact_id, team, who.received_on, taken),
        household_id=who.household_id,
        team=team,
        priority=_SAME_DAY if statutory else _THIS_WEEK,
        statutory=statutory,
        status=ReferralStatus.WAITING,
        opened_on=who.received_on,
        due_on=who.received_on + timedelta(days=min(issue.within_days for issue in issues)),
        origin="contact",
        reasons="in contact about: " + ", ".join(issue.title.lower() for issue in issues),
    )
