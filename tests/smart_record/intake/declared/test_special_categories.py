"""Special categories are known by name, whole words only."""

import pytest

from smart_record.intake.declared.special_categories import is_special_category
from smart_record.intake.mapping_files.folder import DEFAULT_MAPPINGS, read_mappings


@pytest.mark.parametrize(
    "name",
    [
        "ethnic_origin",
        "Ethnicity",
        "ETHNIC GROUP CODE",
        "religion_belief",
        "ReligionCode",
        "sex_orient",
        "Sexual Orientation",
        "gender-identity",
        "transgender",
        "health_condition",
        "hiv_positive",
        "Disability",
        "disabled.band.reduction",
        "crim_rec",
        "Criminal Convictions",
        "trade_union",
        "UnionMember",
        "political_party",
        "biometricId",
        "race",
        "mental health flag",
    ],
)
def test_special_categories_are_known(name: str) -> None:
    assert is_special_category(name)


@pytest.mark.parametrize(
    "name",
    [
        "terrace",
        "trace_id",
        "credit_union_ref",
        "sex",
        "gender",
        "healthy_start",
        "believed_address",
        "uncle",
        "tenancy_ref",
        "transaction_type",
        "transfer_date",
        "interface",
        "policy_no",
        "vulnerable",
        "embrace",
    ],
)
def test_other_words_that_hold_such_letters_are_not(name: str) -> None:
    assert not is_special_category(name)


def test_nothing_that_we_map_is_one() -> None:
    for mapping in read_mappings(DEFAULT_MAPPINGS):
        assert not [column.name for column in mapping.columns if is_special_category(column.name)]
        assert not [column.name for column in mapping.source.columns if is_special_category(column.name)]
