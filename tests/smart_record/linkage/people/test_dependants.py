"""A child on two claims of one parent is one child, however the second clerk typed them; siblings are two."""

from datetime import date

import pytest

from tests.smart_record.linkage.builders import a_claim, a_dependant, households, matched, residents

BORN = date(2017, 4, 22)
MOTHER = {"nino": "QQ123456A", "dob": date(1990, 12, 9)}


def children(first: tuple, *others: tuple, mother: dict = MOTHER) -> list[str]:
    """The resident of the first child, on a claim that ended, and of each on the claim that followed."""
    rows = [
        a_claim("C1", "Selma", "Parrott", end_date=date(2026, 3, 1), **MOTHER),
        a_claim("C2", "Selma", "Parrott", start_date=date(2026, 3, 2), **mother),
        a_dependant("C1", 1, *first),
        *(a_dependant("C2", number, *child) for number, child in enumerate(others, start=1)),
    ]
    found = residents(matched(*rows))
    return [found["C1/1", "dependant"], *(found[f"C2/{n + 1}", "dependant"] for n in range(len(others)))]


@pytest.mark.parametrize(
    "typed",
    [
        ("Clifford", "Parrott", BORN),
        ("C", "Parrott", BORN),
        ("PARROTT", "CLIFFORD", BORN),
        ("Clifford", "Mudge", BORN),
        ("Cliford", "Parrott", date(2017, 9, 22)),
        ("Clifford", "Parrott", date(2018, 4, 22)),
        ("Clifford", "Parrott", None),
        ("Clifford", "Parrott", date(2017, 1, 1)),
    ],
    ids=["alike", "initial", "crosswise", "surname", "month", "year", "no birth", "year alone"],
)
def test_one_child_typed_anew(typed: tuple):
    one, other = children(("Clifford", "Parrott", BORN), typed)
    assert one == other


@pytest.mark.parametrize(
    "other",
    [
        ("Tamsin", "Parrott", BORN),
        ("T", "Parrott", BORN),
        ("C", "Parrott", None),
        ("C", "Parrott", date(2017, 9, 22)),
        ("Clifford", "Parrott", date(2020, 9, 3)),
        ("Clifford", "Parrott", date(2020, 1, 1)),
    ],
    ids=["a twin", "a twin's initial", "an initial", "initial and slip", "another birth", "another year"],
)
def test_siblings_stay_two(other: tuple):
    one, second = children(("Clifford", "Parrott", BORN), other)
    assert one != second


def test_of_twins_each_finds_itself():
    one, tamsin, clifford = children(
        ("Clifford", "Parrott", BORN), ("T", "Parrott", BORN), ("C", "Parrott", BORN)
    )
    assert one == clifford != tamsin


def test_children_of_two_parents_need_birth_and_forename():
    stranger = {"nino": "QQ654321B", "dob": date(1985, 5, 6), "at": "9 Far Row, Fernby"}
    assert len(set(children(("Clifford", "Parrott", BORN), ("C", "Parrott", BORN), mother=stranger))) == 2


@pytest.mark.parametrize(("born", "sure"), [(BORN, "confirmed"), (None, "probable")])
def test_a_child_found_by_the_parent_makes_nobody_surer_of_the_parent(born, sure):
    linkage = matched(
        a_claim("C1", "Selma", "Parrott", end_date=date(2024, 3, 1)),
        a_claim("C2", "Selma", "Parrott", start_date=date(2026, 3, 2)),
        a_dependant("C1", 1, "Clifford", "Parrott", BORN),
        a_dependant("C2", 1, "Clifford", "Parrott", born),
    )
    found = residents(linkage)
    assert found["C1", "claimant"] == found["C2", "claimant"]
    assert found["C1/1", "dependant"] == found["C2/1", "dependant"]
    assert linkage.households.filter(household_id=households(linkage)["C1"])["confidence"].to_list() == [sure]
