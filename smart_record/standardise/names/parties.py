"""Tells people from companies, landlords, voids and estates by the words in a name field.

Councils bill whoever is liable: a letting agent, `THE OCCUPIER`, the executors of somebody who died. None of
them is a resident to be helped, so none becomes a person. A company is nobody; an estate speaks of somebody
who no longer lives there, and the living are named on other rows, or beside the dead
(`name_fields.survivor`).
"""

import polars as pl

from smart_record.standardise.names.name_fields import AND, DEAD
from smart_record.standardise.names.name_remarks import REMARK
from smart_record.standardise.usual_forms import unless_usual

_COMPANY = (
    r"\b(?:LTD|LIMITED|PLC|LLP|LLC|INC|CIC|CIO|COMPANY|COMPANIES|GROUP|HOLDINGS|PARTNERSHIP|PROPERT(?:Y|IES)|"
    r"HOMES|HOUSING|HOUSES|LETTINGS?|RENTALS?|INVESTMENTS?|DEVELOPMENTS?|DEVELOPERS?|CONSTRUCTION|ASSOCIATION|"
    r"ASSOC|SOCIETY|TRUSTEES?|COUNCIL|AUTHORITY|NHS|UNIVERSITY|MANAGEMENT|SERVICES|SOLUTIONS|"
    r"ENTERPRISES?|ACCOMMODATION|STUDENTS|HOSTEL|HOTEL|CARE HOME|NURSING HOME|SUPPORTED LIVING|SOLICITORS?|"
    r"RECEIVERS?|LIQUIDATORS?|ADMINISTRATORS?|REALTY|RESIDENTIAL|LANDLORDS?|ESTATE AGENTS?|LETTING AGENTS?|"
    r"AGENCY|STUDENT HOMES)\b|(?:&|\bAND) SONS?$|\b(?:BROS|& CO|AND CO)$"
)
_PERHAPS_COMPANY = (
    r"\b(?:CO|PARTNERS|LETS|ESTATES?|TRUST|BOROUGH|COLLEGE|SCHOOL|CHURCH|DIOCESE|MOSQUE|BANK|CAPITAL|ASSETS?|"
    r"AGENTS?|STUDENT|BUILDERS|HOUSE|SERVICE|CHARITY|BROTHERS)\b"
)
_ITS_CONTEXT = r"^(?:THE|ST|SAINT)\b|\b(?:OF|FOR)\b"
_NOBODY = (
    r"\b(?:OCCUPIERS?|OCCUPANTS?|OWNERS?|TENANTS?|RESIDENTS?|HOUSEHOLDERS?|VOID|VACANT|UNOCCUPIED|UNKNOWN|"
    r"NOT KNOWN|NO NAME|SUSPENSE|DUMMY|TEST|TBC|TBA|N/A|NONE|LIABLE PARTY|DO NOT USE)\b|^EMPTY\b|^[^A-Z]*$|"
    r"^(?:(?:SUR|FORE|FULL |FIRST |LAST )?NAMES?|PERSONS?|LIABLE|ADDRESSEE|CUSTOMER|CLIENT|TAXPAYER|PAYER)$"
)
_ESTATE = (
    r"\b(?:EXORS?|EXECS?|EXECUTORS?|EXECUTRIX|PERS(?:ONAL)? ?REPS?|PERSONAL REPRESENTATIVES?|PR OF|REPS? OF|"
    r"EST(?:ATE)? OF|ADMIN(?:ISTRATOR)?S? OF|THE LATE|LATE M(?:R|RS|S|ISS))\b"
    rf"|{DEAD}"
)
_TELLING = rf"{_COMPANY}|{_PERHAPS_COMPANY}|{_NOBODY}|{_ESTATE}"


def is_one_person(capitals: pl.Expr) -> pl.Expr:
    """Whether a name field in plain capitals names one person and nothing beside; false if blank.

    True only where `party_type` says "person", `name_remarks.without_remarks` leaves the field as it is and
    `name_fields.people_in_field` finds one.
    """
    return ~capitals.str.contains(rf"{_TELLING}|{AND}|{REMARK}").fill_null(value=True)


def party_type(capitals: pl.Expr) -> pl.Expr:
    """One of "person", "estate", "company", "nobody", from a name field in plain capitals; null if blank.

    Words that are also names (Church, Bank, Charity) count only where the rest of the field speaks of a body
    (`THE CHURCH OF`): to take a company for a person does little, to take a person for a company hides them.
    """
    return unless_usual(
        capitals,
        _type_by_words,
        usual=lambda field: ~field.str.contains(_TELLING),
        simple=lambda field: pl.when(field.is_not_null()).then(pl.lit("person")),
    )


def _type_by_words(capitals: pl.Expr) -> pl.Expr:
    body = capitals.str.contains(_PERHAPS_COMPANY) & capitals.str.contains(_ITS_CONTEXT)
    return (
        pl.when(capitals.str.contains(_ESTATE))
        .then(pl.lit("estate"))
        .when(capitals.str.contains(_COMPANY) | body)
        .then(pl.lit("company"))
        .when(capitals.str.contains(_NOBODY))
        .then(pl.lit("nobody"))
        .otherwise(pl.lit("person"))
    )
