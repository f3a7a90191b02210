"""A council opened for work: one frozen bundle of resources. It has no verbs but `close`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from triage.live.rules import LiveRules
from triage.settings import Settings, read_settings
from triage.store.database import make_engine, migrate

Clock = Callable[[], datetime]
"""Tells the present instant, aware, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The resources of one council; pure code below the actions never sees it.

    Attributes:
        directory: Holds council.toml, rules/, mappings/, models/, nights/ and the embedded store.
        engine: The operational store.
        clock: Read at the edges only.
        live: Judges one household at once; starts its worker process when first asked.
    """

    directory: Path
    settings: Settings
    engine: sa.Engine
    clock: Clock
    live: LiveRules = field(default_factory=LiveRules)

    @property
    def rules(self) -> Path:
        """The council's copy of the rule library."""
        return self.directory / "rules"

    @property
    def mappings(self) -> Path:
        """How this council's extracts name their columns."""
        return self.directory / "mappings"

    @property
    def nights(self) -> Path:
        """One folder per complete night."""
        return self.directory / "nights"

    def close(self) -> None:
        """Give back the store's connections and end the live rules' worker."""
        self.live.close()
        self.engine.dispose()


def system_clock() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def open_council(directory: Path, *, clock: Clock = system_clock) -> Council:
    """Open a council's folder, bringing its store to the newest schema.

    Raises:
        CouncilInvalid: If there is no council.toml, or it can't be used.
    """
    settings = read_settings(directory / "council.toml")
    engine = make_engine(f"sqlite:///{directory / 'store.sqlite'}")
    migrate(engine)
    return Council(directory=directory, settings=settings, engine=engine, clock=clock)
