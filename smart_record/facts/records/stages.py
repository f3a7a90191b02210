"""The recovery or arrears stage that each account had reached by a date, from its dated history.

The history decides. An account whose history is silent has the stage of its own row: at any date if that
stage is dated, on the night of the extract if it is not. Where neither speaks, no step has been taken and the
account stands at the foot of the ladder; without a history file that can't be told, and the stage is not
known.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class StageHistory:
    """Stage changes of numbered accounts.

    Attributes:
        events: One row a change, by account, date and severity; None where the night brought no history.
            Columns: account, rank (place on the ladder), stage_on.
        shown: One row an account: what its own row shows. Columns: account, shown_rank, shown_on.
        ladder: The stages, least to most severe.
        first_on: One entry an account: the date of its first change, null where there is none.
    """

    events: pl.DataFrame | None
    shown: pl.DataFrame
    ladder: tuple[str, ...]
    first_on: pl.Series

    def reached(self, as_of: date, *, at_extract: bool) -> pl.DataFrame:
        """The stage of each account by a date.

        Args:
            as_of: Later changes don't count.
            at_extract: Whether undated stages of the accounts' own rows hold.

        Returns:
            One row an account, by number. Columns: rank (null where not known), stage_on (null where
            the stage has no date).
        """
        dated = pl.col("shown_on") <= as_of
        undated = pl.col("shown_on").is_null() & at_extract
        shown = self.shown.select(
            "account",
            shown_rank=pl.when(dated | undated).then("shown_rank"),
            shown_on=pl.when(dated & pl.col("shown_rank").is_not_null()).then("shown_on"),
        )
        if self.events is None:
            return shown.select(rank="shown_rank", stage_on="shown_on")
        last = self.events.filter(pl.col("stage_on") <= as_of).unique(
            "account", keep="last", maintain_order=True
        )
        told = pl.col("rank").is_not_null()
        return shown.join(last, on="account", how="left", maintain_order="left").select(
            rank=pl.coalesce("rank", "shown_rank", pl.lit(0, dtype=pl.Int64)),
            stage_on=pl.when(told).then("stage_on").otherwise("shown_on"),
        )

    def steps_between(self, steps: tuple[str, ...], after: date, until: date) -> pl.DataFrame | None:
        """How often each account came to one of some stages, later than `after` and no later than `until`.

        Returns:
            One row an account that did. Columns: account, steps. None where there is no history.
        """
        if self.events is None:
            return None
        ranks = [self.ladder.index(step) for step in steps]
        within = (pl.col("stage_on") > after) & (pl.col("stage_on") <= until) & pl.col("rank").is_in(ranks)
        return self.events.filter(within).group_by("account").agg(steps=pl.len().cast(pl.Int64))


def open_stages(
    accounts: pl.DataFrame,
    history: pl.DataFrame | None,
    ladder: tuple[str, ...],
    *,
    stage: str,
    stage_on: str,
) -> StageHistory:
    """Order the stage changes of numbered accounts.

    Args:
        accounts: One row an account, by number, with its own `stage` and `stage_on`.
        history: Changes in any order. Columns: account, stage, stage_on. Of several on one day the most
            severe counts.
        ladder: The stages, least to most severe.
        stage: Column of `accounts` that shows its stage.
        stage_on: Column of `accounts` that dates it.
    """
    rank = {name: place for place, name in enumerate(ladder)}
    numbers = accounts.select(account=pl.int_range(pl.len(), dtype=pl.UInt32))
    events = None
    first_on = pl.Series([None] * 0, dtype=pl.Date).extend_constant(None, accounts.height)
    if history is not None:
        events = (
            history.select("account", "stage_on", rank=pl.col("stage").replace_strict(rank, default=None))
            .drop_nulls()
            .sort("account", "stage_on", "rank")
        )
        firsts = events.unique("account", keep="first", maintain_order=True)
        first_on = numbers.join(firsts, on="account", how="left", maintain_order="left")["stage_on"]
    shown = numbers.with_columns(
        shown_rank=accounts[stage].replace_strict(rank, default=None, return_dtype=pl.Int64),
        shown_on=accounts[stage_on],
    )
    return StageHistory(events=events, shown=shown, ladder=ladder, first_on=first_on)
