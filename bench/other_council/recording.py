"""Which records has each household of the other council? Bills, claims and tenancies, and where they lag."""

from datetime import date, timedelta

from bench.other_council.accounts import Bill, open_account, open_landlords_account
from bench.other_council.chance import Chance
from bench.other_council.claims import Award, open_claim
from bench.other_council.families import Family
from bench.other_council.households import LODGER, Household
from bench.other_council.systems import Systems
from bench.other_council.tenancies import open_tenancy
from bench.other_council.town import Town

_CLAIMING = {"owner": 0.157, "social": 0.536, "private": 0.47}
_LODGERS_CLAIMING = 0.52
_REDUCTIONS = ("14.85", "20.40", "25.95", "31.50", "37.05", "42.60")
_WRONG_REDUCTIONS = ("20.40", "25.95", "0.00")
_RENTS = ("94.60", "103.20", "111.80", "120.40", "133.30")
_PRIVATE_RENT_PAID = "112.00"


def record(systems: Systems, town: Town) -> None:
    """Enter a whole town."""
    for household in town.households:
        if household.gone:
            bill = Bill(home=household.home, start=household.start, end=household.gone)
            open_account(systems, household, bill)
        else:
            _record_household(systems, household)
    for house in town.shared_houses:
        open_landlords_account(systems, house)


def _record_household(systems: Systems, household: Household) -> None:
    chance = systems.chance
    claiming = _LODGERS_CLAIMING if household.kind == LODGER else _CLAIMING[household.tenure]
    claims = chance.habit(claiming)
    ended = claims and chance.habit(0.12)
    reduction = chance.one_of(_REDUCTIONS) if claims and not ended else "0.00"
    rent = chance.one_of(_RENTS)
    _record_bills(systems, household, reduction)
    if household.tenure == "social":
        _record_tenancy(systems, household, rent)
    if claims:
        benefit = _housing_benefit(chance, household.tenure, rent)
        award = Award(ended=ended, reduction=reduction, housing_benefit=benefit)
        _record_claims(systems, household, award)
    if household.grown_up:
        open_claim(systems, household, household.home, Family(head=household.grown_up), Award())


def _record_bills(systems: Systems, household: Household, reduction: str) -> None:
    chance, move = systems.chance, household.move
    if move:
        open_account(systems, household, Bill(home=move.home, start=move.start, end=move.end))
    if household.kind != LODGER or chance.habit(0.24):
        billed = chance.one_of(_WRONG_REDUCTIONS) if chance.worse(0.1) else reduction
        open_account(systems, household, Bill(home=household.home, start=household.start, reduction=billed))


def _record_tenancy(systems: Systems, household: Household, rent: str) -> None:
    chance, move = systems.chance, household.move
    home = move.home if move and chance.worse(0.08) else household.home
    open_tenancy(systems, household, home, start=_tenancy_start(chance, household.start), rent=rent)


def _record_claims(systems: Systems, household: Household, award: Award) -> None:
    chance, move = systems.chance, household.move
    claimed = move.home if move and chance.error(0.14) else household.home
    open_claim(systems, household, claimed, household.family, award)
    if award.ended and chance.worse(0.25):
        again = Award(reduction=award.reduction, housing_benefit=award.housing_benefit)
        open_claim(systems, household, household.home, household.family, again)


def _tenancy_start(chance: Chance, start: date) -> date:
    """The day of the bill; in a dirtier council at times some weeks off."""
    return start + timedelta(days=chance.whole(-21, 22)) if chance.worse(0.3) else start


def _housing_benefit(chance: Chance, tenure: str, rent: str) -> str:
    if chance.habit(1 if tenure == "owner" else 0.72):
        return "0.00"
    return rent if tenure == "social" else _PRIVATE_RENT_PAID
