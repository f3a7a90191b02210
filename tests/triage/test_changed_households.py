"""Open referrals follow households that merge, and fall away with a split that took their grounds."""

from dataclasses import replace
from datetime import date

import polars as pl

from triage.changed_households import resettle
from triage.store.referrals import Referral, ReferralStatus

DAY = date(2026, 10, 31)
WAITING = Referral(
    referral_id="F1",
    household_id="H1",
    team="income",
    priority=2,
    statutory=False,
    status=ReferralStatus.WAITING,
    opened_on=DAY,
    due_on=DAY,
    origin="night",
    reasons="because",
)
NOTHING = pl.DataFrame(
    schema={"household_id": pl.String, "team": pl.String, "tier": pl.Int64, "status": pl.String}
)


def changed(kind: str, old: str, new: str) -> pl.DataFrame:
    return pl.DataFrame({"kind": [kind], "old_id": [old], "new_id": [new], "records": [2]})


def test_no_open_referral_stays_with_a_household_that_is_gone() -> None:
    standing = [WAITING, replace(WAITING, referral_id="F2", status=ReferralStatus.ACCEPTED, team="education")]
    found = resettle(standing, changed("household_merged", "H1", "H2"), NOTHING)
    assert [(each.referral_id, now) for each, now in found.moved] == [("F1", "H2"), ("F2", "H2")]
    assert found.withdrawn == ()


def test_a_merged_household_is_not_twice_in_one_queue() -> None:
    standing = [WAITING, replace(WAITING, referral_id="F2", household_id="H2")]
    found = resettle(standing, changed("household_merged", "H1", "H2"), NOTHING)
    assert (found.moved, [each.referral_id for each in found.withdrawn]) == ((), ["F1"])


def test_what_a_split_took_the_grounds_of_goes_unless_somebody_touched_it() -> None:
    split = changed("household_split", "H1", "H2")
    standing = [
        WAITING,
        replace(WAITING, referral_id="F2", status=ReferralStatus.ACCEPTED),
        replace(WAITING, referral_id="F3", origin="contact"),
        replace(WAITING, referral_id="F4", household_id="H3"),
    ]
    found = resettle(standing, split, NOTHING)
    assert [each.referral_id for each in found.withdrawn] == ["F1"]
    assert found.moved == ()
    still = pl.DataFrame({"household_id": ["H1"], "team": ["income"], "tier": [3], "status": ["suggested"]})
    assert resettle(standing, split, still).withdrawn == ()
