"""What the council's policy says: the rule language, its checks, its executors and the rule library."""

from rules.checking.checks import check
from rules.errors import Fault, RulebookInvalid, RuleError, Severity
from rules.executors.frames import evaluate
from rules.language.model import Intervention, Rule, Rulebook, Signal, Suppresses
from rules.language.parameters import Parameter
from rules.language.vocabulary import Channel, Debt, InterventionClass, Outcome, RuleKind, Team
from rules.language.wording import explain_met, reason_for
from rules.loading.loader import load_rulebook
from rules.meaning.reference import judge
from rules.telling.explanation import RuleExplained, explain

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
