"""A council's settings: council.toml, plus the environment for the service.

Read once, at the edge, into one frozen `Settings`; nobody else reads the environment.
"""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from triage.errors import CouncilInvalid

Band = Literal["very_high", "high", "medium", "low"]
"""Where a household's score lies among all scored."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Team(_Frozen):
    """A team that takes suggestions or referrals.

    Attributes:
        title: As officers know it.
        weekly_capacity: Tier 3 households it can newly take in a week; None where it has no Tier 3 queue.
    """

    title: str
    weekly_capacity: int | None = Field(default=None, ge=0)


class Neighbourhood(_Frozen):
    """A neighbourhood team and the wards it looks after."""

    title: str
    wards: tuple[str, ...]
    weekly_capacity: int = Field(ge=0)


class RiskPolicy(_Frozen):
    """What the risk score may do: put households in order, and offer a call where no rule found them.

    Attributes:
        intervention: Offered to households of `bands` that no rule has a suggestion for.
        bands: Bands in which it is offered; empty to switch it off.
    """

    intervention: str = "welfare_call"
    bands: tuple[Band, ...] = ("very_high", "high")


class Settings(_Frozen):
    """Everything a council sets.

    Attributes:
        council: The council's name.
        ward_capacity: Weekly Tier 3 capacity of a ward's own neighbourhood team, where the ward is in none
            of `neighbourhoods`.
    """

    council: str
    ward_capacity: int = Field(default=5, ge=0)
    teams: dict[str, Team]
    neighbourhoods: dict[str, Neighbourhood] = {}
    risk: RiskPolicy = RiskPolicy()


class Environment(BaseSettings):
    """What comes from the environment: TRIAGE_COUNCIL, the folder that the service opens."""

    model_config = SettingsConfigDict(env_prefix="TRIAGE_", frozen=True)

    council: Path | None = None


def read_settings(file: Path) -> Settings:
    """Settings of a council.toml.

    Raises:
        CouncilInvalid: With every fault of the file, if it can't be read as settings.
    """
    if not file.is_file():
        raise CouncilInvalid(
            f"{file} is not there, so {file.parent} is not a council's folder. "
            f"Make one with: triage init {file.parent}"
        )
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise CouncilInvalid(f"{file} line {line} is not UTF-8 text. Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise CouncilInvalid(f"{file} is not valid TOML: {error}. Mend that line and run again.") from None
    except ValidationError as error:
        faults = "\n".join(
            f"  {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']} (found: {fault['input']!r})"
            for fault in error.errors()
        )
        raise CouncilInvalid(f"{file} can't be used:\n{faults}\nMend these and run again.") from None
