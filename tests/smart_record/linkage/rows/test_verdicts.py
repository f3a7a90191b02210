"""What officers decide stands over the evidence, every night, until they withdraw it."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from random import Random

import polars as pl
import pytest

from smart_record.errors import LinkageError
from smart_record.linkage import Linkage, match
from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, VerdictKind, check_verdicts, no_verdicts
from tests.smart_record.linkage.builders import (
    NIGHT,
    a_bill,
    a_claim,
    a_dependant,
    a_tenancy,
    extracts_of,
    households,
    residents,
    townspeople,
)
from tests.smart_record.linkage.towns import a_town

BILL, CLAIM, TENANCY = (
    ("council_tax", "1", "liable_1"),
    ("benefits", "C1", "claimant"),
    ("rent", "T1", "tenant"),
)
SECOND = ("council_tax", "1", "liable_2")
BORN = date(1980, 4, 5)


def verdicts(*told: tuple[VerdictKind, tuple[str | None, ...], tuple[str | None, ...]]) -> pl.DataFrame:
    rows = [(str(kind), *one, *other) for kind, one, other in told]
    return pl.DataFrame(rows, schema=dict.fromkeys(VERDICT_COLUMNS, pl.String), orient="row")


def same_person(one: tuple[str, ...], other: tuple[str, ...]):
    return (VerdictKind.SAME_PERSON, one, other)


def different_people(one: tuple[str, ...], other: tuple[str, ...]):
    return (VerdictKind.DIFFERENT_PEOPLE, one, other)


def record(source: str, ref: str) -> tuple[str, str, None]:
    return (source, ref, None)


def matched(rows: Sequence[object], told: pl.DataFrame | None = None) -> Linkage:
    return match(extracts_of(*rows, *townspeople()), as_of=NIGHT, verdicts=told)  # type: ignore[arg-type]


STRANGERS = [
    a_bill("1", "MR JOHN SMITH", liable_dob_1=BORN),
    a_claim("C1", "Zainab", "Mirza", at="4 Far Row, Fernby", dob=date(1961, 2, 3), nino="QQ123456C"),
]
ONE = [a_bill("1", "MR JOHN SMITH", liable_dob_1=BORN), a_claim("C1", "John", "Smith", dob=BORN)]


def test_an_officer_joins_what_all_evidence_speaks_against() -> None:
    assert len(set(residents(matched(STRANGERS)).values())) == 102
    linkage = matched(STRANGERS, verdicts(same_person(BILL, CLAIM)))
    found = residents(linkage)
    assert found["1", "liable_1"] == found["C1", "claimant"]
    assert households(linkage)["1"] == households(linkage)["C1"]
    told = linkage.links.filter(pl.col("record_ref").is_in(["1", "C1"]))["evidence"]
    assert all(each.startswith("confirmed by an officer") for each in told)


def test_an_officer_keeps_apart_what_all_evidence_joins() -> None:
    assert residents(matched(ONE))["1", "liable_1"] == residents(matched(ONE))["C1", "claimant"]
    linkage = matched(ONE, verdicts(different_people(BILL, CLAIM)))
    assert residents(linkage)["1", "liable_1"] != residents(linkage)["C1", "claimant"]
    assert linkage.possible.filter(pl.col("record_ref") == "1").is_empty()


def test_a_verdict_brings_the_rest_of_both_residents_along() -> None:
    rows = [*STRANGERS, a_tenancy("T1", "John", "Smith", tenant_dob=BORN)]
    found = residents(matched(rows, verdicts(same_person(BILL, CLAIM))))
    assert found["T1", "tenant"] == found["1", "liable_1"] == found["C1", "claimant"]


def test_evidence_that_would_make_one_person_two_parties_yields_to_the_officer() -> None:
    rows = [
        a_bill("1", "MR JOHN SMITH", liable_name_2="MRS JANE SMITH", liable_dob_1=BORN, liable_dob_2=BORN),
        a_claim("C1", "Jane", "Smith", dob=BORN),
    ]
    assert residents(matched(rows))["C1", "claimant"] == residents(matched(rows))["1", "liable_2"]
    found = residents(matched(rows, verdicts(same_person(BILL, CLAIM))))
    assert found["C1", "claimant"] == found["1", "liable_1"] != found["1", "liable_2"]


@pytest.mark.parametrize(
    "told",
    [
        [same_person(BILL, CLAIM), same_person(SECOND, CLAIM)],
        [same_person(BILL, SECOND)],
        [same_person(BILL, CLAIM), same_person(CLAIM, TENANCY), different_people(TENANCY, BILL)],
    ],
)
def test_verdicts_that_contradict_each_other_are_refused_by_reference(told) -> None:
    rows = [
        a_bill("1", "MR JOHN SMITH", liable_name_2="MRS JANE SMITH"),
        a_claim("C1", "Jane", "Smith"),
        a_tenancy("T1", "Zainab", "Mirza"),
    ]
    with pytest.raises(LinkageError, match=r"council_tax/1/liable_1.*triage links withdraw"):
        matched(rows, verdicts(*told))


def test_a_verdict_about_rows_that_are_not_there_does_nothing() -> None:
    gone = ("benefits", "C9", "claimant")
    told = verdicts(same_person(BILL, gone), different_people(gone, CLAIM), same_person(SECOND, gone))
    assert matched(ONE, told).links.equals(matched(ONE).links)
    assert matched(ONE, no_verdicts()).links.equals(matched(ONE).links)


def test_an_officer_s_word_joins_and_parts_households() -> None:
    two = record("council_tax", "1"), record("benefits", "C1")
    joined = matched(STRANGERS, verdicts((VerdictKind.SAME_HOUSEHOLD, *two)))
    assert households(joined)["1"] == households(joined)["C1"]
    assert residents(joined)["1", "liable_1"] != residents(joined)["C1", "claimant"]
    told = joined.links.filter(pl.col("record_ref") == "C1")["evidence"].item()
    assert told == "household confirmed by an officer"
    parted = matched(ONE, verdicts((VerdictKind.DIFFERENT_HOUSEHOLDS, *two)))
    assert households(parted)["1"] != households(parted)["C1"]


def joined(linkage: Linkage, one: tuple[str, ...], other: tuple[str, ...]) -> bool | None:
    """Whether two rows are one resident; None where one is not there."""
    of = {
        row[:3]: row[3] for row in linkage.links.select("source", "record_ref", "role", "resident_id").rows()
    }
    return of[one] == of[other] if one in of and other in of else None


def adult_pairs(linkage: Linkage, draw: Random) -> tuple[list[tuple], list[tuple]]:
    """Two linked pairs, and two pairs of strangers of different records."""
    rows = [row for row in linkage.links.rows(named=True) if row["role"] != "dependant"]
    draw.shuffle(rows)
    key = ("source", "record_ref", "role")
    pairs = [
        (tuple(a[k] for k in key), tuple(b[k] for k in key), a["resident_id"] == b["resident_id"])
        for a, b in pairwise(rows)
        if a["household_id"] != b["household_id"]
    ]
    linked = [
        (tuple(a[k] for k in key), tuple(b[k] for k in key))
        for at, a in enumerate(rows)
        for b in rows[at + 1 :]
        if a["resident_id"] == b["resident_id"]
    ]
    strangers = [(one, other) for one, other, _ in pairs]
    return linked[:2], [strangers[0], strangers[len(strangers) // 2]]


@pytest.mark.parametrize("seed", [3, 8])
def test_verdicts_stand_through_ten_nights_and_go_when_withdrawn(seed: int) -> None:
    draw, town = Random(seed), a_town(seed, families=15)
    before = match(extracts_of(*town), as_of=NIGHT)
    linked, strangers = adult_pairs(before, draw)
    told = verdicts(
        *(different_people(*pair) for pair in linked), *(same_person(*pair) for pair in strangers)
    )
    registry = before.registry
    for number in range(10):
        there = [row for row in town if draw.random() < 0.85] + a_town(seed + number, families=2, prefix="N")
        draw.shuffle(there)
        night = match(extracts_of(*there), as_of=NIGHT, earlier=registry, verdicts=told)
        registry = night.registry
        assert all(joined(night, *pair) in (False, None) for pair in linked)
        assert all(joined(night, *pair) in (True, None) for pair in strangers)
    standing = match(extracts_of(*town), as_of=NIGHT, earlier=registry, verdicts=told)
    assert not any(joined(standing, *pair) for pair in linked)
    assert all(joined(standing, *pair) for pair in strangers)
    withdrawn = match(extracts_of(*town), as_of=NIGHT, earlier=standing.registry)
    assert groups(withdrawn) == groups(before)


def groups(linkage: Linkage) -> set[frozenset[tuple[str, ...]]]:
    rows = linkage.links.group_by("resident_id").agg(row=pl.struct("source", "record_ref", "role"))
    return {frozenset(tuple(each.values()) for each in row) for row in rows["row"].to_list()}


def test_what_officers_decide_of_children_stands() -> None:
    first, second, third = (("benefits_dependants", f"C{n}/1", "dependant") for n in (1, 2, 3))
    born = date(2015, 5, 6)
    rows = [
        a_claim("C1", "Grace", "Okeke", dob=BORN),
        a_claim("C2", "Susan", "Lomas", at="9 Far Road, Fernby"),
        a_claim("C3", "Grace", "Okeke", dob=BORN),
        a_dependant("C1", 1, "Ada", "Okeke", born),
        a_dependant("C2", 1, "Adaeze", "Lomas", born),
        a_dependant("C3", 1, "Ada", "Okeke", born),
        *townspeople(),
    ]
    plain = match(extracts_of(*rows), as_of=NIGHT).links
    assert child_ids(plain, first, third) == 1
    assert child_ids(plain, first, second) == 2
    told = verdicts(same_person(first, second), different_people(first, third))
    decided = match(extracts_of(*rows), as_of=NIGHT, verdicts=told).links
    assert child_ids(decided, first, second) == 1
    assert child_ids(decided, first, third) == 2
    evidence = decided.filter(record_ref="C2/1")["evidence"].item()
    assert evidence == "confirmed by an officer"


def test_two_children_of_one_claim_are_two_children() -> None:
    one, other = (("benefits_dependants", f"C1/{n}", "dependant") for n in (1, 2))
    with pytest.raises(LinkageError, match="two parties of one"):
        check_verdicts(verdicts(same_person(one, other)))


def child_ids(links: pl.DataFrame, *rows: tuple[str, ...]) -> int:
    return links.filter(
        pl.struct("source", "record_ref").is_in([{"source": r[0], "record_ref": r[1]} for r in rows])
    )["resident_id"].n_unique()
