"""The law of sight: nothing shown for a purpose rests on what may not be used for it."""

from importlib.resources import files
from pathlib import Path

import pytest

from models.histories.feature_declarations import FEATURES
from rules import load_rulebook
from smart_record.facts.declarations import CATALOGUE, FACTS
from smart_record.purposes import Purpose
from triage.errors import PurposeRefused
from triage.policy.steps import RISK_RULE
from triage.sight import LINKS_FOR, NOT_SAID, RISK_FOR, WHOLE_FOR, Sight, check_may_see, sources_for

RULEBOOK = load_rulebook(Path(str(files("rules") / "library")))
HELP = {Purpose.WELFARE_SUPPORT, Purpose.HOMELESSNESS, Purpose.DEBT_RESPITE}


def sight(purpose: Purpose) -> Sight:
    return Sight(purpose=purpose, rulebook=RULEBOOK)


def test_help_sees_everything_and_recovery_no_benefit_tenancy_or_score() -> None:
    assert WHOLE_FOR == HELP
    assert all(Purpose.COUNCIL_TAX_RECOVERY not in allowed for allowed in (RISK_FOR, LINKS_FOR))
    assert sources_for(Purpose.COUNCIL_TAX_RECOVERY) == ["council_tax"]
    assert sources_for(Purpose.HOUSING) == ["rent"]
    recovery = sight(Purpose.COUNCIL_TAX_RECOVERY)
    seen = {fact.name.split(".")[0] for fact in FACTS if recovery.fact(fact, bears=True)}
    assert seen.isdisjoint({"benefits", "rent", "universal_credit", "crisis", "homelessness", "debts"})
    assert {"council_tax", "holds"} <= seen
    for purpose in HELP:
        assert sight(purpose).told() == ""
    assert "Enforcement" in recovery.told()


@pytest.mark.parametrize("purpose", Purpose)
def test_a_rule_is_seen_only_if_all_that_it_reads_and_says_may_be(purpose: Purpose) -> None:
    for rule in RULEBOOK.rules:
        read = RULEBOOK.facts_behind(rule.when) | RULEBOOK.events_behind(rule.when)
        read |= {*rule.because.facts, *rule.because.events}
        may = all(purpose in RULEBOOK.held(name).purposes for name in read)
        assert sight(purpose).rule(rule) == may, rule.id


def test_every_rule_is_seen_for_its_own_purpose() -> None:
    """What the firewall lets a rule read is what its purpose lets a viewer see."""
    assert all(sight(rule.purpose).rule(rule) for rule in RULEBOOK.rules)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_protects_is_seen_for_every_purpose(purpose: Purpose) -> None:
    breathing_space = RULEBOOK.rule("R01")
    assert breathing_space.suppresses is not None
    assert sight(purpose).rule(breathing_space)
    assert sight(purpose).stop("R01", "a moratorium runs") == ("R01", "a moratorium runs")


def test_one_hidden_reason_hides_the_suggestion() -> None:
    by_intervention: dict[str, list[str]] = {}
    for rule in RULEBOOK.rules:
        if rule.intervention:
            by_intervention.setdefault(rule.intervention, []).append(rule.id)
    recovery = sight(Purpose.COUNCIL_TAX_RECOVERY)
    tried = 0
    for intervention, rules in by_intervention.items():
        seen = [rule_id for rule_id in rules if recovery.rule(RULEBOOK.rule(rule_id))]
        hidden = [rule_id for rule_id in rules if rule_id not in seen]
        if seen:
            assert recovery.suggestion(intervention, seen[0], seen)
        if seen and hidden:
            assert not recovery.suggestion(intervention, seen[0], rules)
            tried += 1
    assert tried


def test_a_hidden_stop_stops_without_its_reason() -> None:
    hidden = next(
        rule for rule in RULEBOOK.rules if rule.suppresses and not sight(Purpose.HOUSING).rule(rule)
    )
    assert sight(Purpose.HOUSING).stop(hidden.id, "what may not be told") == (None, NOT_SAID)
    assert sight(Purpose.HOUSING).stop("cool_off", "refused") == ("cool_off", "refused")
    assert sight(Purpose.HOUSING).stop(None, None) == (None, None)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_tells_of_health_is_seen_only_where_a_rule_that_is_met_reads_it(purpose: Purpose) -> None:
    for fact in FACTS:
        if fact.reserved_for:
            assert not sight(purpose).fact(fact, bears=False)
            assert sight(purpose).fact(fact, bears=True) == (purpose in fact.purposes)


def test_a_suggestion_of_the_score_is_seen_where_the_score_is() -> None:
    for purpose in Purpose:
        may = all(purpose in CATALOGUE[feature.fact].purposes for feature in FEATURES)
        assert sight(purpose).suggestion("welfare_call", RISK_RULE, []) == may


def test_a_refusal_names_the_law_and_who_may_look() -> None:
    with pytest.raises(PurposeRefused, match=r"Enforcement.*homelessness \(Housing Act 1996 Part 7\)"):
        check_may_see("The score", Purpose.COUNCIL_TAX_RECOVERY, {Purpose.HOMELESSNESS})
