"""The rulebook as a picture: facts and signals into rule sets, rule sets into tiers, holds before them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.language.model import Rule, Rulebook
from rules.language.tree import signals_read
from rules.telling.html_page import table, text

_BOX = 190
_GAP = 75
_ROW = 40
_HIGH = 30
_TOP = 24
_TIERS = {
    0: "Tier 0: they do it themselves",
    1: "Tier 1: a person helps",
    2: "Tier 2: back office",
    3: "Tier 3: specialist teams",
}
_FACTS = "facts of the night"
_HOLDS = "rules that keep back"


@dataclass(frozen=True, slots=True)
class Step:
    """An arrow of the picture: between names of two neighbouring columns, for so many rules."""

    left: str
    right: str
    rules: int


def flow(rulebook: Rulebook) -> str:
    """The picture, and the same in two tables."""
    into, onto = _into_rulesets(rulebook), _onto_tiers(rulebook)
    counts = {name: len(rules) for name, rules in _rulesets(rulebook).items()}
    return "\n".join(
        [
            _picture(rulebook, into, onto, counts),
            table(
                "What each set of rules reads",
                ("Read", "By the rules about", "Rules"),
                [(each.left, each.right, str(each.rules)) for each in into],
                numbers=frozenset({2}),
            ),
            table(
                "Where each set of rules leads",
                ("Rules about", "To", "Rules"),
                [(each.left, each.right, str(each.rules)) for each in onto],
                numbers=frozenset({2}),
            ),
        ]
    )


def _rulesets(rulebook: Rulebook) -> dict[str, list[Rule]]:
    """Rules by set, and holds as a set of their own."""
    found: dict[str, list[Rule]] = {}
    for rule in rulebook.rules:
        name = _HOLDS if rule.suppresses else rule.ruleset.replace("-", " ").replace("_", " ")
        found.setdefault(name, []).append(rule)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == _HOLDS, name))}


def _into_rulesets(rulebook: Rulebook) -> list[Step]:
    return [
        Step(left, name, count)
        for name, rules in _rulesets(rulebook).items()
        for left in [_FACTS, *(_signal(each) for each in rulebook.signals)]
        if (count := sum(left in _read(rule) for rule in rules))
    ]


def _onto_tiers(rulebook: Rulebook) -> list[Step]:
    return [
        Step(name, words, count)
        for name, rules in _rulesets(rulebook).items()
        for tier, words in _TIERS.items()
        if name != _HOLDS and (count := sum(rule.tier == tier for rule in rules))
    ]


def _read(rule: Rule) -> set[str]:
    return {_FACTS, *(_signal(name) for name in signals_read(rule.when))}


def _signal(name: str) -> str:
    return name.removeprefix("signal.").replace("_", " ")


def _picture(rulebook: Rulebook, into: Sequence[Step], onto: Sequence[Step], counts: dict[str, int]) -> str:
    columns = (
        [_FACTS, *(_signal(name) for name in rulebook.signals)],
        list(counts),
        list(_TIERS.values()),
    )
    height = _TOP + max(map(len, columns)) * _ROW + 10
    places = [
        {name: _TOP + at * _ROW * (max(map(len, columns)) / len(column)) for at, name in enumerate(column)}
        for column in columns
    ]
    arrows = [
        _arrow(side, places[side][each.left], places[side + 1][each.right], each)
        for side, steps in enumerate((into, onto))
        for each in steps
    ]
    boxes = [
        _box(side, y, f"{name} ({counts[name]})" if side == 1 else name)
        for side, column in enumerate(places)
        for name, y in column.items()
    ]
    heads = [
        f'<text x="{side * (_BOX + _GAP)}" y="14" font-size="13" font-weight="bold">{head}</text>'
        for side, head in enumerate(("Facts and signals", "Rules about", "Who acts"))
    ]
    words = "; ".join(f"{each.left} to {each.right}: {each.rules} rules" for each in (*into, *onto))
    width = 3 * _BOX + 2 * _GAP
    return (
        '<figure><div class="scroll" role="region" aria-label="Picture of the rulebook" tabindex="0">'
        f'<svg class="wide" viewBox="0 0 {width} {height:.0f}" role="img" aria-labelledby="flow-t flow-d">'
        '<title id="flow-t">Facts and signals lead through rules to tiers</title>'
        f'<desc id="flow-d">{text(words)}. Holds keep suggestions back before they reach a tier.</desc>'
        f"{''.join(arrows)}{''.join(boxes)}{''.join(heads)}</svg></div>"
        "<figcaption>Facts and signals lead through rules to tiers; holds keep suggestions back before they "
        "reach one. A thicker line stands for more rules.</figcaption></figure>"
    )


def _box(side: int, y: float, words: str) -> str:
    x = side * (_BOX + _GAP)
    fill = ("#e8f1fa", "#f3f2f1", "#e2f2ea")[side]
    return (
        f'<rect x="{x}" y="{y:.0f}" width="{_BOX}" height="{_HIGH}" rx="3" fill="{fill}" stroke="#505a5f"/>'
        f'<text x="{x + 8}" y="{y + 19:.0f}" font-size="12">{text(words)}</text>'
    )


def _arrow(side: int, start: float, end: float, step: Step) -> str:
    left = side * (_BOX + _GAP) + _BOX
    right = left + _GAP
    middle = left + _GAP / 2
    one, other = start + _HIGH / 2, end + _HIGH / 2
    return (
        f'<path d="M{left} {one:.0f} C{middle} {one:.0f} {middle} {other:.0f} {right} {other:.0f}" '
        f'fill="none" stroke="#1d70b8" stroke-opacity="0.45" stroke-width="{min(1 + step.rules / 2, 6):g}"/>'
    )
