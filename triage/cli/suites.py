"""Suites of published cases on a council's rules, for `triage rules check` and `triage rules test`."""

from rules import Rulebook
from rules.entries.suite_entries import load_suite
from rules.entries.suites import run_suite
from triage.cli.terminal import out

DEFAULT = "ombudsman"


def print_suite(rulebook: Rulebook, wanted: str) -> int:
    """Run a rulebook through a suite and print how each case came out; return how many failed."""
    suite = load_suite(wanted)
    results = run_suite(suite, rulebook)
    out.print(f"{suite.title}.", markup=False)
    for result in results:
        for line in result.lines():
            out.print(line, markup=False)
    failed = sum(not result.passes for result in results)
    out.print(
        f"Suite {suite.name}: {len(results) - failed} of {len(results)} cases pass, "
        f"with rulebook {rulebook.content_hash[:12]}.",
        markup=False,
    )
    return failed


def print_suite_notes(rulebook: Rulebook) -> None:
    """One line on the Ombudsman's cases, and one for each that the rulebook does not pass."""
    results = run_suite(load_suite(DEFAULT), rulebook)
    failed = [result.case for result in results if not result.passes]
    for case in failed:
        out.print(f"note: suite {DEFAULT}, case {case.id} ({case.decision}) is not passed", markup=False)
    more = f" See: triage rules test --suite {DEFAULT}" if failed else ""
    out.print(
        f"Suite {DEFAULT}: {len(results) - len(failed)} of {len(results)} cases pass.{more}", markup=False
    )
