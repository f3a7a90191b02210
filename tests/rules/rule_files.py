"""A small rulebook as text, and what is said of it once something in it is broken."""
# messages and trees are compared whole, one case a line

from pathlib import Path

import pytest

from rules.errors import RulebookInvalid
from rules.loading.loader import load_rulebook
from tests.rules.builders import write_rules

INTERVENTIONS = """\
interventions:
  - id: payment_plan
    title: Offer a payment plan
    measure: M15
    tier: 2
    team: income
    class: affordability
    about: rent
    channel: phone
    next_step: Ring and agree an instalment they can keep.
    within_days: 7
    cool_off_days: 90
    statutory: no
"""


PARAMETERS = """\
parameters:
  - name: small_debt
    type: money
    values:
      - {from: 2026-04-01, value: £50, source: local policy, confirmed: yes}
      - {from: 2027-04-01, value: £60, source: local policy, confirmed: no}
"""


SIGNALS = """\
signals:
  - name: signal.deep
    meaning: rent is deep in arrears
    when: signal.some and rent.weeks_in_arrears >= 8
  - name: signal.some
    meaning: some rent is owed
    when: rent.arrears > small_debt
"""


RULES = """\
ruleset: rent
version: 2026.11.1
owner: welfare-policy@example.gov.uk
rules:
  - id: R10
    title: Deep in arrears
    kind: suggest
    from: 2026-04-01
    until:
    purpose: housing
    intervention: payment_plan
    priority: 2
    when: signal.deep and rent.tenant
    because: "{rent.arrears} rent is owed, more than {small_debt}"
    source: Housing Act 1985
    tests:
      - {given: {rent.arrears: £50.01, rent.weeks_in_arrears: 8, rent.tenant: yes}, expect: met}
      - {given: {rent.arrears: £50, rent.tenant: not known}, expect: not met, as_of: 2026-05-01}
  - id: H10
    title: Vulnerable
    kind: hold
    from: 2026-04-01
    until: 2027-03-31
    purpose: housing
    suppresses: {classes: [recovery, affordability], about: [rent]}
    when: |
      holds.vulnerable
    because: an officer has marked it
    source: local policy
"""


def broken(directory: Path, **files: str) -> list[str]:
    """What is told of faulty files: "file:line:column id: message"."""
    with pytest.raises(RulebookInvalid) as invalid:
        load_rulebook(write_rules(directory, **files))
    return [
        f"{each.file}:{each.line}:{each.column} {each.rule_id}: {each.message}"
        for each in invalid.value.faults
    ]


def of_rule(old: str, new: str) -> dict[str, str]:
    """The files, with a piece of the rule file replaced."""
    assert old in RULES
    return {"a": INTERVENTIONS + PARAMETERS + SIGNALS, "rent": RULES.replace(old, new)}
