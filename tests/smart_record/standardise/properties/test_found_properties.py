"""By what each address was found, how sure that is, and that the ambiguous stay so."""

from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_record.standardise.distinct import Distinct
from smart_record.standardise.properties.address_findings import AMBIGUOUS, LOOKED_UP, OWN
from smart_record.standardise.properties.found_properties import FINDING
from smart_record.standardise.properties.known_properties import Listed
from smart_record.standardise.properties.places import Places
from smart_record.standardise.properties.resolving import resolve_properties
from smart_record.standardise.properties.share_right import shares_right
from tests.smart_record.standardise.addresses_known import SCHEMA, STREET, resolved

FLATS = [(str(n), "40", "MILL LANE", "NE14LP", 500 + n) for n in range(1, 16)]
FAR = [(None, str(n), "MILL LANE", "DH14LP", 900 + n) for n in range(1, 21)]


def told(address, known=tuple(STREET)):
    return resolved(address, known=known).row(0, named=True)


@pytest.mark.parametrize(
    ("postcode", "by"),
    [
        ("NE14LP", "same_postcode"),
        ("NE19ZZ", "same_area"),
        (None, "no_postcode"),
        ("DH14LP", "other_postcode"),
    ],
)
def test_a_property_found_by_its_words_says_how_far_the_postcode_agrees(postcode, by) -> None:
    found = told((None, "12", "MILL LANE", postcode, None))
    assert (found["found_by"], found["resolved_uprn"]) == (by, 112)


def test_a_corrected_street_is_told() -> None:
    assert told((None, "12", "MLIL LANE", "NE14LP", None))["street_corrected"]
    assert not told((None, "12", "MILL LANE", "NE14LP", None))["street_corrected"]


@pytest.mark.parametrize(
    ("address", "by"),
    [
        (("40", "3", "MILL LANE", None, None), "read_otherwise"),
        (("4", "12", "MILL LANE", None, None), "house_alone"),
        ((None, "12", "OTHER ROW", None, None), "not_listed"),
        ((None, None, "MILL LANE", None, None), "unread"),
        ((None, "40", "MILL LANE", None, None), "flat_missing"),
    ],
)
def test_each_other_way_is_told(address, by) -> None:
    known = [*STREET, ("3", "40", "MILL LANE", "NE14LP", 500), ("4", "40", "MILL LANE", "NE14LP", 501)]
    assert told(address, known)["found_by"] == by


def test_an_ambiguous_address_names_the_first_that_fit_and_how_many_do() -> None:
    found = told((None, "40", "MILL LANE", "NE14LP", None), [*STREET, *FLATS])
    assert (found["confidence"], found["resolved_uprn"], found["share_right"]) == ("ambiguous", None, None)
    assert (found["fits"], found["others"]) == (15, ", ".join(str(n) for n in range(501, 513)))


def test_of_two_streets_of_a_name_either_fits() -> None:
    found = told((None, "12", "MILL LANE", None, None), [*STREET, *FAR])
    assert (found["found_by"], found["fits"], found["others"]) == ("several_fit", 2, "112, 912")


def test_what_is_known_by_its_words_only_has_no_confidence() -> None:
    for address in [(None, "12", "OTHER ROW", None, None), (None, None, None, None, None)]:
        found = told(address)
        assert [found[name] for name in ("confidence", "share_right", "measured_on")] == [None] * 3


def test_a_uprn_that_another_record_bears_out_is_surer_than_one_alone() -> None:
    both = told((None, "12", "MILL LANE", "NE14LP", 112))
    alone = told((None, "12", "MILL LANE", "NE14LP", 112), STREET[:5])
    assert (both["found_by"], both["confidence"]) == ("own_borne_out", "confirmed")
    assert (alone["found_by"], alone["confidence"]) == ("own_alone", "strong")
    assert alone["share_right"] < both["share_right"]


def test_a_uprn_of_the_wrong_flat_is_doubtful_and_names_the_flat_that_its_words_mean() -> None:
    """The row keeps its UPRN: what it says is for an officer to put right."""
    found = told(("3", "40", "MILL LANE", "NE14LP", 504), [*FLATS, *FLATS])
    assert (found["resolved_uprn"], found["found_by"], found["confidence"]) == (
        504,
        "own_disputed",
        "doubtful",
    )
    assert (found["fits"], found["others"]) == (1, "503")


def test_the_rows_that_a_wrong_one_contradicts_are_borne_out_by_each_other() -> None:
    right = ("4", "40", "MILL LANE", "NE14LP", 504)
    found = told(right, [*FLATS, *FLATS, ("3", "40", "MILL LANE", "NE14LP", 504)])
    assert (found["found_by"], found["confidence"]) == ("own_borne_out", "confirmed")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("3", "16"), ("16", "3")),  # 16/3 for 3/16
        (("A", "21"), (None, "21A")),
        (("3", "16"), (None, "16")),  # one leaves the flat out
        (("G", "16"), ("1", "16")),  # ground floor flat
        (("1", "16"), ("2", "16")),  # rooms of a house that has one UPRN
        ((None, "THE OLD RECTORY"), (None, "OLD RECTORY")),
    ],
)
def test_rows_of_one_uprn_that_may_say_the_same_do_not_dispute_it(one, other) -> None:
    rows = [(*where, "MILL LANE", "NE14LP", 700) for where in (one, other)]
    assert told(rows[0], rows[1:])["found_by"] in {"own_alone", "own_borne_out"}


def test_a_council_s_own_wrong_uprns_make_each_row_less_sure() -> None:
    wrong = [(None, str(n), "MILL LANE", "NE14LP", 101 + n) for n in range(1, 6)]
    before, after = (
        told((None, "9", "FAR ROW", None, 9), known) for known in (STREET * 2, STREET * 2 + wrong)
    )
    assert after["share_right"] < before["share_right"]


_ADDRESSES = st.lists(
    st.tuples(
        st.sampled_from([None, "1", "2", "3", "A"]),
        st.sampled_from([None, "1", "2", "3", "16", "16A", "THE LODGE"]),
        st.sampled_from([None, "MILL LANE", "MLIL LANE", "FAR ROW"]),
        st.sampled_from([None, "NE14LP", "NE19ZZ", "DH14LP"]),
        st.sampled_from([None, None, 1, 2, 3, 4]),
    ),
    min_size=1,
    max_size=25,
)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(_ADDRESSES, st.randoms(use_true_random=False))
def test_laws_of_every_finding(addresses, shuffle) -> None:
    frame = pl.DataFrame(addresses, SCHEMA, orient="row").with_row_index("at")
    found = resolve_properties(frame)
    order = list(range(frame.height))
    shuffle.shuffle(order)
    again = resolve_properties(frame[order]).sort("at")
    names = ["at", "resolved_uprn", *FINDING]
    assert again.select(names).equals(found.select(names)), "the order of the rows changes nothing"
    by = pl.col("found_by").cast(pl.String)
    ambiguous = found.filter(by.is_in(AMBIGUOUS))
    assert ambiguous["resolved_uprn"].null_count() == ambiguous.height
    assert ambiguous["property"].null_count() == ambiguous.height
    assert (ambiguous["confidence"] == "ambiguous").all()
    has = by.is_in([*OWN, *LOOKED_UP])
    assert found.select((has == pl.col("resolved_uprn").is_not_null()).all()).item()
    assert found.select((has == pl.col("share_right").is_not_null()).all()).item()
    assert found.filter(by.is_in(OWN)).select((pl.col("uprn") == pl.col("resolved_uprn")).all()).item()
    assert found["share_right"].drop_nulls().is_between(0, 1).all()


@settings(derandomize=True, max_examples=25, deadline=None)
@given(_ADDRESSES)
def test_more_to_go_by_is_never_less_sure(addresses) -> None:
    """Whatever a council's rows are: a nearer postcode, a street as it is called, more rows that agree."""
    frame = pl.DataFrame([*addresses, *STREET], SCHEMA, orient="row").with_columns(corrected=False)
    places = Places.of(frame, Distinct.of(frame["street"]))
    twice = pl.Series([False]).new_from_index(0, frame.height)
    shares = shares_right(places, Listed.of(places, twice))
    share = {(by, corrected): share for by, corrected, share, _ in shares.iter_rows()}
    for corrected in (False, True):
        by_postcode = [share[by, corrected] for by in LOOKED_UP[:4]]
        assert by_postcode == sorted(by_postcode, reverse=True)
    assert all(share[by, False] >= share[by, True] for by in LOOKED_UP)


@settings(derandomize=True, max_examples=10, deadline=None)
@given(_ADDRESSES)
def test_a_further_row_that_agrees_never_makes_a_uprn_less_sure(addresses) -> None:
    home = (None, "99", "MILL LANE", None, 99)
    known = (*STREET, *addresses)
    shares = [told(home, (*known, *([home] * more)))["share_right"] for more in range(3)]
    assert shares == sorted(shares)


def test_a_uprn_that_others_outvote_does_not_stand_in_the_list() -> None:
    known = [*FLATS, *FLATS, ("3", "40", "MILL LANE", "NE14LP", 504)]
    found = told(("3", "40", "MILL LANE", "NE14LP", None), known)
    assert (found["resolved_uprn"], found["found_by"]) == (503, "same_postcode")


def test_one_against_one_leaves_it_open_which_is_meant() -> None:
    known = [*STREET, ("3", "40", "MILL LANE", "NE14LP", 503), ("3", "40", "MILL LANE", "NE14LP", 504)]
    assert told(("3", "40", "MILL LANE", "NE14LP", None), known)["others"] == "503, 504"


def test_the_share_that_is_said_is_the_share_that_is_right() -> None:
    """A careless council: four UPRNs in a hundred are a neighbour's, three in ten are missing."""
    draw = Random(5)
    streets = [f"{name} ROAD" for name in ("ALDER", "BIRCH", "CEDAR", "DAMSON", "ELDER", "FIR", "GORSE")]
    homes = [(street, number) for street in streets for number in range(1, 120)]
    rows, true = [], []
    for at, (street, number) in enumerate(homes):
        for _ in range(draw.choice([1, 2, 2, 4])):
            wrong, missing = draw.random() < 0.04, draw.random() < 0.3
            bears = None if missing else 1000 + (at + wrong) % len(homes)
            postcode = draw.choice(["NE14LP", "NE14LP", None])
            rows.append((None, str(number), street, postcode, bears))
            true.append(1000 + at)
    found = resolve_properties(pl.DataFrame(rows, SCHEMA, orient="row")).with_columns(true=pl.Series(true))
    right = (pl.col("resolved_uprn") == pl.col("true")).mean()
    by_way = (
        found.drop_nulls("share_right")
        .group_by("found_by")
        .agg(pl.len(), right=right, said=pl.col("share_right").mean())
    )
    common = by_way.filter(pl.col("len") >= 80)
    assert common.height >= 4
    assert common.select(((pl.col("said") - pl.col("right")).abs() < 0.06).all()).item(), common
