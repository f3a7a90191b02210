"""`triage links`: how good the matching is, and what officers decide about it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.table import Table

from smart_record.linkage.rows.verdicts import VerdictKind
from triage.actions.decide_link import decide_link, verdict_of
from triage.actions.estimate_links import estimate_links
from triage.actions.evaluate_links import STAGES, evaluate_links
from triage.actions.explain_link import LinkExplained, explain_link
from triage.actions.export_link_errors import export_link_errors
from triage.actions.list_addresses import AddressesListed, list_addresses
from triage.actions.list_verdicts import list_verdicts
from triage.actions.reading import MOST_NUMBER, MOST_PAGES
from triage.actions.review_links import PairToReview, review_links
from triage.actions.settle_pair import settle_pair
from triage.actions.withdraw_verdict import withdraw_verdict
from triage.cli.addresses_text import address_lines
from triage.cli.links_data import estimate_data, evaluation_data
from triage.cli.links_estimate_text import estimate_lines
from triage.cli.links_match import match
from triage.cli.links_review_text import (
    WHAT_WE_THINK,
    blind_lines,
    explained_lines,
    review_lines,
    verdict_lines,
)
from triage.cli.links_text import evaluation_lines
from triage.cli.links_weights import train, use, weights
from triage.cli.options import AsJson, CouncilDir
from triage.cli.terminal import operator, out, progress
from triage.council import open_council
from triage.papers.estimate_report import write_estimate_report
from triage.papers.link_report import write_link_report
from triage.store.verdicts import RecordedVerdict
from triage.table_files import check_table_file

PairId = Annotated[str, typer.Argument(help="As triage links review shows it.")]
Reason = Annotated[str, typer.Option(help="The grounds, for whoever asks later; no personal data.")]
RowRef = Annotated[str, typer.Argument(help="source/record_ref/role, as in council_tax/40001/liable_1")]
Page = Annotated[int, typer.Option(min=1, max=MOST_PAGES, help="Which page.")]

DecidedRef = Annotated[
    str, typer.Argument(help="About people source/record_ref/role; about households source/record_ref.")
]

cli = typer.Typer(no_args_is_help=True)


@cli.callback()
def links() -> None:
    """The last night's links between records: how good they are, what officers decide.

    `triage run` matches the council's extracts, every night: no command here has to be run first.
    `triage links match` is for other tables; it reads no council and changes none.
    """


@cli.command()
def evaluate(
    council: CouncilDir,
    labels: Annotated[
        Path | None,
        typer.Option(help="CSV: source, record_ref, role, person_id, household_id, group."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Folder for the report: links.html, links.md, figures as SVG and PNG.")
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(help="With labels: FILE.csv or FILE.parquet, each wrong pair by its rows' references."),
    ] = None,
    draw: Annotated[
        int | None, typer.Option(min=0, help="Without labels: draw a new sample, with this seed.")
    ] = None,
    size: Annotated[int, typer.Option(min=1, help="Pairs of a new sample.")] = 200,
    *,
    as_json: AsJson = False,
) -> None:
    """How good the last night's links are: on labels or, without them, by a sample that officers judge."""
    if labels is None and errors is not None:
        raise typer.BadParameter("--errors says which labelled pairs are wrong: give --labels too.")
    if labels is None:
        _estimate(council, report, draw, size, as_json=as_json)
        return
    if errors is not None:
        check_table_file(errors, "the errors of links")
    opened = open_council(council)
    with progress(STAGES) as say:
        found = evaluate_links(opened, labels, actor=operator(), say=say)
    if errors is not None:
        export_link_errors(opened, found, errors, actor=operator())
    opened.close()
    written = () if report is None else write_link_report(found, report)
    written += () if errors is None else (errors,)
    _evaluated(evaluation_lines(found), evaluation_data(found), written, as_json=as_json)


def _evaluated(
    lines: Iterable[str | Table], data: Mapping[str, Any], written: tuple[Path, ...], *, as_json: bool
) -> None:
    """Print an evaluation for people or for machines, and where the report lies."""
    if as_json:
        typer.echo(json.dumps({**data, "written": [str(file) for file in written]}, indent=2, default=str))
        return
    for line in lines:
        _print(line)
    if written:
        _print(f"Written: {', '.join(map(str, written))}")


def _estimate(council: Path, report: Path | None, draw: int | None, size: int, *, as_json: bool) -> None:
    opened = open_council(council)
    with progress(1) as say:
        say("Weighing the night's pairs again")
        estimates = estimate_links(opened, actor=operator(), draw=draw, size=size)
    opened.close()
    written = () if report is None else write_estimate_report(estimates, report)
    _evaluated(estimate_lines(estimates), estimate_data(estimates), written, as_json=as_json)


@cli.command()
def review(
    council: CouncilDir,
    limit: Annotated[int, typer.Option(min=1, help="How many pairs.")] = 10,
    household: Annotated[
        str | None, typer.Option(help="Only what concerns this household, such as one held as probable.")
    ] = None,
    *,
    sample: Annotated[
        bool, typer.Option("--sample", help="Pairs drawn by `triage links evaluate`, without what we think.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Links in doubt, side by side: first those whose answer would change a suggestion, most urgent first."""
    opened = open_council(council)
    pairs = review_links(opened, limit=limit, actor=operator(), sample=sample, household_id=household)
    opened.close()
    if as_json:
        hidden = dict(WHAT_WE_THINK) if sample else None
        typer.echo(TypeAdapter(tuple[PairToReview, ...]).dump_json(pairs, indent=2, exclude=hidden).decode())
        return
    for pair in pairs:
        for line in blind_lines(pair) if sample else review_lines(pair):
            _print(line)
        out.rule()
    out.print(
        "Settle one: triage links accept|reject PAIR_ID --reason WHY" if pairs else "Nothing to review."
    )


@cli.command()
def accept(pair_id: PairId, council: CouncilDir, reason: Reason) -> None:
    """Decide that a pair is one person: from the next run on, whatever the evidence."""
    _settle(council, pair_id, accept=True, reason=reason)


@cli.command()
def reject(pair_id: PairId, council: CouncilDir, reason: Reason) -> None:
    """Decide that a pair is two people: from the next run on, whatever the evidence."""
    _settle(council, pair_id, accept=False, reason=reason)


@cli.command()
def decide(
    kind: VerdictKind, one: DecidedRef, other: DecidedRef, council: CouncilDir, reason: Reason
) -> None:
    """Decide about any two rows (adults' or children's), or about the households of two records."""
    opened = open_council(council)
    recorded = decide_link(opened, verdict_of(kind, one, other), reason=reason, actor=operator())
    opened.close()
    _tell(recorded)


@cli.command()
def verdicts(
    council: CouncilDir,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many verdicts to a page.")] = 50,
    page: Page = 1,
    *,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Also those taken back.")] = False,
    as_json: AsJson = False,
) -> None:
    """What officers have decided about links, newest first: who, when and why."""
    opened = open_council(council)
    found = list_verdicts(opened, limit=limit, page=page, actor=operator(), withdrawn=withdrawn)
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(tuple[RecordedVerdict, ...]).dump_json(found, indent=2).decode())
        return
    for line in verdict_lines(found) if found or page == 1 else ("No more verdicts.",):
        _print(line)
    if len(found) == limit:
        _print(f"Earlier ones, if there are any: --page {page + 1}")


@cli.command()
def withdraw(
    verdict_id: Annotated[
        int, typer.Argument(min=1, max=MOST_NUMBER, help="As triage links verdicts lists it.")
    ],
    council: CouncilDir,
) -> None:
    """Take a verdict back; the next run goes by the evidence again."""
    opened = open_council(council)
    withdraw_verdict(opened, verdict_id, actor=operator())
    opened.close()
    out.print(f"Verdict {verdict_id} is withdrawn. The next run goes by the evidence again.")


@cli.command()
def explain(one: RowRef, other: RowRef, council: CouncilDir, *, as_json: AsJson = False) -> None:
    """Why two rows are, or are not, one resident: side by side, by weight, and the links between them."""
    opened = open_council(council)
    explained = explain_link(opened, one, other, actor=operator())
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(LinkExplained).dump_json(explained, indent=2).decode())
        return
    for line in explained_lines(explained):
        _print(line)


@cli.command()
def addresses(
    council: CouncilDir,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many addresses to a page.")] = 10,
    page: Page = 1,
    *,
    as_json: AsJson = False,
) -> None:
    """How each record's property was found and how often that is right; then those to be asked about."""
    opened = open_council(council)
    listed = list_addresses(opened, limit=limit, page=page, actor=operator())
    opened.close()
    if as_json:
        typer.echo(TypeAdapter(AddressesListed).dump_json(listed, indent=2).decode())
        return
    for line in address_lines(listed, first=(page - 1) * limit + 1):
        _print(line)


def _settle(council: Path, pair_id: str, *, accept: bool, reason: str) -> None:
    opened = open_council(council)
    decided = settle_pair(opened, pair_id, accept=accept, reason=reason, actor=operator())
    opened.close()
    _tell(decided)


def _tell(recorded: RecordedVerdict) -> None:
    kind = recorded.verdict.kind.replace("_", " ")
    _print(
        f"Verdict {recorded.verdict_id}: {kind}. The next run goes by it. "
        f"To take it back: triage links withdraw {recorded.verdict_id}"
    )


def _print(line: str | Table) -> None:
    out.print(line, markup=False)


for command in (train, weights, use, match):
    cli.command()(command)
