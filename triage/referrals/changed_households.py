"""What becomes of open referrals when households merge, split or vanish: none stays with the wrong one.

A referral belongs to the records it was opened about, and goes where they go: into the household they were
merged with, and out of it again when that link is undone. Where a household was split, a referral that a
night opened and nobody has touched goes if the night no longer sends that household to that team; what a
person has taken on, was told of or asked for stays with the team, which is told to look. A household that is
in no extract any more keeps its referrals; that too is told to the team.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from triage.policy.steps import HELD, SUPPRESSED
from triage.referrals.anchoring import Homes, merged_into, parted, referral_homes
from triage.store.referrals import OPEN, Referral, ReferralStatus

GONE, SPLIT = "gone", "split"
"""Why a team should look at a referral: its household is in no extract, or was split."""

FLAG_WORDS: Mapping[str, str] = {
    GONE: "the household is in no extract any more",
    SPLIT: "the household was split: check whom this concerns",
}

_TIER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands before the night.

    Attributes:
        referrals: Every referral made before it.
        anchors: The records they are about: subject_id, source, record_ref.
        counted_on: Referrals that a contact was told of.
    """

    referrals: Sequence[Referral]
    anchors: pl.DataFrame
    counted_on: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resettled:
    """What the night does to referrals opened before it.

    Attributes:
        moved: Each with the household that its own is now.
        withdrawn: Untouched ones whose grounds went with a split, or that the household they go to has
            already.
        flagged: Referrals that a team should look at, by id, with `GONE` or `SPLIT`.
    """

    moved: tuple[tuple[Referral, str], ...]
    withdrawn: tuple[Referral, ...]
    flagged: Mapping[str, str]


def resettle(standing: Standing, changes: pl.DataFrame, homes: Homes, suggestions: pl.DataFrame) -> Resettled:
    """Follow merges and splits.

    Args:
        standing: What stands before the night.
        changes: `Linkage.changes` of the night.
        homes: Where records are tonight.
        suggestions: The night's, before deferrals.
    """
    parting = changes.filter(pl.col("kind") == "household_split")
    split = set(parting["old_id"]) | set(parting["new_id"])
    wanted = suggestions.filter((pl.col("tier") == _TIER) & ~pl.col("status").is_in([HELD, SUPPRESSED]))
    still = set(wanted.select("household_id", "team").iter_rows())
    apart = parted(standing.anchors, homes)
    open_ones = [each for each in standing.referrals if each.status in OPEN and each.household_id is not None]
    goes_to = referral_homes(open_ones, standing.anchors, homes, merged_into(changes))
    holders = _holders(open_ones, goes_to, standing.counted_on)
    moved, withdrawn, flagged = [], [], {}
    for each in open_ones:
        home = goes_to[each.referral_id]
        moves = home != each.household_id
        doubled = holders.get((home, each.team), each.referral_id) != each.referral_id
        baseless = bool({home, each.household_id} & split) and (home, each.team) not in still
        if _untouched(each, standing.counted_on) and (doubled or baseless):
            withdrawn.append(each)
            continue
        if moves:
            moved.append((each, home))
        if home not in homes.present:
            flagged[each.referral_id] = GONE
        elif each.referral_id in apart:
            flagged[each.referral_id] = SPLIT
    return Resettled(moved=tuple(moved), withdrawn=tuple(withdrawn), flagged=flagged)


def _holders(
    referrals: Sequence[Referral], goes_to: Mapping[str, str], counted_on: Collection[str]
) -> dict[tuple[str, str], str]:
    """Where a referral moves in: which one keeps the household's place in the team's queue.

    What a person has taken on goes before what nobody has touched, and what is there before what moves in.
    """

    def moves(each: Referral) -> bool:
        return goes_to[each.referral_id] != each.household_id

    ordered = sorted(
        referrals, key=lambda each: (_untouched(each, counted_on), moves(each), each.referral_id)
    )
    holders: dict[tuple[str, str], str] = {}
    for each in ordered:
        holders.setdefault((goes_to[each.referral_id], each.team), each.referral_id)
    moved_into = {(goes_to[each.referral_id], each.team) for each in referrals if moves(each)}
    return {place: holder for place, holder in holders.items() if place in moved_into}


def _untouched(referral: Referral, counted_on: Collection[str]) -> bool:
    return (
        referral.origin == "night"
        and referral.status is ReferralStatus.WAITING
        and referral.referral_id not in counted_on
    )
