"""Inventing a whole council: people, homes and money from a seed, then the files that its systems export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from triage.invented import benefits, council_tax, liability, tenancies
from triage.invented.accounts import with_standing
from triage.invented.chance import stream
from triage.invented.further import write_further
from triage.invented.homes import MOST_HOMES
from triage.invented.ladders import COUNCIL_TAX, RENT
from triage.invented.ledger_files import COUNCIL_TAX_FILES, RENT_FILES, write_ledger
from triage.invented.life import Life, live
from triage.invented.truth import links, outcomes
from triage.invented.writing import write_manifest, write_table

AS_OF = date(2026, 10, 31)
_DIRTIEST = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """An invented council on disk.

    Attributes:
        extracts: Folder of the eight files and `MANIFEST.json`.
        truth: Folder of `links.csv` and `outcomes.csv`.
        as_of: The day the extracts were cut on.
        households: How many households it has.
        people: How many people.
        rows: Rows of each extract, by file name.
    """

    extracts: Path
    truth: Path
    as_of: date
    households: int
    people: int
    rows: Mapping[str, int]


def generate(
    directory: Path,
    *,
    households: int = 3000,
    seed: int = 1,
    as_of: date = AS_OF,
    dirt: float = 1.0,
    further: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Council:
    """Invent a council and write its extracts and the truth about them.

    The same arguments give the same bytes. Files that are there already are overwritten.

    Args:
        directory: Where `extracts/` and `truth/` go; made if it isn't there.
        households: How many households; 60,262 is the town the product was first made for.
        seed: Which council.
        as_of: The day the extracts are cut on; nothing that happened later is in them.
        dirt: How common errors are: 1.0 as councils have them, 2.5 far dirtier, 0 none.
        further: Also the files that a council need not bring; nothing else changes.
        progress: Called with a few words as each step begins.

    Raises:
        ValueError: If households, seed or dirt is out of range.
    """
    _check(households, seed, dirt)
    say = progress or (lambda _: None)
    extracts, truth = directory / "extracts", directory / "truth"
    for folder in (extracts, truth):
        folder.mkdir(parents=True, exist_ok=True)
    life = live(households, seed=seed, as_of=as_of, say=say)
    say("council tax files")
    rows, named = _council_tax(extracts, life, seed=seed, dirt=dirt)
    say("benefit files")
    more, claimed = _benefits(extracts, life, seed=seed, dirt=dirt)
    rows, named = rows | more, named | claimed
    say("rent files")
    more, rented = _rent(extracts, life, seed=seed, dirt=dirt)
    rows, named = rows | more, named | rented
    if further:
        say("further files")
        rows |= write_further(extracts, seed=seed, as_of=as_of)
    say("truth")
    write_table(truth / "links.csv", links(named, life.people, life.households))
    write_table(truth / "outcomes.csv", _outcomes(life, seed))
    write_manifest(extracts / "MANIFEST.json", as_of, rows)
    return Council(
        extracts=extracts,
        truth=truth,
        as_of=as_of,
        households=households,
        people=life.people.height,
        rows=rows,
    )


def _check(households: int, seed: int, dirt: float) -> None:
    if not 1 <= households <= MOST_HOMES:
        raise ValueError(f"households must be from 1 to {MOST_HOMES:,}, not {households:,}.")
    if seed < 0:
        raise ValueError(f"seed must be 0 or more, not {seed}.")
    if not 0.0 <= dirt <= _DIRTIEST:
        raise ValueError(f"dirt must be from 0 to {_DIRTIEST:g}, not {dirt:g}.")


Written = tuple[dict[str, int], dict[str, pl.DataFrame]]


def _council_tax(folder: Path, life: Life, *, seed: int, dirt: float) -> Written:
    rng = stream(seed, "council tax files")
    opened = liability.open_accounts(rng, life.households, life.people, life.tax_bills, times=life.times)
    accounts = with_standing(opened, life.tax, COUNCIL_TAX, life.times)
    file = council_tax.accounts_file(rng, accounts, life, dirt)
    rows = {"council_tax_accounts.csv": write_table(folder / "council_tax_accounts.csv", file)}
    rows |= write_ledger(folder, accounts, life.tax, COUNCIL_TAX_FILES, times=life.times)
    return rows, {"council_tax": council_tax.named(accounts)}


def _benefits(folder: Path, life: Life, *, seed: int, dirt: float) -> Written:
    rng = stream(seed, "benefit files")
    claims = benefits.open_claims(rng, life.claims, life.households, life.people, times=life.times)
    file = benefits.claims_file(rng, claims, life, dirt)
    children, listed = benefits.dependants_file(rng, claims, life.people, dirt)
    rows = {
        "benefit_claims.csv": write_table(folder / "benefit_claims.csv", file),
        "benefit_dependants.csv": write_table(folder / "benefit_dependants.csv", children),
    }
    return rows, {"benefits": benefits.named(claims), "benefits_dependants": listed}


def _rent(folder: Path, life: Life, *, seed: int, dirt: float) -> Written:
    rng = stream(seed, "rent files")
    opened = tenancies.open_tenancies(rng, life.households, life.people, life.rents, times=life.times)
    lasting = with_standing(opened, life.rent, RENT, life.times)
    file = tenancies.accounts_file(rng, lasting, life, dirt)
    rows = {"rent_accounts.csv": write_table(folder / "rent_accounts.csv", file)}
    rows |= write_ledger(folder, lasting, life.rent, RENT_FILES, times=life.times)
    return rows, {"rent": tenancies.named(lasting)}


def _outcomes(life: Life, seed: int) -> pl.DataFrame:
    return outcomes(
        stream(seed, "outcomes"),
        life.households,
        strain=life.strain,
        tax=(life.tax, COUNCIL_TAX),
        rent=(life.rent, RENT),
        times=life.times,
    )
