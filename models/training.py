"""Train the risk model on the council's own histories and write it as a scorecard with its record.

The same records and seed give the same file, byte for byte, whatever the order of the rows.
"""

import hashlib
import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

import numpy as np
import polars as pl

from models.evaluation.backtest import Evaluation, evaluate
from models.fitting.fold import FoldFit, fit_fold, households_with_outcome
from models.histories.helped import POLICY, leave_out_helped
from models.histories.labels import ANY, WINDOW_MONTHS
from models.histories.panel import Panel, Say, build_panel
from models.histories.splits import Fold, newest_fold
from models.measures.metrics import Floats
from models.scorecards.reference import build_reference
from models.scorecards.scorecard import Band, Scorecard
from smart_record.records import Records

BAND_SHARES = (("very_high", 0.01), ("high", 0.05), ("medium", 0.20))
"""Share of the scored households at or above each band's cut on the newest date; the rest is low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A new scorecard, and how its kind did on later periods."""

    scorecard: Scorecard
    evaluation: Evaluation


def train(
    records: Records,
    *,
    snapshot_on: date,
    seed: int = 0,
    challengers: bool = False,
    helped: pl.DataFrame | None = None,
    progress: Say = lambda _: None,
) -> Trained:
    """Learn from past dates how likely a step towards court is in the six months after a date.

    Args:
        records: The night's Smart Record, with its histories.
        snapshot_on: The night the extracts were taken.
        seed: For the fit and the redrawings of the check.
        challengers: Also measure rivals that cost a fit each; takes about twice as long.
        helped: When help was completed: household_id, helped_on (date); such rows are left out as `helped`
            says, so that help that worked is not learned as low risk. None where the council keeps no record.
        progress: Told what is being done, as it begins.

    Raises:
        NotEnoughHistory: If histories are too short, or too few households had the outcome.
        LeakageFound: If a feature would see what was not known on its date.
    """
    panel = build_panel(records, snapshot_on=snapshot_on, say=progress)
    if helped is not None:
        panel = leave_out_helped(panel, helped)
    return train_on_panel(panel, seed=seed, challengers=challengers, progress=progress)


def train_on_panel(
    panel: Panel,
    *,
    seed: int = 0,
    challengers: bool = False,
    progress: Say = lambda _: None,
) -> Trained:
    """Train on past dates already looked up; see `train`."""
    fold = newest_fold(panel.dates)
    progress(f"Learning from {len(fold.train)} dates and calibrating on {fold.calibrate:%d %B %Y}")
    fit = fit_fold(panel, fold, seed=seed)
    evaluation = evaluate(panel, seed=seed, challengers=challengers, say=progress)
    scorecard = Scorecard(
        window_months=WINDOW_MONTHS,
        parts=fit.parts,
        bands=_bands(fit.join(panel.on([fold.calibrate]).values()).raw),
        training=_training_record(panel, fold, fit, seed=seed, evaluation=evaluation),
    )
    return Trained(scorecard=scorecard, evaluation=evaluation)


def _bands(raw: Floats) -> tuple[Band, ...]:
    """Cut each band at the lowest score that keeps it within its share; equal scores stay together."""
    distinct, counts = np.unique(raw, return_counts=True)
    share_above = counts[::-1].cumsum()[::-1] / len(raw)
    bands = []
    for name, share in BAND_SHARES:
        within = distinct[share_above <= share]
        bands.append(Band(name=name, at_least=float(within[0] if len(within) else distinct[-1]), share=share))
    return tuple(bands)


def _training_record(
    panel: Panel, fold: Fold, fit: FoldFit, *, seed: int, evaluation: Evaluation
) -> dict[str, Any]:
    training, newest = panel.on(fold.train), panel.on([fold.calibrate])
    return {
        "learned_from": [day.isoformat() for day in fold.train],
        "calibrated_on": fold.calibrate.isoformat(),
        "outcomes_left_out": dict(fit.left_out),
        "rows": len(training.rows),
        "households": int(training.rows.get_column("household_id").n_unique()),
        "households_with_outcome": {
            name: households_with_outcome(training, name) for name in (*panel.outcomes, ANY)
        },
        "calibration_households": len(newest.rows),
        "calibration_outcomes": int(newest.labels(ANY).sum()),
        "helped": {
            "policy": POLICY,
            "rows_left_out": panel.helped_rows,
            "households_left_out": panel.helped_households,
        },
        "seed": seed,
        "data_sha256": _fingerprint(panel),
        "libraries": {name: version(name) for name in ("numpy", "polars", "scikit-learn")},
        "python": platform.python_version(),
        "evaluation": evaluation.record(),
        "reference": build_reference(panel.on((*fold.train, fold.calibrate)), fit.parts, ANY).record(),
    }


def _fingerprint(panel: Panel) -> str:
    """Hash of every row learned from or measured on, in order of household and date."""
    digest = hashlib.sha256()
    for column in panel.rows.iter_columns():
        numbers = column.cast(pl.Float64).fill_null(float("nan")) if column.dtype != pl.String else None
        held = "\n".join(column).encode() if numbers is None else numbers.to_numpy().tobytes()
        digest.update(column.name.encode() + b"\0" + held)
    return digest.hexdigest()
