"""Errors are as common as they are asked to be."""

import polars as pl
import pytest

BAD = ["31/02/2025", "£££", "n/a", "UNKNOWN"]


def faults(council, extract):
    """How common each kind of error is."""
    tax, claims = extract(council, "council_tax_accounts"), extract(council, "benefit_claims")
    rent = extract(council, "rent_accounts")
    key = pl.col("account_ref")
    return {
        "dates of birth missing": tax["liable_dob_1"].null_count() / tax.height,
        "placeholder dates": (claims["dob"] == "1900-01-01").sum(),
        "ninos missing": rent["tenant_nino"].null_count() / rent.height,
        "temporary ninos": claims["nino"].str.starts_with("TN").sum(),
        "initials": (rent["tenant_forename"].str.len_chars() == 1).mean(),
        "postcodes missing": tax["postcode"].null_count() / tax.height,
        "uprns missing": claims["uprn"].null_count() / claims.height,
        "rows twice": tax.select(key.is_duplicated()).to_series().sum(),
        "values that can't be": tax["balance"].is_in(BAD).sum() + tax["liability_start"].is_in(BAD).sum(),
        "digits in streets": tax["address_line_1"].str.contains(r"[a-z][015]|[015][a-z]").sum(),
    }


def test_a_clean_council_has_no_errors(clean, extract):
    found = faults(clean, extract)
    blanks = {"dates of birth missing", "ninos missing"}  # a landlord has neither
    assert {name for name, rate in found.items() if rate > 0} <= blanks
    assert all(found[name] < 0.03 for name in blanks)


@pytest.mark.parametrize("name", ["initials", "rows twice", "values that can't be", "postcodes missing"])
def test_errors_that_should_be_there_are(council, extract, name):
    assert faults(council, extract)[name] > 0


def test_every_kind_of_error_is_commoner_in_a_dirty_council(clean, dirty, extract):
    before, after = faults(clean, extract), faults(dirty, extract)
    assert [name for name, rate in after.items() if rate <= before[name]] == []


def test_dirt_of_one_is_what_councils_have(council, extract):
    found = faults(council, extract)
    assert found["dates of birth missing"] == pytest.approx(0.57, abs=0.04)
    assert found["ninos missing"] == pytest.approx(0.28, abs=0.06)
    assert found["uprns missing"] == pytest.approx(0.595, abs=0.06)
    assert found["postcodes missing"] == pytest.approx(0.029, abs=0.012)
    assert found["initials"] == pytest.approx(0.048, abs=0.03)


def test_dirt_changes_how_it_is_written_and_not_what_happened(clean, dirty, extract):
    for name in ("council_tax_transactions", "rent_transactions", "rent_arrears_history", "outcomes"):
        assert extract(clean, name).equals(extract(dirty, name))
    assert clean.people == dirty.people


def test_two_people_stand_in_one_field(council, extract):
    names = extract(council, "council_tax_accounts")["liable_name_1"]
    joint = names.str.contains(r"^MRS? [A-Z0-9-]+ & MRS? [A-Z0-9-]+ [A-Z]")
    assert 0.03 < joint.mean() < 0.10


def test_addresses_come_in_several_orders(council, extract):
    tax = extract(council, "council_tax_accounts")["address_line_1"]
    for form in (
        r"^(Flat|FLT|Apt) \d+$",
        r"^(Flat|FLT|Apt) \d+ [A-Z]",
        r"^\d+/\d+ ",
        r"^\d+ .* (Rd|St|Ave|Av|Cl)\b",
    ):
        assert tax.str.contains(form).any(), form
