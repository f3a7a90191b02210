"""The versions of a council's rulebook: who submitted, who approved, where each stands."""

from dataclasses import dataclass

from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.store.log import insert_event
from triage.store.rulebooks import StoredVersion, Switch, stored_versions, switches
from triage.versions.history import Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVersion:
    """A version and where it stands now."""

    version: StoredVersion
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookVersions:
    """Every version, oldest first, and every moment at which another came into force."""

    versions: tuple[ListedVersion, ...]
    switches: tuple[Switch, ...]


def list_rulebook_versions(council: Council, *, actor: Actor) -> RulebookVersions:
    """Every submitted version of the council's rulebook, oldest first."""
    event = AuditEvent(actor=actor, action="list_rulebook_versions", occurred_at=council.clock())
    with council.engine.begin() as connection:
        insert_event(connection, event)
        log = switches(connection)
        listed = tuple(
            ListedVersion(version=each, standing=standing_of(each, log))
            for each in stored_versions(connection)
        )
    return RulebookVersions(versions=listed, switches=tuple(log))
