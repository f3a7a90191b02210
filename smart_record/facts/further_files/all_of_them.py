"""The facts of every further file that a night brought."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from smart_record.facts.further_files.court import court_facts
from smart_record.facts.further_files.flags import flag_facts
from smart_record.facts.further_files.plans import plan_facts
from smart_record.facts.further_files.services import award_facts, case_facts, contact_facts, form_facts
from smart_record.facts.further_files.universal_credit import universal_credit_facts
from smart_record.facts.records.attached import Attached
from smart_record.facts.terms.vocabulary import AWARDS, CASES, CONTACTS, COURT, FLAGS, FORMS, NOTICES, PLANS

Deriver = Callable[[Attached, date], list[pl.DataFrame]]

_DERIVED: Mapping[str, Deriver] = MappingProxyType(
    {
        PLANS: plan_facts,
        COURT: court_facts,
        FLAGS: lambda flags, as_of: [flag_facts(flags, as_of)],
        AWARDS: lambda awards, as_of: [award_facts(awards, as_of)],
        CASES: lambda cases, as_of: [case_facts(cases, as_of)],
        FORMS: lambda forms, _: [form_facts(forms)],
        CONTACTS: lambda contacts, _: [contact_facts(contacts)],
    }
)


def further_facts(
    attached: Mapping[str, Attached], claims: pl.DataFrame | None, as_of: date
) -> list[pl.DataFrame]:
    """Frames to put side by side, each with one row a household that its file can tell of.

    Args:
        attached: The further files that the night brought.
        claims: As `claim_state` returns them, which tell whose notices still count; None where the night
            brought none.
        as_of: The date that the facts are about.
    """
    told = [
        frame
        for name, derive in _DERIVED.items()
        if name in attached
        for frame in derive(attached[name], as_of)
    ]
    if claims is not None and NOTICES in attached:
        told.append(universal_credit_facts(attached[NOTICES], claims))
    return told
