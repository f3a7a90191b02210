"""The sample of a night's pairs that officers judge: a file of ids in the council's folder, one a night."""

from pathlib import Path

import polars as pl

from triage.links.review_queue import pair_id
from triage.links.weak_links import OTHER, ROW

_FOLDER = "link-samples"


def keep_sample(directory: Path, night_id: str, sample: pl.DataFrame) -> None:
    """Keep the sample of a night; one drawn of the same night before is replaced.

    Args:
        directory: The council's folder.
        night_id: The night whose pairs were drawn.
        sample: `smart_record.linkage.measuring.clerical.draw_sample`.
    """
    folder = directory / _FOLDER
    folder.mkdir(exist_ok=True)
    keys = [pair_id(row) for row in sample.select(*ROW, *OTHER).iter_rows()]
    writing = folder / f".{night_id}.writing"
    sample.with_columns(pair_id=pl.Series(keys, dtype=pl.String)).write_parquet(writing)
    writing.rename(folder / f"{night_id}.parquet")


def newest_sample(directory: Path) -> tuple[str, pl.DataFrame] | None:
    """The night of the newest sample, and the sample with pair_id; None if none was drawn."""
    files = sorted((directory / _FOLDER).glob("*.parquet"), key=_age)
    return (files[-1].stem, pl.read_parquet(files[-1])) if files else None


def _age(file: Path) -> tuple[str, int]:
    day, _, attempt = file.stem.partition(".")
    return (day, int(attempt))


def with_judgements(sample: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Pairs with judged: the kind of the officers' standing verdict on the pair, null without one.

    Args:
        sample: `newest_sample`, or a review queue.
        verdicts: `triage.store.verdicts.standing_verdicts`.
    """
    people = verdicts.select(*ROW, *OTHER, judged="kind")
    turned = people.rename(dict(zip((*ROW, *OTHER), (*OTHER, *ROW), strict=True))).select(people.columns)
    both = pl.concat([people, turned]).unique([*ROW, *OTHER], keep="last", maintain_order=True)
    return sample.join(both, on=[*ROW, *OTHER], how="left", nulls_equal=True, maintain_order="left")
