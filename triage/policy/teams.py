"""Which team a suggestion goes to, and what each can take in a week."""

import re
from collections.abc import Iterable

import polars as pl

from rules.language.scalars import nearest
from triage.errors import TeamNotFound
from triage.settings import Settings

NEIGHBOURHOOD = "neighbourhood"
"""The team word that means "the neighbourhood team of this household's ward"."""

_OF_A_WARD = re.compile(rf"{NEIGHBOURHOOD}-[a-z0-9-]*")


def neighbourhood_team(settings: Settings, ward: str | None) -> str:
    """The neighbourhood team of a ward; the general one where the ward is not known.

    A ward outside every configured neighbourhood has a team of its own: `neighbourhood-north-ormesby`.
    """
    if ward is None:
        return NEIGHBOURHOOD
    for team, neighbourhood in settings.neighbourhoods.items():
        if ward in neighbourhood.wards:
            return team
    return f"{NEIGHBOURHOOD}-{re.sub(r'[^a-z0-9]+', '-', ward.lower()).strip('-')}"


def team_of_wards(settings: Settings, wards: Iterable[str | None]) -> pl.DataFrame:
    """The neighbourhood team of each ward.

    Returns: One row per distinct ward. Columns: ward (null = not known), neighbourhood_team.
    """
    distinct = sorted({ward for ward in wards if ward is not None})
    rows: list[str | None] = [*distinct, None]
    return pl.DataFrame(
        {"ward": rows, "neighbourhood_team": [neighbourhood_team(settings, ward) for ward in rows]},
        schema={"ward": pl.String, "neighbourhood_team": pl.String},
    )


def weekly_capacity(settings: Settings, team: str) -> int:
    """New Tier 3 households that a team can take in a week; 0 for a team without a queue."""
    if team in settings.neighbourhoods:
        return settings.neighbourhoods[team].weekly_capacity
    if team in settings.teams:
        return settings.teams[team].weekly_capacity or 0
    return settings.ward_capacity if team.startswith(f"{NEIGHBOURHOOD}-") else 0


def team_title(settings: Settings, team: str) -> str:
    """A team's name as officers know it."""
    if team in settings.neighbourhoods:
        return settings.neighbourhoods[team].title
    if team in settings.teams:
        return settings.teams[team].title
    return team.removeprefix(f"{NEIGHBOURHOOD}-").replace("-", " ").title() + " neighbourhood team"


def check_team(settings: Settings, team: str) -> None:
    """See that a team exists: named in the settings, or a ward's own neighbourhood team.

    Raises:
        TeamNotFound: If it doesn't; the message lists those that do.
    """
    known = [*settings.teams, *settings.neighbourhoods]
    if team not in known and not _OF_A_WARD.fullmatch(team):
        raise TeamNotFound(  # what was typed may be about a person: it is not repeated
            f"There is no such team{nearest(team, known) or '.'} Teams: {', '.join(known)}; a ward's own "
            "neighbourhood team is written neighbourhood- and the ward, as in neighbourhood-north-ormesby."
        )
