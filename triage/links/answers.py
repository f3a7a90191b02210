"""The households as an officer's answer would leave them: copies of a night's records, joined or parted anew.

Every answer has its own copies, so that all of them are judged at once, as one night of small households that
know nothing of each other. What the people of other households might become in turn is not followed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from smart_record.facts.set_aside import TOLD_THROUGH
from smart_record.facts.terms.vocabulary import DEPENDANTS
from smart_record.linkage.sources import CLAIM_OF_DEPENDANT, record_of_row
from smart_record.records import Records
from triage.links.held_apart import copies_held_apart
from triage.links.weak_links import OTHER, ROW

_SURENESS = ("probable", "strong", "confirmed")
_AT_HOME, _ONE_BUSINESS = "same property", ("same council tax reduction", "telephone or email")
"""A bill and the claim or tenancy that it goes with are one household, whoever they name."""
_APART = "apart"
"""The resident that a row becomes when an officer takes it out of another's."""

Row = tuple[str, str, str | None]
Link = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What would be if each question were answered one way or the other.

    Attributes:
        records: Copies of the records asked about, in the households that the answers would make of them.
        parts: Which present household each of those comes from. Columns: number (of the question), same
            (the answer), household_id (the new one), of (the present one).
    """

    records: Records
    parts: pl.DataFrame


def answers(questions: pl.DataFrame, records: Records, *, as_of: date) -> Answers:
    """Answer every question both ways, but for what is so already.

    Args:
        questions: number, `ROW`, `OTHER`, household_id, other_household_id, evidence, joined (whether the two
            are one tonight). Without roles the question is whether two records are one household.
        records: The night's.
        as_of: The night's date.
    """
    homes = pl.concat([questions["household_id"], questions["other_household_id"]]).unique().sort()
    held = records.links.filter(pl.col("household_id").is_in(homes.implode()))
    source, record = record_of_row()
    held = held.with_columns(of_source=source, of_record=record).sort(ROW)
    by_home = {
        str(home): rows.to_dicts() for (home,), rows in held.group_by("household_id", maintain_order=True)
    }
    known = records.households.filter(pl.col("household_id").is_in(homes.implode()))
    sure = dict(known.select("household_id", "confidence").iter_rows())
    told = [each for question in questions.to_dicts() for each in _answered(question, by_home, sure)]
    columns = dict.fromkeys(("number", *ROW, "of_source", "of_record", "resident_id"), pl.String)
    columns |= dict.fromkeys(("household_id", "of", "confidence"), pl.String)
    schema = columns | {"number": pl.Int64, "same": pl.Boolean, "copy": pl.String}
    rows = _but_held_apart(pl.DataFrame(told, schema=schema), known, records, as_of)
    parts = rows.select("number", "same", "household_id", "of").unique().sort(pl.all())
    return Answers(records=_copies(rows, parts, records), parts=parts)


def _but_held_apart(rows: pl.DataFrame, homes: pl.DataFrame, records: Records, as_of: date) -> pl.DataFrame:
    """The rows, each in its present household where one person more does not make two homes one."""
    together = rows.filter("same", pl.col("of").n_unique().over("copy") > 1)
    apart = copies_held_apart(together, records, as_of=as_of)
    own = homes.select("confidence", of="household_id")
    stay = rows.filter(pl.col("copy").is_in(apart.implode())).drop("confidence").join(own, on="of")
    stay = stay.with_columns(household_id=pl.concat_str("copy", "of", separator="|")).select(rows.columns)
    return pl.concat([rows.filter(~pl.col("copy").is_in(apart.implode())), stay])


def _answered(
    question: Mapping[str, object], by_home: Mapping[str, list[Link]], sure: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    homes = list(dict.fromkeys([str(question["household_id"]), str(question["other_household_id"])]))
    rows = [row for home in homes for row in by_home[home]]
    one, other = _end(question, ROW), _end(question, OTHER)
    for same in (True, False) if question["joined"] else (True,):
        parts = [_merged(rows, one, other)] if same else _parted(rows, one, str(question["evidence"]))
        for place, part in enumerate(parts):
            settled = bool(question["joined"]) and (same or len(parts) > 1)
            confidence = _confidence(part, [sure[home] for home in homes], settled=settled)
            told = f"{question['number']}{'+' if same else '-'}"
            for row in part:
                yield {
                    **row,
                    "number": question["number"],
                    "same": same,
                    "of": row["household_id"],
                    "household_id": f"{told}{place}",
                    "confidence": confidence,
                    "copy": told,
                }


def _end(question: Mapping[str, object], names: Iterable[str]) -> tuple[object, ...]:
    return tuple(question[name] for name in names)


def _is(row: Link, end: tuple[object, ...]) -> bool:
    return tuple(row[name] for name in ROW) == end


def _merged(rows: list[Link], one: tuple[object, ...], other: tuple[object, ...]) -> list[Link]:
    """The rows with the residents of the two as one."""
    residents = {row["resident_id"] for row in rows if _is(row, one) or _is(row, other)}
    name = min(residents, default="")
    return [{**row, "resident_id": name} if row["resident_id"] in residents else row for row in rows]


def _parted(rows: list[Link], one: tuple[object, ...], evidence: str) -> list[list[Link]]:
    """The rows by household once the row is somebody else: what a person, or business, holds stays."""
    if _AT_HOME in evidence and any(phrase in evidence for phrase in _ONE_BUSINESS):
        return [rows]
    alone = [{**row, "resident_id": _APART} if _is(row, one) else row for row in rows]
    groups: list[tuple[set[str], set[str], list[Link]]] = []
    for row in alone:
        record = f"{row['of_source']}/{row['of_record']}"
        found = [group for group in groups if record in group[0] or row["resident_id"] in group[1]]
        joined = ({record}, {row["resident_id"]}, [row])
        for group in found:
            groups.remove(group)
            joined = (joined[0] | group[0], joined[1] | group[1], [*group[2], *joined[2]])
        groups.append(joined)
    return [group[2] for group in groups]


def _confidence(part: list[Link], sure: list[str], *, settled: bool) -> str:
    """As the match would say it: an officer's word is sure, one record alone is."""
    if len({(row["of_source"], row["of_record"]) for row in part}) == 1:
        return "confirmed"
    return "strong" if settled else min(sure, key=_SURENESS.index)


def _copies(rows: pl.DataFrame, parts: pl.DataFrame, records: Records) -> Records:
    copied = rows.select("of_source", "of_record", "copy").unique().sort(pl.all())
    named = pl.concat_str("copy", "record_ref", separator="|")
    home = rows.select("household_id", "of", "confidence").sort("household_id", "of")
    home = home.unique("household_id", keep="first", maintain_order=True)
    described = records.households.drop("confidence").rename({"household_id": "of"})
    support = records.support
    if support is not None:
        of = parts.select("household_id", "of")
        support = support.rename({"household_id": "of"}).join(of, on="of").select(support.columns)
    return Records(
        extracts={name: _copied(name, frame, copied) for name, frame in records.extracts.items()},
        named={name: _copied(name, frame, copied) for name, frame in records.named.items()},
        links=rows.with_columns(record_ref=named).select(*ROW, "resident_id", "household_id"),
        households=home.join(described, on="of").select(records.households.columns).sort("household_id"),
        support=support,
    )


_SOURCE_OF = {
    extract: source
    for parent, (source, extracts) in TOLD_THROUGH.items()
    if parent != DEPENDANTS
    for extract in extracts
}


def _copied(name: str, frame: pl.DataFrame, copied: pl.DataFrame) -> pl.DataFrame:
    """The rows of an extract that belong to copied records, once for each copy, in the order they had."""
    key = "record" if name not in _SOURCE_OF else CLAIM_OF_DEPENDANT if name == DEPENDANTS else "record_ref"
    wanted = copied.rename({"of_record": key})
    if name in _SOURCE_OF:
        wanted = wanted.filter(of_source=_SOURCE_OF[name]).drop("of_source")
        found = frame.join(wanted, on=key, maintain_order="left_right")
    else:
        wanted = wanted.rename({"of_source": "system"})
        found = frame.join(wanted, on=["system", key], maintain_order="left_right")
    again = [pl.concat_str("copy", column, separator="|").alias(column) for column in {key, "record_ref"}]
    return found.with_columns(again).select(frame.columns)
