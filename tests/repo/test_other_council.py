"""The other invented council is a stranger to our code, and can be measured: its labels name its rows."""

import ast
from pathlib import Path

import polars as pl
import pytest

from bench.other_council import generate_other
from smart_record.intake import take_in

PACKAGE = Path(__file__).parents[2] / "bench" / "other_council"
NAMED = {  # by source and role: the extract, its reference, the field with the name
    ("council_tax", "liable_1"): ("council_tax_accounts", "account_ref", "liable_name_1"),
    ("council_tax", "liable_1_joint"): ("council_tax_accounts", "account_ref", "liable_name_1"),
    ("council_tax", "liable_2"): ("council_tax_accounts", "account_ref", "liable_name_2"),
    ("benefits", "claimant"): ("benefit_claims", "claim_ref", "surname"),
    ("benefits", "partner"): ("benefit_claims", "claim_ref", "partner_surname"),
    ("benefits_dependants", "dependant"): ("benefit_dependants", "record_ref", "surname"),
    ("rent", "tenant"): ("rent_accounts", "tenancy_ref", "tenant_surname"),
    ("rent", "joint"): ("rent_accounts", "tenancy_ref", "joint_surname"),
}


@pytest.fixture(scope="module", params=[1.0, 2.5])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("town")
    generate_other(home, households=300, dirt=request.param)
    return home


def test_it_imports_nothing_of_ours() -> None:
    imported = {
        name
        for file in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else _plain_imports(node))
        if name.split(".")[0] in {"api", "bench", "models", "rules", "smart_record", "triage"}
    }
    assert {name for name in imported if not name.startswith("bench.other_council.")} == set()
    assert imported


def test_none_of_its_columns_is_refused(town: Path) -> None:
    intake = take_in(town / "extracts")
    assert intake.refused_columns.is_empty()
    assert intake.extracts["council_tax_accounts"].height > 250


def test_every_label_names_a_row(town: Path) -> None:
    labels = pl.read_csv(town / "truth" / "links.csv", infer_schema=False)
    for (source, role), (extract, ref, name) in NAMED.items():
        rows = pl.read_csv(town / "extracts" / f"{extract}.csv", infer_schema=False)
        if extract == "benefit_dependants":
            rows = rows.with_columns(record_ref=pl.format("{}/{}", "claim_ref", "dependant_no"))
        named = rows.drop_nulls(name)[ref].implode()
        of_role = labels.filter(source=source, role=role)
        assert of_role.height > 0
        assert of_role.filter(~pl.col("record_ref").is_in(named)).is_empty()
    assert set(labels.select("source", "role").unique().rows()) == set(NAMED)


def _plain_imports(node: ast.AST) -> list[str]:
    return [each.name for each in node.names] if isinstance(node, ast.Import) else []
