from importlib.resources import files
from pathlib import Path

import pytest

from triage.errors import CouncilInvalid, TeamNotFound
from triage.policy.teams import check_team, neighbourhood_team, team_of_wards, team_title, weekly_capacity
from triage.settings import Settings, read_settings

SHIPPED = (files("triage") / "scaffold" / "council.toml").read_text(encoding="utf-8")
NORTH = '\n[neighbourhoods.north]\ntitle = "North"\nwards = ["North Ormesby"]\nweekly_capacity = 12\n'


def settings_of(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "council.toml").write_text(text, encoding="utf-8")
    return read_settings(tmp_path / "council.toml")


def test_the_shipped_settings_can_be_used(tmp_path: Path) -> None:
    assert settings_of(tmp_path, SHIPPED).council == "Invented Council"


def test_a_ward_goes_to_its_neighbourhood_or_has_a_team_of_its_own(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SHIPPED + NORTH)
    assert neighbourhood_team(settings, "North Ormesby") == "north"
    assert neighbourhood_team(settings, "Brambles & Thorntree") == "neighbourhood-brambles-thorntree"
    assert neighbourhood_team(settings, None) == "neighbourhood"
    assert [weekly_capacity(settings, team) for team in ("north", "neighbourhood-park", "income", "x")] == [
        12,
        5,
        0,
        0,
    ]
    assert team_title(settings, "neighbourhood-park") == "Park neighbourhood team"
    for team in ("north", "neighbourhood-park", "income"):
        check_team(settings, team)
    with pytest.raises(TeamNotFound, match=r"no such team; did you mean north\?"):
        check_team(settings, "nroth")
    with pytest.raises(TeamNotFound, match="There is no such team"):
        check_team(settings, "neighbourhood-Mrs Jones")
    wards = team_of_wards(settings, ["Park", None, "Park"])
    assert wards.rows() == [("Park", "neighbourhood-park"), (None, "neighbourhood")]


def test_every_fault_of_the_settings_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    broken = SHIPPED.replace("ward_capacity = 5", "ward_capacity = -1\ncouncl = 'x'")
    with pytest.raises(CouncilInvalid) as told:
        settings_of(tmp_path, broken)
    message = str(told.value)
    assert "ward_capacity" in message
    assert "councl" in message
    assert "council.toml" in message


def test_a_folder_without_settings_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CouncilInvalid, match="triage init"):
        read_settings(tmp_path / "council.toml")


def test_settings_that_are_not_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "council.toml").write_bytes(SHIPPED.replace("Invented", "Pl\xe4n", 1).encode("latin-1"))
    with pytest.raises(CouncilInvalid, match=r"line \d+ is not UTF-8 text"):
        read_settings(tmp_path / "council.toml")


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(CouncilInvalid, match="line 1"):
        settings_of(tmp_path, "council = \nx = 1\n")


def test_a_band_that_no_household_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CouncilInvalid, match=r"risk\.bands\.0: .*'very_high', 'high', 'medium' or 'low'"):
        settings_of(tmp_path, SHIPPED.replace('"very_high"', '"very high"'))
