"""Verdicts that can't be are refused before any night goes by them."""

from dataclasses import replace

import polars as pl
import pytest

from smart_record.linkage.rows.verdicts import VerdictKind
from smart_record.purposes import Purpose
from tests.triage.store.builders import events_of
from triage.actions.decide_link import decide_link
from triage.actions.reading import last_night
from triage.actions.withdraw_verdict import withdraw_verdict
from triage.audit import Actor
from triage.council import open_council
from triage.errors import VerdictRefused
from triage.nights import read_frame
from triage.store.verdicts import Verdict, standing_verdicts

OFFICER = Actor(name="officer", purpose=Purpose.WELFARE_SUPPORT)


def verdict(one: tuple, other: tuple) -> Verdict:
    names = ("source", "record_ref", "role", "other_source", "other_record_ref", "other_role")
    return Verdict(kind=VerdictKind.SAME_PERSON, **dict(zip(names, (*one, *other), strict=True)))


def test_nobody_is_made_two_parties_of_a_record_and_children_follow_their_claims(night) -> None:
    council = open_council(night)
    with council.engine.begin() as connection:
        links = read_frame(council.nights / last_night(council, connection).night_id, "links")
    row = ("source", "record_ref", "role")
    couple = links.filter((pl.col("source") == "benefits") & (pl.col("role") == "partner")).head(1)
    child = links.filter(pl.col("role") == "dependant").select(row).row(0)
    partner = couple.select(row).row(0)
    claimant = (*partner[:2], "claimant")
    with pytest.raises(VerdictRefused, match="two parties of one record"):
        decide_link(council, verdict(partner, claimant), reason="test", actor=OFFICER)
    with pytest.raises(VerdictRefused, match="never one person"):
        decide_link(council, verdict(partner, child), reason="test", actor=OFFICER)
    with council.engine.begin() as connection:
        assert standing_verdicts(connection).is_empty()
    council.close()


def test_what_says_nothing_is_refused_and_both_households_are_audited(triage, town, tmp_path) -> None:
    triage("init", tmp_path / "c")
    triage("run", "--council", tmp_path / "c", "--extracts", town / "extracts")
    council = open_council(tmp_path / "c")
    with council.engine.begin() as connection:
        links = read_frame(council.nights / last_night(council, connection).night_id, "links")
    homes = links.filter(source="rent").unique("household_id", maintain_order=True)[:2]
    one, other = homes.select("source", "record_ref", "role").rows()
    told = replace(verdict(one, other), kind=VerdictKind.DIFFERENT_PEOPLE)
    with pytest.raises(VerdictRefused, match="names one twice"):
        decide_link(council, verdict(one, one), reason="test", actor=OFFICER)
    with pytest.raises(VerdictRefused, match="grounds"):
        decide_link(council, told, reason=" ", actor=OFFICER)
    decided = decide_link(council, told, reason="test", actor=OFFICER)
    with pytest.raises(
        VerdictRefused, match=rf"take it back first: triage links withdraw {decided.verdict_id}$"
    ):
        decide_link(council, verdict(one, other), reason="test", actor=OFFICER)
    turned = replace(verdict(other, one), kind=VerdictKind.DIFFERENT_PEOPLE)
    for again in (told, turned):
        with pytest.raises(VerdictRefused, match=f"Verdict {decided.verdict_id} says so already"):
            decide_link(council, again, reason="test", actor=OFFICER)
    withdraw_verdict(council, decided.verdict_id, actor=OFFICER)
    with council.engine.begin() as connection:
        for home in homes["household_id"]:
            actions = [event.action for event in events_of(connection, home)]
            assert actions[-2:] == ["decide_link", "withdraw_verdict"]
    council.close()
