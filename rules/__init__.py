"""What the council's policy says: the rule language, its checks, its executors and the rule library."""

from rules.checks import check
from rules.errors import Fault, RulebookInvalid, RuleError, Severity
from rules.explanation import RuleExplained, explain
from rules.frames import evaluate
from rules.loader import load_rulebook
from rules.model import Intervention, Rule, Rulebook, Signal, Suppresses
from rules.parameters import Parameter
from rules.reference import judge
from rules.vocabulary import Channel, Debt, InterventionClass, Outcome, RuleKind, Team
from rules.wording import explain_met, reason_for

__all__ = [
    "Channel",
    "Debt",
    "Fault",
    "Intervention",
    "InterventionClass",
    "Outcome",
    "Parameter",
    "Rule",
    "RuleError",
    "RuleExplained",
    "RuleKind",
    "Rulebook",
    "RulebookInvalid",
    "Severity",
    "Signal",
    "Suppresses",
    "Team",
    "check",
    "evaluate",
    "explain",
    "explain_met",
    "judge",
    "load_rulebook",
    "reason_for",
]
