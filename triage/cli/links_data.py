"""Evaluations of links as data for machines."""

from dataclasses import asdict, is_dataclass
from typing import Any

import polars as pl

from smart_record.linkage.measuring.link_errors import LinkErrors, kinds_of_errors
from triage.links.link_estimates import LinkEstimates
from triage.links.link_evaluation import GAP_GOAL, LEAST_PAIRS, LinkEvaluation, LinkFairness, link_fairness
from triage.papers.link_words import in_short

_ROWS_OF_ERRORS = ("wrong", "unlinked")
"""Whose they are is told by `--errors` alone, which is audited as an export."""


def evaluation_data(found: LinkEvaluation) -> dict[str, Any]:
    """Everything that was measured on labels, and the sentences of it."""
    errors = {name: each for name, each in _plain_fields(found.errors).items() if name not in _ROWS_OF_ERRORS}
    counted = {
        "kinds": kinds_of_errors(found.errors.wrong).to_dicts(),
        "unlinked": dict(found.errors.unlinked.group_by("why").len().sort("why").iter_rows()),
    }
    return {
        "in_short": in_short(found),
        **_plain_fields(found),
        "errors": errors | counted,
        "recall_gap": {unit: _gap(link_fairness(found.measured, unit)) for unit in ("persons", "households")},
    }


def _gap(fairness: LinkFairness) -> dict[str, Any]:
    told = {
        name: getattr(fairness, name) for name in ("gap", "gap_low", "gap_high", "lowest", "highest", "apart")
    }
    return told | {"goal": GAP_GOAL, "least_pairs": LEAST_PAIRS}


def estimate_data(found: LinkEstimates) -> dict[str, Any]:
    """Everything that was estimated without labels."""
    return _plain_fields(found)


def _plain_fields(of: LinkEvaluation | LinkErrors | LinkEstimates) -> dict[str, Any]:
    return {name: _plain(getattr(of, name)) for name in of.__dataclass_fields__}


def _plain(value: object) -> object:
    if isinstance(value, pl.DataFrame):
        return value.to_dicts()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(each) for name, each in asdict(value).items()}
    return value
