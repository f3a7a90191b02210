"""Couples that separated: who left and who stayed are two households."""

from datetime import date, timedelta

import polars as pl

from smart_record.linkage import match
from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, VerdictKind
from tests.smart_record.linkage.builders import (
    NIGHT,
    Row,
    a_bill,
    a_claim,
    extracts_of,
    households,
    matched,
    one_person,
    residents,
    townspeople,
)

PARTED = date(2026, 3, 9)
TOGETHER = a_bill("1", "MR IVOR PARROTT", liable_name_2="MRS SELMA PARROTT", uprn=1, liability_end=PARTED)
STAYED = a_bill("2", "MRS SELMA PARROTT", uprn=1, liability_start=PARTED + timedelta(1))
KNOWN = {"liable_dob_1": date(1970, 3, 4), "liable_nino_1": "QQ123456A"}
LEFT = a_bill("3", "IVOR PARROTT", at="3 Station Road, Fernby", uprn=2, liability_start=PARTED)


def test_who_left_is_another_household_and_who_stayed_keeps_it():
    linkage = matched(TOGETHER, STAYED, LEFT)
    assert one_person(linkage, ("1", "liable_1"), ("3", "liable_1"))
    of = households(linkage)
    assert of["1"] == of["2"] != of["3"]


def test_the_claim_at_the_new_home_goes_with_who_left():
    claim = a_claim("C1", "Ivor", "Parrott", at="3 Station Road, Fernby", uprn=2, start_date=PARTED)
    of = households(matched(TOGETHER, STAYED, LEFT, claim))
    assert of["C1"] == of["3"] != of["1"]


def test_who_left_for_a_room_without_a_bill_is_another_household():
    together = Row(TOGETHER.extract, TOGETHER.values | KNOWN)
    who = {"nino": "QQ123456A", "start_date": PARTED + timedelta(9)}
    claim = a_claim("C1", "Ivor", "Parrott", at="Room 4, 3 Station Road, Fernby", uprn=2, **who)
    of = households(matched(together, STAYED, claim))
    assert of["1"] == of["2"] != of["C1"]
    lagging = Row(claim.extract, claim.values | {"start_date": PARTED - timedelta(400)})
    of = households(matched(together, STAYED, lagging))
    assert of["1"] == of["2"] == of["C1"]


def test_who_lives_alone_elsewhere_has_left_the_home_whose_bill_still_names_both():
    both = a_bill("1", "MR IVOR PARROTT", liable_name_2="MRS SELMA PARROTT", uprn=1, **KNOWN)
    alone = Row(LEFT.extract, LEFT.values | KNOWN | {"discount": "single_person"})
    linkage = matched(both, alone)
    assert one_person(linkage, ("1", "liable_1"), ("3", "liable_1"))
    assert households(linkage)["1"] != households(linkage)["3"]
    a_second_home = Row(LEFT.extract, LEFT.values | KNOWN)
    of = households(matched(both, a_second_home))
    assert of["1"] == of["3"]


def test_the_day_they_part_the_household_splits_and_keeps_its_id_at_the_old_home():
    one_home = Row(TOGETHER.extract, TOGETHER.values | {"liability_end": None})
    before = match(extracts_of(one_home, *townspeople()), as_of=NIGHT)
    after = match(extracts_of(TOGETHER, STAYED, LEFT, *townspeople()), as_of=NIGHT, earlier=before.registry)
    assert households(after)["1"] == households(before)["1"]
    assert residents(after)["3", "liable_1"] == residents(before)["1", "liable_1"]


def test_who_moves_on_together_stays_one_household():
    together_again = Row(LEFT.extract, LEFT.values | {"liable_name_2": "SELMA PARROTT"})
    of = households(matched(TOGETHER, together_again))
    assert of["1"] == of["3"]


def test_an_officer_who_says_one_household_is_heeded():
    bills = (("council_tax", "2", None), ("council_tax", "3", None))
    told = [(VerdictKind.SAME_HOUSEHOLD, *bills[0], *bills[1])]
    verdicts = pl.DataFrame(told, dict.fromkeys(VERDICT_COLUMNS, pl.String), orient="row")
    rows = extracts_of(TOGETHER, STAYED, LEFT, *townspeople())
    assert households(match(rows, as_of=NIGHT))["2"] != households(match(rows, as_of=NIGHT))["3"]
    of = households(match(rows, as_of=NIGHT, verdicts=verdicts))
    assert of["2"] == of["3"]
