"""What can be wrong with rules, said so that a policy lead can put it right without a programmer."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from smart_record.errors import TriageError


class RuleError(TriageError):
    """The rules can't be used as they are; a policy author puts it right."""


class Severity(StrEnum):
    """Whether a finding stops the rulebook from being used."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong (or, as a note, worth a look), with its place.

    Attributes:
        file: Path below the rules directory, with forward slashes.
        line: Line in the file, from 1.
        column: Character in the line, from 1.
        rule_id: Id of the rule (or signal, parameter, intervention) that it concerns; "" for the whole file.
        message: What is wrong with the value, and the nearest right thing.
        excerpt: The line and, under it, a caret below the place; "" where there is none.
        severity: A fault stops the rulebook; a note does not.
        what: What `rule_id` is the id of.
    """

    file: str
    line: int
    column: int
    rule_id: str = ""
    message: str
    excerpt: str = ""
    severity: Severity = Severity.FAULT
    what: str = "rule"

    def __str__(self) -> str:
        """The message a policy lead sees, with the line and a caret under the place."""
        what = f", {self.what} {self.rule_id}" if self.rule_id else ""
        head = f"{self.file} line {self.line} column {self.column}{what}: {self.message}"
        return f"{head}\n{self.excerpt}" if self.excerpt else head


class RulebookInvalid(RuleError):
    """The rule files have faults; all of them are listed, file by file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        count = f"{len(self.faults)} faults" if len(self.faults) != 1 else "1 fault"
        listed = "\n\n".join(str(fault) for fault in self.faults)
        super().__init__(f"The rulebook has {count} and was not loaded.\n\n{listed}")


class RulesMissing(RuleError):
    """The rules directory isn't there or holds no rule file."""


class ParameterNotInForce(RuleError):
    """A parameter has no value on the date that is asked for."""


class RuleNotFound(RuleError):
    """The rulebook has no rule of that id."""


class FactOutOfRange(RuleError):
    """A fact is too large to be calculated with exactly."""


class FactsMalformed(RuleError):
    """The frame of facts lacks a column that the rules read, or holds it in another type."""


class RuleEngineFailed(RuleError):
    """The live rule engine failed on a household; nothing it said of it may be used."""
