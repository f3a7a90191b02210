"""The two files of the benefits system: claims and the children on them."""

from functools import partial

from smart_record.facts.declarations import END_REASONS, PASSPORTS, TENURES
from smart_record.intake.declared.declaration import Column, Kind, Source
from smart_record.purposes import Purpose

_BENEFITS = frozenset({Purpose.BENEFITS, Purpose.WELFARE_SUPPORT, Purpose.HOMELESSNESS, Purpose.DEBT_RESPITE})
# SI 2012/1483 reg 5 is a closed list without debt recovery.
_REDUCTION = _BENEFITS | {Purpose.COUNCIL_TAX}

_text = partial(Column, kind=Kind.TEXT, purposes=_BENEFITS)
_identity = partial(Column, kind=Kind.TEXT, purposes=_BENEFITS, personal=True)
_money = partial(Column, kind=Kind.MONEY, purposes=_BENEFITS, not_negative=True)
_yes_no = partial(Column, kind=Kind.YES_NO, purposes=_BENEFITS)
_count = partial(Column, kind=Kind.COUNT, purposes=_BENEFITS)
_date = partial(Column, kind=Kind.DATE, purposes=_BENEFITS)
_code = partial(Column, kind=Kind.CODE, purposes=_BENEFITS, required=True)
_claim_ref = _text(name="claim_ref", required=True, filled=True)

CLAIMS = Source(
    name="benefit_claims",
    row="claim",
    key=("claim_ref",),
    unique=True,
    begins="start_date",
    ends="end_date",
    states=(("partner_left_on", None), ("partner_died_on", None)),
    changed="last_change_date",
    protects=("care_or_mobility_benefit",),
    blanks_tell=(("partner_nino", "partner_forename", "partner_surname", "partner_dob"),),
    columns=(
        _claim_ref,
        _code(name="claim_type", choices=("HB", "CTR", "HB&CTR"), filled=True),
        _code(name="status", choices=("live", "ended"), filled=True),
        _date(name="start_date", required=True, filled=True),
        _date(name="end_date", required=True),
        _code(name="end_reason", choices=END_REASONS, required=False),
        _identity(name="nino", required=True),
        _identity(name="forename", required=True),
        _identity(name="surname", required=True),
        _identity(name="dob", kind=Kind.DATE, birth=True, required=True),
        _identity(name="sex"),
        _identity(name="partner_nino"),
        _identity(name="partner_forename"),
        _identity(name="partner_surname"),
        _identity(name="partner_dob", kind=Kind.DATE, birth=True),
        _identity(name="address_line_1", required=True),
        _identity(name="address_line_2"),
        _identity(name="address_line_3"),
        _identity(name="postcode", required=True),
        _identity(name="uprn", kind=Kind.UPRN),
        _code(name="tenure", choices=TENURES),
        _count(name="dependants"),
        _count(name="non_dependants"),
        _code(name="passport", choices=PASSPORTS),
        _money(name="weekly_income", required=True),
        _money(name="weekly_hb", required=True),
        _money(name="weekly_ctr", purposes=_REDUCTION, required=True),
        _money(name="spare_room_deduction"),
        _yes_no(name="benefit_cap"),
        _money(name="overpayment_balance"),
        _date(name="dhp_end_date"),
        _date(name="last_change_date"),
        _text(name="council_tax_account_ref"),
        _money(name="contractual_rent"),
        _money(name="capital"),
        _yes_no(name="care_or_mobility_benefit"),
        _yes_no(name="carer_benefit"),
        _date(name="partner_left_on"),
        _date(name="partner_died_on"),
    ),
)

DEPENDANTS = Source(
    name="benefit_dependants",
    row="dependant",
    key=("claim_ref", "dependant_no"),
    unique=True,
    parent="benefit_claims",
    parent_key="claim_ref",
    columns=(
        _claim_ref,
        _count(name="dependant_no", required=True, filled=True),
        _identity(name="forename", required=True),
        _identity(name="surname", required=True),
        _identity(name="dob", kind=Kind.DATE, birth=True, required=True),
        _yes_no(name="free_school_meals"),
    ),
)
