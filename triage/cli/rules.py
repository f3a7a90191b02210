"""`triage rules`: what policy leads use on a folder of rule files."""

import json
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rules import Fault, Rulebook, RulebookInvalid, Severity, judge, load_rulebook
from rules import check as check_rules
from rules.loading.editor_schema import editor_schema
from smart_record.facts.declarations import CATALOGUE
from smart_record.purposes import Purpose
from triage.actions.explain_rule import explain_rule
from triage.cli import document as cli_document
from triage.cli import impact as cli_impact
from triage.cli import versions as cli_versions
from triage.cli.options import AsJson, CouncilDir, PurposeOption, RulesDir
from triage.cli.suites import print_suite, print_suite_notes
from triage.cli.terminal import operator, out, progress
from triage.council import open_council, system_clock
from triage.days import day_of

cli = typer.Typer(
    help="Rule files: check them, run their cases, explain one household.", no_args_is_help=True
)
cli.add_typer(cli_document.cli)
cli.add_typer(cli_impact.cli)
cli.add_typer(cli_versions.cli)

AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date to look at them; default today.")
]

SuiteName = Annotated[
    str, typer.Option("--suite", help="Published cases instead: ombudsman, or a YAML file of your own.")
]


@cli.command()
def check(
    rules: RulesDir,
    as_of: AsOf = None,
    *,
    notes: Annotated[bool, typer.Option(help="Also what is worth a look.")] = True,
    proofs: Annotated[bool, typer.Option(help="Also what can be proved; --no-proofs is quicker.")] = True,
) -> None:
    """Everything wrong with the files, all at once, with file, line and the nearest right thing."""
    found = _proved(rules, _day(as_of)) if proofs else check_rules(rules, as_of=_day(as_of))
    faults = [each for each in found if each.severity is Severity.FAULT]
    worth_a_look = [each for each in found if each.severity is Severity.NOTE]
    if notes:
        _print_notes(worth_a_look)
    if faults:
        raise RulebookInvalid(faults)
    rulebook = load_rulebook(rules)
    if notes:
        print_suite_notes(rulebook)
    cases = sum(len(rule.cases) for rule in rulebook.rules)
    out.print(
        f"{rules}: {len(rulebook.rules)} rules, {len(rulebook.interventions)} interventions, {cases} cases; "
        f"no fault, {len(worth_a_look)} notes.",
        markup=False,
    )


@cli.command()
def schema() -> None:
    """A JSON Schema of rule files, for editors: triage rules schema > rules.schema.json."""
    out.print(json.dumps(editor_schema(CATALOGUE), indent=2, ensure_ascii=False), markup=False)


@cli.command()
def test(
    rules: RulesDir,
    suite: SuiteName = "",  # noqa: PT028  (a command called test, not a test)
) -> None:
    """Run the cases beside the rules and say how each came out."""
    rulebook = load_rulebook(rules)
    if suite:
        raise typer.Exit(4 if print_suite(rulebook, suite) else 0)
    failed = sum(_print_cases(rulebook, rule_id) for rule_id in [rule.id for rule in rulebook.rules])
    out.print(
        f"{failed} cases came out otherwise than they expect." if failed else "Every case comes out right."
    )
    if failed:
        raise typer.Exit(4)


@cli.command()
def explain(
    rules: RulesDir,
    rule_id: Annotated[str, typer.Argument(help="As in the rule file.")],
    household_id: Annotated[str, typer.Argument(help="As in the households export.")],
    council: CouncilDir,
    purpose: PurposeOption = Purpose.WELFARE_SUPPORT,
    *,
    as_json: AsJson = False,
) -> None:
    """One rule for one household: met, not met or not known, and why; RULES_DIR may be a draft."""
    opened = open_council(council)
    explained = explain_rule(opened, rules, rule_id, household_id, actor=operator(purpose))
    opened.close()
    if as_json:
        typer.echo(json.dumps(explained.as_json(), indent=2, ensure_ascii=False, default=str))
        return
    for line in explained.lines():
        out.print(line, markup=False)


def _proved(rules: Path, as_of: date) -> list[Fault]:
    from rules.proofs.proving import STAGES, prove  # noqa: PLC0415  (z3 takes longer to load than other commands run)

    with progress(STAGES) as say:
        return check_rules(rules, as_of=as_of, prove=partial(prove, say=say))


def _print_notes(notes: list[Fault]) -> None:
    for note in notes:
        out.print(
            f"note: {note.file} line {note.line}, {note.what} {note.rule_id}: {note.message}", markup=False
        )


def _print_cases(rulebook: Rulebook, rule_id: str) -> int:
    """Print each case of a rule; return how many came out otherwise than they expect."""
    rule, failed = rulebook.rule(rule_id), 0
    for case in rule.cases:
        outcome = judge(rule, case.given, rulebook=rulebook, as_of=case.as_of).outcome
        as_expected = (outcome is case.expect) != bool(case.bug)
        failed += not as_expected
        verdict = "right" if as_expected else f"WRONG: expected {case.expect.words}"
        out.print(f"{rule.id} line {case.place.line}: {outcome.words} ({verdict})", markup=False)
    return failed


def _day(given: datetime | None) -> date:
    return day_of(system_clock()) if given is None else given.date()
