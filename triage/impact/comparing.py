"""Two rulebooks on the same past nights: the whole comparison."""

from collections.abc import Callable, Sequence

import polars as pl

from rules import Rulebook
from triage.impact.changes import Side, every_change, told_with_reasons
from triage.impact.costs import costs
from triage.impact.counting import GAINED, LOST, group_lines, lines, night_lines, without_small
from triage.impact.differences import differences
from triage.impact.past_nights import PastNight
from triage.impact.replay import Replay, replay
from triage.impact.result import Compared, GroupLine, Impact, Line, WeekLoad
from triage.policy.teams import team_title, weekly_capacity
from triage.settings import Settings
from triage.store.referrals import Referral

TOLD = 100
"""How many changes are told with reasons; all are counted."""

_TIERS = {
    "0": "Tier 0: they do it themselves",
    "1": "Tier 1: a person helps",
    "2": "Tier 2: back office",
    "3": "Tier 3: neighbourhood and specialist teams",
}
_NOTES = (
    "Risk scores and matching are those of each night; only the rules are replayed.",
    "A household that a replay refers stays with its Tier 3 team to the end of the replay.",
    "Referrals made before the first night count as they stand today.",
    "Counts of wards, groups and teams from 1 to 4 are withheld, and the next one where it gave them away.",
    "A team's weekly load is its own queue and is told in full; a statutory case goes in beyond its places.",
    "Groups are what facts tell: tenure, and who lives there; children are known only from benefit claims.",
    "No fact tells sex, ethnicity or disability, so that no effect on these can be shown.",
    "An offer costs once, however many nights it stands; what it brings and saves later is not in it.",
)


def compare(
    old: Rulebook,
    new: Rulebook,
    nights: Sequence[PastNight],
    standing: Sequence[Referral],
    settings: Settings,
    *,
    names: tuple[str, str] = ("old", "new"),
    say: Callable[[str], None] = lambda _: None,
) -> Impact:
    """Replay both rulebooks on past nights and compare what they would have done.

    Args:
        old: What is in use.
        new: The draft.
        nights: At least one, oldest first.
        standing: Referrals made before the first night.
        settings: The council's.
        names: What the two rulebooks are to the council.
        say: Told each stage.

    Raises:
        RuleError: If a rulebook can't be applied to a night's facts.
    """
    say("Replaying the old rules")
    before = Side(rulebook=old, replayed=replay(old, nights, standing, settings))
    say("Replaying the new rules")
    after = Side(rulebook=new, replayed=replay(new, nights, standing, settings))
    say("Comparing")
    return _compared(before, after, nights, settings, names=names)


def _compared(
    old: Side, new: Side, nights: Sequence[PastNight], settings: Settings, *, names: tuple[str, str]
) -> Impact:
    changes = every_change(old, new)
    moved = changes.select("household_id", "change").unique()
    gaining, losing = (moved.filter(change=change).height for change in (GAINED, LOST))
    wards, tenures, kinds = _groups(moved, nights[-1])
    return Impact(
        old=_named(old, names[0]),
        new=_named(new, names[1]),
        nights=tuple(night.as_of for night in nights),
        households=nights[-1].facts.height,
        households_gaining=gaining,
        households_losing=losing,
        differences=differences(old.rulebook, new.rulebook, as_of=nights[-1].as_of),
        rules=lines(old.replayed.met, new.replayed.met, "rule_id", _rule_titles(old, new)),
        interventions=lines(old.offers, new.offers, "intervention", _intervention_titles(old, new)),
        costs=costs(old, new, as_of=nights[-1].as_of),
        tiers=lines(_text(old.offers, "tier"), _text(new.offers, "tier"), "tier", _TIERS),
        teams=_teams(old, new, settings),
        wards=wards,
        tenures=tenures,
        kinds=kinds,
        by_night=night_lines(old.offers, new.offers, [night.as_of for night in nights]),
        load=_load(old.replayed, new.replayed, settings),
        changes=told_with_reasons(changes.head(TOLD), old, new, {night.as_of: night for night in nights}),
        changes_in_all=changes.height,
        notes=_NOTES,
    )


def _named(side: Side, name: str) -> Compared:
    rulebook = side.rulebook
    return Compared(content_hash=rulebook.content_hash, rules=len(rulebook.rules), name=name)


def _groups(moved: pl.DataFrame, night: PastNight) -> tuple[tuple[GroupLine, ...], ...]:
    has_children, pension_age = pl.col("household__has_children"), pl.col("household__pension_age")
    adults = pl.col("household__adults")
    kind = (
        pl.when(has_children)
        .then(pl.lit("with children"))
        .when(pension_age)
        .then(pl.lit("someone of pension age"))
        .when(adults == 1)
        .then(pl.lit("one adult of working age"))
        .when(adults > 1)
        .then(pl.lit("several adults of working age"))
    )
    tenure = pl.col("household__tenure").str.replace_all("_", " ")
    groups = night.facts.select("household_id", tenure=tenure, kind=kind)
    return (
        group_lines(moved, night.households, "ward"),
        group_lines(moved, groups, "tenure"),
        group_lines(moved, groups, "kind"),
    )


def _rule_titles(old: Side, new: Side) -> dict[str, str]:
    titles = {rule.id: rule.title for side in (old, new) for rule in side.rulebook.rules}
    return dict(sorted(titles.items()))


def _intervention_titles(old: Side, new: Side) -> dict[str, str]:
    titles = {each.id: each.title for side in (old, new) for each in side.rulebook.interventions.values()}
    return dict(sorted(titles.items()))


def _teams(old: Side, new: Side, settings: Settings) -> tuple[Line, ...]:
    found = sorted({*old.offers["team"].unique(), *new.offers["team"].unique()})
    titles = {team: team_title(settings, team) for team in found}
    return without_small(lines(old.offers, new.offers, "team", titles))


def _load(old: Replay, new: Replay, settings: Settings) -> tuple[WeekLoad, ...]:
    both = old.load.join(new.load, on=["week", "team"], how="full", coalesce=True, suffix="_new").sort(
        "week", "team"
    )
    return tuple(
        WeekLoad(
            week=row["week"],
            team=row["team"],
            title=team_title(settings, row["team"]),
            capacity=weekly_capacity(settings, row["team"]),
            old_taken=row["taken"] or 0,
            old_waiting=row["waiting"] or 0,
            new_taken=row["taken_new"] or 0,
            new_waiting=row["waiting_new"] or 0,
        )
        for row in both.iter_rows(named=True)
    )


def _text(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(column).cast(pl.String))
