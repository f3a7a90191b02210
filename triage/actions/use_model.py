"""Put a kept model in use, as after a bad training."""

from models.scorecards.manifest import approved_manifests
from models.scorecards.registry import find, point_at
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import ApprovalRefused
from triage.store.log import insert_event


def use_model(council: Council, name: str, *, actor: Actor) -> str:
    """Make a kept model the one that the next run scores with.

    Args:
        council: An open council.
        name: As `list_models` gives it, with or without `.json`.
        actor: Who decides so.

    Returns:
        The model's content hash.

    Raises:
        ModelNotFound: If no such model is kept.
        ScorecardInvalid: If its file is damaged or altered.
        ApprovalRefused: If the council has approved models and this is none of them.
        FeatureMismatch: If this version of the product can't read it.
    """
    file = f"{name.removesuffix('.json')}.json"
    with council.engine.begin() as connection:
        chosen = find(file, council.directory).content_hash
        approved = {manifest.content_hash for manifest in approved_manifests(council.directory)}
        if approved and chosen not in approved:
            raise ApprovalRefused(
                f"{file.removesuffix('.json')} is not approved, and this council uses approved models only."
                f" Ask a second person to run: triage model approve {file.removesuffix('.json')}"
            )
        point_at(file, council.directory)
        event = AuditEvent(actor=actor, action="use_model", occurred_at=council.clock(), subject=chosen)
        insert_event(connection, event)
    return chosen
