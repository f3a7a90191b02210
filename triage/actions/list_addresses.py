"""By what the properties of all records were found, and the addresses that somebody has to be asked about."""

from dataclasses import dataclass, replace

from smart_record.standardise.properties.finding_words import ASK
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.explained.household import HeldAddress
from triage.links.addresses import (
    ADDRESSES,
    as_written,
    check_addresses_kept,
    counted,
    held_address,
    unsettled,
)
from triage.nights import read_frame
from triage.sight import LINKS_FOR, check_may_see
from triage.store.log import insert_events


@dataclass(frozen=True, slots=True, kw_only=True)
class WayCounted:
    """One way in which properties were found.

    Attributes:
        told: The way in words.
        confidence: Of most records found so; None where no property is known.
        share_right: The share of them that is right, as measured on `measured_on` records with a UPRN.
    """

    found_by: str
    street_corrected: bool
    told: str
    records: int
    confidence: str | None
    share_right: float | None
    measured_on: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressToSettle:
    """An address that is ambiguous, disputed or can't be read.

    Attributes:
        written: As its own system writes it. Personal data.
        household_id: None where the record names nobody.
        ask: What would settle it.
    """

    written: str
    household_id: str | None
    address: HeldAddress
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressesListed:
    """How the last night's addresses were found.

    Attributes:
        ways: Surest first.
        unsettled: How many addresses somebody has to be asked about.
        page: Those of the page that was asked for.
    """

    ways: tuple[WayCounted, ...]
    unsettled: int
    page: tuple[AddressToSettle, ...]


def list_addresses(council: Council, *, limit: int, page: int = 1, actor: Actor) -> AddressesListed:
    """Count the ways of the last night, and list a page of what is to be settled; each look is audited.

    Args:
        council: An open council.
        limit: How many addresses a page has.
        page: Which, from 1.
        actor: Who looks.

    Raises:
        PurposeRefused: If the rows of all systems may not be seen for the purpose.
        NotReady: Before the first night that keeps how addresses were found.
    """
    check_may_see("What links compare", actor.purpose, LINKS_FOR)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
        folder = council.nights / night.night_id
        check_addresses_kept(folder)
        waiting = unsettled(folder)
        shown = waiting.slice((page - 1) * limit, limit)
        event = AuditEvent(
            actor=actor,
            action="list_addresses",
            occurred_at=council.clock(),
            subject=f"{shown.height} addresses",
        )
        whose = shown["household_id"].drop_nulls().unique().sort()
        seen = [replace(event, household_id=each, subject=night.night_id) for each in whose]
        insert_events(connection, [event, *seen])
    written = as_written(folder, list(shown.select("source", "record_ref").iter_rows()))
    return AddressesListed(
        ways=tuple(WayCounted(**row) for row in counted(read_frame(folder, ADDRESSES))),
        unsettled=waiting.height,
        page=tuple(
            AddressToSettle(
                written=written.get((row["source"], row["record_ref"]), ""),
                household_id=row.pop("household_id"),
                address=held_address(row),
                ask=ASK[row["found_by"]],
            )
            for row in shown.to_dicts()
        ),
    )
