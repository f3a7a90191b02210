"""What came of a suggestion: refused or completed. It keeps the same offer away for its cool-off."""

from triage.actions.reading import check_household, household_records, last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.days import day_of
from triage.errors import InterventionNotFound
from triage.store.outcomes import OutcomeKind, RecordedOutcome, insert_outcome
from triage.versions.in_use import rulebook_in_use


def record_outcome(
    council: Council, household_id: str, intervention: str, outcome: OutcomeKind, *, actor: Actor
) -> RecordedOutcome:
    """Record how an offer of help ended.

    Raises:
        HouseholdNotFound: If the last night has no such household.
        InterventionNotFound: If the rulebook has no such intervention.
    """
    with council.engine.begin() as connection:
        interventions = rulebook_in_use(council, connection).rulebook.interventions
    if intervention not in interventions:
        raise InterventionNotFound(
            f"There is no such intervention. Interventions: {', '.join(sorted(interventions))}."
        )
    now = council.clock()
    recorded = RecordedOutcome(
        household_id=household_id, intervention=intervention, outcome=outcome, recorded_on=day_of(now)
    )
    event = AuditEvent(
        actor=actor,
        action="record_outcome",
        occurred_at=now,
        household_id=household_id,
        subject=f"{intervention}: {outcome}",
    )
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        check_household(council, night, household_id)
        records = household_records(council, night, household_id)
        insert_outcome(connection, recorded, records=records, audit=event)
    return recorded
