"""Pairs of rows side by side, for the officer's terminal."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from rich.table import Table

from smart_record.linkage.review.explaining import PROPERTY, PairExplained
from triage.actions.explain_link import LinkExplained
from triage.actions.review_links import Effect, PairToReview
from triage.links.answer_effects import FEWER, GONE, HELD_BACK, MORE, NEW, RELEASED
from triage.store.verdicts import RecordedVerdict
from triage.table_text import a_table

_FIELDS = ("joined", "bears", "if_accepted", "if_rejected", "evidence")
WHAT_WE_THINK: Mapping[str, Any] = MappingProxyType(
    {
        "__all__": {
            **dict.fromkeys(_FIELDS, True),
            "explained": {"weights", "match_weight", "needed", "conflicts"},
        }
    }
)
"""What of each pair an officer who judges the sample must not see, as pydantic is told to leave it out."""


def blind_lines(pair: PairToReview) -> Iterator[str | Table]:
    """One pair of the sample: what the rows say, and nothing of what the matching thinks."""
    yield pair.pair_id
    if pair.explained is not None:
        yield _rows(pair.one_ref, pair.other_ref, pair.explained, leave_out=(PROPERTY,))


def review_lines(pair: PairToReview) -> Iterator[str | Table]:
    """One question of the queue: what is so tonight, the rows, and what either answer would change."""
    one, two = ("person", "people") if pair.one_ref.count("/") > 1 else ("household", "households")
    yield f"{pair.pair_id}  {pair.evidence}"
    yield f"Tonight they are {f'one {one}, and that is not sure' if pair.joined else f'two {two}'}."
    if pair.explained is None:
        yield f"{pair.one_ref} and {pair.other_ref}. See: triage household {pair.household_id}"
    else:
        yield from _side_by_side(pair.one_ref, pair.other_ref, pair.explained, joined=pair.joined)
    if pair.bears and not (pair.if_accepted or pair.if_rejected):
        yield "It bears on a suggestion. What it would change is told from the next run on."
        return
    yield _effects(f"Accept (one {one})", pair.if_accepted)
    yield _effects(f"Reject (two {two})", pair.if_rejected)


_AGAINST = "Against it, whatever else agrees"

_CHANGES = {
    NEW: "offered",
    RELEASED: "no longer held back",
    GONE: "falls away",
    HELD_BACK: "held back",
    FEWER: "offered once, not to each",
    MORE: "offered to each",
}


def _effects(answer: str, effects: tuple[Effect, ...]) -> str:
    told = "; ".join(f"{each.title}: {_CHANGES[each.change]}" for each in effects)
    return f"{answer}: {told or 'no suggestion changes'}."


def explained_lines(link: LinkExplained) -> Iterator[str | Table]:
    """Why two rows are, or are not, one resident."""
    yield "They are one resident." if link.joined else "They are two residents."
    for each in link.verdicts:
        number, kind, rows = each.split(": ", 2)
        yield f"An officer decided: verdict {number}: {kind.replace('_', ' ')}: {rows}"
    if link.explained is not None:
        yield from _side_by_side(link.one_ref, link.other_ref, link.explained, joined=link.joined)
    yield from _chain_lines(link)
    for one, other, reasons in link.apart:
        yield f"What keeps them apart: {one} and {other}: {'; '.join(reasons)}"
    yield "The rows of the resident:" if link.joined else "The rows of both residents:"
    for ref, evidence in link.held_by:
        yield f"  {ref}: {evidence or 'only this record names them'}"


def _chain_lines(link: LinkExplained) -> Iterator[str]:
    """The links that join the two, one line each."""
    if not link.chain:
        return
    yield "What joins them:" if len(link.chain) == 1 else "What joins them, through other rows:"
    for hop in link.chain:
        agrees = ", ".join(f"{name.replace('_', ' ')} {bits:+.1f}" for name, bits in hop.agrees)
        word = ["an officer's word"] if hop.officer else []
        weight = [] if hop.match_weight is None else [f"match weight {hop.match_weight:+.1f} ({agrees})"]
        yield f"  {hop.one_ref} – {hop.other_ref}: {'; '.join([*word, *weight])}"


def _rows(one_ref: str, other_ref: str, explained: PairExplained, leave_out: tuple[str, ...] = ()) -> Table:
    rows = Table("", one_ref, other_ref, box=None, padding=(0, 1), header_style="bold")
    for field, value in explained.one.items():
        if field not in leave_out:
            rows.add_row(field, value or "", explained.other[field] or "")
    return rows


def _side_by_side(
    one_ref: str, other_ref: str, explained: PairExplained, *, joined: bool
) -> Iterator[str | Table]:
    yield _rows(one_ref, other_ref, explained)
    weights = Table("comparison", "bits", box=None, padding=(0, 1), header_style="bold")
    for name, bits in explained.weights.items():
        if bits:
            weights.add_row(name.replace("_", " "), f"{bits:+.1f}")
    weights.add_row("match weight", f"{explained.match_weight:+.1f}")
    yield weights
    yield f"Even odds at {explained.needed:+.1f} bits, before what the rest of the household says."
    against = "Against it, but for what other rows or an officer show" if joined else _AGAINST
    for reason in explained.conflicts:
        yield f"{against}: {reason}"


def verdict_lines(found: tuple[RecordedVerdict, ...]) -> Iterator[str | Table]:
    """Officers' verdicts in a table."""
    if not found:
        yield "No verdict on links. Questions are listed by: triage links review"
        return
    table = a_table("verdict", "says", "of", "by", "on", "because")
    for each in found:
        taken = "" if each.withdrawn_at is None else f", withdrawn {each.withdrawn_at:%-d %B %Y}"
        table.add_row(
            str(each.verdict_id),
            each.verdict.kind.replace("_", " ") + taken,
            "\n".join(each.verdict.refs),
            each.officer,
            f"{each.decided_at:%-d %B %Y}",
            each.reason,
        )
    yield table
    yield "To take one back: triage links withdraw VERDICT"
