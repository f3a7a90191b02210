"""Invented councils that the tests of this folder look at; made once, since nobody changes them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from triage.invented import Council, generate

Read = Callable[[Council, str], pl.DataFrame]


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return generate(tmp_path_factory.mktemp("council"), households=2400, seed=7)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return generate(tmp_path_factory.mktemp("clean"), households=1200, seed=7, dirt=0.0)


@pytest.fixture(scope="session")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return generate(tmp_path_factory.mktemp("dirty"), households=1200, seed=7, dirt=3.0)


@pytest.fixture(scope="session")
def mid_month(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return generate(tmp_path_factory.mktemp("mid_month"), households=600, seed=2, as_of=date(2024, 2, 13))


@pytest.fixture(scope="session")
def extract() -> Read:
    def read(council: Council, name: str) -> pl.DataFrame:
        folder: Path = council.truth if name in {"links", "outcomes"} else council.extracts
        return pl.read_csv(folder / f"{name}.csv", infer_schema=False)

    return read
