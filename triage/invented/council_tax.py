"""The council tax accounts file, and who its names are."""

import numpy as np
import polars as pl

from triage.invented.chance import draw, draw_by_row, happens
from triage.invented.life import Life
from triage.invented.rows import exported, of_people, yes_no
from triage.invented.tables import column
from triage.invented.timeline import HISTORY_MONTHS
from triage.invented.written_addresses import in_lines, postcodes, uprns, written
from triage.invented.written_names import in_one_field, two_in_one_field
from triage.invented.written_numbers import births, dates, ninos_held, pounds

FORM = "%d/%m/%Y"
_SPOILT = {"liability_start": 0.0052, "balance": 0.0057}
_METHODS = ("DIRECT DEBIT", "BANK", "CASH", "CARD")
_METHOD_SHARES = np.array([[0.62, 0.16, 0.08, 0.14], [0.38, 0.2, 0.21, 0.21], [0.22, 0.22, 0.3, 0.26]])


def accounts_file(rng: np.random.Generator, accounts: pl.DataFrame, life: Life, dirt: float) -> pl.DataFrame:
    """Write `council_tax_accounts.csv` as a frame of text, from the accounts of `liability` with standing."""
    households, claims, ill = life.households, life.claims, life.ill[HISTORY_MONTHS - 1]
    homes = households.homes[accounts["home"]]
    household = accounts["household"].fill_null(0).to_numpy()
    theirs = accounts["household"].is_not_null().to_numpy()
    open_now = theirs & accounts["end"].is_null().to_numpy()
    lines = in_lines(written(rng, homes, dirt), lines=4)
    reduction = np.where(claims.live[HISTORY_MONTHS - 1], claims.reduction, 0.0)[household] * open_now
    vulnerable = theirs & happens(rng, np.where(ill, 0.10, 0.015)[household], len(theirs))
    method = draw_by_row(
        rng, _METHOD_SHARES, np.searchsorted([0.0, 1.2], life.strain[HISTORY_MONTHS - 1])[household]
    )
    wards = pl.Series(column("wards", "ward")).gather(homes["ward"])
    weekly = pl.Series(np.rint(accounts["yearly"].to_numpy() * reduction / 52).astype(np.int64))
    rows = pl.DataFrame({"account_ref": accounts["ref"], "uprn": uprns(rng, homes, missing=0.05, dirt=dirt)})
    rows = rows.with_columns(
        *(line.alias(f"address_line_{number}") for number, line in enumerate(lines, start=1)),
        postcode=postcodes(rng, homes, dirt),
        ward=pl.when(pl.Series(happens(rng, 0.9, len(theirs)))).then(wards),
        band=homes["band"],
        **_names(rng, accounts, life.people, dirt),
        liability_start=dates(accounts["start"], FORM),
        liability_end=dates(accounts["end"], FORM),
        discount=pl.when(pl.Series(life.tax_bills.discounted[household] & theirs)).then(pl.lit("SPD25")),
        ctr_weekly=pounds(weekly),
        payment_method=pl.Series(_METHODS).gather(method),
        annual_charge=pounds(accounts["yearly"]),
        balance=pounds(accounts["balance"]),
        recovery_stage=accounts["stage"],
        recovery_stage_date=dates(accounts["stage_on"], FORM),
        vulnerable=yes_no(vulnerable),
        breathing_space_end=dates(accounts["breathing_space_end"], FORM),
    )
    return exported(rng, rows, spoilt=_SPOILT, dirt=dirt)


def _names(
    rng: np.random.Generator, accounts: pl.DataFrame, people: pl.DataFrame, dirt: float
) -> dict[str, pl.Series | pl.Expr]:
    """Who is liable and how to reach them; a landlord's name where the house is let by the room."""
    first, second = of_people(people, accounts["liable_1"]), of_people(people, accounts["liable_2"])
    landlords = pl.Series(column("landlords", "name"))
    landlord = landlords.gather(draw(rng, np.ones(len(landlords)), accounts.height))
    joint, shown = (
        accounts["joint"],
        [pl.Series(happens(rng, share, accounts.height)) for share in (0.53, 0.35)],
    )
    one, two = in_one_field(rng, first, dirt), in_one_field(rng, second, dirt)
    both = two_in_one_field(rng, first, second, dirt)
    second_birth = births(rng, second, missing=0.57, dirt=dirt)
    return {
        "liable_name_1": pl.when(joint)
        .then(both)
        .when(accounts["household"].is_null())
        .then(landlord)
        .otherwise(one),
        "liable_dob_1": births(rng, first, missing=0.565, dirt=dirt).dt.strftime(FORM),
        "liable_nino_1": ninos_held(rng, first, missing=0.79, dirt=dirt),
        "liable_name_2": pl.when(~joint).then(two),
        "liable_dob_2": pl.when(~joint).then(second_birth.dt.strftime(FORM)),
        "telephone": pl.when(shown[0]).then(first["telephone"]),
        "email": pl.when(shown[1]).then(first["email"]),
    }


def named(accounts: pl.DataFrame) -> pl.DataFrame:
    """Who the names in the file are: columns record_ref, role, person (row of the people)."""
    second = pl.when("joint").then(pl.lit("liable_1_joint")).otherwise(pl.lit("liable_2"))
    roles = (("liable_1", pl.lit("liable_1")), ("liable_2", second))
    return pl.concat(
        accounts.select(record_ref="ref", role=role, person=name).drop_nulls() for name, role in roles
    )
