"""The two ladders of recovery: when an unpaid bill or rent moves a stage up, and when it comes off."""

from dataclasses import dataclass

SHORTEST_GAP = 14
"""Days between two steps: no notice runs out sooner, nor may a court hear a summons sooner (SI 1998/295)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One ladder of recovery.

    Attributes:
        stages: Codes of the stages as the extract writes them, from none to the last.
        owed: What must be overdue to reach each stage after the first, in units (instalments, weeks of rent).
        chance: Chance of the step to each stage in a month in which enough is overdue.
        runs: Days of the month on which each step is taken (one of them each month).
        settled: Overdue units below which an account comes off the ladder.
        units_in_a_bill: How many units one monthly bill is.
        serious: First stage at which a breathing space comes up, and after which people pay to stop it.
    """

    stages: tuple[str, ...]
    owed: tuple[float, ...]
    chance: tuple[float, ...]
    runs: tuple[tuple[int, int], ...]
    settled: float
    units_in_a_bill: float
    serious: int


COUNCIL_TAX = Ladder(
    stages=("BILL", "REM1", "REM2", "FINAL", "SUMMONS", "LO", "EA"),
    owed=(0.3, 0.3, 0.3, 0.4, 0.4, 0.5),
    chance=(0.80, 0.60, 0.60, 0.60, 0.54, 0.36),
    runs=((13, 21), (13, 21), (12, 23), (17, 18), (15, 16), (22, 25)),
    settled=0.25,
    units_in_a_bill=1.0,
    serious=3,
)
RENT = Ladder(
    stages=("NONE", "LETTER1", "LETTER2", "NOSP", "COURT", "EVICTION"),
    owed=(1.5, 3.0, 6.0, 10.0, 16.0),
    chance=(0.75, 0.70, 0.60, 0.42, 0.30),
    runs=((9, 16), (11, 18), (14, 20), (17, 24), (19, 26)),
    settled=0.9,
    units_in_a_bill=52 / 12,
    serious=2,
)
