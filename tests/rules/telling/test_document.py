"""The policy document holds everything the files say, in words, and stands alone."""

import re
from datetime import date
from html import escape
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from rules import load_rulebook
from rules.language.model import Rulebook
from rules.language.phrases import Phrases
from rules.loading.topics import Topics, load_topics
from rules.telling.document import conditions, document

AS_OF = date(2026, 11, 1)


@pytest.fixture(scope="module")
def library() -> tuple[Rulebook, Topics]:
    with as_file(files("rules") / "library") as directory:
        return load_rulebook(directory), load_topics(directory)


@pytest.fixture(scope="module")
def html(library) -> str:
    rulebook, topics = library
    return document(rulebook, as_of=AS_OF, topics=topics)


def test_every_rule_is_there_with_its_source_and_reason(library, html) -> None:
    for rule in library[0].rules:
        assert html.count(f'id="rule-{escape(rule.id)}"') == 1, rule.id
        assert escape(rule.title) in html
        assert escape(rule.source) in html
        assert escape(rule.because.text) in html
        assert f"{len(rule.cases)} example households of {rule.id}" in html


def test_every_number_has_its_dates_and_whether_it_is_confirmed(library, html) -> None:
    for parameter in library[0].parameters.values():
        for dated in parameter.values:
            assert escape(dated.source) in html
            assert f"{dated.in_force_from:%-d %B %Y}" in html
    unconfirmed = [
        dated for each in library[0].parameters.values() for dated in each.values if not dated.confirmed
    ]
    assert html.count(", not confirmed yet</td>") == len(unconfirmed)


def test_every_intervention_and_topic_is_there(library, html) -> None:
    rulebook, topics = library
    for each in rulebook.interventions.values():
        assert escape(each.next_step) in html
    for topic in topics.by_id.values():
        assert escape(topic.next_step) in html


def test_every_event_is_there_with_the_rules_that_speak_of_it(library, html) -> None:
    rulebook = library[0]
    (section,) = re.findall(r'<h2 id="events">.*?(?=<h2)', html, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)[1:]
    assert len(rows) == len(rulebook.events)
    spoken_of = 0
    for event, row in zip(rulebook.events.values(), rows, strict=True):
        assert f"({event.name})</th>" in row
        assert escape(event.note) in row
        for rule in rulebook.rules:
            reads = event.name in rulebook.events_behind(rule.when) | {*rule.because.events}
            assert reads == bool(re.search(rf"[>\s]{re.escape(rule.id)}[,<]", row)), (event.name, rule.id)
            spoken_of += reads
    assert spoken_of


def test_every_link_of_the_contents_leads_somewhere(html) -> None:
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_the_document_stands_alone(html) -> None:
    assert "<script" not in html
    assert not re.search(r"\s(style|on\w+|src)=", html)
    assert html.count('role="img"') == 1
    assert "default-src 'none'" in html


def test_the_picture_tells_every_suggesting_rule(library, html) -> None:
    rows = re.findall(r"<td>(Tier \d): [^<]*</td><td class=\"n\">(\d+)</td>", html)
    suggesting = [rule for rule in library[0].rules if rule.suppresses is None]
    for tier in range(4):
        told = sum(int(count) for name, count in rows if name == f"Tier {tier}")
        assert told == sum(rule.tier == tier for rule in suggesting)


def test_a_condition_is_told_in_words_part_by_part(tmp_path: Path) -> None:
    (tmp_path / "signals.yaml").write_text(
        "signals:\n  - name: signal.trial\n    meaning: a trial\n"
        "    when: rent.tenant and (rent.arrears > £300 or not (rent.direct_debit and "
        "rent.weeks_in_arrears >= 4))\n",
        encoding="utf-8",
    )
    rulebook = load_rulebook(tmp_path)
    words = re.sub(
        r"</?(ul|p)>", "", conditions(rulebook.signals["signal.trial"].when, Phrases(rulebook, AS_OF))
    )
    assert words == (
        "All of these:<li>the household holds a social tenancy now</li>"
        "<li>any of these:<li>rent fallen due and not paid is more than £300</li>"
        "<li>not so:<li>all of these:<li>rent is paid by direct debit</li>"
        "<li>whole weeks of rent owed is at least 4 weeks</li></li></li></li>"
    )


def test_a_rule_that_is_not_in_force_says_so(library) -> None:
    rulebook, _ = library
    before = document(rulebook, as_of=date(2025, 4, 1))
    later = [rule for rule in rulebook.rules if not rule.is_in_force(date(2025, 4, 1))]
    assert before.count("Not in force on 1 April 2025.") == len(later)
    assert "topics" not in re.findall(r'id="([^"]+)"', before)
