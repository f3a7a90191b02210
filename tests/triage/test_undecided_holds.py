"""What would recover a debt waits while it is not known whether a hold protects the household."""

from datetime import date
from pathlib import Path

import polars as pl

from rules import Rulebook, load_rulebook
from smart_record.facts.catalogue import DTYPES
from smart_record.facts.declarations import FACTS
from triage.policy_frames import undecided_holds

AS_OF = date(2026, 10, 31)
_FILE = """
interventions:
  - id: attachment
    title: Attachment of earnings
    measure: M21
    tier: 2
    team: revenues_benefits
    class: {klass}
    about: council_tax
    channel: letter
    next_step: Ask.
    within_days: 5
    cool_off_days: 90
    statutory: no
ruleset: trial
version: "1"
owner: policy@example.gov.uk
rules:
  - id: T1
    title: A debt
    kind: suggest
    from: 2026-01-01
    purpose: council_tax
    intervention: attachment
    priority: 2
    when: council_tax.arrears > £0
    because: "they owe"
    source: Local policy
    tests: []
  - id: T2
    title: Breathing space
    kind: hold
    from: 2026-01-01
    purpose: debt_respite
    suppresses: {{classes: [recovery], about: [council_tax]}}
    priority: 1
    when: holds.breathing_space
    because: "in breathing space"
    source: Local policy
    tests: []
"""


def _rulebook(directory: Path, klass: str) -> Rulebook:
    (directory / "trial.yaml").write_text(_FILE.format(klass=klass), encoding="utf-8")
    return load_rulebook(directory)


def _facts(breathing_space: list[bool | None]) -> pl.DataFrame:
    known = {
        "household_id": [f"H{number}" for number in range(len(breathing_space))],
        "holds__breathing_space": breathing_space,
    }
    schema = {"household_id": pl.String(), **{fact.column: DTYPES[fact.type] for fact in FACTS}}
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in known]
    return pl.DataFrame(known, schema_overrides=schema).with_columns(empty)


def test_only_a_household_whose_hold_is_not_known_waits(tmp_path: Path) -> None:
    waiting = undecided_holds(_rulebook(tmp_path, "recovery"), _facts([True, False, None]), as_of=AS_OF)
    assert waiting.select("household_id", "rule_id", "class", "about", "title").rows() == [
        ("H2", "T2", "recovery", "council_tax", "Breathing space")
    ]


def test_help_never_waits_for_what_is_not_known(tmp_path: Path) -> None:
    waiting = undecided_holds(_rulebook(tmp_path, "affordability"), _facts([True, False, None]), as_of=AS_OF)
    assert waiting.is_empty()
