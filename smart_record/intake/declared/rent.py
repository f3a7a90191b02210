"""The three files of the housing system: tenancies, their rent ledger, their arrears history."""

from functools import partial

from smart_record.facts.declarations import RENT_STAGES
from smart_record.intake.declared.declaration import Column, Kind, Source
from smart_record.purposes import Purpose

_HOUSING = frozenset(Purpose) - {Purpose.COUNCIL_TAX, Purpose.COUNCIL_TAX_RECOVERY}
# Tenancy records may drive housing, benefit and help; not council tax.
_ANY = frozenset(Purpose)

_text = partial(Column, kind=Kind.TEXT, purposes=_HOUSING)
_identity = partial(Column, kind=Kind.TEXT, purposes=_HOUSING, personal=True)
_money = partial(Column, kind=Kind.MONEY, purposes=_HOUSING, required=True)
_date = partial(Column, kind=Kind.DATE, purposes=_HOUSING)
_code = partial(Column, kind=Kind.CODE, purposes=_HOUSING, required=True)
_tenancy_ref = _text(name="tenancy_ref", required=True, filled=True)
_stage = partial(_code, choices=RENT_STAGES)

TENANCIES = Source(
    name="rent_accounts",
    row="tenancy",
    key=("tenancy_ref",),
    unique=True,
    begins="tenancy_start",
    ends="tenancy_end",
    states=(("stage_date", "arrears_stage"),),
    chased=("balance", "arrears_stage", RENT_STAGES[1:]),
    protects=("support_flag",),
    columns=(
        _tenancy_ref,
        _identity(name="property_address", required=True),
        _identity(name="postcode", required=True),
        _identity(name="uprn", kind=Kind.UPRN),
        _identity(name="tenant_forename", required=True),
        _identity(name="tenant_surname", required=True),
        _identity(name="tenant_dob", kind=Kind.DATE, birth=True, required=True),
        _identity(name="tenant_nino"),
        _identity(name="tenant_phone"),
        _identity(name="tenant_email"),
        _identity(name="joint_forename"),
        _identity(name="joint_surname"),
        _identity(name="joint_dob", kind=Kind.DATE, birth=True),
        _code(name="tenancy_type", choices=("secure", "introductory", "fixed", "other")),
        _date(name="tenancy_start", required=True, filled=True),
        _date(name="tenancy_end", required=True),
        _money(name="weekly_rent", not_negative=True),
        _money(name="balance", signed=True),
        _stage(name="arrears_stage"),
        _date(name="stage_date"),
        _code(
            name="payment_method", choices=("direct_debit", "standing_order", "cash", "uc_direct", "other")
        ),
        Column(name="uc_flag", kind=Kind.YES_NO, purposes=_HOUSING),
        _text(name="council_tax_account_ref"),
        _text(name="benefit_claim_ref"),
        Column(name="support_flag", kind=Kind.YES_NO, purposes=_ANY, required=True),
    ),
)

TRANSACTIONS = Source(
    name="rent_transactions",
    row="transaction",
    key=("tenancy_ref",),
    parent="rent_accounts",
    parent_key="tenancy_ref",
    happened="posted_on",
    columns=(
        _tenancy_ref,
        _date(name="posted_on", required=True, filled=True),
        _code(name="kind", choices=("charge", "payment"), filled=True),
        _money(name="amount", signed=True, filled=True),
        _text(name="transaction_ref", extract=False),
    ),
)

ARREARS_HISTORY = Source(
    name="rent_arrears_history",
    row="stage",
    key=("tenancy_ref",),
    parent="rent_accounts",
    parent_key="tenancy_ref",
    happened="stage_on",
    columns=(
        _tenancy_ref,
        _stage(name="stage", filled=True),
        _date(name="stage_on", required=True, filled=True),
    ),
)
