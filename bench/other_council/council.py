"""Inventing the whole other council and writing its extracts and their truth."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from bench.other_council.chance import Chance
from bench.other_council.ledgers import COUNCIL_TAX, RENT, Ledger, postings_and_steps
from bench.other_council.people import AS_OF
from bench.other_council.recording import record
from bench.other_council.systems import LABEL_COLUMNS, Row, Systems
from bench.other_council.town import new_town


def generate_other(directory: Path, *, households: int = 6000, seed: int = 1, dirt: float = 1.0) -> None:
    """Invent it; the same arguments give the same bytes.

    Args:
        directory: Where `extracts/` and `truth/links.csv` go, as `triage.invented.generate` lays them out.
        households: How many live there today.
        seed: Which council.
        dirt: How common errors are: 1.0 as in the labelled extracts, 2.5 far dirtier; above 0.
    """
    chance = Chance(seed, dirt)
    systems = Systems(chance)
    record(systems, new_town(chance, households=households, seed=seed))
    _write_extracts(directory / "extracts", _ledgers(systems) | _people(systems))
    (directory / "truth").mkdir(parents=True, exist_ok=True)
    labels = pl.DataFrame(systems.labels, schema=list(LABEL_COLUMNS), orient="row")
    labels.write_csv(directory / "truth" / "links.csv")


def _ledgers(systems: Systems) -> dict[str, pl.DataFrame]:
    postings, steps = _ledger(systems, COUNCIL_TAX, systems.accounts)
    rents, arrears = _ledger(systems, RENT, systems.tenancies)
    return {
        "council_tax_transactions": postings,
        "council_tax_recovery_history": steps,
        "rent_transactions": rents,
        "rent_arrears_history": arrears,
    }


def _ledger(systems: Systems, ledger: Ledger, rows: list[Row]) -> tuple[pl.DataFrame, pl.DataFrame]:
    return postings_and_steps(systems.chance, ledger, dict.fromkeys(str(row[ledger.key]) for row in rows))


def _people(systems: Systems) -> dict[str, pl.DataFrame]:
    """The extracts that name people; all but dependants in any order."""
    mixed = {
        "council_tax_accounts": systems.accounts,
        "benefit_claims": systems.claims,
        "rent_accounts": systems.tenancies,
    }
    order = systems.chance.rng.permutation
    frames = {name: _frame(rows)[order(len(rows))] for name, rows in mixed.items()}
    return frames | {"benefit_dependants": _frame(systems.dependants)}


def _frame(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def _write_extracts(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        frame.write_csv(folder / f"{name}.csv")
    rows = {f"{name}.csv": frame.height for name, frame in sorted(frames.items())}
    manifest = {"as_of": AS_OF.isoformat(), "files": rows}
    (folder / "MANIFEST.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
