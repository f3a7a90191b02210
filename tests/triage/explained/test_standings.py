from datetime import date
from importlib.resources import files
from pathlib import Path

from rules import load_rulebook
from rules.executors.online import judge_all
from smart_record.purposes import Purpose
from triage.explained.household import NextStep, UndecidedHold
from triage.explained.standings import debt_standings
from triage.sight import NOT_SAID, Sight

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
    judged = judge_all(RULEBOOK, everything, as_of=AS_OF)
    sight = Sight(purpose=purpose, rulebook=RULEBOOK)
    both = {"council_tax", "rent"}
    found = debt_standings(everything, met or {}, judged, sight, sources=both, as_of=AS_OF)
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


def test_an_unknown_day_stays_unknown() -> None:
    assert {each.earliest for each in standings()["rent_possession"].next_steps} == {None}


def test_an_unknown_stage_is_told_unless_there_is_no_such_debt() -> None:
    unknown = standings(rent__stage=None)["rent_possession"]
    assert (unknown.stage, unknown.begun, unknown.next_steps) == (None, None, ())
    assert "rent_possession" not in standings(rent__stage=None, rent__tenant=False)
    nobody = debt_standings(
        {}, {}, {}, Sight(purpose=Purpose.HOUSING, rulebook=RULEBOOK), sources={"benefits"}, as_of=AS_OF
    )
    assert nobody == ()


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


def test_a_hold_that_is_not_known_is_told_with_what_to_ask_and_not_taken_for_none() -> None:
    both = standings(holds__claim_waiting=None, holds__breathing_space=False)
    waits = UndecidedHold(
        rule_id="R02-claim",
        title="A claim that waits for a decision stops recovery",
        ask=("a benefit or reduction claim waits for a decision",),
    )
    for standing in both.values():
        assert standing.held_by == ()
        assert waits in standing.undecided_holds
        assert "R01" not in {each.rule_id for each in standing.undecided_holds}
    settled = standings(holds__claim_waiting=False)
    assert all(waits not in each.undecided_holds for each in settled.values())


def test_that_a_hold_is_not_known_is_told_even_where_it_may_not_be_said_which() -> None:
    seen = standings(council_tax__arrears=61_000)["council_tax_recovery"].undecided_holds
    hidden = [
        each
        for each in seen
        if Purpose.COUNCIL_TAX_RECOVERY not in RULEBOOK.purposes_behind(RULEBOOK.rule(str(each.rule_id)))
    ]
    assert "R02-care" in {each.rule_id for each in hidden}
    told = standings(Purpose.COUNCIL_TAX_RECOVERY, council_tax__arrears=61_000)
    limited = told["council_tax_recovery"].undecided_holds
    assert [each for each in limited if each.rule_id is None] == [
        UndecidedHold(rule_id=None, title=f"which hold is {NOT_SAID}", ask=())
    ]
    assert {each.rule_id for each in limited} == {each.rule_id for each in seen if each not in hidden} | {
        None
    }


def test_a_debt_above_the_foot_of_its_ladder_has_begun_whatever_is_known_of_the_day() -> None:
    assert standings()["rent_possession"].begun
    assert not standings(rent__stage="none")["rent_possession"].begun


def test_a_ladder_that_may_not_be_seen_is_left_out() -> None:
    assert set(standings(Purpose.COUNCIL_TAX_RECOVERY)) == {"council_tax_recovery"}
    assert set(standings(Purpose.HOUSING)) == {"rent_possession"}


def test_a_ladder_not_yet_in_force_says_nothing() -> None:
    early = debt_standings(
        KNOWN, {}, {}, Sight(purpose=Purpose.HOUSING, rulebook=RULEBOOK), sources=(), as_of=date(2011, 4, 5)
    )
    assert early == ()
