from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triage.builders import AS_OF, a_rule, holds, met, outcomes, steps, suggesting
from triage.policy.frames import last_steps
from triage.policy.steps import (
    suggestions_from_risk,
    suggestions_from_rules,
    with_cool_off,
    with_holds,
)
from triage.settings import RiskPolicy

PLAN = a_rule("R06", "payment_plan")
CLAIM = a_rule("R05", "reduction_claim", klass="income_maximisation", about="none")
NO_STEPS = steps()
NONE_RECORDED = outcomes()


def statuses(frame: pl.DataFrame) -> dict[str, str]:
    return dict(zip(frame["intervention"], frame["status"], strict=True))


def test_two_rules_for_one_intervention_make_one_suggestion_that_keeps_both_reasons() -> None:
    rules = suggesting(a_rule("A", "plan", priority=3), a_rule("B", "plan", priority=2))
    found = suggestions_from_rules(met(("H1", "A"), ("H1", "B")), rules)
    assert found.select("household_id", "rule_id", "priority", "because").rows() == [
        ("H1", "B", 2, "reason of B; reason of A")
    ]


def test_a_hold_suppresses_what_is_about_the_same_debt_and_leaves_help_alone() -> None:
    found = suggestions_from_rules(met(("H1", "R06"), ("H1", "R05")), suggesting(PLAN, CLAIM))
    held = with_holds(found, met(("H1", "HOLD")), holds(("HOLD", "affordability", "council_tax")))
    assert statuses(held) == {"payment_plan": "suppressed", "reduction_claim": "suggested"}
    assert held.filter(pl.col("status") == "suppressed")["stopped_by"].to_list() == ["HOLD"]


def test_a_hold_about_rent_does_not_stop_a_council_tax_plan() -> None:
    found = suggestions_from_rules(met(("H1", "R06")), suggesting(PLAN))
    held = with_holds(found, met(("H1", "HOLD")), holds(("HOLD", "affordability", "rent")))
    assert statuses(held) == {"payment_plan": "suggested"}


def test_a_hold_of_another_household_stops_nothing() -> None:
    found = suggestions_from_rules(met(("H1", "R06")), suggesting(PLAN))
    held = with_holds(found, met(("H2", "HOLD")), holds(("HOLD", "affordability", "council_tax")))
    assert statuses(held) == {"payment_plan": "suggested"}


def test_an_intervention_about_all_debts_is_stopped_by_a_hold_on_one() -> None:
    found = suggestions_from_rules(met(("H1", "R06")), suggesting(a_rule("R06", "advice", about="all")))
    held = with_holds(found, met(("H1", "HOLD")), holds(("HOLD", "affordability", "rent")))
    assert statuses(held) == {"advice": "suppressed"}


def test_of_two_outcomes_of_one_day_the_last_recorded_counts() -> None:
    found = with_holds(suggestions_from_rules(met(("H1", "R06")), suggesting(PLAN)), met(), holds())
    both = [("H1", "payment_plan", outcome, AS_OF) for outcome in ("refused", "completed")]
    many = outcomes(*[("H2", "payment_plan", "refused", AS_OF)] * 40, *both)
    assert with_cool_off(found, many, steps=NO_STEPS, as_of=AS_OF)["stopped_because"][0].startswith(
        "completed on"
    )


def test_a_refusal_is_respected_until_the_cool_off_ends() -> None:
    found = suggestions_from_rules(met(("H1", "R06")), suggesting(PLAN))
    found = with_holds(found, met(), holds())
    refused = outcomes(("H1", "payment_plan", "refused", date(2026, 10, 1)))
    held = with_cool_off(found, refused, steps=NO_STEPS, as_of=AS_OF)
    assert held.select("status", "stopped_by", "stopped_because").rows() == [
        ("held", "cool_off", "refused on 1 October 2026; not offered again before 30 December 2026")
    ]
    assert statuses(with_cool_off(found, refused, steps=NO_STEPS, as_of=date(2026, 12, 29))) == {
        "payment_plan": "held"
    }
    assert statuses(with_cool_off(found, refused, steps=NO_STEPS, as_of=date(2026, 12, 30))) == {
        "payment_plan": "suggested"
    }


def test_an_outcome_of_another_intervention_changes_nothing() -> None:
    found = with_holds(suggestions_from_rules(met(("H1", "R06")), suggesting(PLAN)), met(), holds())
    other = outcomes(("H1", "reduction_claim", "refused", date(2026, 10, 1)))
    assert with_cool_off(found, other, steps=NO_STEPS, as_of=AS_OF).equals(
        with_cool_off(found, NONE_RECORDED, steps=NO_STEPS, as_of=AS_OF)
    )


STOP = a_rule("R01-stop", "breathing_space_stop", klass="statutory_stop", about="all", statutory=True)
DONE_ON = date(2026, 10, 1)


def after_stop(outcome: str, *, rule: tuple[object, ...] = STOP, **moved: date | None) -> dict[str, object]:
    """What is left of a stop that was refused or completed on the first of October."""
    found = with_holds(suggestions_from_rules(met(("H1", "R01-stop")), suggesting(rule)), met(), holds())
    recorded = outcomes(("H1", "breathing_space_stop", outcome, DONE_ON))
    after = with_cool_off(found, recorded, steps=steps(("H1", moved)), as_of=AS_OF)
    return after.row(0, named=True)


def test_no_household_can_refuse_what_the_law_makes_the_council_do() -> None:
    for rule in (
        STOP,
        a_rule("R01-stop", "breathing_space_stop", klass="safety", statutory=True),
        a_rule("R01-stop", "breathing_space_stop", klass="statutory_stop"),
    ):
        told = after_stop("refused", rule=rule)
        assert (told["status"], told["stopped_by"]) == ("suggested", None)
        assert told["because"] == "reason of R01-stop (refused on 1 October 2026, but it stays a duty)"


def test_a_stop_that_was_done_is_silent_while_the_debt_stands_still() -> None:
    for moved in ({}, {"council_tax": date(2026, 9, 30)}, {"rent": date(2026, 9, 30)}):
        assert after_stop("completed", **moved)["stopped_by"] == "cool_off"


def test_a_second_breach_within_the_cool_off_is_never_silent() -> None:
    for moved in ({"council_tax": date(2026, 10, 2)}, {"rent": date(2026, 10, 20)}, {"rent": DONE_ON}):
        told = after_stop("completed", **moved)
        assert told["status"] == "suggested"
        assert told["because"].endswith("(completed on 1 October 2026, but the debt has moved since)")


def test_a_step_whose_day_is_not_known_is_not_taken_for_an_old_one() -> None:
    for moved in ({"council_tax": None}, {"rent": None, "council_tax": date(2026, 9, 1)}):
        told = after_stop("completed", **moved)
        assert told["status"] == "suggested"
        assert told["because"].endswith("but it is not known whether the debt has moved since)")


def test_a_step_of_another_debt_is_no_breach_of_this_stop() -> None:
    rent_only = a_rule("R01-stop", "breathing_space_stop", klass="statutory_stop", about="rent")
    moved = {"council_tax": date(2026, 10, 20)}
    assert after_stop("completed", rule=rent_only, **moved)["status"] == "held"
    assert after_stop("completed", rule=rent_only, rent=date(2026, 10, 20))["status"] == "suggested"
    assert after_stop("completed", rule=rent_only, council_tax=None)["status"] == "held"


def test_a_debt_at_the_foot_of_its_ladder_has_taken_no_step_and_one_above_it_without_a_day_has() -> None:
    facts = pl.DataFrame(
        {
            "household_id": ["H1", "H2", "H3"],
            "council_tax__stage": ["bill", "summons", None],
            "council_tax__stage_since": [None, None, None],
            "rent__stage": ["letter_1", "none", None],
            "rent__stage_since": [AS_OF, AS_OF, None],
        },
        schema_overrides={"council_tax__stage_since": pl.Date},
    )
    found = last_steps(facts)
    assert found["council_tax_undated"].to_list() == [False, True, False]
    assert found["rent_undated"].to_list() == [False, False, False]
    assert found["rent"].to_list() == [AS_OF, AS_OF, None]


def test_an_offer_stays_silent_whatever_the_debt_does() -> None:
    found = with_holds(suggestions_from_rules(met(("H1", "R06")), suggesting(PLAN)), met(), holds())
    refused = outcomes(("H1", "payment_plan", "refused", DONE_ON))
    moved = steps(("H1", {"council_tax": AS_OF}))
    assert statuses(with_cool_off(found, refused, steps=moved, as_of=AS_OF)) == {"payment_plan": "held"}


def test_the_score_offers_a_call_only_where_no_rule_asks_a_person_to_act() -> None:
    rules = suggesting(PLAN, a_rule("R11", "school_meals", tier=0, klass="income_maximisation", about="none"))
    found = suggestions_from_rules(met(("H1", "R06"), ("H2", "R11")), rules)
    call = suggesting(a_rule("", "welfare_call", tier=1, klass="safety", about="none")).drop("rule_id")
    risk = pl.DataFrame(
        {
            "household_id": ["H1", "H2", "H3", "H4"],
            "band": ["very_high", "very_high", "very_high", "high"],
            "reasons": ["a", "b", "c", "d"],
        }
    )
    called = suggestions_from_risk(found, risk, call, RiskPolicy(bands=("very_high",)))
    assert called["household_id"].to_list() == ["H2", "H3"]
    assert called["rule_id"].unique().to_list() == ["risk_score"]
    assert suggestions_from_risk(found, risk, call, RiskPolicy(bands=())).is_empty()


@settings(derandomize=True, max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["H1", "H2", "H3"]), st.sampled_from(["A", "B", "C", "HOLD"])),
        unique=True,
        max_size=9,
    ),
    st.randoms(use_true_random=False),
)
def test_row_order_changes_nothing_and_no_suggestion_is_lost(rows: list[tuple[str, str]], random) -> None:
    rules = suggesting(
        a_rule("A", "plan"), a_rule("B", "plan", priority=1), a_rule("C", "advice", about="rent")
    )
    stops = holds(("HOLD", "affordability", "council_tax"))

    def run(order: list[tuple[str, str]]) -> pl.DataFrame:
        known = met(*order)
        return with_holds(suggestions_from_rules(known, rules), known, stops)

    shuffled = rows.copy()
    random.shuffle(shuffled)
    result = run(rows)
    assert result.equals(run(shuffled))
    wanted = {(household, "plan" if rule in "AB" else "advice") for household, rule in rows if rule != "HOLD"}
    assert set(result.select("household_id", "intervention").rows()) == wanted
    held = {household for household, rule in rows if rule == "HOLD"}
    for household, intervention, status in result.select("household_id", "intervention", "status").rows():
        assert status == ("suppressed" if household in held and intervention == "plan" else "suggested")
