"""A run's summary as tables for the terminal."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table

from smart_record.standardise.properties.address_findings import (
    ALONE,
    AMBIGUOUS,
    BORNE_OUT,
    DISPUTED,
    LOOKED_UP,
    NOT_LISTED,
    UNREAD,
)
from triage.cli.intake_text import intake_lines
from triage.links.addresses import UNSETTLED
from triage.referrals.changed_households import FLAG_WORDS
from triage.store.nights import Night
from triage.table_text import a_table

_ADDRESS_WORDS = {
    "with a UPRN of their own": (BORNE_OUT, ALONE),
    "with a UPRN that other records dispute": (DISPUTED,),
    "found among those": LOOKED_UP,
    "ambiguous": AMBIGUOUS,
    "known by their words only": (NOT_LISTED,),
    "that can't be read": (UNREAD,),
}


class SummaryText:
    """Renders a night's summary; a view over `Night.summary`, nothing more."""

    def __init__(self, night: Night) -> None:
        self._night = night

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The tables, top to bottom."""
        summary = self._night.summary
        yield f"Night as of {self._night.as_of:%-d %B %Y}"
        yield from intake_lines(summary)
        yield f"Smart Record: {summary['people']:,} people in {summary['households']:,} households."
        yield matched_words(**summary["matched_again"])
        yield from _addresses(summary)
        yield from _changes(summary)
        yield from _rulebook(summary)
        yield _rules(summary)
        yield _suggestions(summary)
        yield from _referrals(summary)
        yield _risk(summary)
        if summary.get("challenger"):
            yield challenger_words(summary["challenger"])
        yield "This suggests; a person decides."


def matched_words(*, records: int, of: int) -> str:
    """How many records of all were matched again; of the others last night's result stands."""
    if records == of:
        return f"Matched all {of:,} records."
    if not records:
        return f"Matched none of {of:,} records again; last night's result stands."
    return f"Matched again {records:,} of {of:,} records; last night's result stands for the rest."


def _addresses(summary: dict[str, Any]) -> Iterator[str]:
    """In how many ways the addresses were found; nights of earlier releases tell nothing of it."""
    by_way = summary.get("addresses", {})
    if not by_way:
        return
    counts = {words: sum(by_way.get(way, 0) for way in ways) for words, ways in _ADDRESS_WORDS.items()}
    yield f"Addresses: {', '.join(f'{count:,} {words}' for words, count in counts.items() if count)}."
    if any(by_way.get(way) for way in UNSETTLED):
        yield "Ambiguous, disputed and unreadable ones, with what to ask: triage links addresses"


def _changes(summary: dict[str, Any]) -> Iterator[str]:
    for kind, count in summary["changes"].items():
        yield f"Since the last night: {count:,} {kind.replace('_', ' ')}."


def _rulebook(summary: dict[str, Any]) -> Iterator[str]:
    told = summary.get("rulebook")  # nights of earlier releases tell nothing of it
    if told and told["approved_by"]:
        yield f"Rulebook {told['content_hash'][:12]}, approved by {told['approved_by']}."
    elif told:
        yield told["note"]


def _rules(summary: dict[str, Any]) -> Table:
    table = a_table("Rule", "households", "", numbers=1)
    for each in summary["rules_met"]:
        if each["households"]:
            table.add_row(each["rule_id"], f"{each['households']:,}", each["title"])
    return table


def _suggestions(summary: dict[str, Any]) -> Table:
    table = a_table("Tier", "suggestions", "households", "status", numbers=2)
    for each in summary["suggestions"]:
        table.add_row(
            str(each["tier"]), f"{each['suggestions']:,}", f"{each['households']:,}", each["status"]
        )
    return table


def _referrals(summary: dict[str, Any]) -> Iterator[str | Table]:
    new, deferred = summary["referrals"]["new"], summary["referrals"]["deferred"]
    yield f"Tier 3: {sum(new.values()):,} new referrals, {sum(deferred.values()):,} deferred by capacity."
    table = a_table("Team", "new", "deferred", numbers=2)
    for team in sorted({*new, *deferred}):
        table.add_row(team, f"{new.get(team, 0):,}", f"{deferred.get(team, 0):,}")
    if table.row_count:
        yield table
    for flag, ids in sorted(summary["referrals"].get("flagged", {}).items()):
        yield f"Referrals to look at ({FLAG_WORDS[flag]}): {', '.join(ids)}"


def _risk(summary: dict[str, Any]) -> str:
    risk = summary["risk"]
    if isinstance(risk, str):
        return risk
    if "fall_back" in risk:
        return f"Risk model {risk['model'][:8]}: {risk['fall_back']}."
    bands = ", ".join(f"{count:,} {band.replace('_', ' ')}" for band, count in risk["bands"].items())
    return f"Risk model {risk['model'][:8]}: {bands}.{_watched(risk.get('drift'))}"


def challenger_words(found: dict[str, Any]) -> str:
    """Say how a challenger's night compared, in one sentence."""
    name = f"Challenger {found['model'][:8]}, compared only"
    if "fault" in found:
        return f"{name}: no comparison, {found['fault'].rstrip('.')}."
    return (
        f"{name}: {found['same_top']:.0%} of the top 5% and {found['same_band']:.0%} of all bands the same;"
        f" mean chance {found['challenger_mean_probability']:.2%}, of the model in use"
        f" {found['mean_probability']:.2%}."
    )


def _watched(drift: dict[str, Any] | None) -> str:
    if drift is None or drift["verdict"] == "trustworthy":
        return ""
    return f" To watch: {'; '.join(drift['reasons'])}."
