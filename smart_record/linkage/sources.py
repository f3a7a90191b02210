"""Where each declared extract keeps what the matching reads: records, addresses, the people named."""

from dataclasses import dataclass

import polars as pl

COUNCIL_TAX, BENEFITS, DEPENDANTS, RENT = "council_tax", "benefits", "benefits_dependants", "rent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleColumns:
    """The columns that speak of the person in one role.

    Attributes:
        role: What the person is in the record.
        joint_role: What the second person is if the name field holds two; null where fields hold one.
        name: One column for a free name field; two for forename and surname kept apart.
    """

    role: str
    joint_role: str | None = None
    name: tuple[str, ...]
    dob: str
    nino: str | None = None
    sex: str | None = None

    @property
    def columns(self) -> frozenset[str]:
        """All columns that speak of this person."""
        return frozenset(name for name in (*self.name, self.dob, self.nino, self.sex) if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumns:
    """One extract whose rows name people.

    Attributes:
        record: The column with the reference of the record that the row belongs to.
        address: The lines of the address in their order; empty if the address is its parent's.
        award: Weekly Council Tax Reduction in pence, as the bill or the claim has it.
        discount: Which discount the bill has: "single_person" says that one adult lives there.
        carries: Columns that hold the key of another source's record, and that source.
    """

    extract: str
    source: str
    record: str = "record_ref"
    address: tuple[str, ...] = ()
    starts: str | None = None
    ends: str | None = None
    telephone: str | None = None
    email: str | None = None
    award: str | None = None
    discount: str | None = None
    ward: str | None = None
    carries: tuple[tuple[str, str], ...] = ()
    roles: tuple[RoleColumns, ...]

    @property
    def columns(self) -> frozenset[str]:
        """All columns that the matching reads of the extract."""
        of_record = (self.record, *self.address, "postcode", "uprn", self.starts, self.ends)
        about = (*of_record, self.telephone, self.email, self.award, self.discount, self.ward)
        keys = (column for column, _ in self.carries)
        own = frozenset(name for name in ("record_ref", *about, *keys) if name)
        return own.union(*(role.columns for role in self.roles))


SOURCES = (
    SourceColumns(
        extract="council_tax_accounts",
        source=COUNCIL_TAX,
        address=("address_line_1", "address_line_2", "address_line_3", "address_line_4"),
        starts="liability_start",
        ends="liability_end",
        telephone="telephone",
        email="email",
        award="ctr_weekly_pence",
        discount="discount",
        ward="ward",
        roles=(
            RoleColumns(
                role="liable_1",
                joint_role="liable_1_joint",
                name=("liable_name_1",),
                dob="liable_dob_1",
                nino="liable_nino_1",
            ),
            RoleColumns(
                role="liable_2", joint_role="liable_2_joint", name=("liable_name_2",), dob="liable_dob_2"
            ),
        ),
    ),
    SourceColumns(
        extract="benefit_claims",
        source=BENEFITS,
        address=("address_line_1", "address_line_2", "address_line_3"),
        starts="start_date",
        ends="end_date",
        award="weekly_ctr_pence",
        carries=(("council_tax_account_ref", COUNCIL_TAX),),
        roles=(
            RoleColumns(role="claimant", name=("forename", "surname"), dob="dob", nino="nino", sex="sex"),
            RoleColumns(
                role="partner",
                name=("partner_forename", "partner_surname"),
                dob="partner_dob",
                nino="partner_nino",
            ),
        ),
    ),
    SourceColumns(
        extract="rent_accounts",
        source=RENT,
        address=("property_address",),
        starts="tenancy_start",
        ends="tenancy_end",
        telephone="tenant_phone",
        email="tenant_email",
        carries=(("council_tax_account_ref", COUNCIL_TAX), ("benefit_claim_ref", BENEFITS)),
        roles=(
            RoleColumns(
                role="tenant",
                name=("tenant_forename", "tenant_surname"),
                dob="tenant_dob",
                nino="tenant_nino",
            ),
            RoleColumns(role="joint", name=("joint_forename", "joint_surname"), dob="joint_dob"),
        ),
    ),
)

KEYS = sorted({source for one in SOURCES for _, source in one.carries})
"""The sources whose keys another source may carry."""

DEPENDANT_ROLE = RoleColumns(role="dependant", name=("forename", "surname"), dob="dob")
DEPENDANTS_EXTRACT = "benefit_dependants"

CLAIM_OF_DEPENDANT = "claim_ref"

COLUMNS_READ = {source.extract: source.columns for source in SOURCES} | {
    DEPENDANTS_EXTRACT: DEPENDANT_ROLE.columns | {"record_ref", CLAIM_OF_DEPENDANT}
}
"""What the matching reads, by extract: whatever else changes, the matching stays as it is."""


def record_of_row() -> tuple[pl.Expr, pl.Expr]:
    """The source and reference of the record that a person row belongs to: a child's is the claim."""
    child = pl.col("source") == DEPENDANTS
    claim = pl.col("record_ref").str.replace(r"/[^/]*$", "")
    return (
        pl.when(child).then(pl.lit(BENEFITS)).otherwise("source").alias("source"),
        pl.when(child).then(claim).otherwise("record_ref").alias("record_ref"),
    )
