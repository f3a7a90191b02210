"""One measured piece of `bench.matching`, in a process of its own."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from bench.measure import Stopwatch
from bench.plain_splink import capped_connection, clustered, linker_over, standard_rows, trained
from smart_record.linkage import match as match_all
from smart_record.linkage.seals import changed_parts, matching_seals
from smart_record.linkage.verdicts import no_verdicts

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
    watch = Stopwatch()
    match task:
        case "match":
            rows = match_all(extracts, as_of=as_of, progress=watch).links.height
        case "train" | "splink":
            rows = _splink(standard_rows(extracts, as_of), model, watch, train=task == "train")
        case _:
            rows = _second_night(extracts, as_of, watch, changed=task == "changed")
    watch.close()
    print(json.dumps({"rows": rows, "stages": watch.as_dicts()}))


def _second_night(
    extracts: Mapping[str, pl.DataFrame], as_of: date, watch: Stopwatch, *, changed: bool
) -> int:
    """The second of two nights, between which nothing or one row in a hundred changed."""
    first = match_all(extracts, as_of=as_of)
    read = _sealed(extracts, as_of)
    tonight = {name: _one_in_100(rows) for name, rows in extracts.items()} if changed else extracts
    watch("second night")
    if changed_parts(read, _sealed(tonight, as_of)):
        last = first.as_last_night(no_verdicts())
        return match_all(tonight, as_of=as_of, earlier=first.registry, last=last).links.height
    return first.links.height


def _sealed(extracts: Mapping[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    no_marks = pl.DataFrame(schema=dict.fromkeys(("source", "record_ref", "reason"), pl.String))
    return matching_seals(extracts, no_marks, as_of=as_of, verdicts=no_verdicts())


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
