"""The home that is shown is one that the shown records tell of, and the night's own where all may be seen."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from smart_record.purposes import Purpose
from tests.smart_record.linkage.builders import NIGHT, Row, a_bill, a_claim, a_tenancy, extracts_of, matched
from triage.links.homes import Home, home_of
from triage.nights import name_night, write_computed

OLD, NEW = "4 Old Row, Fernby", "9 New Road, Fernby"
BILL = a_bill("1", "Joan Parrott", at=OLD, ward="Park", uprn=44, liability_end=date(2026, 5, 31))
TENANCY = a_tenancy("T1", "Joan", "Parrott", at=NEW, uprn=99)
CLAIM = a_claim("C1", "Joan", "Parrott", at=NEW)
_ONE = pl.lit("H1")
RECOVERY = Purpose.COUNCIL_TAX_RECOVERY
WHOLE = (Purpose.BENEFITS, Purpose.WELFARE_SUPPORT, Purpose.HOMELESSNESS, Purpose.DEBT_RESPITE)


def home(nights: Path, *rows: Row, purpose: Purpose, addresses: bool = True) -> Home:
    """What is shown of the household of these rows, all of which are held to be one's."""
    linkage = matched(*rows)
    frames = {"links": linkage.links.with_columns(household_id=_ONE), "addresses": linkage.addresses}
    write_computed(nights, extracts=extracts_of(*rows), named={}, frames=frames)
    name_night(nights, "1")
    if not addresses:
        (nights / "1" / "addresses.parquet").unlink()
    row = {"household_id": "H1", "address": NEW, "uprn": 99, "ward": None}
    return home_of(nights / "1", row, purpose, as_of=NIGHT)


@pytest.mark.parametrize("purpose", [Purpose.COUNCIL_TAX, RECOVERY])
def test_a_former_bill_tells_of_no_later_home_that_a_tenancy_or_claim_knows(tmp_path, purpose) -> None:
    shown = home(tmp_path, BILL, TENANCY, CLAIM, purpose=purpose)
    assert shown == Home(address=OLD, uprn=44, ward="Park")


def test_a_landlord_sees_the_tenancys_home_and_not_the_bills(tmp_path) -> None:
    running = a_bill("1", "Joan Parrott", at=OLD, ward="Park", uprn=44)
    shown = home(tmp_path, running, TENANCY, purpose=Purpose.HOUSING)
    assert shown == Home(address=NEW, uprn=99, ward=None)


@pytest.mark.parametrize("purpose", WHOLE)
def test_who_may_see_every_record_sees_the_present_home(tmp_path, purpose) -> None:
    assert home(tmp_path, BILL, TENANCY, CLAIM, purpose=purpose) == Home(address=NEW, uprn=99, ward=None)


def test_of_two_bills_the_running_one_tells(tmp_path) -> None:
    running = a_bill("2", "Joan Parrott", at="7 Far Row", postcode="ae2 4aa", ward="Quay")
    shown = home(tmp_path, BILL, running, TENANCY, purpose=RECOVERY)
    assert shown == Home(address="7 Far Row, AE24AA", uprn=None, ward="Quay")


def test_what_no_seen_record_has_is_not_taken_from_another(tmp_path) -> None:
    nowhere = a_bill("1", "Joan Parrott", at="")
    assert home(tmp_path, nowhere, TENANCY, purpose=RECOVERY) == Home()


def test_a_night_that_did_not_keep_how_addresses_were_found_shows_no_property(tmp_path) -> None:
    shown = home(tmp_path, BILL, TENANCY, purpose=RECOVERY, addresses=False)
    assert shown == Home(address=OLD, uprn=None, ward="Park")
