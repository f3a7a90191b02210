"""Match weights: how much likelier a pair's agreements are for one person than for two, in bits.

A weight is log2(m / u) in the terms of Fellegi and Sunter: m, how often rows of one person show this level;
u, how often rows of two people do. Where u depends on the council (how many rows there are, how common a name
or a moving day is), it is taken from tonight's rows. Place, contact and dates speak of the household and
count once: at one address the surname says next to nothing about who is who. The numbers are in
`weights.json`.
"""

from collections.abc import Mapping

import polars as pl

from smart_record.linkage.names.name_likeness import Likeness
from smart_record.linkage.pairs.weight_table import Weights, shipped_weights

_LIKENESS: dict[int, str] = {
    Likeness.EQUAL: "equal",
    Likeness.ALIAS: "alias",
    Likeness.SLIP: "slip",
    Likeness.INITIAL: "initial",
    Likeness.SIMILAR: "similar",
    Likeness.UNLIKE: "unlike",
}
_BIRTH = {3: "equal", 2: "slip", 1: "same_year", -1: "another_year", 0: "differs"}
_NINO = {2: "equal", 1: "slip", 0: "differs"}
_MIDDLE = {1: "agrees", -1: "differs"}
_SEX = {-1: "forename_and_title", -2: "titles"}
_AT_ONE_TIME = {
    1: "claim_elsewhere",
    2: "two_sources_elsewhere",
    3: "one_source_elsewhere",
    4: "here_after_another",
    5: "left_for_elsewhere",
}
_AWARD = {-1: "differs", -2: "one_has_none"}

_LEVELS = range(-3, 8)
"""Between these lie the levels of every comparison."""

LEVELS: Mapping[str, Mapping[int, str]] = {
    "forename": _LIKENESS,
    "surname": _LIKENESS,
    "surname_at_home": _LIKENESS,
    "date_of_birth": _BIRTH,
    "national_insurance_number": _NINO,
    "sex": _SEX,
    "middle_name": _MIDDLE,
}
"""By comparison: what the table of weights calls each level of `comparisons.compare`."""


def with_weights(
    compared: pl.DataFrame, adults: pl.DataFrame, weights: Weights | None = None
) -> pl.DataFrame:
    """Weigh each compared pair.

    Args:
        compared: `comparisons.compare`.
        adults: The rows compared, for how many the council has.
        weights: The bits of each level; the shipped ones if left out.

    Returns:
        The same rows with: own (bits for the two rows being one person, given one household), shared (bits
        for the two records being one household), surname_at_home (bits of the surname, given one household),
        match_weight (all bits), posterior (the log2 odds that the two rows are one person).
    """
    by = shipped_weights() if weights is None else weights
    weighed = _prepared(compared, by)
    shared = _household(_bits(adults), by) + _dates(by) + _award(by)
    weighed = weighed.with_columns(own=_own(by), shared=shared)
    weighed = weighed.with_columns(match_weight=pl.col("own") + pl.col("shared") + _surname_anywhere(by))
    return weighed.with_columns(posterior=pl.col("match_weight") - _bits(adults)).drop("at_home")


def weight_parts(
    compared: pl.DataFrame, adults: pl.DataFrame, weights: Weights | None = None
) -> pl.DataFrame:
    """The match weight of each compared pair, taken apart.

    Returns:
        left, right and one column of bits per comparison; their sum is the match weight.
    """
    by = shipped_weights() if weights is None else weights
    return _prepared(compared, by).select(
        "left",
        "right",
        forename=_forename(by),
        surname=_surname_anywhere(by),
        date_of_birth=_level("dob", _BIRTH, by.of("date_of_birth")),
        national_insurance_number=_level("nino", _NINO, by.of("national_insurance_number")),
        middle_name=_level("middle", _MIDDLE, by.of("middle_name")),
        sex=_sex_weight(by),
        order_and_role=_order_and_role(by),
        address_or_contact=_household(_bits(adults), by),
        dates=_dates(by),
        council_tax_reduction=_award(by),
    )


def _bits(adults: pl.DataFrame) -> pl.Expr:
    """Log2 of how many rows the council has: what an agreement that nobody else shares is worth."""
    return pl.lit(adults["council_bits"].first(), pl.Float64)


def _prepared(compared: pl.DataFrame, by: Weights) -> pl.DataFrame:
    return compared.with_columns(
        at_home=(pl.col("place") == 4).fill_null(value=False),
        surname_at_home=_level("surname", _LIKENESS, by.of("surname_at_home")),
    )


def _surname_anywhere(by: Weights) -> pl.Expr:
    return pl.when(pl.col("at_home") | pl.col("contact")).then("surname_at_home").otherwise(_surname(by))


def _own(by: Weights) -> pl.Expr:
    """Bits of what is a person's own: forename, birth, number, sex, middle name."""
    return (
        _forename(by)
        + _level("dob", _BIRTH, by.of("date_of_birth"))
        + _level("nino", _NINO, by.of("national_insurance_number"))
        + _level("middle", _MIDDLE, by.of("middle_name"))
        + _sex_weight(by)
        + _order_and_role(by)
    )


def _order_and_role(by: Weights) -> pl.Expr:
    """Bits of the order of the names, of the place in the record, and against a name that stands alone.

    Pairs that agree in name only: names of a family or a village are not drawn at random.
    """
    bits = by.of("order_and_role")
    near = pl.col("at_home") | pl.col("contact") | (pl.col("place") > 0).fill_null(value=False)
    by_name = ~near & pl.all_horizontal(pl.col("moved", "dob", "nino").is_null())
    place = pl.when("first").then(bits["same_place_in_record"]).otherwise(bits["other_place_in_record"])
    return (
        pl.when("swapped").then(bits["swapped"]).otherwise(0.0)
        + place
        + pl.when(by_name).then(bits["name_alone"]).otherwise(0.0)
    )


def _forename(by: Weights) -> pl.Expr:
    equal = pl.col("forename") == Likeness.EQUAL
    less = _level("forename", _LIKENESS, by.of("forename"))
    return pl.when(equal).then(_name_rarity("forename_share", by)).otherwise(less)


def _surname(by: Weights) -> pl.Expr:
    equal = pl.col("surname") == Likeness.EQUAL
    less = _level("surname", _LIKENESS, by.of("surname"))
    return pl.when(equal).then(_name_rarity("surname_share", by)).otherwise(less)


def _sex_weight(by: Weights) -> pl.Expr:
    """Titles are typed wrong too: beside an equal forename they say less."""
    weight = _level("sex", _SEX, by.of("sex"))
    return pl.when(pl.col("forename") == Likeness.EQUAL).then(weight / 3).otherwise(weight)


def _household(bits: pl.Expr, by: Weights) -> pl.Expr:
    """Bits of place and contact; two rows at a property where several people live are the same less often.

    What `.._is_shared` takes away is the log2 of how many other people share it.
    """
    shared = by.of("place")
    place = (
        pl.when("at_home")
        .then(bits - pl.col("at_property").cast(pl.Float64).log(2))
        .when(pl.col("place") == 3)
        .then(bits - shared["building_is_shared"])
        .when(pl.col("place") == 2)
        .then(bits - shared["postcode_is_shared"])
        .when(pl.col("place") == 0)
        .then(shared["elsewhere"])
        .otherwise(0.0)
    )
    told = ~pl.col("at_home") & ~pl.col("contact") & pl.col("other_contact")
    place = place + pl.when(told).then(shared["other_contact"]).otherwise(0.0)
    return pl.max_horizontal(place, pl.when("contact").then(bits - shared["contact_is_shared"]))


def _dates(by: Weights) -> pl.Expr:
    """Bits of when the records ran: a move leaves one date in two records.

    Beyond the bits of the month: what a move adds whose dates meet, nearly meet, or are weeks apart. At one
    home a bill that begins as another ends is often that of who outlived or outstayed the other.
    """
    move, start = by.of("move"), by.of("start")
    month = _rarity("moved_share", commonest=by.of("equal_name")["commonest"], rarest=move["most"])
    taken_over = pl.col("at_home") & (pl.col("moved") <= 1) & (pl.col("elsewhere") == 0)
    taken_over &= pl.col("surname") >= Likeness.SIMILAR  # else the next tenant's
    moved = (
        pl.when(taken_over)
        .then(move["taken_over_at_home"])
        .when(pl.col("at_home") | pl.col("moved").is_null() | (pl.col("elsewhere") == 3))
        .then(0.0)
        .when(pl.col("moved") == 0)
        .then(month + move["same_day"])
        .when(pl.col("moved") == 1)
        .then(month + move["next_day"])
        .otherwise((month + move["same_month"]).clip(0.0, None))
    )
    started = (
        pl.when(~pl.col("started"))
        .then(0.0)
        .when("at_home")
        .then(start["here"])
        .when(pl.col("place").fill_null(3) == 3)
        .then(start["elsewhere"])
        .otherwise(0.0)
    )
    at_one_time = _level("elsewhere", _AT_ONE_TIME, by.of("at_one_time"))
    unended = pl.col("contact") & (
        pl.col("elsewhere") == 3
    )  # one whom one telephone reaches at two homes left one
    at_one_time = pl.when(unended).then(by.of("at_one_time")["claim_elsewhere"]).otherwise(at_one_time)
    return at_one_time + moved + started


def _award(by: Weights) -> pl.Expr:
    """Bits of Council Tax Reduction, which the bill takes from the claim."""
    bits = by.of("council_tax_reduction")
    least = by.of("equal_name")["commonest"]
    anywhere = _rarity("award_share", commonest=least, rarest=bits["agrees_most"])
    same = pl.when("at_home").then(bits["agrees_here"]).otherwise(anywhere)
    return pl.when(pl.col("award") == 1).then(same).otherwise(_level("award", _AWARD, bits))


def _level(field: str, levels: Mapping[int, str], bits: Mapping[str, float]) -> pl.Expr:
    """The bits of the level found; of one that is not weighed so, and of nothing known, none."""
    table = [bits.get(levels.get(level, ""), 0.0) for level in _LEVELS]
    place = (pl.col(field) - _LEVELS.start).cast(pl.UInt32)
    return pl.lit(pl.Series(table, dtype=pl.Float64)).gather(place).fill_null(0.0)


def _name_rarity(share: str, by: Weights) -> pl.Expr:
    return _rarity(share, **by.of("equal_name"))


def _rarity(share: str, *, commonest: float, rarest: float) -> pl.Expr:
    """What an agreement is worth by how common the thing is, at most and at least."""
    return (-pl.col(share).log(2)).clip(commonest, rarest).fill_null(rarest / 2)
