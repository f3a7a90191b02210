"""What the score may lead to by itself: the call that the settings name, never anything adverse."""

from pathlib import Path

import polars as pl
import pytest

import rules
from rules import InterventionClass, load_rulebook
from tests.triage.builders import AS_OF, met, steps
from triage.errors import CouncilInvalid
from triage.policy.suggesting import Judged, check_risk_policy, suggest
from triage.risk.night import NO_RISK
from triage.settings import RiskPolicy, Settings

LIBRARY = load_rulebook(Path(rules.__file__).parent / "library")
ADVERSE = [
    each.id
    for each in LIBRARY.interventions.values()
    if each.intervention_class is InterventionClass.RECOVERY
]
RISK = pl.DataFrame(
    [
        {"household_id": "H1", "band": "very_high", "raw_score": 3.0, "reasons": "Raised by debts."},
        {"household_id": "H2", "band": "low", "raw_score": -3.0, "reasons": "Raised by nothing."},
    ],
    schema=NO_RISK.schema,
)
NOTHING = Judged(met=met(), steps=steps())


def settings(intervention: str, *bands: str) -> Settings:
    policy = RiskPolicy.model_validate({"intervention": intervention, "bands": bands or ("very_high",)})
    return Settings(council="Invented", teams={}, risk=policy)


def by_score_alone(intervention: str) -> list[tuple[str, str]]:
    found = suggest(
        judged=NOTHING,
        risk=RISK,
        households=pl.DataFrame({"household_id": ["H1", "H2"], "ward": ["Park", "Park"]}),
        outcomes=(),
        rulebook=LIBRARY,
        settings=settings(intervention),
        as_of=AS_OF,
    )
    return found.select("household_id", "intervention").rows()


def test_the_score_alone_offers_the_call_to_the_bands_that_the_settings_name() -> None:
    assert by_score_alone("welfare_call") == [("H1", "welfare_call")]


@pytest.mark.parametrize("intervention", ADVERSE)
def test_the_score_alone_never_leads_to_recovery_whatever_the_settings_name(intervention: str) -> None:
    assert by_score_alone(intervention) == []
    with pytest.raises(CouncilInvalid, match="the score never raises recovery"):
        check_risk_policy(LIBRARY, settings(intervention))


def test_an_intervention_that_the_rulebook_lacks_is_refused_unless_the_score_offers_nothing() -> None:
    with pytest.raises(CouncilInvalid, match="'welfare_cal' is no intervention"):
        check_risk_policy(LIBRARY, settings("welfare_cal"))
    off = RiskPolicy(intervention="welfare_cal", bands=())
    check_risk_policy(LIBRARY, Settings(council="Invented", teams={}, risk=off))
    check_risk_policy(LIBRARY, settings("welfare_call"))
