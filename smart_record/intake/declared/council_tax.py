"""The three files of the revenues system: council tax accounts, their ledger, their recovery history."""

from functools import partial

from smart_record.facts.declarations import COUNCIL_TAX_STAGES
from smart_record.intake.declared.declaration import Column, Kind, Source
from smart_record.purposes import Purpose

_TAX = frozenset(Purpose) - {Purpose.HOUSING}
# Council tax records may drive council tax, benefit and help; not tenancy management.
_ANY = frozenset(Purpose)
_PAID_BY = ("direct_debit", "bank", "cash", "card", "other")

_text = partial(Column, kind=Kind.TEXT, purposes=_TAX)
_identity = partial(Column, kind=Kind.TEXT, purposes=_TAX, personal=True)
_money = partial(Column, kind=Kind.MONEY, purposes=_TAX)
_date = partial(Column, kind=Kind.DATE, purposes=_TAX)
_code = partial(Column, kind=Kind.CODE, purposes=_TAX)
_account_ref = _text(name="account_ref", required=True, filled=True)
_stage = partial(_code, choices=COUNCIL_TAX_STAGES, required=True)

ACCOUNTS = Source(
    name="council_tax_accounts",
    row="account",
    key=("account_ref",),
    unique=True,
    begins="liability_start",
    ends="liability_end",
    states=(("recovery_stage_date", "recovery_stage"),),
    chased=("balance", "recovery_stage", COUNCIL_TAX_STAGES[1:]),
    protects=("vulnerable", "breathing_space_end"),
    blanks_tell=(("discount",), ("breathing_space_end",)),
    columns=(
        _account_ref,
        _identity(name="uprn", kind=Kind.UPRN, required=True),
        _identity(name="address_line_1", required=True),
        _identity(name="address_line_2"),
        _identity(name="address_line_3"),
        _identity(name="address_line_4"),
        _identity(name="postcode", required=True),
        _text(name="ward"),
        _code(name="band", choices=("A", "B", "C", "D", "E", "F", "G", "H", "I"), required=True),
        _identity(name="liable_name_1", required=True),
        _identity(name="liable_dob_1", kind=Kind.DATE, birth=True),
        _identity(name="liable_nino_1"),
        _identity(name="liable_name_2"),
        _identity(name="liable_dob_2", kind=Kind.DATE, birth=True),
        _identity(name="telephone"),
        _identity(name="email"),
        _date(name="liability_start", required=True, filled=True),
        _date(name="liability_end", required=True),
        Column(name="discount", kind=Kind.OPEN_CODE, purposes=_TAX, required=True),
        _money(name="ctr_weekly", not_negative=True),
        _code(name="payment_method", choices=_PAID_BY, required=True),
        _money(name="annual_charge", not_negative=True),
        _money(name="balance", signed=True, required=True),
        _stage(name="recovery_stage"),
        _date(name="recovery_stage_date"),
        Column(name="disregard", kind=Kind.YES_NO, purposes=_TAX),
        Column(name="vulnerable", kind=Kind.YES_NO, purposes=_ANY, required=True),
        Column(name="breathing_space_end", kind=Kind.DATE, purposes=_ANY, required=True),
    ),
)

TRANSACTIONS = Source(
    name="council_tax_transactions",
    row="transaction",
    key=("account_ref",),
    parent="council_tax_accounts",
    parent_key="account_ref",
    happened="posted_on",
    columns=(
        _account_ref,
        _date(name="posted_on", required=True, filled=True),
        _code(name="kind", choices=("charge", "payment"), required=True, filled=True),
        _money(name="amount", signed=True, required=True, filled=True),
        _text(name="transaction_ref", extract=False),
    ),
)

RECOVERY_HISTORY = Source(
    name="council_tax_recovery_history",
    row="stage",
    key=("account_ref",),
    parent="council_tax_accounts",
    parent_key="account_ref",
    happened="stage_on",
    columns=(
        _account_ref,
        _stage(name="stage", filled=True),
        _date(name="stage_on", required=True, filled=True),
    ),
)
