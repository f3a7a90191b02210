"""Who lives there: adults by name, ages, tenure, what the match says."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from smart_record.facts import derive_facts
from tests.smart_record.facts.builders import NIGHT, Part, a_claim, a_night, a_tenancy, an_account, facts_of

ENDED = date(2026, 1, 1)


def known(*parts: Part, **told: Any) -> dict[str, Any]:
    facts = facts_of(*parts, **told)
    return {name.removeprefix("household."): facts[name] for name in facts if name.startswith("household.")}


def test_one_person_in_three_systems_is_one_adult() -> None:
    facts = known(
        an_account(people={"liable_1": "R1"}),
        a_claim(people={"claimant": "R1"}),
        a_tenancy(people={"tenant": "R1", "joint": "R2"}),
    )
    assert (facts["adults"], facts["sources"]) == (2, 3)


def test_adults_of_ended_records_do_not_count() -> None:
    facts = known(
        an_account(people={"liable_1": "R1"}),
        a_claim(people={"claimant": "R2", "partner": "R3"}, status="ended", end_date=ENDED),
        a_tenancy(people={"tenant": "R4"}, tenancy_end=ENDED),
    )
    assert (facts["adults"], facts["sources"]) == (1, 1)


def test_a_household_of_ended_records_only_has_no_known_adults() -> None:
    facts = known(an_account(liability_end=ENDED))
    assert (facts["adults"], facts["sources"], facts["pension_age"]) == (None, None, None)


def test_two_people_in_one_name_field_are_two_adults() -> None:
    assert known(an_account(people={"liable_1": "R1", "liable_1_joint": "R2"}))["adults"] == 2


def test_adults_whom_only_the_claim_tells_of_count() -> None:
    assert known(a_claim(non_dependants=2))["adults"] == 3
    assert known(a_claim(non_dependants=2, partner_nino="QQ123456C"))["adults"] == 4
    assert known(a_claim(non_dependants=None))["adults"] == 1


def test_the_claims_non_dependant_may_be_the_one_liable_for_council_tax() -> None:
    facts = known(
        a_claim(people={"claimant": "R1"}, non_dependants=1),
        an_account(people={"liable_1": "R1", "liable_2": "R2"}),
    )
    assert facts["adults"] == 2


def test_ages_are_those_on_the_day() -> None:
    parts = a_tenancy(
        people={"tenant": "R1", "joint": "R2"}, tenant_dob=date(1980, 11, 1), joint_dob=date(1990, 10, 31)
    )
    facts = known(parts)
    assert (facts["oldest_adult_age"], facts["youngest_adult_age"]) == (45, 36)
    assert known(parts, as_of=NIGHT + timedelta(days=1))["oldest_adult_age"] == 46


def test_the_date_of_birth_in_benefits_is_believed_first_and_council_tax_last() -> None:
    people = {"benefits": date(1990, 1, 2), "rent": date(1980, 1, 2), "council_tax": date(1970, 1, 2)}
    account = an_account(people={"liable_1": "R1"}, liable_dob_1=people["council_tax"])
    tenancy = a_tenancy(people={"tenant": "R1"}, tenant_dob=people["rent"])
    claim = a_claim(people={"claimant": "R1"}, dob=people["benefits"])
    assert known(account, tenancy, claim)["oldest_adult_age"] == 36
    assert known(account, tenancy)["oldest_adult_age"] == 46
    assert known(account, tenancy, a_claim(people={"claimant": "R1"}))["oldest_adult_age"] == 46


@pytest.mark.parametrize(
    "dob", [None, date(1900, 1, 1), date(1901, 1, 1), date(2015, 3, 3), date(2026, 12, 1)]
)
def test_a_date_of_birth_that_cannot_be_an_adults_is_not_known(dob: date | None) -> None:
    facts = known(an_account(liable_dob_1=dob))
    assert (facts["oldest_adult_age"], facts["pension_age"]) == (None, None)


@pytest.mark.parametrize(
    ("births", "reached"),
    [
        ([date(1955, 1, 1), date(1990, 1, 1)], True),
        ([date(1955, 1, 1), None], True),
        ([date(1990, 1, 1), None], None),
        ([date(1990, 1, 1), date(1991, 1, 1)], False),
    ],
)
def test_pension_age_is_denied_only_where_every_birth_is_known(
    births: list[date | None], *, reached: bool | None
) -> None:
    first, second = births
    tenancy = a_tenancy(people={"tenant": "R1", "joint": "R2"}, tenant_dob=first, joint_dob=second)
    assert known(tenancy)["pension_age"] is reached


def test_a_tenancy_tells_the_tenure_before_a_claim_does() -> None:
    assert known(a_claim(tenure="owner"))["tenure"] == "owner"
    assert known(a_claim(tenure="owner"), a_tenancy())["tenure"] == "social_rent"
    assert known(a_claim(tenure="owner"), a_tenancy(tenancy_end=ENDED))["tenure"] == "owner"
    assert known(an_account())["tenure"] is None


def test_of_two_live_claims_the_one_changed_last_tells_the_tenure() -> None:
    newest = a_claim("C1", tenure="owner", last_change_date=date(2026, 6, 1))
    assert known(newest, a_claim("C2", last_change_date=date(2026, 5, 1)))["tenure"] == "owner"


def test_ward_and_confidence_are_those_of_the_match() -> None:
    facts = derive_facts(a_night(an_account(), confidence="probable", ward=None), as_of=NIGHT)
    assert facts.select("household__confidence", "household__ward").row(0) == ("probable", None)
    assert facts.schema["household__ward"] == pl.String


def test_who_lives_there_is_known_on_the_night_only() -> None:
    parts = [an_account(liable_dob_1=date(1950, 1, 1)), a_tenancy()]
    facts = known(*parts, as_of=NIGHT - timedelta(days=1), snapshot_on=NIGHT)
    assert set(facts.values()) == {None}
