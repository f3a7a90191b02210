"""Write a scorecard as text and read it back; a file is taken only if it is whole, unaltered and ours.

Reading runs no code from the file. Refused: another format or version, numbers that aren't finite, steps out
of order or against their declared direction, features this version does not declare, a hash that differs.
"""

import json
import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from models.errors import FeatureMismatch, ScorecardInvalid
from models.histories.feature_declarations import FEATURES
from models.histories.features import Direction
from models.histories.labels import OUTCOMES
from models.scorecards.calibration import Sigmoid
from models.scorecards.parts import Part, StepFunction
from models.scorecards.reference import Reference
from models.scorecards.scorecard import FORMAT, FORMAT_VERSION, READABLE_VERSIONS, Band, Scorecard, digest


def to_json(scorecard: Scorecard) -> str:
    """Write a scorecard as the text of its file: the same scorecard, the same bytes."""
    payload = {**scorecard.content, "content_hash": scorecard.content_hash}
    return json.dumps(payload, indent=1, sort_keys=True, allow_nan=False, ensure_ascii=False) + "\n"


def from_json(text: str, *, name: str = "The model file") -> Scorecard:
    """Read a scorecard from the text of its file.

    Args:
        text: The file's text.
        name: How messages call it.

    Raises:
        ScorecardInvalid: If it is damaged, altered, of another format, or holds numbers that can't be.
        FeatureMismatch: If it reads features that this version does not declare.
    """
    try:
        payload = json.loads(text, parse_constant=_refuse_constant)
        _check_format(payload, name)
        scorecard = _parsed(payload)
        stated = {key: value for key, value in payload.items() if key != "content_hash"}
        hashes = payload["content_hash"], digest(stated), scorecard.content_hash
        reference = scorecard.reference
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise ScorecardInvalid(
            f"{name} can't be read as a model file ({type(fault).__name__}: {fault}). Restore it, or train"
            " again with `triage model train`."
        ) from fault
    if len(set(hashes)) > 1:
        raise ScorecardInvalid(
            f"{name} was altered after training: its content does not match its own hash. Restore it from a"
            " copy, or train again; a model is never edited by hand."
        )
    _check_shape(scorecard, name)
    _check_numbers(scorecard, name)
    _check_features(scorecard, name)
    _check_reference(scorecard, reference, name)
    return scorecard


def _refuse_constant(constant: str) -> float:
    raise ValueError(f"{constant} is not a number a model may hold")


def _check_format(payload: Mapping[str, Any], name: str) -> None:
    if payload.get("format") != FORMAT or payload.get("format_version") not in READABLE_VERSIONS:
        raise ScorecardInvalid(
            f"{name} is {payload.get('format')!r} version {payload.get('format_version')!r}; this version of"
            f" the product reads {FORMAT!r} up to version {FORMAT_VERSION}. Train again with `triage model"
            " train`."
        )


def _parsed(payload: Mapping[str, Any]) -> Scorecard:
    return Scorecard(
        window_months=int(payload["window_months"]),
        parts=tuple(_parsed_part(entry) for entry in payload["parts"]),
        bands=tuple(
            Band(name=str(one["name"]), at_least=float(one["at_least"]), share=float(one["share"]))
            for one in payload["bands"]
        ),
        training=MappingProxyType(dict(payload["training"])),
        format_version=int(payload["format_version"]),
    )


def _parsed_part(entry: Mapping[str, Any]) -> Part:
    calibration = entry["calibration"]
    return Part(
        outcome=str(entry["outcome"]),
        baseline=float(entry["baseline"]),
        sigmoid=Sigmoid(slope=float(calibration["slope"]), intercept=float(calibration["intercept"])),
        steps=tuple(_parsed_step(step) for step in entry["features"]),
    )


def _parsed_step(entry: Mapping[str, Any]) -> StepFunction:
    return StepFunction(
        feature=str(entry["name"]),
        fact=str(entry["fact"]),
        unit=str(entry["unit"]),
        direction=Direction(entry["direction"]),
        cuts=tuple(float(cut) for cut in entry["cuts"]),
        values=tuple(float(value) for value in entry["values"]),
        missing=float(entry["missing"]),
    )


def _check_shape(scorecard: Scorecard, name: str) -> None:
    columns = {tuple(step.feature for step in part.steps) for part in scorecard.parts}
    outcomes = [part.outcome for part in scorecard.parts]
    known = {outcome.name for outcome in OUTCOMES}
    if len(columns) != 1 or not set(outcomes) <= known or len(set(outcomes)) != len(outcomes):
        raise ScorecardInvalid(
            f"{name} must hold one part for each of its outcomes ({', '.join(sorted(known))}), all reading"
            " the same features. Train again with `triage model train`."
        )
    (features,) = columns
    if len(set(features)) != len(features):
        raise ScorecardInvalid(f"{name} must name each feature once. Train again with `triage model train`.")


def _check_numbers(scorecard: Scorecard, name: str) -> None:
    bands = [band.at_least for band in scorecard.bands]
    sound = (
        all(map(math.isfinite, _numbers(scorecard)))
        and bands == sorted(bands, reverse=True)
        and all(part.sigmoid.slope > 0 for part in scorecard.parts)
        and all(_is_sound(step) for part in scorecard.parts for step in part.steps)
    )
    if not sound:
        raise ScorecardInvalid(
            f"{name} holds numbers that can't be: not finite, cuts or bands out of order, or steps against"
            " the direction they declare. Train again with `triage model train`."
        )


def _numbers(scorecard: Scorecard) -> Iterator[float]:
    yield from (number for band in scorecard.bands for number in (band.at_least, band.share))
    for part in scorecard.parts:
        yield from (part.baseline, part.sigmoid.slope, part.sigmoid.intercept)
        yield from (number for step in part.steps for number in (*step.cuts, *step.values, step.missing))


def _is_sound(step: StepFunction) -> bool:
    rising = sorted(step.values)
    ordered = {Direction.RAISES: rising, Direction.LOWERS: rising[::-1], Direction.FREE: list(step.values)}
    return (
        list(step.cuts) == sorted(set(step.cuts))
        and len(step.values) == len(step.cuts) + 1
        and list(step.values) == ordered[step.direction]
    )


def _check_features(scorecard: Scorecard, name: str) -> None:
    declared = {one.name: (one.fact, one.unit, one.direction) for one in FEATURES}
    for step in (step for part in scorecard.parts for step in part.steps):
        if declared.get(step.feature) != (step.fact, step.unit, step.direction):
            raise FeatureMismatch(
                f"{name} reads {step.feature} ({step.fact}, {step.unit}, {step.direction}), which this"
                " version of the product does not declare so. Train again with `triage model train`."
            )


def _check_reference(scorecard: Scorecard, reference: Reference | None, name: str) -> None:
    cuts = {feature.name: feature.cuts for feature in scorecard.features}
    if reference is not None and {key: held.cuts for key, held in reference.features.items()} != cuts:
        raise FeatureMismatch(
            f"{name} describes its population by other cuts than this version of the product declares."
            " Train again with `triage model train`."
        )
