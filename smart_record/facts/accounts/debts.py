"""What a household owes the council altogether."""

from collections.abc import Collection
from functools import partial

import polars as pl

from smart_record.facts.records.ledger import SMALL_CHANGE_PENCE
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.vocabulary import CLAIMS, HELP, INSTALMENTS, RENT_PAYMENTS

_declared = partial(Fact, sources=(INSTALMENTS, RENT_PAYMENTS, CLAIMS), purposes=HELP)
_NOTE = (
    "Arrears of current and ended accounts. Of the debts that are known, so that it is the least that is"
    " owed; not known where none is."
)

FACTS = (
    _declared(
        name="debts.total",
        type=FactType.MONEY,
        unit="pence",
        meaning="council tax arrears, rent arrears and benefit overpayments together",
        note=_NOTE,
    ),
    _declared(
        name="debts.kinds",
        type=FactType.COUNT,
        unit="debts",
        meaning="kinds of debt to the council: council tax, rent, benefit overpayment",
        note=f"{_NOTE} Debts of less than £1 don't count.",
    ),
)

_KINDS = (
    ("council_tax__arrears", "council_tax__former_arrears"),
    ("rent__arrears", "rent__former_arrears"),
    ("benefits__overpayment",),
)


def debt_facts(derived: Collection[str]) -> list[pl.Expr]:
    """The debts of each household on the night of the extract, from the facts of the topics.

    Args:
        derived: The columns of facts that the night brought.
    """
    kinds = [[pl.col(column) for column in kind if column in derived] for kind in _KINDS]
    owed = [pl.sum_horizontal(kind) for kind in kinds if kind]
    known = pl.any_horizontal(
        pl.lit(value=False), *(column.is_not_null() for kind in kinds for column in kind)
    )
    counted = pl.sum_horizontal(0, *((amount >= SMALL_CHANGE_PENCE).cast(pl.Int64) for amount in owed))
    return [
        pl.when(known).then(pl.sum_horizontal(0, *owed)).alias("debts__total"),
        pl.when(known).then(counted).alias("debts__kinds"),
    ]
