"""The review queue: what officers could settle about links, those first that would change a suggestion."""

from hashlib import blake2b
from pathlib import Path

import polars as pl

from smart_record.linkage.sources import record_of_row
from triage.links.answer_effects import Tonight, answer_effects
from triage.links.weak_links import OTHER, ROW, weak_links
from triage.nights import read_frame

_EFFECT = {"intervention": pl.String(), "title": pl.String(), "change": pl.String(), "priority": pl.Int64()}
EFFECTS = pl.List(pl.Struct(_EFFECT))
REVIEW_COLUMNS = (
    "pair_id", *ROW, *OTHER, "household_id", "other_household_id", "joined", "bears", "if_same",
    "if_different", "match_weight", "evidence",
)  # fmt: skip
"""Columns of the queue. joined: tonight the two are one; bears: an answer would change a suggestion; if_same,
if_different: which (`EFFECTS`), empty where that answer leaves all as it is. A question without roles is
whether two records are one household."""


def review_queue(possible: pl.DataFrame, tonight: Tonight) -> pl.DataFrame:
    """What officers could settle, most valuable first.

    Args:
        possible: `Linkage.possible`: pairs left apart that may be one person.
        tonight: What the night's suggestions came of.

    Returns:
        One row per question with `REVIEW_COLUMNS`: first what would change a suggestion, by how urgent that
        is; then links that hold a household together before pairs left apart; then the likeliest.
    """
    questions = _questions(possible, tonight)
    titles = {each.id: each.title for each in tonight.rulebook.interventions.values()}
    title = pl.col("intervention").replace_strict(titles, return_dtype=pl.String)
    effects = answer_effects(questions, tonight).with_columns(title=title)
    told = questions
    for name, same in (("if_same", True), ("if_different", False)):
        struct = pl.struct(_EFFECT.keys()).alias(name)
        of = effects.filter(pl.col("same") == same).group_by("number", maintain_order=True).agg(struct)
        told = told.join(of.cast({name: EFFECTS}), on="number", how="left", maintain_order="left")
        told = told.with_columns(pl.col(name).fill_null(pl.lit([], dtype=EFFECTS)))
    urgency = effects.group_by("number").agg(urgency=pl.col("priority").min())
    told = told.join(urgency, on="number", how="left").with_columns(bears=pl.col("urgency").is_not_null())
    order = ["bears", "urgency", "joined", "posterior", *ROW, *OTHER]
    down = [True, False, True, True, *[False] * 6]
    return told.sort(order, descending=down, nulls_last=True).select(REVIEW_COLUMNS)


def _questions(possible: pl.DataFrame, tonight: Tonight) -> pl.DataFrame:
    """Every question with its number, its households and the odds that its two are one."""
    links, households = tonight.records.links, tonight.records.households
    weak = weak_links(links, households).with_columns(posterior=pl.lit(None, dtype=pl.Float64))
    asked = pl.concat(
        [
            _acceptable(possible, links).select(
                *ROW, *OTHER, "match_weight", "evidence", "posterior", joined=pl.lit(value=False)
            ),
            weak.with_columns(joined=pl.lit(value=True)),
        ],
        how="diagonal",
    )
    home = links.select("source", "record_ref", "household_id").unique(["source", "record_ref"])
    asked = asked.join(home, on=["source", "record_ref"]).join(
        home.rename({"household_id": "other_household_id"}),
        left_on=["other_source", "other_record_ref"],
        right_on=["source", "record_ref"],
    )
    asked = asked.sort(*ROW, *OTHER).with_row_index("number").with_columns(pl.col("number").cast(pl.Int64))
    keys = [pair_id(row) for row in asked.select(*ROW, *OTHER).iter_rows()]
    return asked.with_columns(pair_id=pl.Series(keys, dtype=pl.String))


def _acceptable(possible: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The pairs of which one person would not be two parties of one record: others nobody can accept."""
    source, record = record_of_row()
    rows = links.select(*ROW, "resident_id", record=pl.concat_str(source, record, separator="/"))
    ends = possible.join(rows.drop("record"), on=ROW).join(
        rows.drop("record").rename({"resident_id": "other_resident_id"}), left_on=OTHER, right_on=ROW
    )
    held = rows.select("resident_id", "record")
    double = ends.join(held, on="resident_id").join(
        held, left_on=["other_resident_id", "record"], right_on=["resident_id", "record"]
    )
    return possible.join(double, on=[*ROW, *OTHER], how="anti", maintain_order="left")


def read_queue(folder: Path) -> pl.DataFrame:
    """The queue of a night; of a night of an earlier release without what the answers would change."""
    queue = read_frame(folder, "review")
    if "joined" in queue.columns:
        return queue
    none = pl.lit([], dtype=EFFECTS)
    return queue.with_columns(joined=pl.lit(value=False), if_same=none, if_different=none).select(
        REVIEW_COLUMNS
    )


def pair_id(ends: tuple[str | None, ...]) -> str:
    """The id of a question: about the same two rows, or records, it is the same every night."""
    key = "|".join(end or "" for end in ends)
    return "P" + blake2b(key.encode(), digest_size=5).hexdigest().upper()
