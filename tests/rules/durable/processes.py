"""A durable-rules process of its own, closed when done, that must not have had to start again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rules.durable.plan import Layer
from rules.durable.process import DurableProcess


@contextmanager
def process_of(layers: Sequence[Layer]) -> Iterator[DurableProcess]:
    process = DurableProcess(layers, seconds=20)
    try:
        yield process
    finally:
        process.close()
    assert process.restarts == 0
