"""One household's risk score taken apart, exactly as the last night used it."""

from models.scorecards.registry import FOLDER, load
from models.scoring.explanation import Explanation, explain
from triage.actions.reading import check_household, last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import RequestError
from triage.nights import extract_names, scan_frame
from triage.risk.night import NOT_SCORED, why_no_score
from triage.sight import RISK_FOR, check_may_see
from triage.store.log import insert_event


class NoScore(RequestError):
    """The household has no risk score in the last night."""


def explain_risk(council: Council, household_id: str, *, actor: Actor) -> Explanation:
    """Say what each fact adds to a household's score, and which single change would lower its band.

    Args:
        council: An open council.
        household_id: As in the households export.
        actor: Who looks.

    Raises:
        PurposeRefused: If what the score rests on may not be seen for the actor's purpose.
        NotReady: Before the first night.
        HouseholdNotFound: If the last night has no such household.
        NoScore: If the rules ran alone that night, or the household is not scored.
        ModelError: If the file of the night's model can't be used any more.
    """
    check_may_see("What the risk score rests on", actor.purpose, RISK_FOR)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        row = check_household(council, night, household_id)
        if night.model is None:
            raise NoScore(f"There is no score to explain. {why_no_score(night.summary['risk'])}")
        folder = council.nights / night.night_id
        facts = scan_frame(folder, "facts").join(row.lazy().select("household_id"), on="household_id")
        explained = explain(
            load(council.directory / FOLDER / f"risk-{night.model[:8]}.json"),
            facts.collect(),
            as_of=night.as_of,
            brought=extract_names(folder),
        )
        if explained is None:
            raise NoScore(f"There is no score to explain. {NOT_SCORED}.")
        seen = AuditEvent(
            actor=actor,
            action="explain_risk",
            occurred_at=council.clock(),
            household_id=household_id,
            subject=night.night_id,
        )
        insert_event(connection, seen)
    return explained
