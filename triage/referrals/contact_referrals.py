"""Referrals out of a contact: per issue, one per team, within the team's places unless statutory. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.loading.topics import Topic
from triage.policy.capacity import week_start
from triage.policy.teams import NEIGHBOURHOOD, neighbourhood_team
from triage.referrals.referring import places_left, referral_id
from triage.settings import Settings
from triage.store.referrals import OPEN, Referral, ReferralStatus

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


_IN_CONTACT = "in contact about: "


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReferrals:
    """What a contact does to the queues.

    Attributes:
        new: Referrals to put into queues.
        grown: Referrals in queues that take something in, as they then are.
        by_team: The referral that holds the household in each team's queue, new or standing.
        deferred: Why a team can't take the household this week, by team.
    """

    new: tuple[Referral, ...]
    grown: tuple[Referral, ...]
    by_team: Mapping[str, str]
    deferred: Mapping[str, str]


def team_of(topic: Topic, who: Caller, settings: Settings) -> str:
    """The team an issue goes to; neighbourhood issues go to the team of the caller's ward."""
    return neighbourhood_team(settings, who.ward) if topic.team == NEIGHBOURHOOD else str(topic.team)


def open_for_contact(
    topics: Sequence[Topic], who: Caller, standing: Sequence[Referral], settings: Settings
) -> OpenedReferrals:
    """Open the referrals that a contact's Tier 3 issues need.

    Where a team has the household already, its referral takes the issues in: a duty in law is never left to
    be found under an earlier reason and a later day.

    Args:
        topics: The contact's issues.
        who: Whose contact.
        standing: Every referral made so far, most urgent first.
        settings: The council's.
    """
    new: list[Referral] = []
    grown: list[Referral] = []
    held = _held(who, standing)
    by_team = {team: mine.referral_id for team, mine in held.items()}
    deferred: dict[str, str] = {}
    for team, issues in _by_team(topics, who, settings).items():
        asked = _referral(team, issues, who, {each.referral_id for each in standing})
        if team in held:
            taken_in = _grown(held[team], asked)
            grown += [taken_in] if taken_in != held[team] else []
        elif asked.statutory or _has_place(team, who, standing, settings):
            new.append(asked)
            by_team[team] = asked.referral_id
        else:
            deferred[team] = (
                "the team has no place left this week; stays with tier 2 until "
                f"{week_start(who.received_on) + timedelta(days=7):%d %B %Y}, when places open again"
            )
    return OpenedReferrals(new=tuple(new), grown=tuple(grown), by_team=by_team, deferred=deferred)


def _held(who: Caller, standing: Sequence[Referral]) -> dict[str, Referral]:
    """The most urgent open referral of the caller's household to each team."""
    held: dict[str, Referral] = {}
    for each in standing:
        if who.household_id is not None and each.household_id == who.household_id and each.status in OPEN:
            held.setdefault(each.team, each)
    return held


def _grown(held: Referral, asked: Referral) -> Referral:
    """A referral with what is asked for now: as urgent as either, for both reasons."""
    return replace(
        held,
        priority=min(held.priority, asked.priority),
        statutory=held.statutory or asked.statutory,
        due_on=min(held.due_on, asked.due_on),
        reasons=_both(held.reasons, asked.reasons),
    )


def _both(held: str, asked: str) -> str:
    """The reasons of a referral with the issues of a further contact, each issue named once."""
    known = {issue for part in held.split("; ") for issue in _issues(part)}
    new = [issue for issue in _issues(asked) if issue not in known]
    return f"{held}; {_IN_CONTACT}{', '.join(new)}" if new else held


def _issues(reason: str) -> list[str]:
    """The issues that a reason names, if it is one of a contact."""
    named = reason.removeprefix(_IN_CONTACT)
    return named.split(", ") if named != reason else []


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
        reasons=_IN_CONTACT + ", ".join(issue.title.lower() for issue in issues),
    )
