"""What becomes of open referrals when households merge or split: none points to a household that is gone.

A merged household's referrals follow it into the household it is now. Where a household was split, a referral
that a night opened and nobody has touched goes if the night no longer sends that household to that team; what
a person has taken on, or a contact asked for, stays with the team.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from triage.policy import HELD, SUPPRESSED
from triage.store.referrals import OPEN, Referral, ReferralStatus

_TIER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Resettled:
    """What the night does to referrals opened before it.

    Attributes:
        moved: Each with the household that its own was merged into.
        withdrawn: Untouched ones whose grounds went with a split, or that the merged household has already.
    """

    moved: tuple[tuple[Referral, str], ...]
    withdrawn: tuple[Referral, ...]


def resettle(standing: Sequence[Referral], changes: pl.DataFrame, suggestions: pl.DataFrame) -> Resettled:
    """Follow merges and splits.

    Args:
        standing: Referrals made before this night.
        changes: `Linkage.changes` of the night.
        suggestions: The night's, before deferrals.
    """
    of_kind = changes.sort("records", "new_id", descending=[True, False])
    merged = of_kind.filter(pl.col("kind") == "household_merged").unique("old_id", keep="first")
    into = dict(merged.select("old_id", "new_id").iter_rows())
    parted = of_kind.filter(pl.col("kind") == "household_split")
    split = set(parted["old_id"]) | set(parted["new_id"])
    wanted = suggestions.filter((pl.col("tier") == _TIER) & ~pl.col("status").is_in([HELD, SUPPRESSED]))
    still = set(wanted.select("household_id", "team").iter_rows())
    held = {(each.household_id, each.team) for each in standing if each.status in OPEN}
    moved, withdrawn = [], []
    for each in standing:
        household = each.household_id
        if household is None or each.status not in OPEN:
            continue
        untouched = each.origin == "night" and each.status is ReferralStatus.WAITING
        now = into.get(household)
        doubled = now is not None and (now, each.team) in held
        baseless = household in split and (household, each.team) not in still
        if untouched and (doubled or baseless):
            withdrawn.append(each)
        elif now is not None:
            moved.append((each, now))
            held.add((now, each.team))
    return Resettled(moved=tuple(moved), withdrawn=tuple(withdrawn))
