"""Where a council keeps its models: every version for good, and a pointer to the one in use.

A version's name holds the hash of its content, so it is never overwritten by another. Files appear whole or
not at all: they are written beside their place and moved into it.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from models.errors import ModelError, ModelNotFound, ScorecardInvalid
from models.scorecards.scorecard import Scorecard
from models.scorecards.scorecard_file import from_json, to_json

FOLDER = "models"
POINTER = "current.json"
CHALLENGER = "challenger.json"


def save(scorecard: Scorecard, directory: Path) -> Path:
    """Keep a model and make it the one in use.

    Args:
        scorecard: The model.
        directory: The council's directory; models go to its `models` folder.

    Returns:
        The model's file.
    """
    path = keep(scorecard, directory)
    point_at(path.name, directory)
    return path


def keep(scorecard: Scorecard, directory: Path) -> Path:
    """Keep a model without putting it in use; returns its file."""
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scorecard.model_id}.json"
    write_whole(path, to_json(scorecard))
    return path


def find(name: str, directory: Path) -> Scorecard:
    """Read a kept version by the name of its file.

    Raises:
        ModelNotFound: If no such version is kept.
        ScorecardInvalid: If its file is damaged or altered.
    """
    if Path(name).name != name:
        raise ModelNotFound(
            f"{name!r} is not the name of a kept model. See them with `triage model versions`."
        )
    return load(directory / FOLDER / name)


def point_at(name: str, directory: Path) -> None:
    """Make a kept version the one in use, as after a bad training.

    Raises:
        ModelNotFound: If no such version is kept.
        ScorecardInvalid: If its file is damaged or altered.
    """
    _point(name, find(name, directory), directory / FOLDER / POINTER)


def challenge(name: str | None, directory: Path) -> str | None:
    """Make a kept version the challenger, scored beside the one in use and never used; None for none.

    Returns:
        The challenger's content hash.

    Raises:
        ModelNotFound: If no such version is kept.
        ScorecardInvalid: If its file is damaged or altered.
    """
    pointer = directory / FOLDER / CHALLENGER
    if name is None:
        pointer.unlink(missing_ok=True)
        return None
    scorecard = find(name, directory)
    _point(name, scorecard, pointer)
    return scorecard.content_hash


def _point(name: str, scorecard: Scorecard, pointer: Path) -> None:
    entry = {"file": name, "content_hash": scorecard.content_hash}
    write_whole(pointer, json.dumps(entry, sort_keys=True) + "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One kept model.

    Attributes:
        name: As `triage model use` takes it.
        in_use: Whether the next run scores with it.
        challenges: Whether the next run scores with it beside the one in use.
        scorecard: The model; None where its file can't be used.
        fault: Why it can't; "" where it can.
    """

    name: str
    in_use: bool
    challenges: bool
    scorecard: Scorecard | None
    fault: str


def versions(directory: Path) -> tuple[Version, ...]:
    """List every kept model, by the newest date that each was calibrated on, then by name.

    A file that can't be used is listed with its fault, so that nobody looks for it in vain.
    """
    in_use, challenger = (_pointed_name(directory / FOLDER / one) for one in (POINTER, CHALLENGER))
    kept = []
    for file in sorted((directory / FOLDER).glob("risk-*.json")):
        scorecard, fault = None, ""
        try:
            scorecard = load(file)
        except ModelError as error:
            fault = str(error)
        version = Version(
            name=file.stem,
            in_use=file.name == in_use,
            challenges=file.name == challenger,
            scorecard=scorecard,
            fault=fault,
        )
        kept.append(version)
    return tuple(sorted(kept, key=_newest_date))


def _newest_date(version: Version) -> str:
    return "" if version.scorecard is None else str(version.scorecard.training["calibrated_on"])


def _pointed_name(pointer: Path) -> str | None:
    try:
        return str(json.loads(pointer.read_text(encoding="utf-8"))["file"])
    except (OSError, KeyError, TypeError, ValueError):
        return None


def load(path: Path) -> Scorecard:
    """Read a model file.

    Raises:
        ModelNotFound: If it is not there.
        ScorecardInvalid: If it is damaged, altered or not ours.
        FeatureMismatch: If it reads features that this version does not declare.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as fault:
        raise ModelNotFound(f"There is no model file {path}. Train one with `triage model train`.") from fault
    except (UnicodeDecodeError, OSError) as fault:
        raise ScorecardInvalid(
            f"The model file {path} can't be read: {fault}. Restore it, or train again."
        ) from fault
    return from_json(text, name=str(path))


def current_model(directory: Path) -> Scorecard | None:
    """Give the model in use, or None where the council has none yet.

    Raises:
        ScorecardInvalid: If the pointer or the model's file is damaged or altered.
        ModelNotFound: If the pointer names a file that is not there.
    """
    return _pointed(directory / FOLDER / POINTER)


def model_in_use(directory: Path) -> Scorecard:
    """Give the model in use, for what can't be done without one.

    Raises:
        ModelNotFound: If the council has none yet, or the pointer names a file that is not there.
        ScorecardInvalid: If the pointer or the model's file is damaged or altered.
    """
    model = current_model(directory)
    if model is None:
        raise ModelNotFound("The council has no risk model. Train one with `triage model train`.")
    return model


def current_challenger(directory: Path) -> Scorecard | None:
    """Give the model that runs beside the one in use, or None where there is none.

    Raises:
        ScorecardInvalid: If the pointer or the model's file is damaged or altered.
        ModelNotFound: If the pointer names a file that is not there.
    """
    return _pointed(directory / FOLDER / CHALLENGER)


def _pointed(pointer: Path) -> Scorecard | None:
    if not pointer.exists():
        return None
    try:
        entry = json.loads(pointer.read_text(encoding="utf-8"))
        name, content_hash = str(entry["file"]), str(entry["content_hash"])
    except (KeyError, TypeError, ValueError) as fault:
        raise ScorecardInvalid(f"{pointer} does not name a model. Train again, or restore it.") from fault
    if Path(name).name != name:
        raise ScorecardInvalid(f"{pointer} points outside its folder. Train again, or restore it.")
    scorecard = load(pointer.with_name(name))
    if scorecard.content_hash != content_hash:
        raise ScorecardInvalid(
            f"{pointer} names another content than {name} holds. Train again, or restore both."
        )
    return scorecard


def write_whole(path: Path, text: str) -> None:
    """Write a text so that its file appears whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
