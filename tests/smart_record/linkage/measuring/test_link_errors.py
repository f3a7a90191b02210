"""Which errors links make, told on towns small enough to count by hand."""

from datetime import date

import polars as pl
import pytest

from smart_record.linkage import match
from smart_record.linkage.measuring.link_errors import LinkErrors, kinds_of_errors, link_errors
from smart_record.linkage.measuring.unlinked import NOBODY, NOT_THERE, SET_ASIDE, why_unlinked
from smart_record.linkage.measuring.weighed_night import weigh_night
from smart_record.linkage.measuring.wrong_pairs import (
    APART,
    BY_OFFICER,
    JOINED,
    NEVER_COMPARED,
    NO_LINK,
    NOBODY_OF_BOTH,
    PERSON_OF_BOTH,
    SAME_HOUSEHOLD,
    TOO_LITTLE,
    TWO_HOUSEHOLDS,
)
from tests.smart_record.linkage.builders import NIGHT, Row, a_bill, a_claim, extracts_of, townspeople

ROW = ["source", "record_ref", "role"]
NOTHING_ASIDE = pl.DataFrame(schema=dict.fromkeys(["source", "record_ref", "reason"], pl.String))
NOT_WEIGHED = weigh_night(extracts_of(*townspeople()), as_of=NIGHT).told().clear()

BILL_1, BILL_2, CLAIM_1 = (
    ("council_tax", "1", "liable_1"),
    ("council_tax", "2", "liable_1"),
    ("benefits", "1", "claimant"),
)


def table(rows: dict[tuple[str, str, str], tuple[str, ...]], *columns: str) -> pl.DataFrame:
    return pl.DataFrame([(*row, *of) for row, of in rows.items()], schema=[*ROW, *columns], orient="row")


def errors_of(
    labels: dict[tuple[str, str, str], tuple[str, ...]],
    links: dict[tuple[str, str, str], tuple[str, ...]],
    *read: Row,
    pairs: pl.DataFrame | None = None,
) -> LinkErrors:
    """The errors of links written down: person and household by label, resident and household found."""
    columns = ("person_id", "household_id", "group")[: len(next(iter(labels.values())))]
    return link_errors(
        table(links, "resident_id", "household_id"),
        table(labels, *columns),
        NOT_WEIGHED if pairs is None else pairs,
        read=extracts_of(*read),
        rejects=NOTHING_ASIDE,
    )


def counted(errors: LinkErrors, unit: str, group: str | None = None) -> dict[tuple[str, str], int]:
    """The kinds that there are."""
    kinds = kinds_of_errors(errors.wrong).filter(
        pl.col("group").eq_missing(group), pl.col("pairs") > 0, unit=unit
    )
    return {(error, why): n for error, why, n in kinds.select("error", "why", "pairs").iter_rows()}


def test_a_right_pair_of_one_person_of_two_households_is_no_error_of_persons() -> None:
    """A couple parted: the old bill names both, her own bill is another household's by the labels."""
    labels = {
        BILL_1: ("her", "together"),
        ("council_tax", "1", "liable_2"): ("him", "together"),
        BILL_2: ("her", "alone"),
    }
    links = {
        BILL_1: ("R1", "h1"),
        ("council_tax", "1", "liable_2"): ("R2", "h1"),
        BILL_2: ("R1", "h1"),
    }
    errors = errors_of(labels, links)
    assert counted(errors, "persons") == {}
    assert counted(errors, "households") == {(JOINED, PERSON_OF_BOTH): 1}


@pytest.mark.parametrize(
    ("household", "why"), [("H1", SAME_HOUSEHOLD), ("H2", TWO_HOUSEHOLDS)], ids=["one home", "two homes"]
)
def test_two_people_taken_for_one_are_of_one_household_or_of_two(household: str, why: str) -> None:
    labels = {BILL_1: ("father", "H1"), CLAIM_1: ("son", household)}
    errors = errors_of(labels, {BILL_1: ("R1", "h1"), CLAIM_1: ("R1", "h1")})
    assert counted(errors, "persons") == {(JOINED, why): 1}
    two = {(JOINED, NOBODY_OF_BOTH): 1} if household == "H2" else {}
    assert counted(errors, "households") == two


def test_two_people_who_ever_stood_in_one_household_are_of_one() -> None:
    """Her new bill is taken for his: the labels name both in the household that they left."""
    his = ("council_tax", "1", "liable_2")
    labels = {BILL_1: ("her", "H1"), his: ("him", "H1"), BILL_2: ("her", "H2")}
    links = {BILL_1: ("R1", "h1"), his: ("R2", "h1"), BILL_2: ("R2", "h1")}
    assert counted(errors_of(labels, links), "persons") == {
        (JOINED, SAME_HOUSEHOLD): 1,
        (APART, NEVER_COMPARED): 1,
    }


@pytest.mark.parametrize(
    ("people", "found", "error"),
    [(("father", "son"), ("R1", "R1"), JOINED), (("her", "her"), ("R1", "R2"), APART)],
    ids=["joined", "apart"],
)
def test_what_an_officer_decided_wrongly_is_no_fault_of_the_matching(
    people: tuple[str, str], found: tuple[str, str], error: str
) -> None:
    decided = dict(
        zip(NOT_WEIGHED.columns, (*CLAIM_1, *BILL_1, None, float("inf"), False, True, True), strict=True)
    )
    errors = errors_of(
        {BILL_1: (people[0], "H1"), CLAIM_1: (people[1], "H1")},
        {BILL_1: (found[0], "h1"), CLAIM_1: (found[1], "h1")},
        pairs=pl.DataFrame([decided], NOT_WEIGHED.schema),
    )
    assert counted(errors, "persons") == {(error, BY_OFFICER): 1}


def test_a_link_missed_is_told_of_rows_and_of_records() -> None:
    errors = errors_of(
        {BILL_1: ("her", "H1"), CLAIM_1: ("her", "H1"), BILL_2: ("him", "H1")},
        {BILL_1: ("R1", "h1"), CLAIM_1: ("R2", "h2"), BILL_2: ("R3", "h2")},
    )
    assert counted(errors, "persons") == {(APART, NEVER_COMPARED): 1}
    assert counted(errors, "households") == {(APART, PERSON_OF_BOTH): 1, (APART, NOBODY_OF_BOTH): 1}
    assert errors.wrong.filter(unit="persons").select(*ROW, "other_record_ref").rows() == [
        ("benefits", "1", "claimant", "1")
    ]
    assert errors.wrong.filter(unit="households")["role"].null_count() == 2


def test_a_row_without_a_link_is_not_said_to_be_set_aside_where_it_was_read() -> None:
    errors = errors_of(
        {BILL_1: ("her", "H1"), BILL_2: ("her", "H1"), CLAIM_1: ("her", "H1")},
        {BILL_1: ("R1", "h1")},
        a_bill("1", "MS A ZAHID"),
        a_bill("2", None),
    )
    assert errors.unlinked.select("record_ref", "why").rows() == [("1", NOT_THERE), ("2", NOBODY)]
    assert counted(errors, "persons") == {
        (APART, f"{NO_LINK}: {NOBODY}"): 1,
        (APART, f"{NO_LINK}: {NOT_THERE}"): 2,
    }
    assert (errors.people, errors.people_exact) == (1, 1)


def test_a_row_that_intake_set_aside_has_intake_s_reason() -> None:
    rows = pl.DataFrame({"source": ["benefits", "council_tax"], "record_ref": ["C9", "C9"]})
    aside = {"source": ["benefit_claims", "rent_transactions"], "record_ref": ["C9", "C9"]}
    rejects = pl.DataFrame(aside | {"reason": ["start_date is not a date that exists", "nothing"]})
    told = why_unlinked(rows, extracts_of(*townspeople()), rejects)
    assert told["why"].to_list() == [f"{SET_ASIDE}: start_date is not a date that exists", NOT_THERE]


def test_errors_are_counted_for_each_group_of_names_that_they_touch() -> None:
    errors = errors_of(
        {
            BILL_1: ("her", "H1", "african"),
            CLAIM_1: ("him", "H1", "british"),
            BILL_2: ("her", "H1", "african"),
        },
        {BILL_1: ("R1", "h1"), CLAIM_1: ("R1", "h1"), BILL_2: ("R2", "h1")},
    )
    assert counted(errors, "persons", "african") == {(JOINED, SAME_HOUSEHOLD): 1, (APART, NEVER_COMPARED): 1}
    assert counted(errors, "persons", "british") == {(JOINED, SAME_HOUSEHOLD): 1}
    assert counted(errors, "persons") == counted(errors, "persons", "african")


def test_every_kind_is_listed_first_even_where_there_is_none() -> None:
    kinds = kinds_of_errors(errors_of({BILL_1: ("her", "H1")}, {BILL_1: ("R1", "h1")}).wrong)
    assert kinds["unit"].to_list() == ["persons"] * 6 + ["households"] * 4
    assert kinds["pairs"].sum() == 0


def test_errors_are_told_by_their_kind() -> None:
    shared = {"liable_dob_1": date(1980, 1, 2)}
    extracts = extracts_of(
        a_bill("1", "MR JOHN MUDGE", **shared),
        a_claim("C1", "John", "Mudge", dob=date(1980, 1, 2)),
        a_claim("C2", "Aisha", "Zahid", at="9 Far Road, Fernby"),
        *townspeople(),
    )
    labels = {
        BILL_1: ("father", "H1"),
        ("benefits", "C1", "claimant"): ("son", "H1"),
        ("benefits", "C2", "claimant"): ("father", "H1"),
    }
    links = match(extracts, as_of=NIGHT).links
    errors = link_errors(
        links,
        table(labels, "person_id", "household_id"),
        weigh_night(extracts, as_of=NIGHT).told(),
        read=extracts,
        rejects=NOTHING_ASIDE,
    )
    told = counted(errors, "persons")
    assert told.pop((JOINED, SAME_HOUSEHOLD)) == 1
    assert told in ({(APART, NEVER_COMPARED): 1}, {(APART, TOO_LITTLE): 1})
    assert (errors.people, errors.people_exact, errors.two_parties) == (2, 0, 0)
    assert errors.largest_resident >= 2
