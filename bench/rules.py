"""The rules' speed and memory, ours beside hand-written polars, the reference, zen-engine and durable-rules.

One run, one thread, processor seconds, the best of several. The facts are those of an invented town's night,
drawn with replacement. What is too slow for all households is measured on fewer and multiplied up: marked ~.

Usage: python -m bench.rules [HOUSEHOLDS]    (default: 1,000,000; memory always at 5,000,000)
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import zen
from rich.console import Console
from rich.table import Table

import rules
from bench.hundred import Spoken, hundred
from bench.proofs import repeated
from bench.town import SIZE, town_facts
from rules import evaluate, explain, load_rulebook
from rules.checking.checks import check
from rules.durable.engine import DurableEngine
from rules.executors.frames import truths
from rules.executors.online import judge_all
from rules.language.conditions import read_condition
from rules.language.model import Rulebook
from rules.language.names import Names
from rules.language.wording import reason_for
from rules.loading.loader import Loaded
from rules.meaning.reference import judge
from rules.proofs.proving import prove

HOUSEHOLDS = 1_000_000
FEW = 1_000
LIBRARY = Path(rules.__file__).parent / "library"

console = Console(highlight=False, width=130)


def main(households: int) -> None:
    night = town_facts()
    as_of, facts = night.as_of, drawn(night.facts, households)
    spoken = list(hundred(as_of))
    book = rulebook_of(spoken)
    table = Table(box=None, padding=(0, 2), title=f"100 rules, {households:,} households, one thread")
    for name, justify in (
        ("", "left"),
        ("processor s", "right"),
        ("against ours", "right"),
        ("goal", "left"),
    ):
        table.add_column(name, justify=justify)
    _whole_town(table, book, spoken, facts, as_of)
    _one_by_one(table, book, spoken, facts, as_of)
    console.print(table)
    _before_the_night(as_of, night.seconds)
    _online(facts, as_of)
    _memory()


def drawn(facts: pl.DataFrame, households: int) -> pl.DataFrame:
    """Households drawn from a town's with replacement, under ids of their own, in order."""
    rows = np.random.default_rng(1).integers(0, facts.height, households)
    ids = pl.Series("household_id", [f"H{number:07}" for number in range(households)])
    return facts.drop("household_id")[rows].insert_column(0, ids)


def rulebook_of(spoken: list[Spoken]) -> Rulebook:
    """The rules in a rulebook of their own, in force at any time."""
    library = load_rulebook(LIBRARY)
    names = Names(catalogue=library.catalogue, parameters=library.parameters, signals=frozenset())
    made = []
    for each in spoken:
        when = read_condition(each.text, names, problems := [])
        assert when is not None, (each.text, problems)
        made.append(replace(library.rules[0], id=each.rule_id, when=when, text=each.text))
    always = [replace(rule, in_force_from=date(2000, 1, 1), in_force_until=None) for rule in made]
    return replace(library, rules=tuple(sorted(always, key=lambda rule: rule.id)))


def _whole_town(table: Table, book: Rulebook, spoken: list[Spoken], facts: pl.DataFrame, as_of: date) -> None:
    by_hand = [each.by_hand.alias(each.rule_id) for each in spoken]

    def flags() -> pl.DataFrame:
        return facts.lazy().select("household_id", *by_hand).collect()

    def met() -> pl.DataFrame:
        found = flags()
        each = [
            found.select("household_id", rule_id=pl.lit(one.rule_id)).filter(found[one.rule_id])
            for one in spoken
        ]
        return pl.concat(each)

    ours = seconds(lambda: truths(book, facts, as_of=as_of))
    theirs = seconds(flags)
    long = seconds(lambda: evaluate(book, facts, as_of=as_of))
    theirs_long = seconds(met)
    assert evaluate(book, facts, as_of=as_of).equals(met().sort("household_id", "rule_id"))
    table.add_row("frames: met, not met, not known of every rule", f"{ours:.2f}", "1", "")
    table.add_row("polars by hand: the same columns", f"{theirs:.2f}", "", "")
    table.add_row("  frames / by hand", "", f"{ours / theirs:.2f}", "at most 1.5")
    table.add_row("frames: the long table of met rules, in order", f"{long:.2f}", "1", "")
    table.add_row("polars by hand: the same rows, in no order", f"{theirs_long:.2f}", "", "")
    table.add_row("  frames / by hand", "", f"{long / theirs_long:.2f}", "at most 1.5")


def _one_by_one(table: Table, book: Rulebook, spoken: list[Spoken], facts: pl.DataFrame, as_of: date) -> None:
    """Everything that takes a household at a time, on few; against the long table of the frames."""
    long = seconds(lambda: evaluate(book, facts, as_of=as_of))
    few = facts.head(FEW)
    sheets = [
        {name.replace("__", "."): value for name, value in row.items() if name != "household_id"}
        for row in few.iter_rows(named=True)
    ]
    decision = zen.ZenEngine().create_decision(json.dumps(_jdm(spoken)))
    for_zen = _without_unknowns(few, as_of).to_dicts()

    def reference() -> None:
        for sheet in sheets:
            for rule in book.rules:
                judge(rule, sheet, rulebook=book, as_of=as_of)

    def online() -> None:
        for sheet in sheets:
            judge_all(book, sheet, as_of=as_of)

    def with_zen() -> None:
        for sheet in for_zen:
            decision.evaluate(sheet)

    rivals: dict[str, tuple[Callable[[], object], str]] = {
        "the reference evaluator": (reference, "at least 20"),
        "one household online, all outcomes": (online, ""),
        "zen-engine, nulls taken out for it": (with_zen, "faster"),
    }
    scale = facts.height / FEW
    for name, (run, goal) in rivals.items():
        took = seconds(run, times=2) * scale
        table.add_row(f"{name} ~", f"{took:,.0f}", f"{took / long:,.0f}", goal)
    with DurableEngine(book, as_of=as_of) as engine:
        engine.met(sheets[0])
        began = time.perf_counter()
        for sheet in sheets[: FEW // 5]:
            engine.met(sheet)
        took = (time.perf_counter() - began) * 5 * scale
    table.add_row("durable-rules in its worker (wall) ~", f"{took:,.0f}", f"{took / long:,.0f}", "faster")


def _jdm(spoken: list[Spoken]) -> dict[str, Any]:
    """The rules as one expression node of zen-engine's decision model."""
    entries = [
        {"id": each.rule_id, "key": each.rule_id.replace("-", "_"), "value": each.zen} for each in spoken
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "all", "type": "expressionNode", "name": "all", "content": {"expressions": entries}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    edges = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in (("in", "all"), ("all", "out"))
    ]
    return {"nodes": nodes, "edges": edges}


def _without_unknowns(facts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    days = [
        (pl.lit(as_of) - pl.col(name)).dt.total_days().fill_null(-99_999).alias(f"{name}_days")
        for name, dtype in facts.schema.items()
        if dtype == pl.Date
    ]
    filled = facts.with_columns(days).select(pl.exclude(pl.Date))
    return filled.with_columns(
        pl.selectors.integer().fill_null(0),
        pl.selectors.boolean().fill_null(value=False),
        pl.selectors.string().fill_null(""),
    )


def _before_the_night(as_of: date, night_seconds: float) -> None:
    """Two hundred rules and more: the library's rule files, and twice more under other ids."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for file in LIBRARY.glob("*.yaml"):
            text = file.read_text(encoding="utf-8")
            (folder / file.name).write_text(text, encoding="utf-8")
            if re.search(r"^rules:", text, re.MULTILINE):
                head = "".join(re.findall(r"^(?:ruleset|version|owner):.*\n", text, re.MULTILINE))
                own = head + text[text.index("\nrules:") + 1 :]
                for turn in (2, 3):
                    copy = re.sub(r"^(  - id: \w+)", rf"\1v{turn}", own, flags=re.MULTILINE)
                    (folder / f"{file.stem}-{turn}.yaml").write_text(copy, encoding="utf-8")
        count = len(load_rulebook(folder).rules)
        took = seconds(lambda: check(folder, as_of=as_of), times=2)
    console.print(
        f"\n{count} rules read and checked without proofs: {took:.2f} s, {took / night_seconds:.1%} of the "
        f"night of {SIZE:,} households ({night_seconds:.1f} s); goal: under a tenth of a night"
    )
    book = repeated(load_rulebook(LIBRARY), 200)
    took = seconds(lambda: list(prove(Loaded(rulebook=book, faults=(), texts={}), as_of)), times=1)
    console.print(f"200 rules proved: {took:.1f} s; goal: under 10 s")


def _online(facts: pl.DataFrame, as_of: date) -> None:
    """The library, one household after another: outcomes, what to ask, and the reasons of what is met."""
    book = load_rulebook(LIBRARY)
    sheets = [
        {name.replace("__", "."): value for name, value in row.items() if name != "household_id"}
        for row in facts.head(FEW).iter_rows(named=True)
    ]

    def reasons(sheet: Mapping[str, Any], met: list[str]) -> list[str]:
        return [reason_for(book.rule(each), sheet, rulebook=book, as_of=as_of) for each in met]

    def outcome(sheet: Mapping[str, Any]) -> object:
        judged = judge_all(book, sheet, as_of=as_of)
        return judged, reasons(sheet, [each for each, said in judged.items() if said.outcome == "met"])

    def by_reference(sheet: Mapping[str, Any]) -> object:
        judged = [judge(rule, sheet, rulebook=book, as_of=as_of) for rule in book.in_force(as_of)]
        return judged, reasons(sheet, [each.rule_id for each in judged if each.outcome == "met"])

    def in_full(sheet: Mapping[str, Any]) -> object:
        return [explain(rule, sheet, rulebook=book, as_of=as_of) for rule in book.in_force(as_of)]

    outcome(sheets[0])
    console.print(f"\nOne household online, {len(book.in_force(as_of))} rules of the library, milliseconds:")
    ours = _percentiles("outcomes, what to ask, reasons", outcome, sheets)
    theirs = _percentiles("the same by the reference", by_reference, sheets)
    _percentiles("every rule explained condition by condition", in_full, sheets[:200])
    console.print(f"  ratio to the reference: {theirs / ours:.0f} times as fast")


def _percentiles(
    name: str, run: Callable[[Mapping[str, Any]], object], sheets: list[dict[str, Any]]
) -> float:
    took = []
    for sheet in sheets:
        began = time.process_time()
        run(sheet)
        took.append((time.process_time() - began) * 1000)
    middle, high = np.percentile(took, 50), np.percentile(took, 99)
    console.print(f"  {name:45} p50 {middle:7.2f}   p99 {high:7.2f}")
    return float(middle)


def _memory() -> None:
    """Peak memory at five million households, each way in a process of its own."""
    for way in ("whole", "slices"):
        done = subprocess.run(
            [sys.executable, "-m", "bench.rules_memory", way], check=True, stdout=subprocess.PIPE, text=True
        )
        console.print(done.stdout.strip())


def seconds(run: Callable[[], object], times: int = 3) -> float:
    """Processor seconds of the best of several runs."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


if __name__ == "__main__":
    if os.environ.get("POLARS_MAX_THREADS") != "1":  # before polars starts its threads
        os.environ["POLARS_MAX_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "bench.rules", *sys.argv[1:]])
    main(int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS)
