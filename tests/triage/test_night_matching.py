"""Keeping what the night before found gives what matching everything again would give, to the last value."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.intake import Intake
from smart_record.linkage.seals import THE_MATCHING
from smart_record.linkage.verdicts import VERDICT_COLUMNS, no_verdicts
from tests.smart_record.linkage.builders import NIGHT, Row, a_bill, a_claim, extracts_of
from tests.smart_record.linkage.towns import a_town
from triage.night_matching import SEALS, Matched, match_night
from triage.nights import name_night, write_computed

REJECTS = pl.DataFrame(schema=dict.fromkeys(("source", "record_ref", "reason"), pl.String))


def an_intake(
    extracts: Mapping[str, pl.DataFrame], named: Mapping[str, pl.DataFrame] | None = None
) -> Intake:
    nothing = pl.DataFrame()
    return Intake(
        extracts=extracts,
        named=named or {},
        rejects=REJECTS,
        counts=nothing,
        refused_columns=nothing,
        withheld=nothing,
        as_of=NIGHT,
        fingerprint="",
    )


class Council:
    """Nights one after the other, each matched as it comes and in full."""

    def __init__(self, nights: Path) -> None:
        self.nights, self.number, self.before = nights, 0, None
        self.said: list[str] = []

    def night(self, extracts, *, as_of: date = NIGHT, verdicts: pl.DataFrame | None = None) -> Matched:
        told = no_verdicts() if verdicts is None else verdicts
        intake, words = an_intake(extracts), []
        asked = {"as_of": as_of, "verdicts": told}
        matched = match_night(intake, self.before, **asked, full=False, say=words.append)
        whole = match_night(intake, self.before, **asked, full=True, say=lambda _: None)
        for name, frame in whole.frames().items():
            assert matched.frames()[name].equals(frame), name
        self._write(matched, told)
        self.said += words
        return matched

    def _write(self, matched: Matched, verdicts: pl.DataFrame) -> None:
        self.number += 1
        frames = matched.frames() | {"verdicts": verdicts}
        write_computed(self.nights, extracts={}, named={}, frames=frames)
        name_night(self.nights, str(self.number))
        self.before = self.nights / str(self.number)

    @property
    def kept(self) -> bool:
        """Whether the last night kept what the one before found."""
        return self.said[-1].startswith("Keeping")


def test_an_unchanged_night_keeps_what_was_found_whatever_the_order_and_the_balance(tmp_path):
    council, town = Council(tmp_path), a_town(5, families=12)
    council.night(extracts_of(*town))
    assert not council.kept
    turned = {
        name: rows.reverse().with_columns(balance_pence=pl.lit(700))
        for name, rows in reversed(extracts_of(*town).items())
    }
    council.night(turned, as_of=NIGHT + timedelta(days=1))
    assert council.kept


def test_a_date_that_the_night_reaches_is_a_change(tmp_path):
    council, tomorrow = Council(tmp_path), NIGHT + timedelta(days=1)
    town = [*a_town(6, families=6), a_bill("N", "Joan Parrott", liability_start=tomorrow)]
    council.night(extracts_of(*town))
    council.night(extracts_of(*town))
    assert council.kept
    council.night(extracts_of(*town), as_of=tomorrow)
    assert not council.kept


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("liable_name_1", "Joan Mudge"),
        ("address_line_1", "9 Far Row"),
        ("liability_end", NIGHT),
        ("email", "j@example.org"),
    ],
    ids=["name", "address", "date", "email"],
)
def test_one_changed_value_is_a_change(tmp_path, column, value):
    council = Council(tmp_path)
    council.night(extracts_of(a_bill("1", "Joan Parrott"), a_claim("2", "Joan", "Parrott")))
    changed = a_bill("1", "Joan Parrott")
    changed.values[column] = value
    council.night(extracts_of(changed, a_claim("2", "Joan", "Parrott")))
    assert not council.kept


def test_another_version_of_the_matching_matches_all_again_and_says_so(tmp_path):
    council, town = Council(tmp_path), extracts_of(*a_town(7, families=5))
    council.night(town)
    older = pl.read_parquet(council.before / f"{SEALS}.parquet").with_columns(
        seal=pl.when(pl.col("part") == THE_MATCHING).then(pl.lit("older")).otherwise("seal")
    )
    older.write_parquet(council.before / f"{SEALS}.parquet")
    council.night(town)
    assert council.said[-1] == "Matching residents and households again: the matching itself has changed"


def test_a_night_from_before_seals_were_kept_is_matched_in_full(tmp_path):
    council, town = Council(tmp_path), extracts_of(*a_town(7, families=5))
    council.night(town)
    (council.before / f"{SEALS}.parquet").unlink()
    council.night(town)
    assert not council.kept


def check_nights(seed: int, nights: int) -> None:
    """Rows come, go, change, turn and come twice; verdicts come and go; days pass or not."""
    draw, town, verdicts, as_of = Random(seed), a_town(seed, families=8), no_verdicts(), NIGHT
    with TemporaryDirectory() as folder:
        council = Council(Path(folder))
        for number in range(nights):
            happens = draw.choice(["nothing", "rows", "order", "verdict", "withdrawn", "day"])
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
    kept = [row for row in town if draw.random() < 0.9]
    for row in draw.sample(kept, 2):
        for column in ("surname", "liable_name_1", "tenant_surname"):
            if row.values.get(column):
                row.values[column] = draw.choice(["Garbutt", "Mr J Lomas", "Okeke"])
    return kept + a_town(draw.randrange(1000), families=2, prefix=f"N{number}")


def _a_verdict(town: list[Row], draw: Random) -> pl.DataFrame:
    bills = [row for row in town if row.extract == "council_tax_accounts"]
    claims = [row for row in town if row.extract == "benefit_claims"]
    one, other = draw.choice(bills).values["record_ref"], draw.choice(claims).values["record_ref"]
    kind = draw.choice(["same_person", "different_people"])
    row = (kind, "council_tax", one, "liable_1", "benefits", other, "claimant")
    return pl.DataFrame([row], dict.fromkeys(VERDICT_COLUMNS, pl.String), orient="row")


@settings(derandomize=True, max_examples=2, deadline=None)
@given(st.integers(0, 10_000))
def test_incremental_nights_equal_full_ones(seed):
    check_nights(seed, nights=6)


@pytest.mark.deep
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_incremental_nights_equal_full_ones_in_many_towns(seed):
    check_nights(seed, nights=20)
