"""One night on a council's extracts, stage by stage."""

import json
import sys
from pathlib import Path

from bench.measure import Stopwatch
from triage.actions.run_night import run_night
from triage.cli.terminal import operator
from triage.council import open_council


def main(council: Path, extracts: Path) -> None:
    opened = open_council(council)
    watch = Stopwatch()
    night = run_night(opened, extracts, actor=operator(), say=watch)
    watch.close()
    opened.close()
    counts = {"households": night.summary["households"], "people": night.summary["people"]}
    print(json.dumps({**counts, "stages": watch.as_dicts()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
