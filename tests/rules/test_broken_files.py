"""A folder of broken rule files: what a policy lead is told of each, all of them at once.

Beside each file of `broken/` stands a .txt with every word that is said of it. To change a message, change it
there too, and read it as somebody would who has never written a program.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from rules.checking.checks import check
from rules.errors import RulebookInvalid
from rules.loading.loader import load_rulebook
from rules.proofs.proving import prove
from tests.rules.builders import AS_OF

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".yaml", ".csv"})
BROKEN = [name for name in FILES if not name.startswith("sound-")]


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What one check of the whole folder says of each file."""
    said = defaultdict(list)
    for each in check(FOLDER, as_of=AS_OF, prove=prove):
        said[each.file].append(f"{each.severity}: {each}\n")
    return {file: "\n".join(each) for file, each in said.items()}


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_file_is_told_as_it_should_be(told: dict[str, str], name: str) -> None:
    assert told[name] == (FOLDER / name).with_suffix(".txt").read_text(encoding="utf-8")


def test_sound_files_beside_broken_ones_are_not_blamed(told: dict[str, str]) -> None:
    assert sorted(told) == BROKEN


def test_there_are_thirty_kinds_of_faults_and_more(told: dict[str, str]) -> None:
    kinds = {tuple(line.split(": ", 2)[-1] for line in said.splitlines()[::4]) for said in told.values()}
    assert len(kinds) >= 38


def test_a_folder_with_faults_is_not_loaded_and_says_all_that_stop_it() -> None:
    with pytest.raises(RulebookInvalid) as refused:
        load_rulebook(FOLDER)
    assert len({fault.file for fault in refused.value.faults}) >= 25
