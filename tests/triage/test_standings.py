from datetime import date
from importlib.resources import files
from pathlib import Path

from rules import load_rulebook
from smart_record.purposes import Purpose
from triage.household import NextStep
from triage.sight import Sight
from triage.standings import debt_standings

RULEBOOK = load_rulebook(Path(str(files("rules") / "library")))
AS_OF = date(2026, 10, 31)
KNOWN = {
    "council_tax.stage": "reminder_1",
    "council_tax.stage_since": date(2026, 10, 27),
    "rent.stage": "letter_1",
    "rent.stage_since": None,
}


def standings(purpose: Purpose = Purpose.WELFARE_SUPPORT, met: dict[str, str] | None = None, **known: object):
    everything = {**KNOWN, **{name.replace("__", "."): value for name, value in known.items()}}
    found = debt_standings(everything, met or {}, Sight(purpose=purpose, rulebook=RULEBOOK), as_of=AS_OF)
    return {each.ladder: each for each in found}


def test_what_may_come_next_has_its_first_day_and_never_leads_down() -> None:
    tax = standings()["council_tax_recovery"]
    assert (tax.stage, tax.since, tax.held_by) == ("reminder_1", date(2026, 10, 27), ())
    allowed = RULEBOOK.ladders["council_tax_recovery"].next_steps("reminder_1", tax.since, AS_OF)
    assert "bill" in {stage for stage, _ in allowed}
    assert tax.next_steps == tuple(
        NextStep(stage=stage, earliest=earliest) for stage, earliest in allowed if stage != "bill"
    )
    top = standings(council_tax__stage="enforcement_agent")["council_tax_recovery"]
    assert top.next_steps == ()


def test_an_unknown_day_stays_unknown_and_an_unknown_stage_is_left_out() -> None:
    assert {each.earliest for each in standings()["rent_possession"].next_steps} == {None}
    assert "rent_possession" not in standings(rent__stage=None)


def test_a_hold_on_recovery_of_this_debt_is_named_and_no_other() -> None:
    both = standings(met={"R01": "a moratorium runs", "R05": "no reduction"})
    assert {name: each.held_by for name, each in both.items()} == {
        "council_tax_recovery": ("a moratorium runs",),
        "rent_possession": ("a moratorium runs",),
    }
    tax_only = next(
        rule
        for rule in RULEBOOK.rules
        if rule.suppresses
        and set(rule.suppresses.about) == {"council_tax"}
        and "recovery" in rule.suppresses.classes
    )
    held = standings(met={tax_only.id: "vulnerable"})
    assert held["council_tax_recovery"].held_by == ("vulnerable",)
    assert held["rent_possession"].held_by == ()


def test_that_a_hold_protects_is_told_for_recovery_even_where_its_reason_is_not() -> None:
    hidden = next(
        rule
        for rule in RULEBOOK.rules
        if rule.suppresses
        and "recovery" in rule.suppresses.classes
        and Purpose.COUNCIL_TAX_RECOVERY not in RULEBOOK.purposes_behind(rule)
    )
    held = standings(Purpose.COUNCIL_TAX_RECOVERY, met={hidden.id: "gets a benefit for care"})
    assert held["council_tax_recovery"].held_by == ("a hold protects them; why is not said for this purpose",)


def test_a_ladder_that_may_not_be_seen_is_left_out() -> None:
    assert set(standings(Purpose.COUNCIL_TAX_RECOVERY)) == {"council_tax_recovery"}
    assert set(standings(Purpose.HOUSING)) == {"rent_possession"}


def test_a_ladder_not_yet_in_force_says_nothing() -> None:
    early = debt_standings(
        KNOWN, {}, Sight(purpose=Purpose.HOUSING, rulebook=RULEBOOK), as_of=date(2011, 4, 5)
    )
    assert early == ()
