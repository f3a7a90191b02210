"""The two benefit files: claims and the children on them, and who their names are."""

import numpy as np
import polars as pl

from triage.invented.chance import Flags, Ints, draw, happens, spread, worsened
from triage.invented.claims import END_REASONS, PASSPORTS, Claims
from triage.invented.households import Households
from triage.invented.life import Life
from triage.invented.people import heads
from triage.invented.rows import exported, of_people, yes_no
from triage.invented.timeline import Timeline
from triage.invented.town import PENSION_AGE, Kind, Place, Tenure
from triage.invented.written_addresses import in_lines, postcodes, uprns, written
from triage.invented.written_names import in_two_fields
from triage.invented.written_numbers import births, dates, ninos_held, pounds

FORM = "%Y-%m-%d"
_FIRST_REF = 7_000_000
_SPOILT = {"dob": 0.0023, "weekly_income": 0.006}
_TENURES = ("OWNER", "PRIVATE TENANT", "SOCIAL TENANT")
_AT_OLD_ADDRESS = 0.25
_PRIVATE_RENTS = np.array([11000, 13500, 15000, 14500, 11000, 13500, 15000, 11000])  # pence a week, by kind
_ROOM_RENT = 9200
_SPARE_ROOM = (0.0, 0.14, 0.25)  # Housing Benefit Regulations 2006 reg B13
_CHILD_LEFT_OUT = 0.012


def open_claims(
    rng: np.random.Generator, claims: Claims, households: Households, people: pl.DataFrame, *, times: Timeline
) -> pl.DataFrame:
    """The claims the extract shows: begun by `as_of`.

    Returns: One row per claim, by ref. Columns: ref (str), household, home (i64), began (i64 days), ended
        (i64 days, null while live), reason (str, null while live), claimant and partner (i64, rows of
        `people`, partner null where there is none).
    """
    begun = claims.began <= times.today
    household, ended = claims.household[begun], claims.ended[begun]
    over = ended <= times.today
    size = len(household)
    head, next_place = heads(people, households.size)
    has_partner = next_place[household] == Place.PARTNER
    moved = households.moved[household]
    old = moved & (happens(rng, _AT_OLD_ADDRESS, size) | (ended <= households.start[household]))
    rows = pl.DataFrame(
        {
            "household": household,
            "home": np.where(old, households.previous_home[household], households.home[household]),
            "began": claims.began[begun],
            "ended": ended,
            "reason": pl.Series(END_REASONS).gather(claims.reason[begun]),
            "claimant": head[household],
            "partner": head[household] + 1,
        }
    ).with_columns(
        pl.when(pl.Series(over)).then(pl.col("ended", "reason")),
        partner=pl.when(pl.Series(has_partner)).then("partner"),
        ref="HB" + pl.Series(spread(_FIRST_REF, size, 4, rng)).cast(pl.String),
    )
    return rows.sort("ref")


def claims_file(rng: np.random.Generator, rows: pl.DataFrame, life: Life, dirt: float) -> pl.DataFrame:
    """Write `benefit_claims.csv` as a frame of text; `rows` are those of `open_claims`."""
    claims, households, people = life.claims, life.households, life.people
    of = rows["household"].to_numpy()
    live = rows["ended"].is_null().to_numpy()
    homes = households.homes[rows["home"]]
    claimant, partner = of_people(people, rows["claimant"]), of_people(people, rows["partner"])
    lines = in_lines(written(rng, homes, dirt), lines=3)
    names, partners = in_two_fields(rng, claimant, dirt), in_two_fields(rng, partner, dirt)
    money = _amounts(rng, of, live, life)
    passport = claims.passport[of]
    table = pl.DataFrame(
        {
            "claim_ref": rows["ref"],
            "claim_type": _types(claims, households)[of],
            "status": pl.Series(["ENDED", "LIVE"]).gather(live.astype(np.int64)),
            "start_date": dates(rows["began"], FORM),
            "end_date": dates(rows["ended"], FORM),
            "end_reason": rows["reason"],
            "nino": ninos_held(rng, claimant, missing=0.023, dirt=dirt),
            "forename": names.forename,
            "surname": names.surname,
            "dob": births(rng, claimant, missing=0.012, dirt=dirt).dt.strftime(FORM),
            "sex": pl.Series(["M", "F"]).gather(claimant["female"].cast(pl.Int64)),
            "partner_nino": ninos_held(rng, partner, missing=0.065, dirt=dirt),
            "partner_forename": partners.forename,
            "partner_surname": partners.surname,
            "partner_dob": births(rng, partner, missing=0.02, dirt=dirt).dt.strftime(FORM),
            **{f"address_{number}": line for number, line in enumerate(lines, start=1)},
            "postcode": postcodes(rng, homes, dirt),
            "uprn": uprns(rng, homes, missing=0.595, dirt=dirt),
            "tenure": pl.Series(_TENURES).gather(households.tenure[of]),
            "dependants": _count(people, households, (Place.CHILD,))[of].astype(str),
            "non_dependants": _count(people, households, (Place.GROWN_CHILD, Place.SHARER))[of].astype(str),
            "passported": pl.Series([None, *PASSPORTS[1:]]).gather(passport),
            **money,
            "dhp_end_date": _dhp_ends(rng, live & claims.covers_rent[of], life.times),
            "last_change_date": _last_changes(rng, rows, life.times),
        }
    )
    return exported(rng, table, spoilt=_SPOILT, dirt=dirt)


def _types(claims: Claims, households: Households) -> pl.Series:
    """HB where they are not liable for council tax, CTR where no rent is covered, else both."""
    kind = np.where(~households.own_account, 0, np.where(claims.covers_rent, 2, 1))
    return pl.Series(["HB", "CTR", "HB&CTR"]).gather(kind)


def _amounts(rng: np.random.Generator, of: Ints, live: Flags, life: Life) -> dict[str, pl.Series]:
    """Weekly income and awards, what is taken off them, and what was overpaid, in pounds."""
    claims, households, tax, rent = life.claims, life.households, life.tax_bills.yearly, life.rents.weekly
    size, kind, tenure = len(of), households.kind[of], households.tenure[of]
    covered = claims.covers_rent[of] & live
    working_age_social = covered & (tenure == Tenure.SOCIAL) & ~np.isin(kind, PENSION_AGE)
    spare = np.array(_SPARE_ROOM)[draw(rng, (0.6, 0.25, 0.15), size)] * working_age_social
    private = np.where(households.in_shared_house[of], _ROOM_RENT, _PRIVATE_RENTS[kind])
    deduction = np.rint(rent[of] * spare)
    award = np.where(tenure == Tenure.SOCIAL, rent[of] - deduction, private) * covered
    capped = live & happens(rng, np.where(np.isin(kind, (Kind.FAMILY, Kind.LONE)), 0.05, 0.008), size)
    reduction = np.rint(tax[of] * claims.reduction[of] * households.own_account[of] / 52) * live
    overpaid = np.where(happens(rng, 0.33, size), np.rint(rng.lognormal(10.6, 0.9, size)), 0)
    money = {
        "weekly_income": claims.income[of],
        "weekly_hb": np.where(capped, np.rint(award * 0.7), award),
        "weekly_ctr": reduction,
        "spare_room_deduction": deduction,
    }
    shown = {name: pounds(pl.Series(pence.astype(np.int64))) for name, pence in money.items()}
    return {
        **shown,
        "benefit_cap": yes_no(capped),
        "overpayment_balance": pounds(pl.Series(overpaid.astype(np.int64))),
    }


def _count(people: pl.DataFrame, households: Households, which: tuple[int, ...]) -> Ints:
    chosen = people.filter(pl.col("place").is_in(which))["household"]
    return np.bincount(chosen, minlength=households.size)


def _dhp_ends(rng: np.random.Generator, covered: Flags, times: Timeline) -> pl.Series:
    """When a discretionary housing payment ends or ended, for a few of those it could be paid to."""
    paid = covered & happens(rng, 0.07, len(covered))
    ends = pl.Series(times.today + rng.integers(-90, 125, len(covered)))
    return dates(pl.select(pl.when(pl.Series(paid)).then(ends)).to_series(), FORM)


def _last_changes(rng: np.random.Generator, rows: pl.DataFrame, times: Timeline) -> pl.Series:
    some_day = pl.Series(times.today - rng.integers(5, 500, rows.height))
    return dates(rows.select(pl.max_horizontal(some_day, "began", "ended")).to_series(), FORM)


def dependants_file(
    rng: np.random.Generator, rows: pl.DataFrame, people: pl.DataFrame, dirt: float
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Write `benefit_dependants.csv`, by claim and number, and who its names are."""
    children = people.filter(pl.col("place") == Place.CHILD).select("person", "household")
    listed = rows.select("ref", "household").join(children, on="household").sort("ref", "person")
    listed = listed.with_columns(number=pl.int_range(1, pl.len() + 1).over("ref"))
    listed = listed.filter(pl.Series(~happens(rng, worsened(_CHILD_LEFT_OUT, dirt), listed.height)))
    child = of_people(people, listed["person"])
    names = in_two_fields(rng, child, dirt)
    number = listed["number"].cast(pl.String)
    file = pl.DataFrame(
        {
            "claim_ref": listed["ref"],
            "dependant_no": number,
            "forename": names.forename,
            "surname": names.surname,
            "dob": births(rng, child, missing=0.0, dirt=dirt / 3).dt.strftime(FORM),
        }
    )
    record = listed.select(record_ref=pl.col("ref") + "/" + number, role=pl.lit("dependant"), person="person")
    return file, record


def named(rows: pl.DataFrame) -> pl.DataFrame:
    """Who the names on the claims are: columns record_ref, role, person (row of the people)."""
    return pl.concat(
        rows.select(record_ref="ref", role=pl.lit(role), person=role).drop_nulls()
        for role in ("claimant", "partner")
    )
