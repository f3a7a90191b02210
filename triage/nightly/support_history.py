"""What the product itself holds of households, as the facts ask for it: Tier 3 referrals, refused offers."""

import polars as pl
import sqlalchemy as sa

from smart_record.facts.living.support import REFUSED, SCHEMA, TIER_3
from triage.store.outcomes import OutcomeKind, all_outcomes
from triage.store.referrals import open_referrals


def support_history(connection: sa.Connection) -> pl.DataFrame:
    """Open Tier 3 referrals and refused offers of every household.

    Returns: One row each. Columns household_id, kind, on.
    """
    referred = [
        (each.household_id, TIER_3, each.opened_on)
        for each in open_referrals(connection)
        if each.household_id is not None
    ]
    refused = [
        (each.household_id, REFUSED, each.recorded_on)
        for each in all_outcomes(connection)
        if each.outcome is OutcomeKind.REFUSED
    ]
    return pl.DataFrame([*referred, *refused], schema=SCHEMA, orient="row")
