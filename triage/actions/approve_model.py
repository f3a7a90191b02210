"""Approve a kept model: by a second person, and in use from that moment."""

from dataclasses import replace

from models.scorecards.manifest import Manifest, draft_manifest, read_manifest, write_manifest
from models.scorecards.registry import challenge, current_challenger, find, point_at
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.errors import ApprovalRefused
from triage.store.log import insert_event


def approve_model(council: Council, name: str, *, why: str, actor: Actor) -> Manifest:
    """Approve a model; the next run scores with it. From the first approval on, only approved ones are used.

    Args:
        council: An open council.
        name: As `list_models` gives it, with or without `.json`.
        why: The grounds; go to the manifest and the audit log.
        actor: Who approves it: never who trained it.

    Raises:
        ModelNotFound: If no such model is kept.
        ScorecardInvalid: If its file is damaged or altered.
        ApprovalRefused: If the actor trained it, or it is approved already.
    """
    file = f"{name.removesuffix('.json')}.json"
    with council.engine.begin() as connection:
        scorecard = find(file, council.directory)
        manifest = read_manifest(council.directory, scorecard.model_id) or draft_manifest(scorecard)
        _check(manifest, scorecard.model_id, actor)
        now = council.clock()
        approved = replace(
            manifest, approved_by=actor.name, approved_at=now.isoformat(timespec="seconds"), why=why
        )
        event = AuditEvent(
            actor=actor, action="approve_model", occurred_at=now, subject=f"{scorecard.content_hash}: {why}"
        )
        insert_event(connection, event)
        write_manifest(approved, council.directory)
        point_at(file, council.directory)
        rival = current_challenger(council.directory)
        if rival is not None and rival.content_hash == scorecard.content_hash:
            challenge(None, council.directory)
    return approved


def _check(manifest: Manifest, model_id: str, actor: Actor) -> None:
    if manifest.approved_by:
        raise ApprovalRefused(
            f"{model_id} was approved by {manifest.approved_by} already. Nothing was changed. To use it"
            f" again: triage model use {model_id}"
        )
    if manifest.trained_by.casefold() == actor.name.casefold():
        raise ApprovalRefused(
            f"{actor.name} trained {model_id}, and a second person must approve it. Nothing was changed. Ask"
            f" a colleague to run: triage model approve {model_id}"
        )
