"""Accept or reject a pair of the review queue, or of the sample drawn for estimates."""

import polars as pl

from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS, VerdictKind
from triage.actions.decide_link import decide_link
from triage.actions.reading import last_night
from triage.audit import Actor
from triage.council import Council
from triage.errors import PairNotFound, as_typed
from triage.links.link_samples import newest_sample
from triage.links.review_queue import read_queue
from triage.store.verdicts import RecordedVerdict, Verdict

_PAIR_ID = "P[0-9A-F]{10}"
_COLUMNS = ("pair_id", *VERDICT_COLUMNS[1:])


def settle_pair(
    council: Council, pair_id: str, *, accept: bool, reason: str, actor: Actor
) -> RecordedVerdict:
    """Decide that a pair is one person, or two; of two records, that they are one household, or two.

    Raises:
        NotReady: Before the first night.
        PairNotFound: If neither the last night's queue nor the sample has such a pair.
        VerdictRefused, LinkageError: As `decide_link`.
    """
    with council.engine.begin() as connection:
        night = last_night(council, connection)
    pairs = [read_queue(council.nights / night.night_id).select(_COLUMNS)]
    sampled = newest_sample(council.directory)
    if sampled is not None:
        pairs.append(sampled[1].select(_COLUMNS))
    found = pl.concat(pairs).filter(pl.col("pair_id") == pair_id)
    if found.is_empty():
        raise PairNotFound(
            f"The last night's review queue has no pair{as_typed(pair_id, _PAIR_ID) or ' of that id'}, nor "
            "has the drawn sample. Nothing was changed. Pairs are listed by: triage links review"
        )
    row = found.select(VERDICT_COLUMNS[1:]).row(0, named=True)
    if row["role"] is None:
        kind = VerdictKind.SAME_HOUSEHOLD if accept else VerdictKind.DIFFERENT_HOUSEHOLDS
    else:
        kind = VerdictKind.SAME_PERSON if accept else VerdictKind.DIFFERENT_PEOPLE
    return decide_link(council, Verdict(kind=kind, **row), reason=reason, actor=actor)
