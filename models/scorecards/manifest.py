"""Who made a kept model from what, and who approved it: a file beside the model's own.

The scorecard itself never changes; its manifest is written when it is trained and once more when a second
person approves it.
"""

import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from models.errors import ScorecardInvalid
from models.scorecards.registry import FOLDER, write_whole
from models.scorecards.scorecard import Scorecard

_ENDING = ".manifest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a council answers for when it uses a model.

    Attributes:
        content_hash: The scorecard's.
        data_sha256: Of the rows that it learned from or was measured on.
        code_version: Version of the product that trained it.
        features: Names of the features that it reads.
        seed: Of the fit.
        metrics: Medians of the scorecard's measures over later periods.
        trained_by: Who trained it; "" where not known.
        trained_at: When, ISO 8601; "" where not known.
        approved_by: The second person; "" while there is none.
        approved_at: When, ISO 8601.
        why: The grounds.
    """

    content_hash: str
    data_sha256: str
    code_version: str
    features: tuple[str, ...]
    seed: int
    metrics: dict[str, float]
    trained_by: str = ""
    trained_at: str = ""
    approved_by: str = ""
    approved_at: str = ""
    why: str = ""


def draft_manifest(scorecard: Scorecard, *, trained_by: str = "", trained_at: str = "") -> Manifest:
    """Describe a model that nobody has approved."""
    training = scorecard.training
    return Manifest(
        content_hash=scorecard.content_hash,
        data_sha256=str(training["data_sha256"]),
        code_version=version("welfare-triage"),
        features=tuple(feature.name for feature in scorecard.features),
        seed=int(training["seed"]),
        metrics=dict(training["evaluation"]["median"].get("scorecard", {})),
        trained_by=trained_by,
        trained_at=trained_at,
    )


def write_manifest(manifest: Manifest, directory: Path) -> None:
    """Keep a manifest beside its model."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, allow_nan=False) + "\n"
    write_whole(_file(directory, f"risk-{manifest.content_hash[:8]}"), text)


def read_manifest(directory: Path, model_id: str) -> Manifest | None:
    """Read the manifest of a model; None where it was kept without one.

    Raises:
        ScorecardInvalid: If it is damaged.
    """
    file = _file(directory, model_id)
    if not file.is_file():
        return None
    try:
        entry: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return Manifest(**{**entry, "features": tuple(entry["features"])})
    except (KeyError, TypeError, ValueError) as fault:
        raise ScorecardInvalid(f"{file} can't be read as a model's manifest. Restore it.") from fault


def approved_manifests(directory: Path) -> tuple[Manifest, ...]:
    """List what is approved; empty while the council has approved no model yet."""
    files = sorted((directory / FOLDER).glob(f"risk-*{_ENDING}"))
    read = (read_manifest(directory, file.name.removesuffix(_ENDING)) for file in files)
    return tuple(manifest for manifest in read if manifest is not None and manifest.approved_by)


def _file(directory: Path, model_id: str) -> Path:
    return directory / FOLDER / f"{model_id}{_ENDING}"
