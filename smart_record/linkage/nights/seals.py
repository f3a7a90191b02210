"""What a night's matching read, sealed: equal seals mean an equal result, so that nothing is matched again.

Where some differ, `changed` finds what has to be matched again.

A seal covers what the matching takes from the rows and nothing else: not their order, not columns it does not
read, and of a date that lies after the night only that it does. It covers the code, tables and libraries of
the matching too, so that a new version never keeps what an old one found.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import polars as pl

from smart_record.linkage.pairs.weight_table import Weights, shipped_weights
from smart_record.linkage.rows.verdicts import VERDICT_COLUMNS
from smart_record.linkage.sources import COLUMNS_READ, DEPENDANT_ROLE, DEPENDANTS_EXTRACT, SOURCES
from smart_record.standardise.identifiers import birth_date

THE_MATCHING = "the matching itself"
LINK_WEIGHTS = "link weights"
THE_YEAR = "the year, by which temporary National Insurance numbers are read"
_LIBRARIES = ("polars", "numpy", "rapidfuzz")
_BIRTHS = {
    **{source.extract: {role.dob for role in source.roles} for source in SOURCES},
    DEPENDANTS_EXTRACT: {DEPENDANT_ROLE.dob},
}
_DAYS = {source.extract: {day for day in (source.starts, source.ends) if day} for source in SOURCES}


def matching_seals(
    extracts: Mapping[str, pl.DataFrame],
    set_aside: pl.DataFrame,
    *,
    as_of: date,
    verdicts: pl.DataFrame,
    weights: Weights | None = None,
) -> pl.DataFrame:
    """Seal what a night's matching reads.

    Args:
        extracts: The rows to be matched by declared extract name.
        set_aside: What marks links of set-aside rows: source, record_ref, reason.
        as_of: The night's date.
        verdicts: What officers decided (`verdicts.VERDICT_COLUMNS`).
        weights: The bits of each level; the shipped ones if left out.

    Returns:
        One row per part, sorted. Columns: part (an extract's name or, in words, what else is read), seal.
    """
    by = shipped_weights() if weights is None else weights
    parts = {
        THE_MATCHING: _code(),
        LINK_WEIGHTS: _digest(repr(sorted((name, sorted(bits.items())) for name, bits in by.bits.items()))),
        THE_YEAR: _digest(str(as_of.year)),
        "officers' verdicts": _rows(verdicts.select(VERDICT_COLUMNS)),
        "rows set aside": _rows(set_aside.select("source", "record_ref", "reason")),
        **{name: _extract(extracts[name], name, as_of) for name in COLUMNS_READ if name in extracts},
    }
    return pl.DataFrame(sorted(parts.items()), ["part", "seal"], orient="row")


def changed_parts(before: pl.DataFrame, tonight: pl.DataFrame) -> list[str]:
    """The parts whose seals differ, or that only one of two nights has, sorted."""
    differing = pl.concat([before, tonight]).unique(keep="none")
    return differing["part"].unique().sort().to_list()


def _extract(rows: pl.DataFrame, name: str, as_of: date) -> str:
    """The seal of an extract's rows as far as they are read and known on the night."""
    births, days = _BIRTHS[name] & set(rows.columns), _DAYS.get(name, set()) & set(rows.columns)
    known = rows.select(pl.col(sorted(COLUMNS_READ[name] & set(rows.columns)))).with_columns(
        *(birth_date(pl.col(column).cast(pl.Date), as_of=as_of) for column in sorted(births)),
        *(pl.when(pl.col(column) <= as_of).then(column).alias(column) for column in sorted(days)),
    )
    return _rows(known)


def _rows(rows: pl.DataFrame) -> str:
    """The seal of rows in any order, however often each comes: sums of two hashes of each distinct row."""
    hashes = pl.DataFrame({str(seed): rows.hash_rows(seed=seed) for seed in (1, 2)}).unique()
    sums = [int(column.cast(pl.UInt128).sum() or 0) for column in hashes]
    return _digest(repr((hashes.height, sorted(rows.schema.items(), key=str), sums)))


@cache
def _code() -> str:
    """The seal of the matching's modules and tables and of the libraries that it computes with."""
    digest = blake2b(digest_size=16)
    for package in ("smart_record.linkage", "smart_record.standardise"):
        for name, content in _contents(files(package)):
            digest.update(f"{package} {name} {len(content)} ".encode() + content)
    digest.update(repr([(name, version(name)) for name in _LIBRARIES]).encode())
    return digest.hexdigest()


def _contents(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry)
        elif entry.is_file():
            yield entry.name, entry.read_bytes()


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
