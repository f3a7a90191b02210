"""A decision table means what the same rules mean in YAML."""
# ruff: noqa: E501  # messages are compared whole

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.language.tree import Value
from rules.language.vocabulary import Outcome
from rules.loading.loader import load_rulebook
from rules.meaning.reference import judge
from tests.rules.builders import AS_OF, write_rules
from tests.rules.decision_tables.builders import loaded, table
from tests.rules.rule_files import INTERVENTIONS, PARAMETERS
from tests.rules.strategies import fact_sheets

CELLS: Mapping[str, Sequence[tuple[str, str]]] = {
    "rent.arrears": (
        ("-", ""),
        (">= £50", "rent.arrears >= £50"),
        ('"< £1, > £300"', "(rent.arrears < £1 or rent.arrears > £300)"),
        ("[£0.01..£300)", "rent.arrears >= £0.01 and rent.arrears < £300"),
        ("missing", "rent.arrears is missing"),
    ),
    "rent.stage": (
        ("-", ""),
        ('"none, court"', "rent.stage in (none, court)"),
        ("at or after court", "rent.stage at or after court"),
        ("not(none)", "rent.stage not in (none)"),
    ),
    "rent.months_rising": (
        ("-", ""),
        ("2", "rent.months_rising = 2"),
        ("between 1 and 3", "rent.months_rising between 1 and 3"),
        ('"0, missing"', "(rent.months_rising = 0 or rent.months_rising is missing)"),
    ),
    "rent.direct_debit": (("-", ""), ("yes", "rent.direct_debit"), ("no", "not rent.direct_debit")),
}
"""What a cell may hold, and the same in the rule language, written by hand."""


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[list[tuple[str, str]]], list[int]]:
    policy = draw(st.sampled_from(["unique", "any", "first", "priority", "collect"]))
    rows = draw(
        st.lists(
            st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())).filter(
                lambda row: any(text for _, text in row)
            ),
            min_size=1,
            max_size=4,
        )
    )
    return policy, [list(row) for row in rows], draw(st.lists(st.integers(1, 4), min_size=4, max_size=4))


@settings(derandomize=True, max_examples=20, deadline=None)
@given(tables(), fact_sheets(10))
def test_a_table_means_what_the_same_rules_mean_in_yaml(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[str, list[list[tuple[str, str]]], list[int]],
    sheet: object,
) -> None:
    policy, rows, priorities = drawn
    body = "\n".join(
        f"{','.join(cell for cell, _ in row)},{priority},why"
        for row, priority in zip(rows, priorities, strict=False)
    )
    text = table(f"{','.join(CELLS)},priority,because\n{body}\n", policy)
    by_table = loaded(tmp_path_factory.mktemp("table"), text)
    folder = tmp_path_factory.mktemp("yaml")
    by_yaml = load_rulebook(
        write_rules(folder, a=INTERVENTIONS + PARAMETERS, b=_yaml(policy, rows, priorities))
    )
    for facts in _households(sheet):
        for rule, other in zip(by_table.rules, by_yaml.rules, strict=True):
            one = judge(rule, facts, rulebook=by_table, as_of=AS_OF)
            two = judge(other, facts, rulebook=by_yaml, as_of=AS_OF)
            assert (one.rule_id, one.outcome) == (two.rule_id, two.outcome)
        if policy in {"first", "priority"}:
            met = [judge(rule, facts, rulebook=by_table, as_of=AS_OF).outcome for rule in by_table.rules]
            assert met.count(Outcome.MET) <= 1


def _yaml(policy: str, rows: list[list[tuple[str, str]]], priorities: list[int]) -> str:
    whens = [" and ".join(f"({text})" for _, text in row if text) for row in rows]
    order = (
        sorted(range(len(rows)), key=lambda at: priorities[at])
        if policy == "priority"
        else list(range(len(rows)))
    )
    rules = []
    for place, at in enumerate(order):
        before = [f"not ({whens[each]})" for each in order[:place]] if policy in {"first", "priority"} else []
        rules.append(
            f"  - id: RA-{at + 1}\n    title: t\n    kind: suggest\n    from: 2026-04-01\n    purpose: housing\n"
            f"    intervention: payment_plan\n    priority: {priorities[at]}\n    source: s\n    because: why\n"
            f"    when: |\n      {' and '.join([whens[at], *before])}\n"
        )
    return "ruleset: r\nversion: 1\nowner: o\nrules:\n" + "".join(rules)


def _households(sheet: object) -> list[dict[str, Value | None]]:
    rows = sheet.drop("household_id").to_dicts()  # type: ignore[attr-defined]
    return [{name.replace("__", "."): value for name, value in row.items()} for row in rows]
