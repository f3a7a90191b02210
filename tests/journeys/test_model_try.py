"""A data analyst tries the model's pipeline on a table of their own, from the draft to the report."""

import json

import polars as pl
from typer.testing import CliRunner

from tests.models.tables.invented_tables import loans
from triage.cli.main import cli

RUN = CliRunner()


def test_draft_then_try(tmp_path):
    loans(800).write_csv(tmp_path / "loans.csv")
    table, mapping, out = (str(tmp_path / name) for name in ("loans.csv", "loans.yaml", "out"))
    drafted = RUN.invoke(cli, ["model", "draft", table, "-o", mapping, "--target", "bad"])
    assert drafted.exit_code == 0, drafted.output
    assert "1 for the audit alone" in drafted.output
    tried = RUN.invoke(cli, ["model", "try", table, "--mapping", mapping, "--out", out])
    assert tried.exit_code == 0, tried.output
    measures = json.loads((tmp_path / "out" / "measures.json").read_text())
    assert measures["on_rows_never_seen"]["scorecard"]["auc"] > 0.6
    scores = pl.read_csv(tmp_path / "out" / "scores.csv")
    parts = pl.read_parquet(tmp_path / "out" / "contributions.parquet")
    assert scores.height == parts.height == 160
    report = (tmp_path / "out" / "report.html").read_text()
    assert "Fairness" in report
    assert "<svg" in report
    again = RUN.invoke(cli, ["model", "draft", table, "-o", mapping])
    assert again.exit_code != 0
