"""The triage policy: rules met, risk and recorded outcomes → one suggestion per household and intervention.

Pure: frames in, frames out; no clock, no store. The order of the steps is the policy:

1. what the rules met suggest, one suggestion per household and intervention, all reasons kept;
2. a call for the few whom the score alone finds;
3. protective holds stop what they must (a lower class of the precedence stops a later one about the same
   debt); help that concerns no debt is never stopped by them;
4. a refusal or a completed intervention keeps its silence for the cool-off; a duty in law breaks it;
5. Tier 3 goes on to the referral queue (`triage.policy.capacity`).

The risk score decides order within a priority and nothing else. What would recover a debt never comes here:
no rule may suggest it (`rules.entries.rule_entries`).
"""

from datetime import date

import polars as pl

from rules import InterventionClass
from triage.settings import RiskPolicy

SUGGESTED, HELD, SUPPRESSED, DEFERRED = "suggested", "held", "suppressed", "deferred"
"""Statuses of a suggestion."""

RISK_RULE = "risk_score"
"""Stands in `rule_id` where the score alone suggests a call."""

COOL_OFF = "cool_off"
"""Stands in `stopped_by` where a refusal or completion keeps a suggestion back."""

STATUTORY_STOP = str(InterventionClass.STATUTORY_STOP)
"""The class of what the law makes the council stop."""

SUGGESTION_COLUMNS = (
    "household_id",
    "rule_id",
    "intervention",
    "tier",
    "team",
    "priority",
    "status",
    "because",
    "as_of",
    "stopped_by",
    "stopped_because",
)
"""Columns of the suggestions export, in order; the grain is household_id and intervention."""


def suggestions_from_rules(met: pl.DataFrame, suggesting: pl.DataFrame) -> pl.DataFrame:
    """One suggestion per household and intervention, from all the rules met that lead to it.

    Args:
        met: Columns household_id, rule_id, because; one row per rule met.
        suggesting: The rulebook's suggesting rules (`frames.suggesting_rules`).

    Returns: One row per (household_id, intervention), sorted. The most urgent rule gives tier, team,
        priority and rule_id; `because` holds every rule's reason, most urgent first.
    """
    return (
        met.join(suggesting, on="rule_id", how="inner")
        .sort(
            "household_id",
            "intervention",
            "priority",
            "tier",
            "rule_id",
            descending=[False, False, False, True, False],
        )
        .group_by("household_id", "intervention", maintain_order=True)
        .agg(
            pl.col(
                "rule_id",
                "tier",
                "team",
                "class",
                "about",
                "priority",
                "statutory",
                "within_days",
                "cool_off_days",
            ).first(),
            pl.col("because").unique(maintain_order=True).str.join("; "),
        )
    )


def suggestions_from_risk(
    found: pl.DataFrame, risk: pl.DataFrame, intervention: pl.DataFrame, policy: RiskPolicy
) -> pl.DataFrame:
    """A call to households of the policy's bands for whom no rule suggests that a person act (tier 1 to 3).

    Args:
        found: What `suggestions_from_rules` gave.
        risk: Columns household_id, band, reasons.
        intervention: The call's row of the rulebook's interventions, with `found`'s columns.

    Returns: Rows with the columns of `found`.
    """
    seen = found.filter(pl.col("tier") > 0).select("household_id")
    said = pl.col("reasons").str.strip_chars_end(".").str.replace("^Raised", "raised")
    band = pl.col("band").str.replace_all("_", " ")
    reasons = pl.format("the risk of a liability order or court step is {}: {}", band, said)
    return (
        risk.filter(pl.col("band").is_in(policy.bands))
        .join(seen, on="household_id", how="anti")
        .select("household_id", rule_id=pl.lit(RISK_RULE), because=reasons)
        .join(intervention, how="cross")
        .select(found.columns)
    )


def with_holds(suggestions: pl.DataFrame, met: pl.DataFrame, holds: pl.DataFrame) -> pl.DataFrame:
    """Status of each suggestion under the protective holds that are met.

    Args:
        suggestions: Columns household_id, class, about and whatever else; one row per suggestion.
        met: Columns household_id, rule_id, because.
        holds: One row per (rule_id, class, about) that a hold stops, with its `effect` (suppressed or held)
            and `rank` (lower stops first; `frames.holding_rules`).

    Returns: The suggestions with status, stopped_by (a rule id) and stopped_because.
    """
    keyed = suggestions.with_row_index("position")
    stops = (
        _stopped(keyed, met.join(holds, on="rule_id", how="inner"))
        .sort("position", "rank", "rule_id")
        .group_by("position", maintain_order=True)
        .agg(
            status=pl.col("effect").first(),
            stopped_by=pl.col("rule_id").first(),
            stopped_because=pl.col("because").first(),
        )
    )
    return (
        keyed.join(stops, on="position", how="left")
        .sort("position")
        .drop("position")
        .with_columns(pl.col("status").fill_null(SUGGESTED))
    )


def _stopped(keyed: pl.DataFrame, stops: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a suggestion and a stop of its household, class and debt; an `all` meets every debt."""
    return (
        keyed.select("position", "household_id", "class", "about")
        .join(stops, on=["household_id", "class"], how="inner", suffix="_stopped")
        .filter(
            (pl.col("about") == pl.col("about_stopped"))
            | (pl.col("about") == "all")
            | (pl.col("about_stopped") == "all")
        )
    )


def with_cool_off(
    suggestions: pl.DataFrame, outcomes: pl.DataFrame, *, steps: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    """Hold back what a household refused, or what was completed for it, until the cool-off is over.

    A duty in law is kept silent by no refusal, for no household can end it, and by a completion only while it
    is known that the debt takes no other step: what was stopped once may have gone on. It is suggested, and
    says so.

    Args:
        suggestions: With status, stopped_by, stopped_because, cool_off_days.
        outcomes: Columns household_id, intervention, outcome, recorded_on; recorded on or before `as_of`.
        steps: When each debt last took a step (`frames.last_steps`).
        as_of: The night's date.
    """
    in_order = outcomes.sort("recorded_on", maintain_order=True)  # of one day, the last recorded counts
    last = in_order.group_by("household_id", "intervention", maintain_order=True).last()
    until = pl.col("recorded_on") + pl.duration(days=pl.col("cool_off_days"))
    within = (pl.col("status") == SUGGESTED) & (until > pl.lit(as_of)).fill_null(value=False)
    duty = pl.col("statutory") | (pl.col("class") == STATUTORY_STOP)
    refused = pl.col("outcome") == "refused"
    moved = (_of_debt("council_tax", "rent") >= pl.col("recorded_on")).fill_null(value=False)
    undated = _of_debt("council_tax_undated", "rent_undated")
    stands = duty & (refused | moved | undated)
    cooling = within & ~stands
    offered = pl.format("{} on {}; not offered again before {}", "outcome", _day("recorded_on"), _day(until))
    why = (
        pl.when(refused)
        .then(pl.lit("it stays a duty"))
        .when(moved)
        .then(pl.lit("the debt has moved since"))
        .otherwise(pl.lit("it is not known whether the debt has moved since"))
    )
    return (
        suggestions.join(last, on=["household_id", "intervention"], how="left", maintain_order="left")
        .join(steps, on="household_id", how="left", maintain_order="left")
        .with_columns(
            status=pl.when(cooling).then(pl.lit(HELD)).otherwise("status"),
            stopped_by=pl.when(cooling).then(pl.lit(COOL_OFF)).otherwise("stopped_by"),
            stopped_because=pl.when(cooling).then(offered).otherwise("stopped_because"),
            because=pl.when(within & stands)
            .then(pl.format("{} ({} on {}, but {})", "because", "outcome", _day("recorded_on"), why))
            .otherwise("because"),
        )
        .select(suggestions.columns)
    )


def _of_debt(council_tax: str, rent: str) -> pl.Expr:
    """What a column says of the debt that a suggestion is about; where it is about both, the larger."""
    return (
        pl.when(pl.col("about") == "council_tax")
        .then(council_tax)
        .when(pl.col("about") == "rent")
        .then(rent)
        .otherwise(pl.max_horizontal(council_tax, rent))
    )


def _day(date_: str | pl.Expr) -> pl.Expr:
    expr = pl.col(date_) if isinstance(date_, str) else date_
    return expr.dt.strftime("%-d %B %Y")
