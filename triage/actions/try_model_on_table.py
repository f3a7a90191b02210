"""Try the risk model's pipeline on a table by a mapping: a report, a scorecard, reasons of every score."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.tables import Trial, apply_mapping, read_mapping, read_table, try_table
from models.tables.explaining import score_rows
from models.tables.scorecard_file import to_json
from triage.papers.table_report import table_report
from triage.papers.writing import write_paper


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedTable:
    """What a trial left behind."""

    trial: Trial
    files: tuple[Path, ...]


def try_model_on_table(
    table: Path, mapping: Path, out: Path, *, seed: int = 0, say: Callable[[str], None] = lambda _: None
) -> TriedTable:
    """Learn from a table, measure on rows never seen, and write what was found. No council is touched.

    Args:
        table: CSV or Parquet.
        mapping: What its columns are; `draft_table_mapping` drafts one.
        out: Folder for report.html, report.md, measures.json, scorecard.json, scores.csv (the rows measured
            on, with reasons) and contributions.parquet (what each term adds to each of them).
        seed: For the lot by which rows are parted, and for the fits.
        say: Told of each step.

    Raises:
        ModelError: If table and mapping don't go together, or the scores can't be calibrated.
    """
    said = read_mapping(mapping)
    data = apply_mapping(read_table(table), said)
    trial = try_table(data, said, seed=seed, say=say)
    scores, parts = score_rows(trial.scorecard, data, said, trial.parting.measure)
    papers = write_paper(table_report(data, said, trial), out / "report.html")
    files = {name: out / name for name in ("measures.json", "scorecard.json", "scores.csv")}
    files["measures.json"].write_text(json.dumps(_measures(trial), indent=1) + "\n", encoding="utf-8")
    files["scorecard.json"].write_text(to_json(trial.scorecard), encoding="utf-8")
    scores.write_csv(files["scores.csv"])
    parts.write_parquet(out / "contributions.parquet")
    return TriedTable(trial=trial, files=(*papers, *files.values(), out / "contributions.parquet"))


def _measures(trial: Trial) -> dict[str, object]:
    return {
        "verdict": trial.verdict,
        "on_rows_never_seen": {name: dict(measures) for name, measures in trial.measures.items()},
        "on_rows_held_out": {
            "named_pairs": {str(count): round(one.auc, 6) for count, one in trial.chosen.tried.items()},
            "unconstrained_boosting": round(trial.chosen.unlimited.auc, 6),
        },
        "pairs_taken": list(trial.scorecard.terms[len(trial.scorecard.steps) :]),
    }
