"""An invented table of loans: what decides is known, so that a model of it can be judged."""

import numpy as np
import polars as pl

from models.histories.features import Direction
from models.tables import TableMapping
from models.tables.mapping import Kind, TableColumn, Use


def loans(rows: int = 900, *, seed: int = 0, together: bool = False) -> pl.DataFrame:
    """Loans as text: late payments raise the chance, income lowers it; `together` lets two columns decide
    that say nothing alone."""
    generator = np.random.default_rng(seed)
    late = generator.poisson(1.0, rows).astype(float)
    income = np.round(generator.gamma(4, 400, rows))
    region = generator.choice(["north", "south", "east"], rows)
    first, second = generator.integers(0, 2, (2, rows))
    logit = 0.9 * late - income / 900 + np.where(region == "north", 0.7, 0.0)
    if together:
        logit = logit + np.where(first == second, 2.5, -2.5)
    bad = generator.random(rows) < 1 / (1 + np.exp(-logit))
    known = generator.random(rows) > 0.1
    return pl.DataFrame(
        {
            "late": [f"{value:g}" for value in late],
            "income": [f"{value:g}" if held else "" for value, held in zip(income, known, strict=True)],
            "region": region,
            "first": first.astype(str),
            "second": second.astype(str),
            "sex": generator.choice(["m", "f"], rows),
            "month": [str(1 + at * 12 // rows) for at in range(rows)],
            "bad": np.where(bad, "yes", "no"),
        }
    )


MAPPING = TableMapping(
    title="Loans",
    target="bad",
    positive=("yes",),
    meaning="the loan went bad",
    columns=(
        TableColumn(name="late", direction=Direction.RAISES, meaning="late payments"),
        TableColumn(name="income", direction=Direction.LOWERS, unit="£"),
        TableColumn(name="region", kind=Kind.CATEGORY, labels={"north": "the north"}),
        TableColumn(name="first", kind=Kind.YES_NO),
        TableColumn(name="second", kind=Kind.YES_NO),
        TableColumn(name="sex", use=Use.AUDIT, kind=Kind.CATEGORY, labels={"m": "men", "f": "women"}),
    ),
)
