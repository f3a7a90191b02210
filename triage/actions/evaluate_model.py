"""How good is the risk model? Its record of training, and what labels of the months after a night say."""

from pathlib import Path

from models import model_in_use, score
from models.fitting.rival_scores import rival_scores
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.nights import extract_names, read_frame, read_records
from triage.referrals.followed import outcomes_of_night
from triage.risk.model_evaluation import ModelEvaluation, measure_on_labels
from triage.risk.outcome_labels import read_outcome_labels
from triage.store.log import insert_event
from triage.store.outcomes import completed_help


def evaluate_model(
    council: Council,
    *,
    actor: Actor,
    labels: Path | None = None,
    links_labels: Path | None = None,
    challengers: bool = False,
) -> ModelEvaluation:
    """Gather how the model in use did on later periods, and measure it on labels of a sample if given.

    Args:
        council: An open council.
        actor: Who asks.
        labels: CSV of what came after the last night: household_id, group, tenure, kind, ward,
            liability_order_6m, rent_court_6m, homeless_6m.
        links_labels: CSV that says which records are of which household of the labels: source, record_ref,
            role, household_id; without it the labels' ids are taken for ours.
        challengers: Also fit other kinds of model on the dates that it learned from, for the labels.

    Raises:
        NotReady: Before the first night.
        ModelNotFound: If the council has no model.
        ModelError: If it can't be used on the night's facts, or the challengers can't learn from its dates.
        SourceError: If the labels can't be read.
    """
    model = model_in_use(council.directory)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        helped = completed_help(outcomes_of_night(connection, council.nights / night.night_id, night.as_of))
        event = AuditEvent(
            actor=actor,
            action="evaluate_model",
            occurred_at=council.clock(),
            subject=f"{model.content_hash} on {night.night_id}{' with labels' if labels else ''}",
        )
        insert_event(connection, event)
    folder, measured = council.nights / night.night_id, None
    if labels is not None:
        facts, brought = read_frame(folder, "facts"), extract_names(folder)
        measured = measure_on_labels(
            score(model, facts, as_of=night.as_of, brought=brought),
            read_frame(folder, "suggestions"),
            facts,
            read_outcome_labels(labels, links_labels, read_frame(folder, "links")),
            scorecard=model,
            settings=council.settings,
            rivals=rival_scores(model, read_records(folder), facts, as_of=night.as_of, helped=helped)
            if challengers
            else None,
        )
    return ModelEvaluation(
        council=council.settings.council, as_of=night.as_of, scorecard=model, labelled=measured
    )
