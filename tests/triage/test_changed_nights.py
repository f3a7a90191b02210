"""Matching only what has changed gives what matching everything again would give, to the last value.

`Council` holds every night to a match in full; what is asserted here is that little was matched again, or
that what had to be matched again was.
"""

from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, no_verdicts
from tests.smart_record.linkage.builders import (
    NIGHT,
    Row,
    a_bill,
    a_claim,
    a_tenancy,
    extracts_of,
    townspeople,
)
from tests.smart_record.linkage.towns import a_town
from tests.triage.council_nights import Council

TOWN = townspeople()
_COLUMNS = ("surname", "liable_name_1", "tenant_surname", "dob", "telephone", "uprn", "postcode", "nino")


def night(council: Council, *rows: Row) -> int:
    """How many records a night matches in the town with these rows."""
    return council.night(extracts_of(*rows, *TOWN)).linkage.matched


def test_of_a_town_only_the_changed_record_and_its_circle_are_matched(tmp_path: Path) -> None:
    council, home = Council(tmp_path), {"at": "7 Far Row, Fernby"}
    claim = a_claim("C1", "Joan", "Parrott", **home)
    everyone = night(council, a_bill("1", "Joan Parrott", **home), claim)
    again = night(council, a_bill("1", "Joan Parrott", telephone="07700900123", **home), claim)
    assert again == 2
    assert everyone == len(TOWN) + 2


def test_a_row_that_is_gone_parts_what_it_held_together(tmp_path: Path) -> None:
    council, home = Council(tmp_path), {"at": "7 Far Row, Fernby"}
    rows = [a_bill("1", "Joan Parrott", **home), a_claim("C1", "Joan", "Parrott", **home)]
    rows.append(a_tenancy("T1", "Joan", "Parrott", **home))
    night(council, *rows)
    assert 2 <= night(council, *rows[:2]) < len(TOWN) / 2  # one name less makes its namesakes' rarer


def test_a_thirteenth_namesake_bears_on_the_twelve(tmp_path: Path) -> None:
    names = [a_claim(f"C{n}", "Xerxes", "Quill", at=f"{n} Far Row, Fernby") for n in range(13)]
    council = Council(tmp_path)
    night(council, *names[:12])
    assert night(council, *names) >= 13


def test_a_second_claim_at_a_home_bears_on_the_bill_that_fitted_the_first(tmp_path: Path) -> None:
    council, home = Council(tmp_path), {"at": "7 Far Row, Fernby"}
    bill = a_bill("1", "Joan Parrott", ctr_weekly_pence=1_000, **home)
    first = a_claim("C1", "Selma", "Quill", weekly_ctr_pence=1_000, **home)
    second = a_claim("C2", "Ivor", "Tarn", weekly_ctr_pence=1_000, **home)
    night(council, bill, first)
    before = council.households()
    night(council, bill, first, second)
    assert before["1"] == before["C1"]
    assert council.households()["1"] != council.households()["C1"]


def test_an_account_that_comes_after_the_claim_that_carries_its_number_meets_it(tmp_path: Path) -> None:
    council = Council(tmp_path)
    claim = a_claim("C1", "Selma", "Quill", at="7 Far Row, Fernby", council_tax_account_ref="1")
    bill = a_bill("1", "Joan Parrott", at="9 Old Row, Fernby")
    night(council, claim)
    night(council, claim, bill)
    assert council.households()["1"] == council.households()["C1"]
    night(council, claim)
    night(council, claim, bill, a_claim("C2", "Ivor", "Tarn", council_tax_account_ref="1"))
    assert council.households()["1"] != council.households()["C1"]


def test_a_verdict_joins_two_who_nothing_else_does_until_it_is_withdrawn(tmp_path: Path) -> None:
    council, rows = Council(tmp_path), extracts_of(*TOWN)
    told = ("same_household", "council_tax", "9001", None, "council_tax", "9050", None)
    verdict = pl.DataFrame([told], dict.fromkeys(VERDICT_COLUMNS, pl.String), orient="row")
    council.night(rows)
    assert council.night(rows, verdicts=verdict).linkage.matched == 2
    assert council.households()["9001"] == council.households()["9050"]
    assert council.night(rows).linkage.matched == 2
    assert council.households()["9001"] != council.households()["9050"]


def test_rows_that_come_back_take_their_id_from_the_one_row_that_kept_it(tmp_path: Path) -> None:
    council, joan = Council(tmp_path), ("Joan", "Parrott")
    bill = a_bill("1", "Joan Parrott", at="7 Far Row, Fernby")
    others = [a_claim("C1", *joan, at="7 Far Row, Fernby"), a_tenancy("T1", *joan, at="7 Far Row, Fernby")]
    night(council, bill, *others)
    before = council.households()["1"]
    night(council, bill)
    assert council.households()["1"] == before
    ivor, home = ("Ivor", "Tarn"), {"at": "9 Old Row, Fernby"}
    night(council, bill, a_claim("C1", *ivor, **home), a_tenancy("T1", *ivor, **home))
    assert council.households()["C1"] == council.households()["T1"] == before
    assert council.households()["1"] != before


def check_nights(seed: int, *, nights: int, families: int = 8) -> None:
    """Rows come, go, change, turn and come twice; verdicts come and go; days pass or not."""
    draw, town, verdicts, as_of = Random(seed), a_town(seed, families=families), no_verdicts(), NIGHT
    with TemporaryDirectory() as folder:
        council = Council(Path(folder))
        for number in range(nights):
            happens = draw.choice(["nothing", "rows", "rows", "order", "verdict", "withdrawn", "day"])
            if happens == "rows":
                town = _some_changed(town, draw, number)
            elif happens == "verdict":
                verdicts = _a_verdict(town, draw)
            elif happens == "withdrawn":
                verdicts = no_verdicts()
            elif happens == "day":
                as_of += timedelta(days=draw.choice([1, 30, 400]))
            rows = draw.sample(town, len(town)) + (draw.sample(town, 3) if happens == "order" else [])
            council.night(extracts_of(*rows), as_of=as_of, verdicts=verdicts)
            if happens == "nothing" and number:
                assert council.kept


def _some_changed(town: list[Row], draw: Random, number: int) -> list[Row]:
    """A few rows go, a few take a value of another row, and two families come."""
    going = draw.choice([0.0, 0.02, 0.1])
    kept = [row for row in town if draw.random() >= going]
    for row, other in zip(draw.sample(kept, 3), draw.sample(kept, 3), strict=True):
        for column in draw.sample(_COLUMNS, 3):
            if row.values.get(column) and other.values.get(column):
                row.values[column] = other.values[column]
    return kept + a_town(draw.randrange(1000), families=draw.randrange(3), prefix=f"N{number}")


def _a_verdict(town: list[Row], draw: Random) -> pl.DataFrame:
    bills = [row for row in town if row.extract == "council_tax_accounts"]
    claims = [row for row in town if row.extract == "benefit_claims"]
    one, other = draw.choice(bills).values["record_ref"], draw.choice(claims).values["record_ref"]
    kind = draw.choice(["same_person", "different_people", "same_household", "different_households"])
    roles = ("liable_1", "claimant") if kind.endswith(("person", "people")) else (None, None)
    row = (kind, "council_tax", one, roles[0], "benefits", other, roles[1])
    return pl.DataFrame([row], dict.fromkeys(VERDICT_COLUMNS, pl.String), orient="row")


@settings(derandomize=True, max_examples=2, deadline=None)
@given(st.integers(0, 10_000))
def test_incremental_nights_equal_full_ones(seed: int) -> None:
    check_nights(seed, nights=6)


@pytest.mark.deep
@pytest.mark.parametrize("families", [8, 60, 250])
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_incremental_nights_equal_full_ones_in_many_towns(families: int, seed: int) -> None:
    check_nights(seed, nights=15, families=families)
