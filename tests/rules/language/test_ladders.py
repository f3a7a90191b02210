"""Ladders of stages as dated data, and the facts that only some measures may read."""

from datetime import date
from pathlib import Path

import pytest

from rules import RulebookInvalid, load_rulebook
from rules.errors import ParameterNotInForce

LADDER = """ladders:
  - name: recovery
    fact: council_tax.stage
    meaning: recovery
    editions:
      - from: 2025-04-01
        steps:
          - {stage: bill, leads_to: [reminder_1], after_days: 7, source: "the law", confirmed: yes}
          - {stage: reminder_1, leads_to: [], after_days: 7, source: "the law", confirmed: no}
      - from: 2026-04-01
        steps:
          - {stage: bill, leads_to: [reminder_1], after_days: 21, source: "the new law", confirmed: yes}
          - {stage: reminder_1, leads_to: [bill], after_days: 7, source: "the new law", confirmed: yes}
"""


def faults(folder: Path, text: str) -> list[str]:
    (folder / "ladders.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookInvalid) as refused:
        load_rulebook(folder)
    return [f"{fault.line}: {fault.message}" for fault in refused.value.faults]


def test_the_edition_of_the_date_counts(tmp_path: Path) -> None:
    (tmp_path / "ladders.yaml").write_text(LADDER, encoding="utf-8")
    ladder = load_rulebook(tmp_path).ladders["recovery"]
    since = date(2026, 3, 20)
    assert ladder.next_steps("bill", since, date(2026, 3, 31)) == (("reminder_1", date(2026, 3, 27)),)
    assert ladder.next_steps("bill", since, date(2026, 4, 1)) == (("reminder_1", date(2026, 4, 10)),)
    assert ladder.next_steps("summons", since, date(2026, 4, 1)) == ()
    with pytest.raises(ParameterNotInForce, match="no edition on 31 March 2025"):
        ladder.on(date(2025, 3, 31))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "fact: council_tax.stage",
            "fact: council_tax.stagge",
            "3: council_tax.stagge is no fact with stages; did you mean council_tax.stage?",
        ),
        (
            "leads_to: [reminder_1], after_days: 7",
            "leads_to: [reminder_3], after_days: 7",
            "8: reminder_3 is no stage of council_tax.stage; did you mean reminder_2?",
        ),
        (
            "leads_to: [], after_days: 7",
            "leads_to: [summons], after_days: 7",
            "6: summons is led to and has no step of its own; add one",
        ),
        (
            "from: 2026-04-01",
            "from: 2024-04-01",
            "2: the editions come oldest first, each from a date of its own",
        ),
        (
            "{stage: reminder_1, leads_to: []",
            "{stage: bill, leads_to: []",
            "6: bill stands here twice; keep one",
        ),
    ],
)
def test_a_fault_of_a_ladder_is_told_at_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in faults(tmp_path, LADDER.replace(old, new, 1))


RULE = """ruleset: a
version: 1
owner: a@example.gov.uk
interventions:
  - {{id: help, title: Help, measure: {measure}, tier: 1, team: income, class: safety, about: none,
     channel: phone, next_step: Ring., within_days: 1, cool_off_days: 1, statutory: no}}
signals:
  - {{name: signal.cared_for, meaning: cared for, when: benefits.care_or_mobility}}
rules:
  - id: R1
    title: A rule
    kind: suggest
    from: 2026-04-01
    purpose: welfare_support
    intervention: help
    priority: 3
    when: {when}
    because: "{because}"
    source: "a source"
"""


@pytest.mark.parametrize("when", ["benefits.care_or_mobility", "signal.cared_for"])
def test_a_rule_for_another_measure_may_not_read_what_tells_of_health(tmp_path: Path, when: str) -> None:
    (fault,) = faults(tmp_path, RULE.format(measure="M5", when=when, because="they need it"))
    assert "tells of health (UK GDPR Art 9)" in fault
    assert "measure M10, measure M12, holds" in fault
    (tmp_path / "ladders.yaml").write_text(RULE.format(measure="M12", when=when, because="they need it"))
    assert load_rulebook(tmp_path).rule("R1").when is not None


def test_no_reason_may_tell_of_health(tmp_path: Path) -> None:
    text = RULE.format(measure="M12", when="benefits.care_or_mobility", because="{benefits.care_or_mobility}")
    (fault,) = faults(tmp_path, text)
    assert fault.startswith("18: benefits.care_or_mobility tells of health")
