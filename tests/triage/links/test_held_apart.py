"""One person more in common does not make one household of two homes with a bill each."""

from datetime import date

import polars as pl
import pytest

from smart_record.linkage import match
from smart_record.records import Records
from tests.smart_record.linkage.builders import NIGHT, Row, a_bill, a_claim, extracts_of
from triage.links.held_apart import copies_held_apart

HERS = a_bill("1", "MRS IVANA PARROTT", at="1 Mill Lane, Fernby", uprn=1)
HIS = a_bill("2", "MR PIOTR LOMAS", at="2 Mill Lane, Fernby", uprn=2, discount="single_person")
CLAIM = a_claim("C1", "Piotr", "Lomas", at="2 Mill Lane, Fernby", uprn=2, partner_forename="Ioana")


def copied(*rows: Row, merged: dict[str, str]) -> tuple[pl.DataFrame, Records]:
    """A night of the rows, and one copy of it in which residents are one as an answer would have it."""
    extracts = extracts_of(*rows)
    found = match(extracts, as_of=NIGHT)
    links = found.links.with_columns(
        copy=pl.lit("1+"), of="household_id", of_source="source", of_record="record_ref"
    )
    roles = pl.concat_str("record_ref", "role", separator=" ").replace(merged)
    records = Records(extracts=extracts, links=found.links, households=found.households)
    return links.with_columns(resident_id=roles), records


def apart(*rows: Row, merged: dict[str, str]) -> list[str]:
    return copies_held_apart(*copied(*rows, merged=merged), as_of=NIGHT).to_list()


def test_a_partner_who_has_a_bill_elsewhere_leaves_two_households() -> None:
    assert apart(HERS, HIS, CLAIM, merged={"C1 partner": "1 liable_1"}) == ["1+"]


@pytest.mark.parametrize(
    "bills",
    [
        (HERS, Row(HIS.extract, HIS.values | {"liability_end": date(2026, 1, 1)})),
        (HERS, Row(HIS.extract, HIS.values | {"uprn": 1, "address_line_1": "1 Mill Lane, Fernby"})),
    ],
    ids=["it ended", "at one home"],
)
def test_one_home_with_a_running_bill_is_one_household(bills: tuple[Row, ...]) -> None:
    assert apart(*bills, merged={}) == []


def test_who_is_liable_at_both_homes_holds_them_together() -> None:
    second = a_bill("2", "MRS IVANA PARROTT-LOMAS", at="2 Mill Lane, Fernby", uprn=2)
    assert apart(HERS, second, merged={"2 liable_1": "1 liable_1"}) == []
