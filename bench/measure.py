"""Seconds and peak memory of each stage of a piece of work, in this process (Linux)."""

import resource
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Stage:
    """One measured stage: wall and processor seconds, peak resident memory in MiB."""

    name: str
    wall: float
    cpu: float
    peak_mib: float


class Stopwatch:
    """Told the name of each stage as it begins; the sum of its stages is the whole work."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self._name = ""
        self._begin()

    def __call__(self, stage: str) -> None:
        """Close the running stage and begin the next."""
        self.close()
        self._name = stage
        self._begin()

    def close(self) -> None:
        """Close the running stage."""
        if not self._name:
            return
        wall, cpu = time.perf_counter() - self._wall, _cpu() - self._cpu_at
        self.stages.append(Stage(self._name, wall, cpu, _peak_mib()))
        self._name = ""

    def as_dicts(self) -> list[dict[str, object]]:
        """The stages as data."""
        return [asdict(stage) for stage in self.stages]

    def _begin(self) -> None:
        _CLEAR.write_text("5")  # resets the peak
        self._wall, self._cpu_at = time.perf_counter(), _cpu()


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_mib() -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
