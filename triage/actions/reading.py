"""What every reading action needs: the last complete night."""

import sqlalchemy as sa

from triage.council import Council
from triage.errors import NotReady
from triage.store.nights import Night, current_night


def last_night(council: Council, connection: sa.Connection) -> Night:
    """The last complete night.

    Raises:
        NotReady: Before the first.
    """
    night = current_night(connection)
    if night is None:
        raise NotReady(
            f"No night has been run for the council in {council.directory}. "
            f"Run one with: triage run --council {council.directory} --extracts FOLDER"
        )
    return night
