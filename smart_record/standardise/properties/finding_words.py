"""How an address was found, as an officer reads it."""

from collections.abc import Mapping
from typing import Any

from smart_record.standardise.properties.address_findings import (
    DISPUTED,
    FLAT_MISSING,
    OWN,
    SEVERAL_FIT,
    UNREAD,
    WORDS,
)

ASK = {
    DISPUTED: "Ask which property the record means; then correct its UPRN or its address in its own system.",
    FLAT_MISSING: "Ask for the flat.",
    SEVERAL_FIT: "Ask for the full postcode, or whatever else tells them apart.",
    UNREAD: "Ask for the house number or name, and the street.",
}
"""What settles an address that is not sure; of all other ways there is nothing to ask."""

_ALMOST = 0.0005


def finding_in_words(finding: Mapping[str, Any]) -> str:
    """Say which property an address is, by what it was found, and how sure that is.

    Args:
        finding: uprn and `found_properties.FINDING`, as a row of a night's `addresses`.
    """
    uprn = "No UPRN" if finding["uprn"] is None else f"UPRN {finding['uprn']}"
    how = _how(finding)
    sure = "" if finding["confidence"] is None else f" ({_sure(finding)})"
    return f"{uprn}: {how}{_others(finding)}{sure}"


def way_in_words(found_by: str, *, street_corrected: bool) -> str:
    """One way of finding a property."""
    return WORDS[found_by] + (", the spelling of its street corrected" if street_corrected else "")


def share_in_words(share: float) -> str:
    """A share right as a percentage that promises no certainty either way."""
    if share > 1 - _ALMOST:
        return "over 99.9%"
    return "under 0.1%" if share < _ALMOST else f"{share:.1%}"


def _how(finding: Mapping[str, Any]) -> str:
    return way_in_words(finding["found_by"], street_corrected=finding["street_corrected"])


def _others(finding: Mapping[str, Any]) -> str:
    if finding["others"] is None:
        return ""
    more = finding["fits"] - finding["others"].count(",") - 1
    tail = f" and {more} more" if more else ""
    return f": {finding['others']}{tail}"


def _sure(finding: Mapping[str, Any]) -> str:
    """The confidence and, where there is a share, what it was measured on."""
    if finding["share_right"] is None:
        return str(finding["confidence"])
    share, rows = share_in_words(finding["share_right"]), f"{finding['measured_on']:,}"
    if not finding["measured_on"]:
        return (
            f"{finding['confidence']}: {share} right elsewhere; the council has no records to measure it on"
        )
    of = "records with a UPRN" if finding["found_by"] in OWN else "records with a UPRN looked up so"
    return f"{finding['confidence']}: {share} right, going by {rows} {of}"
