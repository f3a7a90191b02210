"""Addresses looked up in a list of known ones: what they share by its rarity, and the gap to the second best.

An address that fits several known ones about as well stays without any, and says so. The ideas (rarity of
tokens, distance to the runner-up) are uk_address_matcher's; `bench/addresses.py` compares the two.
"""

import polars as pl

from smart_record.standardise.addresses.address_words import HOUSE, MARK, WORD, address_words, as_known_words

EXACT, STRONG, PROBABLE = "exact", "strong", "probable"

_LARGEST = 60
"""Known addresses that may share a key; what more share tells nothing."""

_MARK_MISSING, _MARK_EXTRA = 7.0, 5.0
"""Bits against an address that lacks a mark of the known one, and has one that it lacks."""

_WORD_MISSING, _WORD_EXTRA = 0.3, 0.2
"""Of a word's bits, what counts against when it is left out, and when it is not among the known one's."""

_POSTCODE, _SECTOR, _ANOTHER = 8.0, 2.0, -4.0
_HOUSE_MARK = 3.0
_FEWEST = 10_000
"""Known addresses below which a list is taken as a part of a larger one, in which words are as rare."""

_STRANGE = 5.0
"""Bits that a token is taken for which no known address has."""

_MOST_FOR_A_MARK = 5.0
_ACCEPTED, _SURE = 10.0, 22.0
_GAP, _SURE_GAP = 3.0, 8.0
"""Bits of the best, and between it and the second best, from which an address is found, and surely so."""


def look_up_addresses(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Find each asked address among the known ones.

    Args:
        asked: One row per address. Columns: address, postcode (`identifiers.postcode`; null if not known).
        known: The same with uprn, never null.

    Returns:
        One row per asked address, in order: uprn (null where none fits or several do), confidence ("exact",
        "strong" or "probable"; null without uprn), gap (bits between best and second best; null where exact
        or nothing fits), ambiguous (bool: several fit about as well).
    """
    asked = asked.select("address", "postcode").with_row_index("row")
    known = known.select("address", "postcode", "uprn").sort("uprn", "address", "postcode")
    known = known.unique(maintain_order=True, keep="first").with_row_index("row")
    theirs = address_words(known)
    ours = address_words(asked)
    exact = _exactly(ours, theirs, asked, known)
    rest = asked.join(exact, on="row", how="anti")
    tokens = as_known_words(ours.join(rest.select("row"), on="row", how="semi"), theirs)
    bits = _bits(theirs, known.height)
    tokens = tokens.join(bits, on="token", how="left", maintain_order="left")
    tokens = tokens.with_columns(pl.col("bits").fill_null(_STRANGE))
    theirs = theirs.join(bits, on="token", maintain_order="left")
    near = _best(_weighed(tokens, theirs, _near(tokens, theirs, rest, known), rest, known), known)
    near = near.filter(pl.col("confidence") == STRONG)
    rest = rest.join(near, on="row", how="anti")
    tokens = tokens.join(near, on="row", how="anti")
    wide = pl.concat([_near(tokens, theirs, rest, known), _anywhere(tokens, theirs)]).unique()
    found = pl.concat([exact, near, _best(_weighed(tokens, theirs, wide, rest, known), known)])
    found = asked.select("row").join(found, on="row", how="left", maintain_order="left")
    return found.select("uprn", "confidence", "gap", pl.col("ambiguous").fill_null(value=False))


def _exactly(
    ours: pl.DataFrame, theirs: pl.DataFrame, asked: pl.DataFrame, known: pl.DataFrame
) -> pl.DataFrame:
    """Addresses that say just what one known address says, whatever the order: row and what is found.

    A postcode must not be another; without one, one known address alone must say so.
    """
    one = _said(ours).join(asked.select("row", "postcode"), on="row")
    other = _said(theirs).join(known.select("row", "postcode", "uprn"), on="row").drop("row")
    both = one.join(other, on="said", suffix="_known").filter(
        (pl.col("postcode") == pl.col("postcode_known")).fill_null(value=True)
    )
    alone = both.group_by("row").agg(pl.col("uprn").unique()).filter(pl.col("uprn").list.len() == 1)
    return alone.select(
        "row",
        pl.col("uprn").list.first(),
        confidence=pl.lit(EXACT),
        gap=pl.lit(None, pl.Float64),
        ambiguous=pl.lit(value=False),
    ).sort("row")


def _said(tokens: pl.DataFrame) -> pl.DataFrame:
    ordered = tokens.sort("row", "token")
    return ordered.group_by("row", maintain_order=True).agg(said=pl.col("token").str.join(" ").hash(seed=0))


def _weighed(
    ours: pl.DataFrame, theirs: pl.DataFrame, pairs: pl.DataFrame, asked: pl.DataFrame, known: pl.DataFrame
) -> pl.DataFrame:
    """Candidates with their bits: row, known, bits."""
    shared = (
        pairs.join(ours.select("row", "token", "kind", "bits"), on="row")
        .join(theirs.select("token", known="row"), on=["known", "token"], how="semi")
        .group_by("row", "known")
        .agg(_sums("shared"))
    )
    of_ours = ours.group_by("row").agg(_sums("ours"))
    of_theirs = theirs.group_by(known="row").agg(_sums("theirs"))
    rows = (
        pairs.join(shared, on=["row", "known"], how="left")
        .join(of_ours, on="row")
        .join(of_theirs, on="known")
    )
    rows = rows.with_columns(pl.col("^shared_.*$").fill_null(0.0))
    rows = rows.join(asked.select("row", "postcode"), on="row")
    rows = rows.join(known.select("postcode", known="row"), on="known", suffix="_known")
    return rows.select("row", "known", bits=_score())


def _bits(theirs: pl.DataFrame, known: int) -> pl.DataFrame:
    """What sharing each token is worth: token, bits. A mark is worth little: every street has a 12."""
    counted = theirs.group_by("token").agg(pl.len(), pl.col("kind").first())
    rarity = (max(known, _FEWEST) / pl.col("len")).log(2)
    bits = (
        pl.when(pl.col("kind") == HOUSE)
        .then(_HOUSE_MARK)
        .when(pl.col("kind") == MARK)
        .then(rarity.clip(1.0, _MOST_FOR_A_MARK))
        .otherwise(rarity)
    )
    return counted.select("token", bits=bits)


def _sums(whose: str) -> list[pl.Expr]:
    kinds = {"words": WORD, "marks": MARK, "house": HOUSE}
    found = [
        pl.col("bits").filter(pl.col("kind") == kind).sum().alias(f"{whose}_{name}")
        for name, kind in kinds.items()
    ]
    return [*found, (pl.col("kind") == MARK).sum().cast(pl.Float64).alias(f"{whose}_count")]


def _score() -> pl.Expr:
    one, other = pl.col("postcode"), pl.col("postcode_known")
    place = (
        pl.when(one.is_null() | other.is_null())
        .then(0.0)
        .when(one == other)
        .then(_POSTCODE)
        .when(one.str.head(-2) == other.str.head(-2))
        .then(_SECTOR)
        .otherwise(_ANOTHER)
    )
    return (
        pl.sum_horizontal("shared_words", "shared_marks", "shared_house")
        - _MARK_MISSING * (pl.col("theirs_count") - pl.col("shared_count"))
        - _MARK_EXTRA * (pl.col("ours_count") - pl.col("shared_count"))
        - _WORD_MISSING * (pl.col("theirs_words") - pl.col("shared_words"))
        - _WORD_EXTRA * (pl.col("ours_words") - pl.col("shared_words"))
        + place
    )


def _near(ours: pl.DataFrame, theirs: pl.DataFrame, asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Candidates of one postcode and a word or mark: row, known."""
    return _sharing(_place_and_token(ours, asked), _place_and_token(theirs, known))


def _anywhere(ours: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Candidates of a rare word and a mark, or of two rare words: row, known."""
    by_mark = _sharing(_word_and_mark(ours), _word_and_mark(theirs))
    return pl.concat([by_mark, _sharing(_two_words(ours), _two_words(theirs))])


def _sharing(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    few = other.filter(pl.len().over("key") <= _LARGEST).rename({"row": "known"})
    return one.join(few, on="key").select("row", "known").unique()


def _place_and_token(tokens: pl.DataFrame, addresses: pl.DataFrame) -> pl.DataFrame:
    placed = addresses.select("row", "postcode").drop_nulls()
    marks = tokens.filter(pl.col("kind") == MARK).select("row", "token")
    held = pl.concat([marks, _rarest(tokens, 2)]).join(placed, on="row")
    return held.select("row", key=pl.struct("postcode", "token").hash(seed=1))


def _word_and_mark(tokens: pl.DataFrame) -> pl.DataFrame:
    words = _rarest(tokens, 4)
    marks = tokens.filter(pl.col("kind") == MARK).select("row", mark="token")
    return words.join(marks, on="row").select("row", key=pl.struct("token", "mark").hash(seed=2))


def _two_words(tokens: pl.DataFrame) -> pl.DataFrame:
    words = _rarest(tokens, 4)
    both = words.join(words, on="row", suffix="_other").filter(pl.col("token") < pl.col("token_other"))
    return both.select("row", key=pl.struct("token", "token_other").hash(seed=3))


def _rarest(tokens: pl.DataFrame, count: int) -> pl.DataFrame:
    words = tokens.filter(pl.col("kind") == WORD).sort(
        "row", "bits", "token", descending=[False, True, False]
    )
    return words.group_by("row", maintain_order=True).head(count).select("row", "token")


def _best(weighed: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The best known property of each address and how far behind the second is."""
    by_uprn = weighed.join(known.select("uprn", known="row"), on="known").group_by("row", "uprn")
    ranked = by_uprn.agg(pl.col("bits").max()).sort("row", "bits", "uprn", descending=[False, True, False])
    best = ranked.group_by("row", maintain_order=True).agg(
        pl.col("uprn").first(),
        bits=pl.col("bits").first(),
        gap=pl.col("bits").first() - pl.col("bits").get(1, null_on_oob=True),
    )
    gap = pl.col("gap").fill_null(float("inf"))
    fits = pl.col("bits") >= _ACCEPTED
    clear = fits & (gap >= _GAP)
    sure = (pl.col("bits") >= _SURE) & (gap >= _SURE_GAP)
    level = pl.when(sure).then(pl.lit(STRONG)).otherwise(pl.lit(PROBABLE))
    return best.select(
        "row",
        uprn=pl.when(clear).then("uprn"),
        confidence=pl.when(clear).then(level),
        gap=pl.when(fits).then("gap"),
        ambiguous=fits & ~clear,
    )
