"""The rent accounts file, and who its names are."""

import numpy as np
import polars as pl

from triage.invented.billing import Rents
from triage.invented.chance import Flags, Floats, draw, happens, spread
from triage.invented.households import Households
from triage.invented.life import Life
from triage.invented.people import heads
from triage.invented.rows import exported, of_people, yes_no
from triage.invented.timeline import HISTORY_MONTHS, Timeline
from triage.invented.town import Place, Tenure
from triage.invented.written_addresses import in_one_line, postcodes, uprns, written
from triage.invented.written_names import in_two_fields
from triage.invented.written_numbers import births, dates, ninos_held, pounds

FORM = "%d-%b-%Y"
_SPOILT = {"weekly_rent": 0.004}
_TYPES = ("INTRODUCTORY", "SECURE", "FIXED")
_METHODS = ("DD", "SO", "CASH", "UC APA")
_JOINT = 0.56
_ON_UC_WITHOUT_CLAIM = 0.12
_INTRODUCTORY_DAYS = 365  # Housing Act 1996 s125


def open_tenancies(
    rng: np.random.Generator, households: Households, people: pl.DataFrame, rents: Rents, *, times: Timeline
) -> pl.DataFrame:
    """Every social tenancy, and the one before it of some who moved.

    Returns: One row per tenancy, by ref. Columns: ref (str), household, home (i64), start and end (i64, days
        since 1970-01-01, end null while it lasts), first and until (i64, its months of the household's
        ledger), weekly (i64, pence), tenant and joint (i64, rows of `people`, joint null without one).
    """
    lasting = np.flatnonzero(households.tenure == Tenure.SOCIAL)
    over = np.flatnonzero(rents.restarts >= 0)
    who = np.concatenate([lasting, over])
    before = np.arange(len(who)) >= len(lasting)
    head, next_place = heads(people, households.size)
    shares = np.isin(next_place, (Place.PARTNER, Place.GROWN_CHILD)) & happens(rng, _JOINT, households.size)
    restart = np.maximum(rents.restarts, 0)[who]
    width = max(5, len(str(8 * len(who))))
    rows = pl.DataFrame(
        {
            "household": who,
            "home": np.where(before, households.previous_home[who], households.home[who]),
            "start": np.where(before, households.previous_start[who], households.start[who]),
            "end": np.where(before, households.start[who], -1),
            "first": np.where(before, 0, restart),
            "until": np.where(before, restart, times.months),
            "weekly": np.where(before, rents.weekly_before[who], rents.weekly[who]),
            "tenant": head[who],
            "joint": head[who] + 1,
        }
    ).with_columns(
        end=pl.when(pl.col("end") >= 0).then("end"),
        joint=pl.when(pl.Series(shares[who])).then("joint"),
        ref="T9" + pl.Series(spread(0, len(who), 4, rng)).cast(pl.String).str.zfill(width),
    )
    return rows.sort("ref")


def accounts_file(rng: np.random.Generator, tenancies: pl.DataFrame, life: Life, dirt: float) -> pl.DataFrame:
    """Write `rent_accounts.csv` as a frame of text; tenancies are those opened here, with standing."""
    people, claims, ill = life.people, life.claims, life.ill[HISTORY_MONTHS - 1]
    pressed = life.strain[HISTORY_MONTHS - 1][tenancies["household"].to_numpy()]
    of, size = tenancies["household"].to_numpy(), tenancies.height
    homes = life.households.homes[tenancies["home"]]
    tenant, joint = of_people(people, tenancies["tenant"]), of_people(people, tenancies["joint"])
    names, joints = in_two_fields(rng, tenant, dirt), in_two_fields(rng, joint, dirt)
    shown = [pl.Series(happens(rng, share, size)) for share in (0.69, 0.41)]
    on_uc = (claims.live[HISTORY_MONTHS - 1] & (claims.passport == 1))[of]
    on_uc |= ~claims.live[HISTORY_MONTHS - 1][of] & happens(rng, _ON_UC_WITHOUT_CLAIM, size)
    helped = happens(rng, np.where(ill, 0.12, 0.025)[of], size)
    rows = pl.DataFrame(
        {
            "tenancy_ref": tenancies["ref"],
            "property_address": in_one_line(rng, written(rng, homes, dirt)),
            "postcode": postcodes(rng, homes, dirt),
            "uprn": uprns(rng, homes, missing=0.155, dirt=dirt),
            "tenant_forename": names.forename,
            "tenant_surname": names.surname,
            "tenant_dob": births(rng, tenant, missing=0.085, dirt=dirt).dt.strftime(FORM),
            "tenant_nino": ninos_held(rng, tenant, missing=0.28, dirt=dirt),
            "tenant_phone": pl.select(pl.when(shown[0]).then(tenant["telephone"])).to_series(),
            "tenant_email": pl.select(pl.when(shown[1]).then(tenant["email"])).to_series(),
            "joint_forename": joints.forename,
            "joint_surname": joints.surname,
            "joint_dob": births(rng, joint, missing=0.136, dirt=dirt).dt.strftime(FORM),
            "tenancy_type": pl.Series(_TYPES).gather(_types(rng, tenancies, life.times)),
            "tenancy_start": dates(tenancies["start"], FORM),
            "tenancy_end": dates(tenancies["end"], FORM),
            "weekly_rent": pounds(tenancies["weekly"]),
            "balance": pounds(tenancies["balance"]),
            "arrears_stage": tenancies["stage"],
            "stage_date": dates(tenancies["stage_on"], FORM),
            "payment_method": pl.Series(_METHODS).gather(_methods(rng, on_uc, pressed)),
            "uc_flag": yes_no(on_uc),
            "support_flag": yes_no(helped),
        }
    )
    return exported(rng, rows, spoilt=_SPOILT, dirt=dirt)


def _types(rng: np.random.Generator, tenancies: pl.DataFrame, times: Timeline) -> np.ndarray:
    new = times.today - tenancies["start"].to_numpy() < _INTRODUCTORY_DAYS
    return np.where(new, 0, 1 + draw(rng, (0.72, 0.28), len(new)))


def _methods(rng: np.random.Generator, on_uc: Flags, pressed: Floats) -> np.ndarray:
    direct = happens(rng, np.where(on_uc, np.where(pressed > 1.0, 0.5, 0.2), 0.04), len(on_uc))
    return np.where(direct, 3, draw(rng, (0.44, 0.29, 0.27), len(on_uc)))


def named(tenancies: pl.DataFrame) -> pl.DataFrame:
    """Who the names on the tenancies are: columns record_ref, role, person (row of the people)."""
    return pl.concat(
        tenancies.select(record_ref="ref", role=pl.lit(role), person=role).drop_nulls()
        for role in ("tenant", "joint")
    )
