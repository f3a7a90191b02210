"""The towns that `bench.quality` measures, and how well ours and plain Splink match one.

Two makers, each at two dirts: the product's own (`triage.invented`) and one by another hand
(`bench.other_council`). A town is made once and kept in bench/out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from bench.other_council import generate_other
from bench.plain_splink import links_of, plain_splink, standard_rows
from smart_record.intake import Intake, take_in
from smart_record.linkage import match
from smart_record.linkage.measuring.evaluation import FOR_CONTACT, evaluate
from smart_record.records import with_named
from triage.invented import generate

OUT = Path(__file__).parent / "out"
SPLINK_THRESHOLD = 0.99
FEWEST_TRUE_PAIRS = 30
"""Of a group of names whose recall is told."""

_SEED = 11
_MAKERS: dict[str, Callable[..., object]] = {"our maker": generate, "the other": generate_other}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """What the note promises: least F1 and precision, and the widest gap."""

    persons: float
    households: float
    contact: float
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """One town to be measured.

    Attributes:
        name: Who made it and how dirty it is.
        goals: What is to be reached on it.
        home: The folder with its extracts and truth.
    """

    name: str
    goals: Goals
    home: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well a town was matched, over all its labelled rows.

    Attributes:
        persons: Pairs of rows of one adult: precision, recall, f1, f1_low, f1_high.
        households: F1 of pairs of records.
        contact: Precision of the persons' links of households sure enough for contact.
        gap: Highest recall of a group of names less the lowest.
        splink_persons: F1 of plain Splink.
        splink_households: F1 of households taken as UPRN.
    """

    persons: dict[str, float]
    households: float
    contact: float
    gap: float
    splink_persons: float
    splink_households: float


CARELESS = Goals(persons=0.985, households=0.995, contact=0.998, gap=0.02)
FAR_DIRTIER = Goals(persons=0.96, households=0.99, contact=0.997, gap=0.03)
_DIRTS = ((1.0, "careless", CARELESS), (2.5, "far dirtier", FAR_DIRTIER))


def towns_of(households: int, say: Callable[[str], None]) -> list[Town]:
    """The four towns, made if they are not kept."""
    towns = []
    for dirt, words, goals in _DIRTS:
        for at, (maker, make) in enumerate(_MAKERS.items(), start=1):
            home = OUT / f"quality-{households}" / f"maker-{at}-dirt-{dirt:g}"
            if not (home / "truth" / "links.csv").is_file():
                say(f"{maker}, {words}: inventing the town")
                make(home, households=households, seed=_SEED, dirt=dirt)
            towns.append(Town(name=f"{maker}, {words}", goals=goals, home=home))
    return towns


def quality_of(town: Town, say: Callable[[str], None]) -> Quality:
    """Match a town, by us and by plain Splink, and measure both on its labels."""
    intake = take_in(town.home / "extracts")
    labels = pl.read_csv(town.home / "truth" / "links.csv", infer_schema=False)
    say(f"{town.name}: matching it")
    ours = _measured(_our_links(intake), labels)
    say(f"{town.name}: plain Splink")
    splink = _measured(_splink_links(intake), labels)
    persons = _row(ours, "persons", "all")
    return Quality(
        persons={name: persons[name] for name in ("precision", "recall", "f1", "f1_low", "f1_high")},
        households=_row(ours, "households", "all")["f1"],
        contact=_row(ours, "persons", FOR_CONTACT)["precision"],
        gap=_gap(ours),
        splink_persons=_row(splink, "persons", "all")["f1"],
        splink_households=_row(splink, "households", "all")["f1"],
    )


def _our_links(intake: Intake) -> pl.DataFrame:
    """As the night finds them: set-aside rows that name people are matched too."""
    found = match(with_named(intake.extracts, intake.named), as_of=intake.as_of)
    confidence = found.households.select("household_id", "confidence")
    return found.links.join(confidence, on="household_id", how="left")


def _splink_links(intake: Intake) -> pl.DataFrame:
    rows = standard_rows(with_named(intake.extracts, intake.named), intake.as_of)
    return links_of(rows, plain_splink(rows).clusters[SPLINK_THRESHOLD])


def _measured(links: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    return evaluate(links, labels).filter(pl.col("rows") == "labelled")


def _row(measured: pl.DataFrame, unit: str, part: str) -> dict[str, float]:
    return measured.row(by_predicate=(pl.col("unit") == unit) & (pl.col("part") == part), named=True)


def _gap(measured: pl.DataFrame) -> float:
    groups = (pl.col("unit") == "persons") & pl.col("part").str.starts_with("group ")
    recalls = measured.filter(groups & (pl.col("true_pairs") >= FEWEST_TRUE_PAIRS))["recall"]
    return float(np.ptp(recalls.to_numpy()))
