"""Whatever stands in a rule file, the answer is a rulebook or faults with places, never a crash."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.language.conditions import read_condition
from rules.language.grammar import KEYWORDS, ConditionMisread
from rules.language.names import Names
from rules.language.template import read_template
from rules.loading.loader import read_rulebook
from smart_record.facts.declarations import CATALOGUE
from tests.rules.builders import PARAMETERS
from tests.rules.rule_files import INTERVENTIONS, RULES, SIGNALS
from tests.rules.rule_files import PARAMETERS as PARAMETER_FILE
from tests.rules.strategies import SPOKEN_OF, conditions

NAMES = Names(catalogue=CATALOGUE, parameters=PARAMETERS, signals=frozenset({"signal.slide"}))
PIECES = (
    *SPOKEN_OF,
    *PARAMETERS,
    *sorted(KEYWORDS),
    *[
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "/",
        "=",
        "!=",
        "<",
        ">=",
        "%",
        "#",
        "\n",
        "{",
        "}",
        ":",
        "@",
        "Ŵ",
        "£",
        '"',
        "'",
    ],
    *["£5", "£1,400.50", "3", "2.5", "25%", "2026-04-01", "2026-13-01"],
    *['"court"', "court", "summons", "signal.slide", "signal.other", "\x00"],
)
FILE = INTERVENTIONS + PARAMETER_FILE + SIGNALS + RULES


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=40))
def test_any_condition_text_is_a_condition_or_told(text: str) -> None:
    problems: list[ConditionMisread] = []
    condition = read_condition(text, NAMES, problems)
    assert (condition is None) == bool(problems)
    for problem in problems:
        assert str(problem)
        assert 0 <= problem.span.start <= len(text)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(text=conditions(), cut=st.integers(0, 200), put=st.sampled_from(PIECES))
def test_a_condition_with_one_slip_is_a_condition_or_told(text: str, cut: int, put: str) -> None:
    at = cut % len(text)
    problems: list[ConditionMisread] = []
    condition = read_condition(f"{text[:at]} {put} {text[at + 1 :]}", NAMES, problems)
    assert (condition is None) == bool(problems)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(alphabet="{}ab. rent.arrears", max_size=30))
def test_any_reason_is_a_template_or_told(text: str) -> None:
    problems: list[ConditionMisread] = []
    assert (read_template(text, NAMES, problems) is None) == bool(problems)


@settings(derandomize=True, max_examples=120, deadline=None)
@given(
    cut=st.integers(0, len(FILE) - 1),
    length=st.integers(0, 12),
    put=st.sampled_from([*PIECES, "- ", "  ", "[", "]", "&a", "*a", "!!int", "|", ">", "---", "\t"]),
)
def test_a_file_with_one_slip_is_a_rulebook_or_told(cut: int, length: int, put: str) -> None:
    text = FILE[:cut] + put + FILE[cut + length :]
    with TemporaryDirectory() as directory:
        (Path(directory) / "a.yaml").write_text(text, encoding="utf-8")
        loaded = read_rulebook(Path(directory))
    assert all(1 <= fault.line <= text.count("\n") + 2 and fault.message for fault in loaded.faults)
    assert loaded.faults or {rule.id for rule in loaded.rulebook.rules}


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=200))
def test_any_of_thousands_of_texts_is_a_condition_or_told(text: str) -> None:
    problems: list[ConditionMisread] = []
    assert (read_condition(text, NAMES, problems) is None) == bool(problems)
