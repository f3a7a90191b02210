"""The API over a real council after a real night; one per worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from smart_record.purposes import Purpose
from triage.actions.init_council import init_council
from triage.actions.run_night import run_night
from triage.audit import Actor
from triage.council import Council, open_council
from triage.invented import generate

OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)


@pytest.fixture(scope="session")
def council_and_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Council, str]]:
    home: Path = tmp_path_factory.mktemp("api")
    generate(home, households=400, seed=7)  # a town whose review queue is not empty
    key = init_council(home / "council", actor=OFFICER).key
    council = open_council(home / "council")
    run_night(council, home / "extracts", actor=OFFICER)
    yield council, key
    council.close()  # its live rules have a process of their own


@pytest.fixture(scope="session")
def council(council_and_key: tuple[Council, str]) -> Council:
    return council_and_key[0]


@pytest.fixture
def client(council_and_key: tuple[Council, str]) -> TestClient:
    council, key = council_and_key
    return TestClient(create_app(council), headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def stranger(council: Council) -> TestClient:
    return TestClient(create_app(council))
