"""An invented council of any size, in the very formats of the eight extracts, with the truth about it.

Nobody in it exists: people, homes and money are drawn from a seed, so that the product can show, test and
measure itself without anyone's data. Only `triage demo`, tests and benchmarks use it.
"""

from triage.invented.council import Council, generate
from triage.invented.town import TOWN_HOUSEHOLDS, TOWN_PEOPLE

__all__ = ["TOWN_HOUSEHOLDS", "TOWN_PEOPLE", "Council", "generate"]
