"""Records joined into households: units of people who answer for the same claim, tenancy or bill.

A unit is a record. Units are one household when they have a resident in common, or when one's business can
only be the other's (a bill with a reduction and the claim it comes from, a tenancy and the liability that
began with it), or when one carries the other's key, or when kin live there who claim on their own or take the
bill or tenancy over, or when an officer says so. Living at one address is not enough: a shared house holds
several households, and a family that moved is one.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from smart_record.linkage.context.business import matching_business, sharing_a_resident
from smart_record.linkage.graph.clusters import Numbers, clusters, components
from smart_record.linkage.graph.packed_pairs import HALF, once_each, packed
from smart_record.linkage.homes.kin_at_home import PARENT_AND_CHILD, kin_at_home
from smart_record.linkage.homes.living_apart import living_apart, sharing
from smart_record.linkage.homes.succession import SUCCESSION_OF_BOTH, successions
from smart_record.linkage.pairs.evidence import CONFIRMED, PROBABLE, STRONG
from smart_record.linkage.rows.named_by_key import named_by_key
from smart_record.linkage.rows.verdicts import HOUSEHOLD_CONFIRMED, Settled
from smart_record.linkage.sources import COUNCIL_TAX, RENT, SOURCES

_NAMES = {CONFIRMED: "confirmed", STRONG: "strong", PROBABLE: "probable"}
_ENDS = ("left", "right")
_TIES = {STRONG: "surely", CONFIRMED: "certainly"}


_AS_KIN, _BY_BUSINESS, _BY_RESIDENT, _AT_ONE_HOME, _BY_OFFICER = 0.0, 1.0, 2.0, 3.0, 4.0
"""Where two records are held apart, what joins them is taken in this order, strongest first."""


def households_of_records(
    rows: pl.DataFrame, records: pl.DataFrame, adults: pl.DataFrame, settled: Settled
) -> pl.DataFrame:
    """The household of each record that names somebody.

    Args:
        rows: All person rows with record, resident, surely, certainly (as `residents.Residents`).
        records: `record_rows`.
        adults: Adult person rows with record, resident, surname, dob.
        settled: What officers decided, by record number.

    Returns:
        One row per record that names somebody, sorted: record, household (the smallest record number of it),
        confidence (of the whole household: "confirmed", "strong", "probable"), told (what joins the record to
        others of its household beside the people named in both; null if nothing does).
    """
    naming = np.zeros(records.height, dtype=np.bool_)
    naming[rows["record"].to_numpy()] = True
    known = np.flatnonzero(naming)
    shared = sharing_a_resident(rows)
    so_far = components(records.height, shared["left"], shared["right"])
    matched = matching_business(rows, records, so_far)
    lasting = [pairs.select("left", "right") for pairs in (settled.same, shared, matched)]
    without_kin = pl.concat(lasting)
    group = components(records.height, without_kin["left"], without_kin["right"])
    following = successions(adults, records, group)
    group = components(records.height, *(pl.concat([without_kin[end], following[end]]) for end in _ENDS))
    kin = pl.concat([following, kin_at_home(adults, records, group)])
    by = (_BY_OFFICER, _BY_RESIDENT, _BY_BUSINESS, _AS_KIN)
    reasons = zip([*lasting, kin.select("left", "right")], by, strict=True)
    links = pl.concat([pairs.with_columns(posterior=pl.lit(how)) for pairs, how in reasons])
    household = _without_those_apart(links, rows, records, settled)
    of_record = pl.DataFrame({"record": known.astype(np.uint32), "household": household.gather(known)})
    of_record = of_record.join(
        _told(settled, pl.concat([matched, kin]), household), on="record", how="left", maintain_order="left"
    )
    sure = [
        settled.same,
        named_by_key(records),
        kin.filter(pl.col("told").is_in([PARENT_AND_CHILD, SUCCESSION_OF_BOTH])),
    ]
    strong = pl.concat([pairs.select("left", "right") for pairs in sure])
    return _with_confidence(of_record, rows, {CONFIRMED: settled.same, STRONG: strong}, records.height)


def _told(settled: Settled, found: pl.DataFrame, household: pl.Series) -> pl.DataFrame:
    """What joins records that no person joins, in words: record, told.

    Args:
        settled: What officers decided.
        found: Records joined by their business or as kin: left, right, loose, told.
        household: Of each record.
    """
    officers = pl.concat(
        [settled.same.select(record=side, told=pl.lit(HOUSEHOLD_CONFIRMED)) for side in _ENDS]
    )
    together = household.gather(found["left"]) == household.gather(found["right"])
    held = found.filter(together).select("told", record="loose")
    all_told = pl.concat([officers, held.select("record", "told")]).unique().sort("record", "told")
    return all_told.group_by("record").agg(pl.col("told").str.join("; "))


def _without_those_apart(
    links: pl.DataFrame, rows: pl.DataFrame, records: pl.DataFrame, settled: Settled
) -> pl.Series:
    """The household of each record: all that is linked, but for what officers or two homes hold apart."""
    group = components(records.height, links["left"], links["right"])
    apart = living_apart(rows, records, group)
    one_by_officer = components(records.height, settled.same["left"], settled.same["right"])
    left, right = (one_by_officer[apart[end].to_numpy()] for end in ("left", "right"))
    apart = apart.filter(pl.Series(left != right, dtype=pl.Boolean))
    if apart.height:
        parting = np.isin(group, group[apart["left"].to_numpy()])
        links = pl.concat([links, _each_shared(rows, records, np.flatnonzero(parting))])
    return clusters(links, records["record"], pl.concat([settled.apart, apart]))


def _each_shared(rows: pl.DataFrame, records: pl.DataFrame, asked: Numbers) -> pl.DataFrame:
    """Links of these records by residents they share; first those at one home, so that who stays keeps it."""
    pairs = sharing(rows, pl.Series(asked, dtype=pl.UInt32))
    home = records["property"]
    at_home = (home.gather(pairs["left"]) == home.gather(pairs["right"])).fill_null(value=False)
    by = pl.when(pl.lit(at_home)).then(pl.lit(_AT_ONE_HOME)).otherwise(pl.lit(_BY_RESIDENT))
    return pairs.with_columns(posterior=by)


def _with_confidence(
    of_record: pl.DataFrame, rows: pl.DataFrame, told: Mapping[int, pl.DataFrame], records: int
) -> pl.DataFrame:
    """The confidence of a household is the highest whose links alone still hold all its records together."""
    record, household = (of_record[name].to_numpy() for name in ("record", "household"))
    confidence = np.full(len(record), PROBABLE)
    for strength in (STRONG, CONFIRMED):
        held = _held_together(rows.select("record", resident=_TIES[strength]), told[strength], records)
        torn = np.zeros(records, dtype=np.bool_)
        torn[household[held[record] != held[household]]] = True  # a household is named by its first record
        confidence[~torn[household]] = strength
    names = pl.Series("confidence", confidence).replace_strict(_NAMES, return_dtype=pl.String)
    return of_record.select("record", "household", "told", names)


def _held_together(rows: pl.DataFrame, told: pl.DataFrame, records: int) -> Numbers:
    """The group of each record among those that share somebody, or that an officer or a key joined."""
    shared = sharing_a_resident(rows)
    ends = [pl.concat([shared[side], told[side]]) for side in ("left", "right")]
    return components(records, *ends)


def household_rows(rows: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Describe each household by its present home: its running bill, else its tenancy, else its claim.

    Args:
        rows: All person rows with record, resident, household (numbers), household_id, confidence.
        records: `record_rows`.

    Returns:
        One row per household_id, sorted: household_id, uprn, members, address, ward, sources, confidence.
    """
    held = rows.select("record", "household", "household_id", "confidence")
    home = _at_home(held.filter(pl.col("record").is_first_distinct()), records)
    return (
        home.with_columns(_members(rows))
        .select("household_id", "uprn", "members", "address", "ward", "sources", "confidence")
        .sort("household_id")
    )


def _members(rows: pl.DataFrame) -> pl.Series:
    """How many residents each household has, by its number."""
    residents = once_each(packed(rows["household"].to_numpy(), rows["resident"].to_numpy()))
    _, members = np.unique(residents >> HALF, return_counts=True)
    return pl.Series("members", members, dtype=pl.Int64)


def _at_home(held: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Each household as its present home tells, in order of its number.

    Args:
        held: One row per record that names somebody: record, household, household_id, confidence.
        records: `record_rows`; of two records of one source and age the first is taken.
    """
    of_record = records.select("source", "ward", "starts", "ends").select(pl.all().gather(held["record"]))
    rank = pl.col("source").replace_strict({COUNCIL_TAX: 0, RENT: 1}, default=2)
    lasted = -pl.col("starts").dt.epoch("d").fill_null(0)
    order = of_record.select("source", "ward", ended=pl.col("ends").is_not_null(), rank=rank, lasted=lasted)
    ordered = pl.concat([held, order], how="horizontal").sort(
        "household", "ended", "rank", "lasted", "record"
    )
    first = ordered.filter(pl.col("household").is_first_distinct())
    told = records.select(
        uprn="resolved_uprn",
        address=pl.concat_str(["address", "postcode"], separator=", ", ignore_nulls=True),
    )
    home = first.select(
        "household", "household_id", "confidence", "ward", *told.select(pl.all().gather(first["record"]))
    )
    wards = _wards_told_beside(first, ordered, records["property"])
    home = home.join(wards, on="household", how="left", maintain_order="left")
    return home.with_columns(_sources(ordered), ward=pl.coalesce("ward", "beside"))


def _wards_told_beside(first: pl.DataFrame, ordered: pl.DataFrame, properties: pl.Series) -> pl.DataFrame:
    """The wards of homes whose own record tells none, as another record of the household there does.

    A record of another property tells where they lived, or will live.
    """
    bare = first.filter(pl.col("ward").is_null()).select("household", "record")
    others = ordered.drop_nulls("ward").join(bare, on="household", how="semi", maintain_order="left")
    homes, others = (
        rows.with_columns(properties.gather(rows["record"]).alias("property")) for rows in (bare, others)
    )
    there = others.join(homes, on=["household", "property"], how="semi", maintain_order="left")
    return there.filter(pl.col("household").is_first_distinct()).select("household", beside="ward")


def _sources(held: pl.DataFrame) -> pl.Series:
    """The sources of each household, comma-joined and sorted, by its number."""
    names = sorted(one.source for one in SOURCES)
    by_household = held.group_by("household", maintain_order=True)
    has = by_household.agg((pl.col("source") == name).any().alias(name) for name in names)
    told = [pl.when(name).then(pl.lit(name)) for name in names]
    return has.select(sources=pl.concat_str(told, separator=",", ignore_nulls=True)).to_series()
