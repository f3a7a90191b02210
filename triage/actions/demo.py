"""The whole way on an invented council: make it, run its night, train its model, run again, explain one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from triage.actions.explain_household import explain_household
from triage.actions.init_council import init_council
from triage.actions.run_night import run_night
from triage.actions.train_model import train_model
from triage.audit import Actor
from triage.council import Council, open_council
from triage.errors import CouncilExists
from triage.explained.household import HouseholdView
from triage.invented import generate
from triage.nights import read_frame
from triage.store.nights import Night


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demo made.

    Attributes:
        directory: Holds extracts/, truth/ and council/.
        key: The first API key of a new council; None where the council was there already.
        example: The household that has most to explain.
    """

    directory: Path
    key: str | None
    night: Night
    example: HouseholdView


def demo(
    directory: Path,
    *,
    households: int,
    seed: int,
    actor: Actor,
    further: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Demo:
    """Make an invented council in `directory` and lead it through a night.

    Repeating it makes the same town again; the council in it keeps its keys and what people recorded. With
    `further`, it also brings the files that a council need not bring: plans, court dates, flags and others.
    """
    say(f"Inventing a council of {households:,} households")
    generate(directory, households=households, seed=seed, further=further)
    try:
        key: str | None = init_council(directory / "council", actor=actor).key
    except CouncilExists:
        key = None
    council = open_council(directory / "council")
    extracts = directory / "extracts"
    run_night(council, extracts, actor=actor, say=say)
    say("Training a risk model on the town's own history")
    train_model(council, actor=actor)
    night = run_night(council, extracts, actor=actor, say=say)
    example = explain_household(council, _most_to_explain(council, night), actor=actor)
    council.close()
    return Demo(directory=directory, key=key, night=night, example=example)


def _most_to_explain(council: Council, night: Night) -> str:
    """A family that owes both council tax and rent, with the most suggestions; the premise of it all."""
    folder = council.nights / night.night_id
    counts = read_frame(folder, "suggestions").group_by("household_id").len("suggestions")
    facts = read_frame(folder, "facts").select(
        "household_id", "debts__kinds", "household__children", "household__sources"
    )
    chosen = (
        counts.join(facts, on="household_id")
        .sort(
            pl.col("debts__kinds").fill_null(0),
            pl.col("household__sources"),
            pl.col("household__children").fill_null(0) > 0,
            "suggestions",
            "household_id",
            descending=True,
        )["household_id"]
        .first()
    )
    return str(chosen)
