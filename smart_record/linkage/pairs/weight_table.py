"""The weights themselves: bits by comparison and level, shipped as a file that people can read and compare.

The file `weights.json` beside this module is what every council starts with. A file of the same form may take
its place for one council; what it lacks, misnames or leaves without a number is refused by name.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from smart_record.errors import LinkageError

FORMAT = "welfare-triage link weights"
VERSION = 1
_MOST = 40.0
"""Bits beyond which no agreement of two rows goes: a billion pairs and more."""


class WeightsInvalid(LinkageError):
    """A file of link weights can't be used."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Match weights, log2(m / u) unless the level's name says otherwise.

    Attributes:
        origin: Where they come from, in words.
        bits: By comparison and level. What each level means, `comparisons.compare` says.
    """

    origin: str
    bits: Mapping[str, Mapping[str, float]]

    def of(self, comparison: str) -> Mapping[str, float]:
        """Give the bits of one comparison by level."""
        return self.bits[comparison]


@cache
def shipped_weights() -> Weights:
    """Give the weights that every council starts with."""
    text = files("smart_record.linkage.pairs").joinpath("weights.json").read_text(encoding="utf-8")
    return _read(text, name="weights.json")


def weights_from_json(text: str, *, name: str) -> Weights:
    """Read a file of weights.

    Args:
        text: Its content.
        name: What messages call it.

    Raises:
        WeightsInvalid: If it is damaged, of another version, or its levels are not the shipped ones.
    """
    weights = _read(text, name=name)
    ours, theirs = (_levels(one) for one in (shipped_weights(), weights))
    if ours != theirs:
        missing, unknown = sorted(ours - theirs), sorted(theirs - ours)
        found = [f"lacks {', '.join(missing)}"] if missing else []
        found += [f"has {', '.join(unknown)}, which nothing reads"] if unknown else []
        raise WeightsInvalid(f"{name} {' and '.join(found)}. Train again with `triage links train`.")
    return weights


def weights_to_json(weights: Weights, learned: list[dict[str, object]] | None = None) -> str:
    """Write weights as text that a line-by-line comparison can read: one level a line.

    Args:
        weights: The weights.
        learned: What each learned level was and became, for whoever reads the file; nothing reads it back.
    """
    content: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "origin": weights.origin,
        "bits": {comparison: dict(levels) for comparison, levels in weights.bits.items()},
    }
    if learned is not None:
        content["learned"] = learned
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _levels(weights: Weights) -> set[str]:
    return {f"{comparison}.{level}" for comparison, levels in weights.bits.items() for level in levels}


def _number(bit: object) -> float:
    """The bits of a level; not a number where the file has none."""
    return float(bit) if isinstance(bit, int | float) and not isinstance(bit, bool) else float("nan")


def _told(bit: float) -> str:
    return "no number" if math.isnan(bit) else f"{bit:g} bits"


def _read(text: str, *, name: str) -> Weights:
    try:
        content = json.loads(text)
        known = content["format"] == FORMAT and content["version"] == VERSION
        origin = str(content["origin"])
        bits = {
            str(comparison): MappingProxyType({str(level): _number(bit) for level, bit in levels.items()})
            for comparison, levels in content["bits"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise WeightsInvalid(
            f"{name} is not a file of link weights. Restore it, or train again with `triage links train`."
        ) from fault
    if not known:
        raise WeightsInvalid(f"{name} is not of version {VERSION}. Train again with `triage links train`.")
    for comparison, levels in bits.items():
        for level, bit in levels.items():
            if not abs(bit) <= _MOST:
                raise WeightsInvalid(
                    f"{name} gives {comparison}.{level} {_told(bit)}; between -{_MOST:g} and {_MOST:g} bits "
                    "make sense. Correct it, or train again with `triage links train`."
                )
    return Weights(origin, MappingProxyType(bits))
