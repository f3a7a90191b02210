"""What was said of a household: read as rule files write it, refused without repeating it."""

from datetime import date

import pytest

from smart_record.events import EVER, Happening, History
from tests.rules.builders import a_rulebook
from triage.errors import SaidInvalid
from triage.live.said import read_said

BOOK = a_rulebook({"R1": "rent.tenant"})
TODAY = date(2026, 11, 1)


def test_facts_and_events_are_put_in_the_place_of_what_was_known_and_beside_it() -> None:
    told = [
        ("rent.arrears", "£300"),
        ("benefits.passport", "not known"),
        ("rent.payment_missed", "2026-10-30"),
        ("rent.payment_missed", "2026-10-23"),
        ("benefits.claim_ended", "2026-11-01"),
    ]
    said = read_said(told, BOOK, until=TODAY)
    before = History((Happening(date(2026, 9, 1), "rent", "T1"),), EVER)
    after = said.put_into({"rent.arrears": 5, "rent.tenant": True, "rent.payment_missed": before})
    missed = History.of(date(2026, 10, 23), date(2026, 10, 30)).with_more(*before.happenings)
    assert after == {
        "rent.arrears": 30_000,
        "rent.tenant": True,
        "benefits.passport": None,
        "rent.payment_missed": missed,
        "benefits.claim_ended": History.of(TODAY, known_from=None),
    }
    assert said.last_day == TODAY
    assert said.names == ("benefits.claim_ended", "benefits.passport", "rent.arrears", "rent.payment_missed")
    assert said.words(BOOK)[0] == "rent fallen due and not paid: £300"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "rent.arears",
            "£300",
            "Number 1 of what was said is no fact or event; did you mean rent.arrears?",
        ),
        ("rent.arrears", "secret", "rent.arrears is an amount, as £300 or £1,400.50, or `not known`."),
        ("rent.tenant", "secret", "rent.tenant is yes or no, or `not known`."),
        ("rent.stage", "secret", "rent.stage is one of none, letter_1,"),
        ("rent.tenant_since", "secret", "rent.tenant_since is a day, as 2026-04-01"),
        ("household.children", "secret", "household.children is a whole number"),
        ("rent.payment_missed", "secret", "rent.payment_missed is an event: say its day, as 2026-04-01."),
        (
            "rent.payment_missed",
            "2026-11-02",
            "that day has not come yet. Say what has happened by 2026-11-01",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_never_repeated(name: str, value: str, message: str) -> None:
    with pytest.raises(SaidInvalid) as refused:
        read_said([(name, value)], BOOK, until=TODAY)
    assert message in str(refused.value)
    assert "secret" not in str(refused.value)
