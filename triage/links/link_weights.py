"""Where a council keeps weights learned from its own rows, and which of them its nights weigh with.

Without a choice a council weighs with the shipped ones. A version's name holds the hash of its content: a
file that was altered since is refused.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from smart_record.errors import LinkageError
from smart_record.linkage.measuring.training import Learned
from smart_record.linkage.pairs.weight_table import (
    Weights,
    WeightsInvalid,
    shipped_weights,
    weights_from_json,
    weights_to_json,
)

FOLDER = "link_weights"
SHIPPED = "shipped"
"""The name of the weights that every council starts with."""

_POINTER = "in_use.txt"


class WeightsNotFound(LinkageError):
    """The council keeps no such link weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsVersion:
    """One set of weights a council can weigh with.

    Attributes:
        name: As `triage links use` takes it.
        origin: Where it comes from, in words; what is wrong with it where it can't be used.
        in_use: Whether the next run weighs with it.
    """

    name: str
    origin: str
    in_use: bool


def keep_weights(learned: Learned, directory: Path) -> str:
    """Keep learned weights, not in use until someone chooses them; gives their name."""
    text = weights_to_json(learned.weights, learned.levels.to_dicts())
    name = f"weights-{_fingerprint(text)}"
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _write_whole(folder / f"{name}.json", text)
    return name


def choose_weights(name: str, directory: Path) -> None:
    """Make kept weights, or the shipped ones, those that the next run weighs with.

    Raises:
        WeightsNotFound: If no such weights are kept.
        WeightsInvalid: If their file is damaged or altered.
    """
    if name != SHIPPED:
        _load(name, directory)
    folder = directory / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _write_whole(folder / _POINTER, f"{name}\n")


def weights_in_use(directory: Path) -> Weights:
    """Give the weights that the council's nights weigh with.

    Raises:
        WeightsNotFound: If the chosen ones are not there.
        WeightsInvalid: If their file is damaged or altered.
    """
    name = _chosen(directory)
    return shipped_weights() if name == SHIPPED else _load(name, directory)


def weights_versions(directory: Path) -> tuple[WeightsVersion, ...]:
    """List what a council can weigh with: the shipped weights, then its own by name."""
    chosen = _chosen(directory)
    found = [WeightsVersion(name=SHIPPED, origin=shipped_weights().origin, in_use=chosen == SHIPPED)]
    for file in sorted((directory / FOLDER).glob("weights-*.json")):
        try:
            origin = _load(file.stem, directory).origin
        except LinkageError as fault:
            origin = str(fault)
        found.append(WeightsVersion(name=file.stem, origin=origin, in_use=chosen == file.stem))
    return tuple(found)


def _chosen(directory: Path) -> str:
    pointer = directory / FOLDER / _POINTER
    return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else SHIPPED


def _load(name: str, directory: Path) -> Weights:
    file = directory / FOLDER / f"{name}.json"
    if Path(name).name != name or not file.is_file():
        raise WeightsNotFound(f"{name!r} is not kept here. See what is with `triage links weights`.")
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = ""
    if name != f"weights-{_fingerprint(text)}":
        raise WeightsInvalid(
            f"{file} was altered since it was written. Restore it, or train again with `triage links train`."
        )
    return weights_from_json(text, name=str(file))


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _write_whole(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
