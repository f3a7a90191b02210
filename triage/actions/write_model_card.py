"""The model card, the transparency record and the DPIA annex, from the live configuration."""

from importlib.metadata import version

from models import model_in_use
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.papers.document import Document
from triage.papers.model_card import CardSubject, model_card
from triage.store.log import insert_event


def write_model_card(council: Council, *, actor: Actor) -> Document:
    """Write the papers of the model in use.

    Raises:
        NotReady: Before the first night.
        ModelNotFound: If the council has no model.
        ModelError: If its file can't be used.
    """
    model = model_in_use(council.directory)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        event = AuditEvent(
            actor=actor, action="write_model_card", occurred_at=council.clock(), subject=model.content_hash
        )
        insert_event(connection, event)
    subject = CardSubject(
        settings=council.settings,
        scorecard=model,
        as_of=night.as_of,
        risk_summary=night.summary["risk"],
        households=night.summary["households"],
        version=version("welfare-triage"),
    )
    return model_card(subject)
