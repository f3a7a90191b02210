"""The letter reads as a colleague would write it, and never leaves out why."""

from dataclasses import replace
from datetime import date

import pytest

from triage.explained.household import (
    DebtStanding,
    HeldAddress,
    HeldRecord,
    HouseholdView,
    KnownFact,
    Member,
    NextStep,
    QueuedReferral,
    Risk,
    RuleAnswer,
    Suggestion,
    UndecidedHold,
)
from triage.explained.letter import letter

PLAN = Suggestion(
    rule_id="R06",
    intervention="payment_plan",
    title="Agree one affordable plan",
    tier=2,
    team="revenues_benefits",
    team_title="Revenues and benefits",
    priority=2,
    status="suggested",
    because="£300.00 council tax and 4 weeks of rent are owed",
    next_step="Book an appointment.",
    stopped_by=None,
    stopped_because=None,
)
VIEW = HouseholdView(
    shown_for="",
    standings=(),
    household_id="H1",
    as_of=date(2026, 10, 31),
    address="1 Invented Street",
    uprn=1,
    ward="Park",
    confidence="strong",
    members=(
        Member(
            resident_id="R1",
            name="Ada Example",
            records=(
                HeldRecord(source="rent", record_ref="T1", role="tenant", evidence="same property; name"),
            ),
        ),
    ),
    addresses=(
        HeldAddress(
            source="rent",
            record_ref="T1",
            uprn=None,
            confidence="ambiguous",
            share_right=None,
            found_by="several_fit",
            street_corrected=False,
            measured_on=None,
            fits=2,
            others="1, 2",
            told="No UPRN: several properties have these words: 1, 2 (ambiguous)",
        ),
    ),
    facts=(
        KnownFact(
            name="council_tax.arrears",
            meaning="council tax owed",
            value="£300.00",
            sources=("x",),
            bears=True,
        ),
        KnownFact(name="council_tax.band", meaning="band", value="A", sources=("x",), bears=False),
        KnownFact(name="rent.arrears", meaning="rent owed", value=None, sources=("x",), bears=True),
    ),
    rules=(
        RuleAnswer(rule_id="R06", title="Two debts", kind="suggest", outcome="met", because="b", ask=()),
        RuleAnswer(
            rule_id="R13", title="Pension", kind="suggest", outcome="not known", because="", ask=("age",)
        ),
        RuleAnswer(rule_id="R17", title="Notice", kind="suggest", outcome="not met", because="", ask=()),
    ),
    risk_note="",
    risk=Risk(
        probability=0.314, band="very_high", reasons="council tax arrears of £300.00 raise it", model="m"
    ),
    suggestions=(PLAN,),
    referrals=(),
)


def test_the_letter_says_who_why_and_what_next() -> None:
    text = letter(VIEW)
    assert text.startswith("Household H1, 1 Invented Street, Park ward\nAs of 31 October 2026.")
    assert "Ada Example (R1)" in text
    assert "rent T1, tenant: same property; name" in text
    assert (
        "Agree one affordable plan: tier 2 (back office), Revenues and benefits, this week.\n"
        "    Because £300.00 council tax and 4 weeks of rent are owed.\n"
        "    Book an appointment." in text
    )
    assert "About 31%, band very high" in text
    assert "What we don't know, and would ask\n  age: bears on R13\n" in text
    assert "Not met: R17." in text
    assert text.endswith("This suggests; a person decides.")


def test_where_they_live_is_not_said_where_no_shown_record_has_it() -> None:
    limited = replace(VIEW, address=None, uprn=None, ward=None, shown_for="Shown for housing.")
    assert letter(limited).startswith("Household H1, address and ward not said for this purpose\n")
    assert letter(replace(limited, address="2 Far Row")).startswith(
        "Household H1, 2 Far Row, ward not said for this purpose\n"
    )
    assert letter(replace(VIEW, ward=None)).startswith("Household H1, 1 Invented Street\n")


def test_what_may_not_be_shown_is_not_said_to_be_nothing() -> None:
    bare = replace(VIEW, suggestions=(), facts=())
    assert "Nothing at present." in letter(bare)
    assert "No rule is met, so nothing here calls for help." in letter(bare)
    limited = letter(replace(bare, shown_for="Shown for council_tax_recovery."))
    assert "Nothing that may be shown for this purpose." in limited
    assert "nothing here calls for help" not in limited


def test_it_rests_on_what_is_known_and_bears_on_a_rule_that_is_met() -> None:
    text = letter(VIEW)
    assert "Council tax: council tax owed: £300.00." in text
    assert "rent owed" not in text
    assert "band: A" not in text


def test_what_is_held_back_says_by_what_and_why() -> None:
    held = replace(PLAN, status="suppressed", stopped_by="R01", stopped_because="a moratorium is in force")
    text = letter(replace(VIEW, suggestions=(held,), risk=None, risk_note="Not scored."))
    assert "Nothing at present." in text
    assert "Suppressed: a moratorium is in force.\n    Agree one affordable plan" in text
    assert "No score is shown" in text


def test_a_referral_names_the_team_and_the_day() -> None:
    referral = QueuedReferral(
        referral_id="F1",
        team="t",
        team_title="Park neighbourhood team",
        status="waiting",
        due_on=date(2026, 11, 3),
        reasons="court is near",
    )
    text = letter(replace(VIEW, referrals=(referral,)))
    assert "F1 to Park neighbourhood team: waiting, to act by 3 November 2026, because court is near." in text


def test_it_says_how_sure_each_record_s_address_is() -> None:
    assert "rent T1: No UPRN: several properties have these words: 1, 2 (ambiguous)." in letter(VIEW)
    assert "Where each record says" not in letter(replace(VIEW, addresses=()))


def test_where_recovery_stands_is_told_with_what_may_come_and_what_protects() -> None:
    reminder = DebtStanding(
        ladder="council_tax_recovery",
        meaning="recovery of council tax",
        stage="reminder_1",
        since=date(2026, 10, 27),
        begun=True,
        next_steps=(
            NextStep(stage="final_notice", earliest=date(2026, 11, 3)),
            NextStep(stage="summons", earliest=date(2026, 11, 3)),
        ),
        held_by=(),
        undecided_holds=(),
    )
    told = " ".join(letter(replace(VIEW, standings=(reminder,))).split())
    assert "Recovery of council tax: reminder 1 since 27 October 2026." in told
    assert "May come next: final notice or summons, not before 3 November 2026." in told
    late = replace(reminder, next_steps=(NextStep(stage="summons", earliest=date(2026, 10, 31)),))
    assert "May come next: summons, any day." in letter(replace(VIEW, standings=(late,)))
    held = replace(reminder, held_by=("a moratorium runs",))
    told = letter(replace(VIEW, standings=(held,)))
    assert "Nothing may follow now: a moratorium runs." in told
    assert "May come next" not in told
    foot = replace(reminder, stage="bill", since=None, begun=False)
    assert "Where recovery stands" not in letter(replace(VIEW, standings=(foot,)))
    undated = letter(replace(VIEW, standings=(replace(reminder, since=None),)))
    assert "Recovery of council tax: reminder 1, since when is not known." in undated
    lost = replace(reminder, stage=None, since=None, begun=None, next_steps=())
    assert "Recovery of council tax: it is not known where it stands;" in letter(
        replace(VIEW, standings=(lost,))
    )


def test_a_next_step_is_not_told_without_the_holds_that_are_not_known() -> None:
    undecided = DebtStanding(
        ladder="council_tax_recovery",
        meaning="recovery of council tax",
        stage="reminder_1",
        since=date(2026, 10, 27),
        begun=True,
        next_steps=(NextStep(stage="summons", earliest=date(2026, 11, 3)),),
        held_by=(),
        undecided_holds=(
            UndecidedHold(rule_id="R02-claim", title="A claim stops recovery", ask=("a claim waits",)),
            UndecidedHold(rule_id="R02-care", title="A benefit for care", ask=("a claim waits", "care paid")),
            UndecidedHold(rule_id=None, title="which hold is not said for this purpose", ask=()),
        ),
    )
    told = " ".join(letter(replace(VIEW, standings=(undecided,))).split())
    assert (
        "It is not known whether a hold protects them. Find out first: a claim waits; care paid;"
        " which hold is not said for this purpose." in told
    )
    assert "Unless one does, may come next: summons, not before 3 November 2026." in told
    held = letter(replace(VIEW, standings=(replace(undecided, held_by=("a moratorium runs",)),)))
    assert "Nothing may follow now: a moratorium runs." in held
    assert "Find out first" not in held


def test_an_uncertain_household_says_where_to_settle_it() -> None:
    command = "triage links review --household H1"
    assert command in letter(replace(VIEW, confidence="probable"))
    assert command not in letter(replace(VIEW, confidence="strong"))


@pytest.mark.parametrize("stage", ["reminder_1", "liability_order", "enforcement_agent"])
def test_a_low_score_is_no_relief_where_the_step_was_taken(stage) -> None:
    debt = DebtStanding(
        ladder="council_tax_recovery",
        meaning="council tax",
        stage=stage,
        since=None,
        begun=True,
        next_steps=(),
        held_by=(),
        undecided_holds=(),
    )
    told = " ".join(letter(replace(VIEW, standings=(debt,))).split())
    taken = f"Taken already (council tax: {stage.replace('_', ' ')})"
    assert (taken in told) is (stage != "reminder_1")
