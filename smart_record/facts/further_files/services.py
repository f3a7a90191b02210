"""What other services know: crisis awards, homelessness cases, what is left of an income, who was reached."""

from datetime import date
from functools import partial

import polars as pl

from smart_record.facts.records.attached import Attached
from smart_record.facts.terms.catalogue import Fact, FactType
from smart_record.facts.terms.months import months_before
from smart_record.facts.terms.vocabulary import AWARDS, CASES, CONTACTS, FOR_ALL_HELP, FORMS, HELP

_award = partial(Fact, sources=(AWARDS,), purposes=HELP)
_case = partial(Fact, sources=(CASES,), purposes=HELP)
_form = partial(Fact, sources=(FORMS,), purposes=FOR_ALL_HELP)
_contact = partial(Fact, sources=(CONTACTS,), purposes=FOR_ALL_HELP)

FACTS = (
    _award(
        name="crisis.awards_12m",
        type=FactType.COUNT,
        unit="payments",
        meaning="crisis payments in the last 12 months",
        note="Not known where the council brings no file of awards.",
    ),
    _award(name="crisis.last_award_on", type=FactType.DATE, meaning="last crisis payment"),
    _case(
        name="homelessness.case_open",
        type=FactType.YES_NO,
        meaning="housing solutions has an open homelessness case",
        note="Not known where the council brings no file of homelessness cases.",
    ),
    _case(
        name="homelessness.referral_waiting",
        type=FactType.YES_NO,
        meaning="a partner body has referred the household as homeless or threatened with it, unanswered yet",
        note="Not known where the council brings no file of homelessness cases.",
    ),
    _case(
        name="homelessness.opened_on",
        type=FactType.DATE,
        meaning="when the open homelessness case began",
        note="The earliest of several.",
    ),
    _form(
        name="affordability.monthly_surplus",
        type=FactType.MONEY,
        unit="pence",
        meaning="left of the income in a month after what must be spent",
        note="Below nothing where there is a deficit. From the newest income and spending form (SFS).",
    ),
    _form(
        name="affordability.taken_on",
        type=FactType.DATE,
        meaning="date of the newest income and spending form",
    ),
    _contact(
        name="contact.last_reached_on",
        type=FactType.DATE,
        meaning="when somebody here was last reached",
        note="Nothing where nobody ever was.",
    ),
    _contact(
        name="contact.unanswered",
        type=FactType.COUNT,
        unit="attempts",
        meaning="attempts to reach them without an answer since they were last reached",
        note="Mail that came back counts. Not known where the council brings no file of contacts.",
    ),
    _contact(
        name="contact.returned_mail",
        type=FactType.YES_NO,
        meaning="mail has come back since somebody here was last reached",
        note="Not known where the council brings no file of contacts.",
    ),
)


def award_facts(awards: Attached, as_of: date) -> pl.DataFrame:
    """Crisis payments of every household with a record."""
    paid = Attached(rows=awards.rows.filter(pl.col("scheme") == "crisis_payment"), holders=awards.holders)
    recent = pl.col("awarded_on") > months_before(as_of, 12)
    return paid.told(
        recent.sum().cast(pl.Int64).alias("crisis__awards_12m"),
        pl.col("awarded_on").max().alias("crisis__last_award_on"),
        without={"crisis__awards_12m": 0},
    )


def case_facts(cases: Attached, as_of: date) -> pl.DataFrame:
    """Homelessness cases of every household with a record."""
    closed = (pl.col("closed_on") <= as_of).fill_null(value=False)
    still_open = Attached(rows=cases.rows.filter(~closed), holders=cases.holders)
    waits = (pl.col("route") == "duty_to_refer") & pl.col("answered_on").is_null()
    return still_open.told(
        pl.lit(value=True).alias("homelessness__case_open"),
        waits.any().alias("homelessness__referral_waiting"),
        pl.col("opened_on").min().alias("homelessness__opened_on"),
        without={"homelessness__case_open": False, "homelessness__referral_waiting": False},
    )


def form_facts(forms: Attached) -> pl.DataFrame:
    """The newest income and spending form of every household with a record."""
    newest = pl.col("monthly_surplus_pence").sort_by(
        "taken_on", "monthly_surplus_pence", descending=[True, False]
    )
    return forms.told(
        newest.first().alias("affordability__monthly_surplus"),
        pl.col("taken_on").max().alias("affordability__taken_on"),
    )


def contact_facts(contacts: Attached) -> pl.DataFrame:
    """Who was reached, and who was not, of every household with a record."""
    reached = pl.col("made_on").filter(pl.col("result") == "reached").max()
    missed = pl.col("result") != "reached"
    since = missed & ((pl.col("made_on") > reached) | reached.is_null())
    returned = since & (pl.col("result") == "returned_mail")
    return contacts.told(
        reached.alias("contact__last_reached_on"),
        since.sum().cast(pl.Int64).alias("contact__unanswered"),
        returned.any().alias("contact__returned_mail"),
        without={"contact__unanswered": 0, "contact__returned_mail": False},
    )
