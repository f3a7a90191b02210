"""An invented town's facts, from a whole night; made once, kept in bench/out."""

import json
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from triage.actions.init_council import init_council
from triage.actions.run_night import run_night
from triage.cli.terminal import operator
from triage.council import open_council
from triage.invented import generate

SIZE = 60_000
OUT = Path(__file__).parent / "out" / f"rules-{SIZE}"  # a town kept from another size is another town


@dataclass(frozen=True, slots=True)
class TownNight:
    """One night: its facts, its date, and the processor seconds it took."""

    facts: pl.DataFrame
    as_of: date
    seconds: float


def town_facts() -> TownNight:
    """The night of a town of `SIZE` households."""
    kept, facts = OUT / "night.json", OUT / "facts.parquet"
    if not kept.is_file():
        shutil.rmtree(OUT, ignore_errors=True)
        generate(OUT, households=SIZE, seed=1)
        init_council(OUT / "council", actor=operator())
        council = open_council(OUT / "council")
        began = time.process_time()
        night = run_night(council, OUT / "extracts", actor=operator())
        took = time.process_time() - began
        shutil.copy(council.nights / night.night_id / "facts.parquet", facts)
        council.close()
        kept.write_text(json.dumps({"as_of": night.as_of.isoformat(), "seconds": took}))
    told = json.loads(kept.read_text())
    return TownNight(pl.read_parquet(facts), date.fromisoformat(told["as_of"]), told["seconds"])
