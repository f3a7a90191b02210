"""People under another name, found by elimination."""

from datetime import date

from tests.smart_record.linkage.builders import Row, a_bill, a_claim, a_tenancy, matched, one_person

BORN = date(1971, 3, 9)
BILL, TENANT, CLAIMANT = ("1", "liable_1"), ("T1", "tenant"), ("C1", "claimant")
ALONE = {"discount": "single_person"}
REDUCTION, AWARD = {"ctr_weekly_pence": 2105}, {"weekly_ctr_pence": 2105}


def are_one(*rows: Row, pair: tuple[tuple[str, str], tuple[str, str]] = (BILL, TENANT)) -> bool:
    return one_person(matched(*rows), *pair)


def couple(bill: str, forename: str, **values: object) -> tuple[Row, Row]:
    """A bill and a tenancy that both name Sarah, and each somebody of her age beside her."""
    values = {"tenant_dob": BORN, "joint_dob": date(1968, 2, 1)} | values
    return (
        a_bill("1", bill, liable_name_2="MRS SARAH PARROTT"),
        a_tenancy("T1", forename, "Parrott", joint_forename="Sarah", joint_surname="Parrott", **values),
    )


def test_who_is_left_of_a_couple_is_one_under_either_forename():
    linkage = matched(*couple("MR WEI PARROTT", "David"))
    assert one_person(linkage, BILL, TENANT)
    evidence = linkage.links.filter(record_ref="T1", role="tenant")["evidence"].item()
    assert evidence.endswith("under another name; nobody else is left")


def test_but_nobody_of_another_sex_or_birth():
    bill, tenancy = couple("MR WEI PARROTT", "David")
    assert not are_one(couple("MRS LYNNE PARROTT", "Mr David")[0], couple("", "Mr David")[1])
    born = {"liable_dob_1": BORN}, {"tenant_dob": date(1999, 8, 20)}
    assert not are_one(
        bill._replace(values=bill.values | born[0]), tenancy._replace(values=tenancy.values | born[1])
    )


def test_nor_where_another_on_the_record_may_be_meant():
    assert not are_one(couple("MR WEI PARROTT", "")[0], a_tenancy("T1", "David", "Parrott"))


def test_who_alone_claims_the_reduction_of_a_bill_that_names_one_is_that_person():
    bill = a_bill("1", "MISS AISHA PARROTT", **REDUCTION)
    claim = a_claim("C1", "Fatima", "Parrott", dob=BORN, **AWARD)
    assert are_one(bill, claim, pair=(BILL, CLAIMANT))
    partner = a_claim("C1", "Fatima", "Lomas", dob=BORN, **AWARD)
    assert not are_one(bill, partner, pair=(BILL, CLAIMANT))


def test_the_one_adult_of_a_home_is_its_only_tenant_under_either_forename():
    tenancy = a_tenancy("T1", "David", "Parrott", tenant_dob=BORN)
    assert are_one(a_bill("1", "WEI PARROTT", **ALONE), tenancy)
    assert not are_one(a_bill("1", "WEI PARROTT"), tenancy)


def test_a_widow_who_lives_alone_is_not_the_tenant_before_her():
    tenancy = a_tenancy("T1", "David", "Parrott", tenant_dob=BORN)
    assert not are_one(a_bill("1", "WEI PARROTT", liability_start=date(2024, 2, 1), **ALONE), tenancy)


def test_one_birth_and_two_surnames_at_one_home_are_no_twins():
    bill = a_bill("1", "MS ANN LOMAS", liable_dob_1=BORN)
    assert are_one(bill, a_tenancy("T1", "Mary", "Parrott", tenant_dob=BORN))
    assert not are_one(bill, a_tenancy("T1", "Mary", "Lomas", tenant_dob=BORN))


def test_a_birth_or_a_number_typed_wrong_stands_against_nobody_who_is_left():
    bill = {"ctr_weekly_pence": 2105, "liable_dob_1": BORN, "liable_nino_1": "QQ123456A"}
    for wrong in ({"dob": date(1976, 8, 9)}, {"nino": "QQ987654C"}):
        rows = a_bill("1", "MISS AISHA PARROTT", **bill), a_claim("C1", "Aisha", "Parrott", **wrong, **AWARD)
        assert are_one(*rows, pair=(BILL, CLAIMANT))
    father = a_bill("1", "MR JOHN PARROTT", **bill)
    son = a_claim("C1", "John", "Parrott", dob=date(1999, 8, 20), **AWARD)
    assert not are_one(father, son, pair=(BILL, CLAIMANT))


def test_of_a_couple_of_two_surnames_each_is_who_bears_it():
    bill = a_bill("1", "WEI LOMAS", liable_name_2="PAT PARROTT", **REDUCTION)
    partner = {"partner_forename": "Kerry", "partner_surname": "Parrott"}
    linkage = matched(bill, a_claim("C1", "Chen", "Lomas", **partner, **AWARD))
    assert one_person(linkage, BILL, CLAIMANT)
    assert one_person(linkage, ("1", "liable_2"), ("C1", "partner"))


def test_a_mother_s_two_sons_are_two_though_each_record_names_her():
    assert are_one(*couple("MR WEI PARROTT", "David"))
    assert not are_one(*couple("MR WEI PARROTT", "David", joint_dob=date(1944, 2, 1)))
    assert not are_one(*couple("MR WEI PARROTT", "David", joint_dob=None))


def test_who_was_a_child_when_a_record_began_is_not_named_on_it():
    bill = a_bill("1", "MISS AISHA PARROTT", **REDUCTION)
    assert not are_one(
        bill, a_claim("C1", "Fatima", "Parrott", dob=date(2006, 3, 9), **AWARD), pair=(BILL, CLAIMANT)
    )


def test_where_brothers_share_homes_nothing_but_births_tells_who_has_two_names():
    there = {"at": "14 Mill Lane, Fernby"}
    brothers = (
        a_bill("2", "MR GRAHAM LOMAS", liable_dob_1=BORN, **REDUCTION, **there),
        a_claim("C2", "Peter", "Lomas", dob=date(1976, 8, 20), **AWARD, **there),
    )
    bill, claim = (
        a_bill("1", "MISS AISHA PARROTT", **REDUCTION),
        a_claim("C1", "Fatima", "Parrott", dob=BORN, **AWARD),
    )
    assert are_one(bill, claim, pair=(BILL, CLAIMANT))
    assert not are_one(bill, claim, *brothers, pair=(BILL, CLAIMANT))
    born = bill._replace(values=bill.values | {"liable_dob_1": BORN})
    assert are_one(born, claim, *brothers, pair=(BILL, CLAIMANT))
