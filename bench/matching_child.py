"""One measured piece of `bench.matching`, in a process of its own."""

import json
import sys
from datetime import date
from pathlib import Path

import polars as pl

from bench.measure import Stopwatch
from bench.plain_splink import capped_connection, clustered, linker_over, standard_rows, trained
from smart_record.intake import Intake
from smart_record.intake.columns.problems import REJECTS_SCHEMA
from smart_record.intake.intake import COUNTS_SCHEMA, REFUSED_SCHEMA, WITHHELD_SCHEMA
from smart_record.linkage import match as match_all
from smart_record.linkage.nights.seals import matching_seals
from smart_record.linkage.rows.verdicts import no_verdicts
from triage.links.night_matching import Matched, match_night

TASKS = {
    "train": "Splink trained",
    "match": "matching, everything",
    "changed": "matching, one row in a hundred changed",
    "unchanged": "matching, nothing changed",
    "splink": "plain Splink, predict and cluster",
}
_THRESHOLD = 0.95


def main(task: str, people: Path, model: Path) -> None:
    extracts = {file.stem: pl.read_parquet(file) for file in sorted(people.glob("*.parquet"))}
    as_of = date.fromisoformat((people / "as_of").read_text())
    watch, first_night = Stopwatch(), people / "first_night"
    match task:
        case "match":
            linkage = match_all(extracts, as_of=as_of, progress=watch)
            watch.close()
            rows = linkage.links.height
            _keep(Matched(linkage=linkage, seals=_sealed(extracts, as_of)), first_night)
        case "train" | "splink":
            rows = _splink(standard_rows(extracts, as_of), model, watch, train=task == "train")
        case _:
            if task == "changed":
                extracts = {name: _one_in_100(rows) for name, rows in extracts.items()}
            watch("second night")
            rows = _second_night(extracts, first_night, as_of)
    watch.close()
    print(json.dumps({"rows": rows, "stages": watch.as_dicts()}))


def _keep(matched: Matched, night: Path) -> None:
    """Write what a night leaves for the next one."""
    night.mkdir(exist_ok=True)
    for name, frame in (matched.frames() | {"verdicts": no_verdicts()}).items():
        frame.write_parquet(night / f"{name}.parquet")


def _second_night(extracts: dict[str, pl.DataFrame], first_night: Path, as_of: date) -> int:
    """A night as the product runs it: last night read from its folder, matched by what has changed since."""
    intake = Intake(
        extracts=extracts,
        named={},
        rejects=pl.DataFrame(schema=REJECTS_SCHEMA),
        counts=pl.DataFrame(schema=COUNTS_SCHEMA),
        refused_columns=pl.DataFrame(schema=REFUSED_SCHEMA),
        withheld=pl.DataFrame(schema=WITHHELD_SCHEMA),
        as_of=as_of,
        fingerprint="",
    )
    before, verdicts = first_night, no_verdicts()
    found = match_night(intake, before, as_of=as_of, verdicts=verdicts, full=False, say=_say_nothing)
    return found.linkage.links.height


def _say_nothing(_words: str) -> None:
    return


def _sealed(extracts: dict[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    marks = pl.DataFrame(schema=dict.fromkeys(("source", "record_ref", "reason"), pl.String))
    return matching_seals(extracts, marks, as_of=as_of, verdicts=no_verdicts())


def _splink(rows: pl.DataFrame, model: Path, watch: Stopwatch, *, train: bool) -> int:
    with capped_connection(threads=1) as connection:
        if train:
            model.write_text(json.dumps(trained(rows, connection).misc.save_model_to_json()))
            return rows.height
        watch("predict")
        linker = linker_over(rows, connection, json.loads(model.read_text()))
        pairs = linker.inference.predict(threshold_match_probability=0.5)
        watch("cluster")
        clustered(linker, pairs, _THRESHOLD)
    return rows.height


def _one_in_100(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, the forename or name of every hundredth of them gone."""
    name = "liable_name_1" if "liable_name_1" in rows.columns else "tenant_forename"
    name = name if name in rows.columns else "forename"
    often = pl.int_range(pl.len()) % 100 == 0
    return rows.with_columns(pl.when(~often).then(name).alias(name))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
