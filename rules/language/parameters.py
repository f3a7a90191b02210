"""Named thresholds with dated values: read by the date asked about, never "the latest"."""

from dataclasses import dataclass
from datetime import date

from rules.errors import ParameterNotInForce
from rules.language.tree import Value
from smart_record.facts.terms.catalogue import FactType


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: file below the rules directory, line and column from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """One value of a parameter, in force from a date until the next one's."""

    in_force_from: date
    value: Value
    source: str
    confirmed: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A named threshold with its dated values, oldest first.

    Attributes:
        name: One word in snake_case, as conditions write it.
        type: What kind of value; money is pence.
        unit: The catalogue unit that it may be compared with, or "" for any.
        values: Oldest first.
        reference: Whether it is for officers, letters and clocks, so that no rule need read it.
        place: Where it is declared.
    """

    name: str
    type: FactType
    unit: str
    values: tuple[DatedValue, ...]
    place: Place
    reference: bool = False

    def dated_on(self, as_of: date) -> DatedValue:
        """The dated value in force on a date.

        Raises:
            ParameterNotInForce: If the date is before the first value.
        """
        in_force = [each for each in self.values if each.in_force_from <= as_of]
        if in_force:
            return in_force[-1]
        first = f"{self.values[0].in_force_from:%d %B %Y}"
        raise ParameterNotInForce(
            f"Parameter {self.name} has no value on {as_of:%d %B %Y} (first value: {first}). "
            f"Add a dated value with its source to {self.place.file} line {self.place.line}."
        )
