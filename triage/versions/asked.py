"""The version that somebody means by the first characters of its hash."""

from collections.abc import Sequence

from triage.errors import RulebookVersionUnknown
from triage.store.rulebooks import StoredVersion
from triage.versions.history import chosen

SHORT = 12
"""Characters of a hash that are shown; any beginning that names one version will do."""


def the_version(versions: Sequence[StoredVersion], wanted: str) -> StoredVersion:
    """The one version whose hash begins as given.

    Raises:
        RulebookVersionUnknown: If none does, or several do.
    """
    found = chosen(versions, wanted)
    if len(found) == 1:
        return found[0]
    known = ", ".join(each.content_hash[:SHORT] for each in versions) or "none yet"
    what = "More than one version begins" if found else "No version begins"
    raise RulebookVersionUnknown(
        f"{what} with {wanted!r}. Nothing was changed. Submitted versions: {known}. "
        "They are listed by: triage rules versions"
    )
