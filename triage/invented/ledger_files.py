"""The transaction and history files of council tax and rent: same ledger, each system's own words."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from triage.invented.accounts import steps_of, transactions
from triage.invented.ladders import COUNCIL_TAX, RENT, Ladder
from triage.invented.ledgers import Ledgers
from triage.invented.timeline import Timeline
from triage.invented.writing import write_parts, write_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFiles:
    """How one system exports its ledger.

    Attributes:
        transactions: Name of the file of bills and payments.
        history: Name of the file of stages.
        ref: Column of the account's reference.
        kinds: What a bill and a payment are called.
        form: How a date is written.
        ladder: The stages.
    """

    transactions: str
    history: str
    ref: str
    kinds: tuple[str, str]
    form: str
    ladder: Ladder


COUNCIL_TAX_FILES = LedgerFiles(
    transactions="council_tax_transactions.csv",
    history="council_tax_recovery_history.csv",
    ref="account_ref",
    kinds=("INSTALMENT", "PAYMENT"),
    form="%d/%m/%Y",
    ladder=COUNCIL_TAX,
)
RENT_FILES = LedgerFiles(
    transactions="rent_transactions.csv",
    history="rent_arrears_history.csv",
    ref="tenancy_ref",
    kinds=("RENT", "PAY"),
    form="%d-%b-%Y",
    ladder=RENT,
)


def write_ledger(
    folder: Path, accounts: pl.DataFrame, ledgers: Ledgers, files: LedgerFiles, *, times: Timeline
) -> dict[str, int]:
    """Write both files of one system's ledgers; returns their rows, by file name."""
    theirs = accounts.filter(pl.col("household").is_not_null())
    head = pl.DataFrame(schema=[files.ref, "date", "type", "amount"])
    parts = transactions(theirs, ledgers, times, files.kinds)
    steps = steps_of(theirs, ledgers, times)
    history = steps.select(
        pl.col("ref").alias(files.ref),
        stage=pl.Series(files.ladder.stages).gather(steps["stage"]),
        date=pl.col("on").cast(pl.Int32).cast(pl.Date).dt.strftime(files.form),
    )
    return {
        files.transactions: write_parts(folder / files.transactions, parts, head=head, form=files.form),
        files.history: write_table(folder / files.history, history),
    }
