"""What the product itself holds of households, as the facts ask for it: Tier 3 referrals, refused offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from smart_record.facts.living.support import REFUSED, SCHEMA, TIER_3
from triage.referrals.anchoring import Homes, outcomes_now, referral_homes
from triage.store.anchors import Anchored, anchors_of
from triage.store.outcomes import OutcomeKind, RecordedOutcome, all_outcomes
from triage.store.referrals import Referral, open_referrals


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What is held before a night, under the household ids of before.

    Attributes:
        referrals: Open Tier 3 referrals of a household.
        outcomes: Every outcome ever recorded.
        about_referrals: The records they are about: subject_id, source, record_ref.
        about_outcomes: Likewise.
    """

    referrals: Sequence[Referral]
    outcomes: Sequence[RecordedOutcome]
    about_referrals: pl.DataFrame
    about_outcomes: pl.DataFrame


def read_support(connection: sa.Connection) -> Support:
    """What the store holds of every household."""
    return Support(
        referrals=[each for each in open_referrals(connection) if each.household_id is not None],
        outcomes=all_outcomes(connection),
        about_referrals=anchors_of(connection, Anchored.REFERRAL),
        about_outcomes=anchors_of(connection, Anchored.OUTCOME),
    )


def support_history(held: Support, homes: Homes, merged: Mapping[str, str]) -> pl.DataFrame:
    """Open Tier 3 referrals and refused offers of tonight's households: they follow records, as cool-offs do.

    Args:
        held: What was held before the night.
        homes: Where records are tonight, so that the night has to be matched first.
        merged: Tonight's merges (`merged_into`), for what is held by no records.

    Returns: One row each. Columns household_id, kind, on.
    """
    home = referral_homes(held.referrals, held.about_referrals, homes, merged)
    referred = [(home[each.referral_id], TIER_3, each.opened_on) for each in held.referrals]
    once = {  # told twice on one day, by two officers or one, an offer was refused once
        (each.household_id, each.intervention, each.recorded_on)
        for each in outcomes_now(held.outcomes, held.about_outcomes, homes, merged)
        if each.outcome is OutcomeKind.REFUSED
    }
    refused = [(household_id, REFUSED, on) for household_id, _, on in sorted(once)]
    return pl.DataFrame([*referred, *refused], schema=SCHEMA, orient="row")
