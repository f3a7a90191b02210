"""Match weights: how much likelier a pair's agreements are for one person than for two, in bits.

A weight is log2(m / u) in the terms of Fellegi and Sunter: m, how often rows of one person show this level;
u, how often rows of two people do. Where u depends on the council (how many rows there are, how common a name
or a moving day is), it is taken from tonight's rows. Place, contact and dates speak of the household and
count once: at one address the surname says next to nothing about who is who.
"""

import polars as pl

from smart_record.linkage.name_likeness import Likeness

_EQUAL, _ALIAS, _SLIP = Likeness.EQUAL, Likeness.ALIAS, Likeness.SLIP
_INITIAL, _SIMILAR, _UNLIKE = Likeness.INITIAL, Likeness.SIMILAR, Likeness.UNLIKE

_FORENAME = {_ALIAS: 5.0, _SLIP: 4.5, _INITIAL: 3.0, _SIMILAR: 0.5, _UNLIKE: -7.0}
_SURNAME = {_ALIAS: 5.0, _SLIP: 5.0, _INITIAL: 2.0, _SIMILAR: 0.5, _UNLIKE: -4.0}
_SURNAME_AT_HOME = {_EQUAL: 1.0, _ALIAS: 0.5, _SLIP: 0.5, _INITIAL: 0.0, _SIMILAR: -1.0, _UNLIKE: -3.0}
_BIRTH = {3: 14.0, 2: 4.0, 1: 4.0, 0: -7.0, -1: -2.5}
_NINO = {2: 18.0, 1: 9.0, 0: -8.0}
_SEX = {-1: -3.0, -2: -5.0}
_MIDDLE = {1: 3.0, -1: -4.0}
_SWAPPED, _SAME_PLACE_IN_RECORD, _OTHER_PLACE_IN_RECORD = -2.0, 0.5, -0.5
_NAME_ALONE = -1.5
"""For pairs that agree in name only: names of a family or a village are not drawn at random."""

_ELSEWHERE = {1: -1.0, 2: -5.0, 3: -9.0, 4: -2.5}
_ANOTHER_PLACE = -4.0
_BUILDING_IS_SHARED, _POSTCODE_IS_SHARED, _CONTACT_IS_SHARED = 4.0, 6.0, 2.0
"""Log2 of how many other people share the building, the postcode, the telephone number."""

_STARTED_HERE, _STARTED_SOMEWHERE = 1.5, 4.0
_AWARD = {-1: -1.0, -2: -6.0}
_AWARD_HERE, _AWARD_MOST = 2.0, 3.5
_SAME_DAY, _NEXT_DAY, _SAME_MONTH, _MOVE_MOST = 4.5, 2.0, -1.0, 14.0
"""Bits beyond those of the month for a move whose dates meet, nearly meet, or are weeks apart."""

_RAREST, _COMMONEST = 12.0, 3.0
"""Bits that an equal name is worth at most and at least."""


def with_weights(compared: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """Weigh each compared pair.

    Args:
        compared: `comparisons.compare`.
        adults: The rows compared, for how common what they share is.

    Returns:
        The same rows with: own (bits for the two rows being one person, given one household), shared (bits
        for the two records being one household), surname_at_home (bits of the surname, given one household),
        match_weight (all bits), posterior (the log2 odds that the two rows are one person).
    """
    weighed = _prepared(compared)
    weighed = weighed.with_columns(own=_own(), shared=_household(_bits(adults)) + _dates() + _award())
    weighed = weighed.with_columns(match_weight=pl.col("own") + pl.col("shared") + _surname_anywhere())
    return weighed.with_columns(posterior=pl.col("match_weight") - _bits(adults)).drop("at_home")


def weight_parts(compared: pl.DataFrame, adults: pl.DataFrame) -> pl.DataFrame:
    """The match weight of each compared pair, taken apart.

    Returns:
        left, right and one column of bits per comparison; their sum is the match weight.
    """
    return _prepared(compared).select(
        "left",
        "right",
        forename=_forename(),
        surname=_surname_anywhere(),
        date_of_birth=_level("dob", _BIRTH),
        national_insurance_number=_level("nino", _NINO),
        middle_name=_level("middle", _MIDDLE),
        sex=_sex_weight(),
        order_and_role=_order_and_role(),
        address_or_contact=_household(_bits(adults)),
        dates=_dates(),
        council_tax_reduction=_award(),
    )


def _bits(adults: pl.DataFrame) -> pl.Expr:
    """Log2 of how many rows there are: what an agreement that nobody else shares is worth."""
    return pl.lit(float(max(adults.height, 2))).log(2)


def _prepared(compared: pl.DataFrame) -> pl.DataFrame:
    return compared.with_columns(
        at_home=(pl.col("place") == 4).fill_null(value=False),
        surname_at_home=_level("surname", _SURNAME_AT_HOME),
    )


def _surname_anywhere() -> pl.Expr:
    return pl.when(pl.col("at_home") | pl.col("contact")).then("surname_at_home").otherwise(_surname())


def _own() -> pl.Expr:
    """Bits of what is a person's own: forename, birth, number, sex, middle name."""
    return (
        _forename()
        + _level("dob", _BIRTH)
        + _level("nino", _NINO)
        + _level("middle", _MIDDLE)
        + _sex_weight()
        + _order_and_role()
    )


def _order_and_role() -> pl.Expr:
    """Bits of the order of the names, of the place in the record, and against a name that stands alone."""
    near = pl.col("at_home") | pl.col("contact") | (pl.col("place") > 0).fill_null(value=False)
    by_name = ~near & pl.all_horizontal(pl.col("moved", "dob", "nino").is_null())
    return (
        pl.when("swapped").then(_SWAPPED).otherwise(0.0)
        + pl.when("first").then(_SAME_PLACE_IN_RECORD).otherwise(_OTHER_PLACE_IN_RECORD)
        + pl.when(by_name).then(_NAME_ALONE).otherwise(0.0)
    )


def _forename() -> pl.Expr:
    equal = pl.col("forename") == _EQUAL
    return pl.when(equal).then(_rarity("forename_share")).otherwise(_level("forename", _FORENAME))


def _surname() -> pl.Expr:
    equal = pl.col("surname") == _EQUAL
    return pl.when(equal).then(_rarity("surname_share")).otherwise(_level("surname", _SURNAME))


def _sex_weight() -> pl.Expr:
    """Titles are typed wrong too: beside an equal forename they say less."""
    weight = _level("sex", _SEX)
    return pl.when(pl.col("forename") == _EQUAL).then(weight / 3).otherwise(weight)


def _household(bits: pl.Expr) -> pl.Expr:
    """Bits of place and contact; two rows at a property where several people live are the same less often."""
    place = (
        pl.when("at_home")
        .then(bits - pl.col("at_property").cast(pl.Float64).log(2))
        .when(pl.col("place") == 3)
        .then(bits - _BUILDING_IS_SHARED)
        .when(pl.col("place") == 2)
        .then(bits - _POSTCODE_IS_SHARED)
        .when(pl.col("place") == 0)
        .then(_ANOTHER_PLACE)
        .otherwise(0.0)
    )
    return pl.max_horizontal(place, pl.when("contact").then(bits - _CONTACT_IS_SHARED))


def _dates() -> pl.Expr:
    """Bits of when the records ran: a move leaves one date in two records."""
    month = _rarity("moved_share", most=_MOVE_MOST)
    moved = (
        pl.when(pl.col("at_home") | pl.col("moved").is_null() | (pl.col("elsewhere") == 3))
        .then(0.0)
        .when(pl.col("moved") == 0)
        .then(month + _SAME_DAY)
        .when(pl.col("moved") == 1)
        .then(month + _NEXT_DAY)
        .otherwise((month + _SAME_MONTH).clip(0.0, None))
    )
    started = (
        pl.when(~pl.col("started"))
        .then(0.0)
        .when("at_home")
        .then(_STARTED_HERE)
        .when(pl.col("place").fill_null(3) == 3)
        .then(_STARTED_SOMEWHERE)
        .otherwise(0.0)
    )
    return _level("elsewhere", _ELSEWHERE) + moved + started


def _award() -> pl.Expr:
    """Bits of Council Tax Reduction, which the bill takes from the claim."""
    same = pl.when("at_home").then(_AWARD_HERE).otherwise(_rarity("award_share", most=_AWARD_MOST))
    return pl.when(pl.col("award") == 1).then(same).otherwise(_level("award", _AWARD))


def _level(field: str, weights: dict[Likeness, float] | dict[int, float]) -> pl.Expr:
    plain = {int(level): weight for level, weight in weights.items()}
    return pl.col(field).replace_strict(plain, default=0.0, return_dtype=pl.Float64).fill_null(0.0)


def _rarity(share: str, *, most: float = _RAREST) -> pl.Expr:
    return (-pl.col(share).log(2)).clip(_COMMONEST, most).fill_null(most / 2)
