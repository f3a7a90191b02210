"""A table's scorecard as text and back: readable, and taken only if whole, unaltered and sound."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from models.errors import ScorecardInvalid
from models.histories.features import Direction
from models.scorecards.calibration import Sigmoid
from models.scorecards.scorecard import digest
from models.tables.mapping import Kind
from models.tables.scales import Scale
from models.tables.terms import Pair, Step, TableScorecard

FORMAT, FORMAT_VERSION = "welfare-triage-table-scorecard", 1
_NOISE = 1e-9
"""Log-odds below which a step against its direction is rounding."""


def to_json(scorecard: TableScorecard) -> str:
    """Write a scorecard as the text of its file: the same scorecard, the same bytes."""
    content = _content(scorecard)
    return json.dumps({**content, "content_hash": digest(content)}, indent=1, allow_nan=False) + "\n"


def from_json(text: str) -> TableScorecard:
    """Read a scorecard; runs no code from it.

    Raises:
        ScorecardInvalid: If it is damaged, altered, of another format, or holds what can't be.
    """
    try:
        payload = json.loads(text)
        stated = {name: value for name, value in payload.items() if name != "content_hash"}
        if (payload["format"], payload["format_version"]) != (FORMAT, FORMAT_VERSION):
            raise ScorecardInvalid(f"The file is not {FORMAT} version {FORMAT_VERSION}. Try the table again.")
        if payload["content_hash"] != digest(stated):
            raise ScorecardInvalid("The scorecard was altered: its hash does not match. Restore it.")
        scorecard = _parsed(payload)
        sound = _is_sound(scorecard)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise ScorecardInvalid(
            f"The file can't be read as a table's scorecard ({type(fault).__name__}). Try the table again."
        ) from fault
    if not sound:
        raise ScorecardInvalid(
            "The scorecard holds numbers that can't be: not finite, cuts out of order, tables of"
            " another size, or steps against their declared direction. Try the table again."
        )
    return scorecard


def _content(scorecard: TableScorecard) -> dict[str, Any]:
    names = [scale.column for scale in scorecard.scales]
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "baseline": scorecard.baseline,
        "calibration": {"slope": scorecard.sigmoid.slope, "intercept": scorecard.sigmoid.intercept},
        "columns": [
            _column(scale, step) for scale, step in zip(scorecard.scales, scorecard.steps, strict=True)
        ],
        "pairs": [
            {
                "columns": [names[pair.first], names[pair.second]],
                "starts": [list(pair.first_starts), list(pair.second_starts)],
                "values": [list(row) for row in pair.values],
            }
            for pair in scorecard.pairs
        ],
    }


def _column(scale: Scale, step: Step) -> dict[str, Any]:
    steps: dict[str, Any] = (
        {"levels": [list(level) for level in scale.levels], "rest": scale.rest}
        if scale.kind is Kind.CATEGORY
        else {"cuts": list(scale.cuts)}
    )
    return {
        "name": scale.column,
        "type": scale.kind.value,
        "direction": scale.direction.value,
        **steps,
        "values": list(step.values),
        "missing": step.missing,
    }


def _parsed(payload: Mapping[str, Any]) -> TableScorecard:
    columns = payload["columns"]
    names = [str(column["name"]) for column in columns]
    return TableScorecard(
        baseline=float(payload["baseline"]),
        sigmoid=Sigmoid(
            slope=float(payload["calibration"]["slope"]),
            intercept=float(payload["calibration"]["intercept"]),
        ),
        scales=tuple(_scale(column) for column in columns),
        steps=tuple(
            Step(values=tuple(map(float, column["values"])), missing=float(column["missing"]))
            for column in columns
        ),
        pairs=tuple(
            Pair(
                first=names.index(pair["columns"][0]),
                second=names.index(pair["columns"][1]),
                first_starts=tuple(map(int, pair["starts"][0])),
                second_starts=tuple(map(int, pair["starts"][1])),
                values=tuple(tuple(map(float, row)) for row in pair["values"]),
            )
            for pair in payload["pairs"]
        ),
    )


def _scale(column: Mapping[str, Any]) -> Scale:
    rest = column.get("rest")
    return Scale(
        column=str(column["name"]),
        kind=Kind(column["type"]),
        direction=Direction(column["direction"]),
        cuts=tuple(map(float, column.get("cuts", ()))),
        levels=tuple(tuple(map(str, level)) for level in column.get("levels", ())),
        rest=None if rest is None else int(rest),
    )


def _is_sound(scorecard: TableScorecard) -> bool:
    names = [scale.column for scale in scorecard.scales]
    return (
        all(map(math.isfinite, _numbers(scorecard)))
        and scorecard.sigmoid.slope > 0
        and len(set(names)) == len(names) > 0
        and all(
            _is_sound_step(scale, step) for scale, step in zip(scorecard.scales, scorecard.steps, strict=True)
        )
        and all(_is_sound_pair(scorecard.scales, pair) for pair in scorecard.pairs)
        and all(_keeps_direction(scorecard, at) for at in range(len(names)))
    )


def _numbers(scorecard: TableScorecard) -> Iterator[float]:
    yield from (scorecard.baseline, scorecard.sigmoid.slope, scorecard.sigmoid.intercept)
    for scale, step in zip(scorecard.scales, scorecard.steps, strict=True):
        yield from (*scale.cuts, *step.values, step.missing)
    for pair in scorecard.pairs:
        yield from (value for row in pair.values for value in row)


def _is_sound_step(scale: Scale, step: Step) -> bool:
    return (
        list(scale.cuts) == sorted(set(scale.cuts))
        and len(step.values) == scale.steps
        and (scale.rest is None or 0 <= scale.rest < len(scale.levels))
    )


def _is_sound_pair(scales: tuple[Scale, ...], pair: Pair) -> bool:
    starts = pair.first_starts, pair.second_starts
    return (
        pair.first != pair.second
        and all(one and one[0] == 0 and list(one) == sorted(set(one)) for one in starts)
        and starts[0][-1] < scales[pair.first].steps
        and starts[1][-1] < scales[pair.second].steps
        and all(len(row) == len(starts[1]) + 1 for row in pair.values)
        and len(pair.values) == len(starts[0]) + 1
    )


def _keeps_direction(scorecard: TableScorecard, at: int) -> bool:
    """Whether a column's steps keep its direction, whatever the columns that it is paired with say."""
    scale = scorecard.scales[at]
    if scale.direction is Direction.FREE:
        return True
    sign = 1 if scale.direction is Direction.RAISES else -1
    least = sign * np.diff(np.array(scorecard.steps[at].values))
    for pair in scorecard.pairs:
        if at in (pair.first, pair.second):
            grid = np.array(pair.values) if at == pair.first else np.array(pair.values).T
            starts = pair.first_starts if at == pair.first else pair.second_starts
            group = np.searchsorted(starts, np.arange(scale.steps), side="right") - 1
            least = least + (sign * np.diff(grid[group], axis=0)).min(axis=1)
    return bool((least >= -_NOISE).all())
