"""Ladders: what a stage of recovery may lead to and after how many days, as dated data.

The law of recovery moves. So which steps there are, which may follow which and how long must pass stand in
rule files, each edition in force from its date until the next one's; no code knows them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.errors import ParameterNotInForce
from rules.language.parameters import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of an edition.

    Attributes:
        stage: A value of the ladder's fact.
        leads_to: Stages that may follow it.
        after_days: Days that must pass in it before any of them may.
        source: The law or policy behind it.
        confirmed: Whether a policy lead has confirmed it for the council.
    """

    stage: str
    leads_to: tuple[str, ...]
    after_days: int
    source: str
    confirmed: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The steps of a ladder from a date on, in the file's order."""

    in_force_from: date
    steps: tuple[Step, ...]

    def step(self, stage: str) -> Step | None:
        """The step of a stage, where the edition has it."""
        return next((each for each in self.steps if each.stage == stage), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A ladder with its editions, oldest first.

    Attributes:
        name: One word in snake_case.
        fact: The fact whose stages it orders.
        meaning: What it is, in words.
    """

    name: str
    fact: str
    meaning: str
    editions: tuple[Edition, ...]
    place: Place

    def on(self, as_of: date) -> Edition:
        """The edition in force on a date.

        Raises:
            ParameterNotInForce: If the date is before the first.
        """
        in_force = [each for each in self.editions if each.in_force_from <= as_of]
        if in_force:
            return in_force[-1]
        first = f"{self.editions[0].in_force_from:%d %B %Y}"
        raise ParameterNotInForce(
            f"Ladder {self.name} has no edition on {as_of:%d %B %Y} (first: {first}). "
            f"Add one with its sources to {self.place.file} line {self.place.line}."
        )

    def next_steps(self, stage: str, since: date | None, as_of: date) -> tuple[tuple[str, date | None], ...]:
        """What may come next for an account at a stage, and from when.

        Args:
            stage: Where it stands.
            since: When it came there; None where that is not known.
            as_of: The date that decides which edition counts.

        Returns: Each stage that may follow with its first possible day; None where `since` is not known.
        """
        step = self.on(as_of).step(stage)
        if step is None:
            return ()
        earliest = None if since is None else since + timedelta(days=step.after_days)
        return tuple((each, earliest) for each in step.leads_to)
