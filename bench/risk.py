"""The risk model's goals: training's memory, and a million households scored with all their reasons.

Usage: python -m bench.risk [HOUSEHOLDS]    (of the invented town learned from; default 60000)

All times are processor seconds of one thread.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from threadpoolctl import threadpool_limits

from bench import rivals
from bench.measure import Stopwatch
from models.fitting.boosting import Trees, bin_features, fit_additive
from models.histories.labels import ANY
from models.histories.panel import Panel, build_panel
from models.histories.splits import newest_fold
from models.measures.metrics import Floats
from models.scorecards.calibration import AS_IS
from models.scorecards.parts import Part, join_parts
from models.scoring.score import score
from models.training import train_on_panel
from triage.actions.init_council import init_council
from triage.actions.reading import last_night
from triage.actions.run_night import run_night
from triage.cli.terminal import operator
from triage.council import Council, open_council
from triage.invented import generate
from triage.nights import read_frame, read_records

OUT = Path(__file__).parent / "out"
HOUSEHOLDS, SCORED, EXPLAINED = 60_000, 1_000_000, 1_000
MEMORY_GIB, SHAP_TIMES = 8, 400

_SHAP = """
import json, sys, time
import numpy as np, shap
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits
held = np.load(sys.argv[1])
settings = {"plain": {}, "small": dict(learning_rate=0.05, max_iter=120, max_leaf_nodes=15,
    min_samples_leaf=40, l2_regularization=1.0, early_stopping=False)}
def explain(kind, labels):
    model = HistGradientBoostingClassifier(random_state=0, **settings[kind]).fit(held["values"], labels)
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    explainer.shap_values(held["sample"][:5])
    start = time.process_time()
    explainer.shap_values(held["sample"])
    return dict(seconds=(time.process_time() - start) / len(held["sample"]), trees=model.n_iter_)
with threadpool_limits(limits=1):
    print(json.dumps({kind: [explain(kind, labels) for labels in held[kind]] for kind in settings}))
"""
"""One boosted model without limits per outcome as scikit-learn gives it (31 leaves, at most 100 trees); and
the smaller one of our own reports, a single model of any outcome."""

console = Console(highlight=False)


def main(households: int = HOUSEHOLDS) -> None:
    council = _council(households)
    with council.engine.begin() as connection:
        night = last_night(council, connection)
    folder = council.nights / night.night_id
    watch = Stopwatch()
    watch("look back")
    panel = build_panel(read_records(folder), snapshot_on=night.as_of)
    watch("train and check on later periods")
    trained = train_on_panel(panel)
    watch.close()
    for stage in watch.stages:
        console.print(f"{stage.name}: {stage.cpu:.0f} s processor, peak {stage.peak_mib / 1024:.2f} GiB")
    console.print(
        f"{households:,} households, {len(panel.dates)} dates, {len(panel.rows):,} rows;"
        f" goal under {MEMORY_GIB} GiB"
    )
    with threadpool_limits(limits=1):
        _score(panel)
    facts = read_frame(folder, "facts")
    began = time.process_time()
    scored = score(trained.scorecard, facts, as_of=night.as_of)
    took = time.process_time() - began
    console.print(f"with sentences: {took:.2f} s for {len(scored):,} households of the night")
    council.close()


def _council(households: int) -> Council:
    home = OUT / f"risk-{households}"
    if not (home / "extracts" / "MANIFEST.json").is_file():
        console.print(f"{households:,} households: inventing the town", style="dim")
        generate(home, households=households, seed=1)
    if not (home / "night_done").is_file():
        console.print("the night on it", style="dim")
        shutil.rmtree(home / "council", ignore_errors=True)
        init_council(home / "council", actor=operator())
        council = open_council(home / "council")
        run_night(council, home / "extracts", actor=operator())
        council.close()
        (home / "night_done").touch()
    return open_council(home / "council")


def _score(panel: Panel) -> None:
    """The same model twice: its tables with every reason, and its trees with the bare chance."""
    training = panel.on(newest_fold(panel.dates).train)
    codes = bin_features(training.values(), panel.features)
    parts, models = [], []
    for outcome in panel.outcomes:
        fit, trees = fit_additive(codes, training.labels(outcome), panel.features, seed=0)
        parts.append(Part(outcome=outcome, baseline=fit.baseline, sigmoid=AS_IS, steps=fit.steps))
        models.append(trees)
    values = panel.values()
    rows = np.resize(np.arange(len(values)), SCORED)
    values = values[rows]
    codes = bin_features(values, panel.features)
    ours = min(_seconds(lambda: join_parts(parts, values)) for _ in range(3))
    bare = min(_seconds(lambda: _predict(models, codes)) for _ in range(3))
    error = _error(parts, models, values[:60_000], codes[:60_000])
    console.print(
        f"{SCORED:,} households: tables, with every contribution, {ours:.2f} s;"
        f" scikit-learn's bare predict_proba of the same model {bare:.2f} s: {bare / ours:.1f} times as long"
        " (goal: more than 1)"
    )
    console.print(f"contributions and baseline, furthest from the raw score: {error:.1e} (goal: 1e-9)")
    _print_shap(_shap(training, values), ours)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _predict(models: list[Trees], codes: Floats) -> None:
    for model in models:
        model.predict_proba(codes)


def _error(parts: list[Part], models: list[Trees], values: Floats, codes: Floats) -> float:
    added = join_parts(parts, values).contributions
    return max(
        float(np.abs(part.baseline + held.sum(axis=1) - trees.decision_function(codes)).max())
        for part, held, trees in zip(parts, added, models, strict=True)
    )


def _shap(training: Panel, values: Floats) -> dict[str, list[dict[str, float]]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "held.npz"
        picked = np.random.default_rng(0).choice(len(values), EXPLAINED, replace=False)
        np.savez(
            file,
            values=training.values(),
            plain=np.stack([training.labels(outcome) for outcome in training.outcomes]),
            small=training.labels(ANY)[None, :],
            sample=values[picked],
        )
        found: dict[str, list[dict[str, float]]] = rivals.run(_SHAP, file)
        return found


def _print_shap(found: dict[str, list[dict[str, float]]], ours: float) -> None:
    """Shap explains what it is given a model of: summed over the outcomes that our tables explain at once."""
    for kind, words in (
        ("plain", "one model of scikit-learn's own settings per outcome, summed"),
        ("small", "the smaller single model of any outcome that our reports fit"),
    ):
        seconds = sum(one["seconds"] for one in found[kind])
        trees = " and ".join(f"{one['trees']:.0f}" for one in found[kind])
        console.print(
            f"shap on boosting without limits, {words} ({trees} trees): {seconds * 1e6:.0f} µs a household on"
            f" a sample of {EXPLAINED:,}, so {seconds * SCORED:,.0f} s for {SCORED:,}:"
            f" {seconds * SCORED / ours:,.0f} times as long (goal: {SHAP_TIMES})"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
