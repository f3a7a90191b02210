"""A council's nights one after the other, each matched as it comes and in full: both must find the same."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from smart_record.intake import Intake
from smart_record.linkage.nights.memory import ROW
from smart_record.linkage.rows.verdicts import no_verdicts
from tests.smart_record.linkage.builders import NIGHT
from triage.links.night_matching import Matched, match_night
from triage.nights import name_night, write_computed

REJECTS = pl.DataFrame(schema=dict.fromkeys(("source", "record_ref", "reason"), pl.String))


def an_intake(
    extracts: Mapping[str, pl.DataFrame], named: Mapping[str, pl.DataFrame] | None = None
) -> Intake:
    nothing = pl.DataFrame()
    return Intake(
        extracts=extracts,
        named=named or {},
        rejects=REJECTS,
        counts=nothing,
        refused_columns=nothing,
        withheld=nothing,
        as_of=NIGHT,
        fingerprint="",
    )


class Council:
    """Nights one after the other, each matched as it comes and in full."""

    def __init__(self, nights: Path) -> None:
        self.nights, self.number, self.before = nights, 0, None
        self.said: list[str] = []

    def night(self, extracts, *, as_of: date = NIGHT, verdicts: pl.DataFrame | None = None) -> Matched:
        told = no_verdicts() if verdicts is None else verdicts
        intake, words = an_intake(extracts), []
        asked = {"as_of": as_of, "verdicts": told}
        matched = match_night(intake, self.before, **asked, full=False, say=words.append)
        whole = match_night(intake, self.before, **asked, full=True, say=lambda _: None)
        for name, frame in whole.frames().items():
            assert matched.frames()[name].equals(frame), name
        remembered, links = matched.linkage.memory.rows, matched.linkage.links
        assert remembered.select(ROW).equals(links.select(ROW))  # the next night reads one beside the other
        self._write(matched, told)
        self.said += words
        return matched

    def _write(self, matched: Matched, verdicts: pl.DataFrame) -> None:
        self.number += 1
        frames = matched.frames() | {"verdicts": verdicts}
        write_computed(self.nights, extracts={}, named={}, frames=frames)
        name_night(self.nights, str(self.number))
        self.before = self.nights / str(self.number)

    @property
    def kept(self) -> bool:
        """Whether the last night kept what the one before found."""
        return self.said[-1].startswith("Keeping")

    def households(self) -> dict[str, str]:
        """Household id by record_ref, as the last night found them."""
        links = pl.read_parquet(self.before / "links.parquet")
        return dict(links.select("record_ref", "household_id").iter_rows())
