"""A small rulebook and small nights with real facts, for the time machine's tests."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from rules import Rulebook, load_rulebook
from smart_record.facts.declarations import FACTS
from smart_record.facts.terms.catalogue import DTYPES
from triage.impact.past_nights import PastNight
from triage.risk.night import NO_RISK
from triage.settings import Settings, Team

FIRST, SECOND = date(2026, 10, 24), date(2026, 10, 31)
SETTINGS = Settings(
    council="Invented", teams={"housing_solutions": Team(title="Housing solutions", weekly_capacity=2)}
)

_FILE = """
parameters:
  - name: weeks_behind
    type: count
    unit: weeks
    values:
      - {{from: 2026-01-01, value: {weeks}, source: "a trial", confirmed: yes}}
interventions:
  - id: visit
    title: Visit
    measure: M32
    tier: 3
    team: housing_solutions
    class: affordability
    about: rent
    channel: visit
    next_step: Visit.
    within_days: 5
    cool_off_days: 90
    statutory: no
ruleset: trial
version: "1"
owner: policy@example.gov.uk
rules:
  - id: T1
    title: Weeks of rent owed <b>
    kind: suggest
    from: 2026-01-01
    purpose: housing
    intervention: visit
    priority: 2
    when: rent.tenant and rent.weeks_in_arrears >= weeks_behind
    because: "they owe {{rent.weeks_in_arrears}} of rent"
    source: Local policy
    tests:
      - {{given: {{rent.tenant: yes, rent.weeks_in_arrears: 50}}, expect: met}}
      - {{given: {{rent.tenant: no}}, expect: not met}}
      - {{given: {{rent.tenant: yes}}, expect: not known}}
  - id: T2
    title: Breathing space
    kind: hold
    from: 2026-01-01
    purpose: debt_respite
    priority: 1
    suppresses: {{classes: [affordability], about: [rent]}}
    when: holds.breathing_space
    because: "breathing space is in force"
    source: Debt Respite Scheme Regulations 2020
    tests:
      - {{given: {{holds.breathing_space: yes}}, expect: met}}
      - {{given: {{holds.breathing_space: no}}, expect: not met}}
      - {{given: {{}}, expect: not known}}
"""


def a_rulebook(directory: Path, *, weeks: int) -> Rulebook:
    """Visits from so many weeks of rent owed, unless breathing space is in force."""
    directory.mkdir()
    (directory / "trial.yaml").write_text(_FILE.format(weeks=weeks), encoding="utf-8")
    return load_rulebook(directory)


def a_night(
    as_of: date, weeks: Mapping[str, int | None], *, breathing: frozenset[str] = frozenset()
) -> PastNight:
    """Tenants with so many weeks of rent owed; null is not known."""
    ids = sorted(weeks)
    facts = pl.DataFrame({"household_id": ids}).with_columns(
        pl.lit(None, DTYPES[fact.type]).alias(fact.column) for fact in FACTS
    )
    return PastNight(
        as_of=as_of,
        facts=facts.with_columns(
            rent__tenant=pl.lit(value=True),
            rent__weeks_in_arrears=pl.Series([weeks[each] for each in ids], dtype=pl.Int64),
            holds__breathing_space=pl.Series([each in breathing for each in ids]),
            household__tenure=pl.lit("social_rent"),
        ),
        households=pl.DataFrame({"household_id": ids, "ward": ["Park"] * len(ids)}),
        risk=NO_RISK,
        outcomes=(),
    )
