"""Evaluations of links as data for machines."""

from dataclasses import asdict, is_dataclass
from typing import Any

import polars as pl

from triage.actions.estimate_links import LinkEstimates
from triage.link_evaluation import LinkEvaluation
from triage.link_words import in_short


def evaluation_data(found: LinkEvaluation) -> dict[str, Any]:
    """Everything that was measured on labels, and the sentences of it."""
    return {"in_short": in_short(found), **_data(found)}


def estimate_data(found: LinkEstimates) -> dict[str, Any]:
    """Everything that was estimated without labels."""
    return _data(found)


def _data(of: LinkEvaluation | LinkEstimates) -> dict[str, Any]:
    return {name: _plain(getattr(of, name)) for name in of.__dataclass_fields__}


def _plain(value: object) -> object:
    if isinstance(value, pl.DataFrame):
        return value.to_dicts()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(each) for name, each in asdict(value).items()}
    return value
