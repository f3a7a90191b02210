"""The catalogue keeps what rule files, models and letters rely on."""

import re

import pytest

from smart_record.facts.declarations import CATALOGUE, FACTS
from smart_record.facts.terms.catalogue import Fact, FactType, column_of
from smart_record.facts.terms.vocabulary import CLAIMS, DEPENDANTS, NOTICES, SUPPORT
from smart_record.purposes import Purpose
from tests.smart_record.facts.schemas import FURTHER, SCHEMAS


def test_every_name_is_declared_once() -> None:
    assert len(CATALOGUE) == len(FACTS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_declaration_is_complete(fact: Fact) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z0-9]+(_[a-z0-9]+)*", fact.name)
    assert fact.column == column_of(fact.name)
    assert set(fact.sources) <= {*SCHEMAS, *FURTHER, SUPPORT}
    assert fact.sources
    assert fact.purposes
    assert fact.meaning
    assert not fact.meaning.endswith(".")
    assert (fact.unit != "") is (fact.type in {FactType.MONEY, FactType.COUNT})
    assert (fact.choices != ()) is (fact.type is FactType.CHOICE)
    assert not fact.note or fact.note.endswith(".")


def test_benefit_feeds_never_drive_recovery_except_to_protect() -> None:
    recovery = {Purpose.COUNCIL_TAX_RECOVERY, Purpose.HOUSING}
    told_by_claims_alone = [fact for fact in FACTS if set(fact.sources) <= {CLAIMS, DEPENDANTS, NOTICES}]
    assert told_by_claims_alone
    assert [fact.name for fact in told_by_claims_alone if fact.purposes & recovery] == []


def test_what_protects_may_be_read_for_every_purpose() -> None:
    assert {fact.purposes for fact in FACTS if fact.name.startswith("holds.")} == {frozenset(Purpose)}
