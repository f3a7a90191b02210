"""What officers and partners have flagged, each flag with its kind, its first day, its review and its end.

A flag holds until somebody ends it. A review date that has passed does not end it: a hold that lapses in
silence was what the Ombudsman found fault with.
"""

from datetime import date
from functools import partial

import polars as pl

from smart_record.facts.records.attached import Attached
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.vocabulary import FLAGS, FOR_PROTECTION

_flag = partial(Fact, sources=(FLAGS,), purposes=FOR_PROTECTION)
_NOTE = "Not known where the council brings no file of officers' flags."

_KINDS = {
    "representative": (("representative",), "somebody speaks or is written to for a resident"),
    "adjustment": (("adjustment",), "a reasonable adjustment has been asked for"),
    "care_leaver": (("care_leaver",), "a young person here has left care"),
    "social_care": (
        ("social_care", "vulnerable_residents_scheme"),
        "adult social care or the vulnerable residents' scheme knows somebody here",
    ),
    "payment_query": (("payment_query",), "a payment is disputed or being traced"),
    "evidence_awaited": (("evidence_awaited",), "recovery waits for evidence of vulnerability"),
    "claim_waiting": (("claim_waiting",), "a benefit or reduction claim waits for a decision"),
    "protected_address": (("protected_address",), "the address is protected: nobody may write or call"),
    "bereavement": (("bereavement",), "somebody here has died"),
}

FACTS = (
    *(
        _flag(name=f"holds.{name}", type=FactType.YES_NO, meaning=meaning, note=_NOTE)
        for name, (_, meaning) in _KINDS.items()
    ),
    _flag(
        name="holds.claim_waiting_since",
        type=FactType.DATE,
        meaning="since when a benefit or reduction claim waits",
        note="The longest wait of several.",
    ),
    _flag(
        name="holds.evidence_due_on",
        type=FactType.DATE,
        meaning="by when evidence of vulnerability is due",
        note="The first of several; it may be past.",
    ),
    _flag(
        name="holds.next_review_on",
        type=FactType.DATE,
        meaning="when a flag is next to be reviewed",
        note="Of flags that nobody has ended; it may be past.",
    ),
)


def flag_facts(flags: Attached, as_of: date) -> pl.DataFrame:
    """The facts of `FACTS` for every household with a record."""
    open_flags = Attached(rows=standing_flags(flags, as_of), holders=flags.holders)
    review = pl.col("review_on")
    return open_flags.told(
        *(_is(kinds).any().alias(f"holds__{name}") for name, (kinds, _) in _KINDS.items()),
        pl.col("set_on").filter(_is(("claim_waiting",))).min().alias("holds__claim_waiting_since"),
        review.filter(_is(("evidence_awaited",))).min().alias("holds__evidence_due_on"),
        review.min().alias("holds__next_review_on"),
        without={f"holds__{name}": False for name in _KINDS},
    )


def standing_flags(flags: Attached, as_of: date) -> pl.DataFrame:
    """The flags that nobody has ended."""
    ended = (pl.col("ended_on") <= as_of).fill_null(value=False)
    return flags.rows.filter(~ended)


def _is(kinds: tuple[str, ...]) -> pl.Expr:
    return pl.col("kind").is_in(kinds)
