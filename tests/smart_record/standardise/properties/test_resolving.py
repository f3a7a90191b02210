"""Which property an address means, learned from the rows that carry a UPRN."""

from tests.smart_record.standardise.addresses_known import STREET, resolved


def test_an_address_without_uprn_is_found_by_its_words():
    assert resolved((None, "12", "MILL LANE", None, None))["resolved_uprn"].item() == 112


def test_a_misspelt_street_is_the_common_one():
    found = resolved((None, "12", "MLIL LANE", None, None))
    assert (found["resolved_uprn"].item(), found["street"].item()) == (112, "MILL LANE")


def test_an_address_that_nobody_knows_is_its_own_property():
    one, other = resolved(
        (None, "12", "OTHER ROW", None, None), (None, "12", "OTHER ROW", "NE14LP", None)
    ).rows(named=True)
    assert one["resolved_uprn"] is None
    assert one["property"] == other["property"]


def test_flat_and_number_the_other_way_round():
    known = [*STREET, ("3", "40", "MILL LANE", "NE14LP", 500)]
    assert resolved(("40", "3", "MILL LANE", None, None), known=known)["resolved_uprn"].item() == 500


def test_a_flat_of_a_house_that_has_flats_is_not_turned_round():
    """Two towers of one street: flat 16 of number 1 is not flat 1 of number 16, which alone is known."""
    known = [*STREET, ("5", "1", "MILL LANE", None, 500), ("1", "16", "MILL LANE", None, 501)]
    found = resolved(("16", "1", "MILL LANE", None, None), known=known)
    assert found["resolved_uprn"].item() is None
    assert found["property"].item() is not None


def test_a_letter_is_a_flat_and_a_flat_a_letter():
    known = [*STREET, ("A", "40", "MILL LANE", None, 500), (None, "41B", "MILL LANE", None, 501)]
    found = resolved(
        (None, "40A", "MILL LANE", None, None), ("B", "41", "MILL LANE", None, None), known=known
    )
    assert found["resolved_uprn"].to_list() == [500, 501]


def test_a_room_of_a_shared_house_is_the_house():
    assert resolved(("4", "12", "MILL LANE", None, None))["resolved_uprn"].item() == 112


def test_rooms_and_whole_of_a_house_with_one_uprn_are_one_property():
    rooms = [("1", "4", "CORN ROW", "NE14LP", 9), ("2", "4", "CORN ROW", "NE14LP", 9)]
    asked = (("3", "4", "CORN ROW", "NE14LP", None), (None, "4", "CORN ROW", "NE14LP", None))
    assert resolved(*asked, known=rooms)["resolved_uprn"].to_list() == [9, 9]
    assert resolved(asked[1], known=rooms[:1])["resolved_uprn"].item() is None  # one flat of a block, perhaps


def test_a_block_without_the_flat_stays_ambiguous():
    known = [*STREET, ("1", "40", "MILL LANE", None, 500), ("2", "40", "MILL LANE", None, 501)]
    found = resolved((None, "40", "MILL LANE", None, None), known=known)
    assert (found["resolved_uprn"].item(), found["property"].item()) == (None, None)


def test_two_streets_of_one_name_are_told_apart_by_postcode():
    far = [(None, str(n), "MILL LANE", "DH14LP", 900 + n) for n in range(1, 21)]
    found = resolved(
        (None, "12", "MILL LANE", "DH1 4LP".replace(" ", ""), None),
        (None, "12", "MILL LANE", "NE19ZZ", None),
        (None, "12", "MILL LANE", None, None),
        (None, "12", "MILL LANE", "TS14LP", None),
        known=[*STREET, *far],
    )
    assert found["resolved_uprn"].to_list() == [912, 112, None, None]
    assert found["property"].to_list()[2] is None


def test_a_wrong_postcode_does_not_hide_the_only_such_address():
    assert resolved((None, "12", "MILL LANE", "DH14LP", None))["resolved_uprn"].item() == 112


def test_a_uprn_that_stands_for_none_is_none():
    """A system that writes one number wherever it knows no UPRN would put half the town into one property."""
    named = ["OAK ROAD", "ELM ROAD", "ASH ROAD", "FIR ROAD", "YEW ROAD", "BAY ROAD", "MILL LANE"]
    found = resolved(*((None, "12", street, "NE14LP", 999_999_999_999) for street in named))
    assert found["resolved_uprn"].to_list() == [None] * 6 + [112]
    assert found["property"].n_unique() == len(named)


def test_a_uprn_that_some_rows_bear_wrongly_stays_that_of_the_others():
    """A hostel: one UPRN, whose rows name one street but for slips and rows of people who left."""
    elsewhere = ["OAK ROAD", "ELM ROAD", "ASH ROAD", "FIR ROAD", "YEW ROAD", "BAY ROAD"]
    there = [(str(room), "50", "MILL LANE", "NE14LP", 600) for room in range(1, 8)]
    found = resolved(*there, *((None, "12", street, "NE14LP", 600) for street in elsewhere))
    assert set(found["resolved_uprn"]) == {600}


TWO_STREETS = [
    (None, str(n), "CHURCH LANE", postcode, uprn + n)
    for postcode, uprn in (("NE14LP", 300), ("NE99ZZ", 400))
    for n in range(1, 6)
]


def test_without_a_postcode_an_address_is_that_of_all_others_of_its_words():
    with_code, without = resolved(
        (None, "70", "CHURCH LANE", "NE99ZZ", None),
        (None, "70", "CHURCH LANE", None, None),
        known=TWO_STREETS,
    )["property"]
    assert with_code == without is not None


def test_without_a_postcode_it_stays_open_which_of_two_it_is():
    found = resolved(
        (None, "70", "CHURCH LANE", "NE99ZZ", None),
        (None, "70", "CHURCH LANE", "NE14LP", None),
        (None, "70", "CHURCH LANE", None, None),
        known=TWO_STREETS,
    )["property"]
    assert found.null_count() == 1
    assert found.n_unique() == 3


def test_without_a_postcode_a_house_that_one_of_two_streets_has_is_that_one():
    only_here = [*TWO_STREETS, (None, "71", "CHURCH LANE", "NE99ZZ", 571)]
    found = resolved(
        (None, "71", "CHURCH LANE", None, None),
        (None, "71", "CHURCH LANE", "NE14LP", None),
        (None, "5", "CHURCH LANE", None, None),
        known=only_here,
    )
    assert found["resolved_uprn"].to_list() == [571, None, None]


def test_a_flat_and_a_house_of_one_letter_are_one_where_nobody_tells_their_uprn():
    flat, house = resolved(("A", "60", "MILL LANE", None, None), (None, "60A", "MILL LANE", None, None))[
        "property"
    ]
    assert flat == house is not None
