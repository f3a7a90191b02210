"""The schema for editors accepts what the loader accepts, and marks what it refuses."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from rules.loading.editor_schema import editor_schema
from smart_record.facts.declarations import CATALOGUE
from tests.rules.rule_files import RULES

LIBRARY = Path(__file__).parents[3] / "rules" / "library"
VALIDATOR = Draft202012Validator(editor_schema(CATALOGUE))


class _Yaml12(yaml.SafeLoader):
    """As editors read YAML (1.2): yes, no and dates are text; only numbers and null are not."""


_Yaml12.yaml_implicit_resolvers = {}
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?\d+$"), list("-0123456789"))
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|)$"), ["~", "n", ""])


def problems(text: str) -> list[str]:
    document: Any = yaml.load(text, _Yaml12)
    return [each.message for each in VALIDATOR.iter_errors(document)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(editor_schema(CATALOGUE))


@pytest.mark.parametrize("file", sorted(path.name for path in LIBRARY.glob("*.yaml")))
def test_every_library_file_is_valid(file: str) -> None:
    assert problems((LIBRARY / file).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("kind: hold", "kind: holds", "'holds'"),
        ("purpose: housing", "purpose: house", "'house'"),
        ("rent.arrears: £50.01", "rent.arears: £50.01", "rent.arears"),
        ("rent.arrears: £50.01", "rent.arrears: 50", "50"),
        ("rent.weeks_in_arrears: 8", "rent.weeks_in_arrears: £8", "£8"),
        ("rent.tenant: yes", "rent.tenant: y", "'y'"),
        ("expect: met", "expect: fires", "'fires'"),
        ("classes: [recovery", "classes: [recover", "'recover'"),
        ("priority: 2", "priority: 5", "5"),
        ("    title: Vulnerable\n", "", "'title' is a required property"),
        ("owner: welfare-policy@example.gov.uk\n", "", "'owner' is a dependency"),
        ("from: 2026-04-01", "from: 1 April 2026", "1 April 2026"),
        ("    intervention: payment_plan\n", "", "is not valid under any of the given schemas"),
        ("    source: local policy", "    sauce: local policy", "'sauce' was unexpected"),
    ],
)
def test_a_broken_file_is_marked(old: str, new: str, word: str) -> None:
    assert old in RULES
    assert problems(RULES) == []
    told = problems(RULES.replace(old, new, 1))
    assert any(word in each for each in told), told
