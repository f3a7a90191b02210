import polars as pl
import pytest

ROLES = {
    "council_tax": ("council_tax_accounts", "account_ref", {"liable_1": "liable_name_1"}),
    "benefits": (
        "benefit_claims",
        "claim_ref",
        {"claimant": "surname", "partner": "partner_surname"},
    ),
    "rent": ("rent_accounts", "tenancy_ref", {"tenant": "tenant_surname", "joint": "joint_surname"}),
}
LANDLORDS = "Ltd|Limited|LLP|Properties|Estates|Landlord"


@pytest.mark.parametrize("source", ROLES)
def test_every_named_person_of_every_record_is_someone(council, extract, source):
    name, ref, columns = ROLES[source]
    links = extract(council, "links").filter(source=source)
    rows = extract(council, name).unique(ref)
    for role, column in columns.items():
        present = rows.filter(pl.col(column).is_not_null() & ~pl.col(column).str.contains(LANDLORDS))
        known = links.filter(role=role)
        assert sorted(known["record_ref"]) == sorted(present[ref])


def test_a_second_liable_person_is_named_in_a_field_of_their_own_or_with_the_first(council, extract):
    links = extract(council, "links").filter(source="council_tax")
    accounts = extract(council, "council_tax_accounts").unique("account_ref")
    second = accounts.filter(pl.col("liable_name_2").is_not_null())
    assert sorted(links.filter(role="liable_2")["record_ref"]) == sorted(second["account_ref"])
    joint = accounts.filter(pl.col("liable_name_1").str.contains(r"^MRS? .* & MRS? "))
    assert sorted(links.filter(role="liable_1_joint")["record_ref"]) == sorted(joint["account_ref"])


def test_every_dependant_is_someone_and_a_child_has_one_household(council, extract):
    links = extract(council, "links").filter(source="benefits_dependants")
    rows = extract(council, "benefit_dependants").select(
        pl.concat_str("claim_ref", "dependant_no", separator="/")
    )
    assert sorted(links["record_ref"]) == sorted(rows.to_series())


def test_no_role_of_a_record_has_two_people_and_no_person_two_households(council, extract):
    links = extract(council, "links")
    assert not links.select("source", "record_ref", "role").is_duplicated().any()
    assert (links.group_by("person_id").agg(pl.col("household_id").n_unique())["household_id"] == 1).all()
    assert (links.group_by("record_ref").agg(pl.col("household_id").n_unique())["household_id"] == 1).all()


def test_a_live_tenancy_s_benefit_claim_is_of_the_same_household(council, extract):
    links = extract(council, "links")
    by_source = links.group_by("household_id").agg(pl.col("source").n_unique())
    assert by_source.filter(pl.col("source") >= 3).height > 200


def test_outcomes_have_every_household_once(council, extract):
    outcomes = extract(council, "outcomes")
    assert outcomes["household_id"].is_unique().all()
    assert outcomes.height == council.households
    assert set(extract(council, "links")["household_id"]) <= set(outcomes["household_id"])


@pytest.mark.parametrize(
    ("outcome", "least", "most"),
    [("liability_order_6m", 0.03, 0.06), ("rent_court_6m", 0.006, 0.02), ("homeless_6m", 0.001, 0.008)],
)
def test_outcomes_are_about_as_common_as_councils_see_them(council, extract, outcome, least, most):
    assert least < extract(council, "outcomes")[outcome].cast(pl.Int64).mean() < most


def test_only_social_tenants_are_taken_to_court_for_rent_here(council, extract):
    taken = extract(council, "outcomes").filter(rent_court_6m="1")
    assert set(taken["tenure"]) == {"social"}


def test_no_outcome_is_in_the_extracts_yet(council, extract):
    history = extract(council, "council_tax_recovery_history")
    latest = history.group_by("account_ref", maintain_order=True).last()
    at_order = latest.filter(pl.col("stage").is_in(["LO", "EA"]))["account_ref"]
    links = extract(council, "links").filter(source="council_tax", role="liable_1")
    now = links.filter(pl.col("record_ref").is_in(at_order.implode()))["household_id"]
    moved_on = extract(council, "outcomes").filter(
        pl.col("household_id").is_in(now.implode()) & (pl.col("liability_order_6m") == "1")
    )
    assert moved_on.height <= 0.05 * len(now)
