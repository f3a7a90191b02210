"""The model as one value: its parts, its bands, and the record of how it was made.

Equal scorecards have equal hashes, whatever machine or day they were trained on.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from models.histories.feature_declarations import FEATURES
from models.histories.features import Feature
from models.scorecards.parts import Part, StepFunction
from models.scorecards.reference import Reference, parse_reference

FORMAT = "welfare-triage-scorecard"
FORMAT_VERSION = 2
"""Version 2 added the reference population to the training record."""
READABLE_VERSIONS = (1, FORMAT_VERSION)
LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A share of the population at training, cut by raw score."""

    name: str
    at_least: float
    share: float


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """A trained risk model.

    Attributes:
        window_months: How far ahead it looks.
        parts: One per outcome; all read the same features in the same order.
        bands: Highest first; below the last is `low`.
        training: Dates, counts, measures, seed, library versions, fingerprint of the data it learned from,
            and the reference population.
        format_version: Of its file.
    """

    window_months: int
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    training: Mapping[str, Any]
    format_version: int = FORMAT_VERSION

    @cached_property
    def content(self) -> Mapping[str, Any]:
        """Everything the file holds but its own hash."""
        return MappingProxyType(_content(self))

    @cached_property
    def content_hash(self) -> str:
        """Hash of the content, which names the model."""
        return digest(self.content)

    @property
    def model_id(self) -> str:
        """Short name of this very model, as exports and reports show it."""
        return f"risk-{self.content_hash[:8]}"

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """The declared features it reads, in its order."""
        declared = {feature.name: feature for feature in FEATURES}
        return tuple(declared[step.feature] for step in self.parts[0].steps)

    @cached_property
    def reference(self) -> Reference | None:
        """The population it learned from; None in a file of version 1, which held none.

        Raises:
            ScorecardInvalid: If it is damaged.
        """
        return None if self.format_version == 1 else parse_reference(self.training["reference"])


def digest(content: Mapping[str, Any]) -> str:
    """Hash the content of a model file, however its text is laid out."""
    canonical = json.dumps(
        dict(content), sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _content(scorecard: Scorecard) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": scorecard.format_version,
        "window_months": scorecard.window_months,
        "parts": [_part_content(part) for part in scorecard.parts],
        "bands": [
            {"name": band.name, "at_least": band.at_least, "share": band.share} for band in scorecard.bands
        ],
        "training": dict(scorecard.training),
    }


def _part_content(part: Part) -> dict[str, Any]:
    return {
        "outcome": part.outcome,
        "baseline": part.baseline,
        "calibration": {"slope": part.sigmoid.slope, "intercept": part.sigmoid.intercept},
        "features": [_step_content(step) for step in part.steps],
    }


def _step_content(step: StepFunction) -> dict[str, Any]:
    return {
        "name": step.feature,
        "fact": step.fact,
        "unit": step.unit,
        "direction": step.direction.value,
        "cuts": list(step.cuts),
        "values": list(step.values),
        "missing": step.missing,
    }
