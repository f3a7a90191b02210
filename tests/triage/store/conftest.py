from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from triage.store.database import make_engine, migrate


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """A store of this release, empty."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(engine)
    yield engine
    engine.dispose()
