"""Requests that can't be answered as asked; the caller puts it right."""

import re

from smart_record.errors import TriageError


def as_typed(text: str, form: str) -> str:
    """What the caller typed, for a message: a space and it in quotes if it has the form of an id, else "".

    People type names and addresses where an id is wanted, and messages go further than to who typed.

    Args:
        text: As typed.
        form: A pattern that the whole of an id fits.
    """
    return f" {text!r}" if re.fullmatch(form, text) else ""


class RequestError(TriageError):
    """The caller asked for something that can't be given."""


class CouncilInvalid(RequestError):
    """The folder is not a council's, or its council.toml says something that can't be."""


class NotReady(RequestError):
    """Nothing has been run yet for this council."""


class ExportKindUnknown(RequestError):
    """There is no such export, or no such file format."""


class HouseholdNotFound(RequestError):
    """No household has this id in the last complete night."""


class InterventionNotFound(RequestError):
    """An outcome names an intervention that the rulebook doesn't have."""


class SaidInvalid(RequestError):
    """Something said of a household names no fact or event, or has no value that it can have."""


class TeamNotFound(RequestError):
    """The queue is asked for of a team that the council doesn't have."""


class KeyRefused(RequestError):
    """The key is missing, unknown, expired or withdrawn."""


class RoleRefused(RequestError):
    """The key is good, but its holder's role is not enough for this."""


class PurposeRefused(RequestError):
    """What is asked for may not be used for the purpose under which it is asked."""


class TeamRefused(RequestError):
    """The queue is asked for of another team than the key's own."""


class KeyNotFound(RequestError):
    """A key is to be withdrawn from someone who has none in use."""


class Refused(RequestError):
    """The act is possible but must not be done."""


class RunInProgress(Refused):
    """Another run holds this council's lock."""


class NightOutOfOrder(Refused):
    """A run is asked for a date before the last complete night, or for one that lies far ahead."""


class NightsUnknown(Refused):
    """The folder of nights holds complete nights that the store does not know."""


class CouncilExists(Refused):
    """`init` is pointed at a folder that already holds a council."""


class KeyExists(Refused):
    """A key is to be made for someone who has one in use."""


class RulebookAltered(Refused):
    """The kept files of a rulebook are gone, or no longer hold what was kept."""


class RulebookVersionUnknown(RequestError):
    """No submitted version begins with the characters given, or several do."""


class ApprovalRefused(Refused):
    """The version can't be approved by this person, is approved already, or must be before it is used."""


class NoVersionBefore(Refused):
    """There is no earlier approved version to go back to."""


class PairNotFound(RequestError):
    """The last night's review queue has no such pair, or no such row is in its links."""


class StoreTooNew(RequestError):
    """The council's store was written by a newer release."""


class StoreBusy(RequestError):
    """Another process has held the store for longer than a request waits."""


class WardNotFound(RequestError):
    """A contact names a ward that the council doesn't have."""


class VerdictNotFound(RequestError):
    """No verdict on links has this number, or it is withdrawn already."""


class VerdictRefused(Refused):
    """The verdict would make one person two parties of one record, or is about a child and an adult."""
