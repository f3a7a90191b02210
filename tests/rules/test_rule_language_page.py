"""The page about the rule language says what the language does."""

import re
from pathlib import Path

import pytest

from rules.language.conditions import read_condition
from rules.language.grammar import KEYWORDS, ConditionMisread
from rules.language.names import Names
from smart_record.facts.declarations import CATALOGUE
from tests.rules.builders import PARAMETERS

PAGE = (Path(__file__).parents[2] / "docs" / "rule-language.md").read_text(encoding="utf-8")
TABLE = [line for line in PAGE.splitlines() if line.startswith("| ")][2:]
EXAMPLES = [text for line in TABLE for text in re.findall(r"`([^`]+)`", line.split("|")[2])]
NAMES = Names(catalogue=CATALOGUE, parameters=PARAMETERS, signals=frozenset({"signal.rent_slide"}))


@pytest.mark.parametrize("text", [each for each in EXAMPLES if each not in {"after", "at or before"}])
def test_every_example_is_a_condition(text: str) -> None:
    problems: list[ConditionMisread] = []
    assert read_condition(text, NAMES, problems), [str(each) for each in problems]


def test_every_word_of_the_language_is_shown() -> None:
    shown = set(re.findall(r"[a-z]+", " ".join(EXAMPLES)))
    assert KEYWORDS - {"yes", "no"} <= shown
