"""What every reading action needs: the last complete night."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import sqlalchemy as sa

from smart_record.events import EVENTS, histories_of
from smart_record.facts.declarations import FACTS
from smart_record.linkage.sources import record_of_row
from triage.council import Council
from triage.errors import HouseholdNotFound, NotReady, as_typed
from triage.nights import read_events, scan_frame
from triage.sight import Sight
from triage.store.nights import Night, current_night

MOST_PAGES = 1_000_000
"""Pages of a list that can be asked for: more than any council fills, few enough to count rows with."""

MOST_NUMBER = 2**63 - 1
"""The largest number that a thing of the store can have; a longer one is refused where it is typed."""

_HOUSEHOLD_ID = "H[0-9A-F]{12}"


def last_night(council: Council, connection: sa.Connection) -> Night:
    """The last complete night.

    Raises:
        NotReady: Before the first.
    """
    night = current_night(connection)
    if night is None:
        raise NotReady(
            f"No night has been run for the council in {council.directory}. "
            f"Run one with: triage run --council {council.directory} --extracts FOLDER"
        )
    return night


def why_rules_alone(council: Council) -> str:
    """Why the last night's score was not used; "" where it was, or where there is no model to speak of."""
    with council.engine.begin() as connection:
        return rules_alone_note(last_night(council, connection))


def rules_alone_note(night: Night) -> str:
    """The same of a night in hand."""
    risk = night.summary["risk"]
    return f"{risk['fall_back']}." if isinstance(risk, dict) and "fall_back" in risk else ""


def check_household(council: Council, night: Night, household_id: str) -> pl.DataFrame:
    """The household's row of a night.

    Raises:
        HouseholdNotFound: If the night has no such household.
    """
    folder = council.nights / night.night_id
    found = scan_frame(folder, "households").filter(pl.col("household_id") == household_id).collect()
    if found.is_empty():
        raise HouseholdNotFound(
            f"No household{as_typed(household_id, _HOUSEHOLD_ID) or ' of that id'} in the night as of "
            f"{night.as_of:%d %B %Y}. Ids are listed by: triage export households"
        )
    return found


def household_records(council: Council, night: Night, household_id: str) -> list[tuple[str, str]]:
    """The household's records of a night (source, record_ref): what is opened for it follows them."""
    links = scan_frame(council.nights / night.night_id, "links")
    mine = links.filter(pl.col("household_id") == household_id).select(*record_of_row())
    return list(mine.unique().collect().sort("source", "record_ref").iter_rows())


def seen_suggestions(
    council: Council, night: Night, household_id: str, sight: Sight
) -> Iterator[dict[str, Any]]:
    """The household's suggestions of a night that may be seen, with what stops each as far as that may."""
    folder = council.nights / night.night_id
    met, suggestions = (
        scan_frame(folder, name).filter(pl.col("household_id") == household_id).collect()
        for name in ("met", "suggestions")
    )
    for row in suggestions.iter_rows(named=True):
        if sight.suggestion(row["intervention"], row["rule_id"], met["rule_id"].to_list()):
            by, because = sight.stop(row["stopped_by"], row["stopped_because"])
            yield row | {"stopped_by": by, "stopped_because": because}


def household_known(council: Council, night: Night, household_id: str) -> dict[str, Any]:
    """What a night knew of a household, by name: values of facts, None where not known; event histories."""
    folder = council.nights / night.night_id
    facts = scan_frame(folder, "facts").filter(pl.col("household_id") == household_id)
    row = facts.collect().row(0, named=True)
    events = read_events(folder, household_id=household_id)
    histories = {} if events is None else histories_of(events, household_id, EVENTS)
    return {fact.name: row.get(fact.column) for fact in FACTS} | dict(histories)
