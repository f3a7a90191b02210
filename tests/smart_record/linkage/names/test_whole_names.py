"""Names that agree only as a whole."""

import polars as pl
import pytest

from smart_record.linkage.names.name_comparison import Names
from smart_record.linkage.names.name_likeness import Likeness

TWO_ROWS = pl.DataFrame({"left": [0], "right": [1]})
COLUMNS = ("forename", "middle", "surname")


def two(one, other):
    rows = pl.DataFrame([one, other], schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return rows.with_columns(forename_odd=pl.lit(value=False))


def level(one, other):
    """The likeness of forename and surname; the quick look must not leave out what the full one finds."""
    names = Names.of(two(one, other))
    forename, surname, _, _ = names.levels(TWO_ROWS).row(0)
    compared, _ = names.levels_of_alike(TWO_ROWS, pl.Series([False]).to_numpy())
    assert compared.item() == (forename > Likeness.UNLIKE)
    return Likeness(forename), Likeness(surname)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("BILAL", None, "AHMED"), ("MOHAMMED", "BILAL", "AHMED")),
        (("BELAL", None, "AHMED"), ("MOHAMMED", "BILAL", "AHMED")),  # another spelling of it
        (("LI", None, "WONG"), ("AMY", "LI", "WONG")),
        (("KAMWAH", None, "LUO"), ("MANDY", "KAM WAH", "LUO")),
    ],
)
def test_somebody_is_known_by_a_middle_name(one, other):
    assert level(one, other)[0] == level(other, one)[0] == Likeness.SLIP


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("XIN", "YI", "LIU"), ("LIU", "XIN", "YI")),
        (("XIN", "YI", "LIU"), ("XINYI", None, "LIU")),
        (("JOAN", "MARY", "PARROTT"), ("PARROTT", "JOAN", "MARY")),
    ],
)
def test_a_name_in_another_order_or_in_other_syllables_is_one(one, other):
    assert min(*level(one, other), *level(other, one)) >= Likeness.SLIP


def test_an_initial_of_a_middle_name_says_nothing_but_is_no_other_forename():
    assert level(("B", None, "AHMED"), ("MOHAMMED", "BILAL", "AHMED"))[0] == Likeness.SIMILAR
    assert level(("K", None, "AHMED"), ("MOHAMMED", "BILAL", "AHMED"))[0] == Likeness.UNLIKE


def test_two_brothers_with_one_first_name_are_two():
    assert level(("HASSAN", None, "AHMED"), ("MOHAMMED", "BILAL", "AHMED"))[0] == Likeness.UNLIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("PARROTT", None, "JOAN"), ("JOAN", None, "PARROTT-HAIGH")),  # the double surname is hers
        (("CHOWDHURY", None, "OMAR"), ("OMAR", None, "CHAUDHRY")),
    ],
)
def test_surnames_are_known_as_such_in_the_forename_s_place(one, other):
    assert min(*level(one, other), *level(other, one)) >= Likeness.SLIP


def test_a_name_that_many_bear_before_theirs_says_nothing_alone():
    assert level(("MOHAMMED", None, "AHMED"), ("BILAL", None, "AHMED"))[0] == Likeness.SIMILAR
    assert level(("MOHAMMED", "OMAR", "AHMED"), ("BILAL", None, "AHMED"))[0] == Likeness.UNLIKE
    adults = two(("MOHAMMED", None, "AHMED"), (None, None, "AHMED"))
    assert Names.of(adults).levels(TWO_ROWS)["forename"].item() is None


def test_a_woman_s_begum_is_no_other_surname():
    assert level(("NADIA", None, "BEGUM"), ("NADIA", None, "MIAH"))[1] == Likeness.SIMILAR
    assert level(("NADIA", None, "RASHID"), ("NADIA", None, "MIAH"))[1] == Likeness.UNLIKE


def test_two_initials_agree_crosswise():
    assert level(("M", None, "POPA"), ("P", None, "MAGDALENA")) == (Likeness.INITIAL, Likeness.INITIAL)


@pytest.mark.parametrize("beside", ["BIBI", "BEGUM", "KHATUN"])
def test_a_name_in_the_other_order_is_one_beside_a_surname_that_says_little(beside):
    one, other = ("HANIF", None, "RABIA"), ("RABIA", None, beside)
    assert level(one, other) == level(other, one) == (Likeness.EQUAL, Likeness.SIMILAR)


def test_a_name_that_is_one_s_forename_and_another_s_surname_makes_nobody_one():
    assert level(("HANIF", None, "RABIA"), ("RABIA", None, "LATIF"))[0] == Likeness.UNLIKE
