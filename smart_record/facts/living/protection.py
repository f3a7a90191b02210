"""What protects a household from recovery: breathing space, vulnerability, a support need.

A hold on any account of the household counts, ended ones too: a moratorium covers old debts as well. Officers
set and lift holds on accounts without a date, so they are known on the night of the extract only. Where the
council brings the notices of breathing space, or officers' flags, what either source says protects.
"""

from functools import partial

import polars as pl

from smart_record.facts.further_files.flags import standing_flags
from smart_record.facts.records.attached import Attached
from smart_record.facts.records.books import Moment
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.unknown import any_said, any_yes
from smart_record.facts.terms.vocabulary import (
    ACCOUNTS,
    FLAGS,
    FOR_PROTECTION,
    MORATORIUM_KINDS,
    MORATORIUMS,
    TENANCIES,
)

_hold = partial(Fact, purposes=FOR_PROTECTION, sources=(ACCOUNTS, MORATORIUMS))

_notice = partial(Fact, purposes=FOR_PROTECTION, sources=(MORATORIUMS,))

FACTS = (
    _hold(
        name="holds.breathing_space",
        type=FactType.YES_NO,
        meaning="a breathing space moratorium is in force",
        note="Up to and with the day on which it ends. No where no account of the household shows one, and no"
        " notice does; not known where the council has neither a column of them nor notices.",
    ),
    _hold(
        name="holds.breathing_space_ends_on",
        type=FactType.DATE,
        meaning="when the breathing space ends",
        note="The last to end, of those in force. A mental health crisis moratorium has no end while"
        " treatment lasts.",
    ),
    _hold(
        name="holds.breathing_space_days_left",
        type=FactType.COUNT,
        unit="days",
        meaning="days until the breathing space ends",
    ),
    _notice(
        name="holds.breathing_space_kind",
        type=FactType.CHOICE,
        choices=MORATORIUM_KINDS,
        meaning="kind of breathing space",
        note="Of several in force, the mental health crisis one. Not known without a notice.",
    ),
    _notice(
        name="holds.breathing_space_began_on",
        type=FactType.DATE,
        meaning="when the breathing space began",
        note="The first of those in force. Not known without a notice.",
    ),
    Fact(
        name="holds.vulnerable",
        type=FactType.YES_NO,
        sources=(ACCOUNTS, FLAGS),
        purposes=FOR_PROTECTION,
        meaning="an officer has marked the household as vulnerable",
        note="Yes where an account or a flag says so. No where every account of the household says so.",
    ),
    Fact(
        name="holds.support_flag",
        type=FactType.YES_NO,
        sources=(TENANCIES,),
        purposes=FOR_PROTECTION,
        meaning="the housing team has marked a support need",
        note="No where every tenancy of the household says so.",
    ),
)


def breathing_space(
    accounts: pl.DataFrame | None, notices: Attached | None, moment: Moment
) -> list[pl.DataFrame]:
    """The breathing space of each household, on the night of the extract.

    Args:
        accounts: One row an account that had begun. Columns: household, breathing_space_end; None where the
            night brought none, or none that tell of breathing spaces.
        notices: The notices of the Insolvency Service; None where the night brought none.
        moment: What the facts are about.

    Returns:
        At most one frame, one row a household that either source can tell of. Columns: household, and of
        `FACTS` those about breathing space.
    """
    told = []
    if accounts is not None:
        ends = pl.col("breathing_space_end")
        told.append(
            accounts.select("household", ends_on=ends, runs=(ends >= moment.as_of).fill_null(value=False))
        )
    if notices is not None:
        lasts = (pl.col("ends_on") >= moment.as_of).fill_null(value=True)
        told += [
            notices.rows.select("household", "ends_on", "kind", "began_on", runs=lasts),
            notices.holders.select("household")
            .unique(maintain_order=True)
            .with_columns(runs=pl.lit(value=False)),
        ]
    return [_in_force(pl.concat(told, how="diagonal"), moment)] if told else []


def _in_force(told: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    known = {"ends_on": pl.Date, "began_on": pl.Date, "kind": pl.String}
    absent = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in known.items() if name not in told.columns
    ]
    running = pl.col("runs")
    ends_on, began_on, kind = (pl.col(name).filter(running) for name in known)
    left = (pl.col("holds__breathing_space_ends_on") - pl.lit(moment.as_of)).dt.total_days()
    return (
        told.with_columns(absent)
        .group_by("household")
        .agg(
            running.any().alias("holds__breathing_space"),
            ends_on.max().alias("holds__breathing_space_ends_on"),
            began_on.min().alias("holds__breathing_space_began_on"),
            # "mental_health_crisis" comes before "standard"
            kind.min().alias("holds__breathing_space_kind"),
        )
        .with_columns(left.alias("holds__breathing_space_days_left"))
    )


def vulnerable(accounts: pl.DataFrame | None, flags: Attached | None, moment: Moment) -> list[pl.DataFrame]:
    """Whether an officer has marked each household as vulnerable, on the night of the extract.

    Args:
        accounts: One row an account that had begun. Columns: household, vulnerable; None where the night
            brought none.
        flags: Officers' flags; None where the night brought none.
        moment: What the facts are about.

    Returns:
        At most one frame, one row a household. Columns: household, holds__vulnerable.
    """
    told = []
    if accounts is not None:
        told.append(accounts.group_by("household").agg(marked=any_yes(pl.col("vulnerable"))))
    if flags is not None:
        flagged = standing_flags(flags, moment.as_of).filter(pl.col("kind") == "vulnerable")
        told.append(flagged.select("household", marked=pl.lit(value=True)).unique("household"))
    if not told:
        return []
    either = pl.concat(told).group_by("household")
    return [either.agg(any_said(pl.col("marked")).alias("holds__vulnerable"))]


def tenancy_holds(tenancies: pl.DataFrame) -> pl.DataFrame:
    """The holds on the tenancies of each household, on the night of the extract.

    Args:
        tenancies: One row a tenancy that had begun. Columns: household, support_flag.

    Returns:
        One row a household. Columns: household, holds__support_flag.
    """
    flag = any_yes(pl.col("support_flag")).alias("holds__support_flag")
    return tenancies.group_by("household").agg(flag)
