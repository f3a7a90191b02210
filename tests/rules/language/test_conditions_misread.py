"""What a policy lead is told of a condition that can't be read: where, what, and the nearest right thing."""
# ruff: noqa: E501  # messages and trees are compared whole, one case a line

import pytest

from rules.language.conditions import read_condition
from rules.language.grammar import ConditionMisread
from rules.language.names import Names
from smart_record.facts.declarations import CATALOGUE
from tests.rules.builders import PARAMETERS

NAMES = Names(catalogue=CATALOGUE, parameters=PARAMETERS, signals=frozenset({"signal.slide"}))


def told(text: str) -> list[tuple[str, str]]:
    """Each problem of a text: the piece of text it points at, and the message."""
    problems: list[ConditionMisread] = []
    assert read_condition(text, NAMES, problems) is None
    return [(text[each.span.start : each.span.end], str(each)) for each in problems]


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("council_tax.arears > £5", "council_tax.arears", "no fact is called council_tax.arears; did you mean council_tax.arrears?"),
        ("ct.arrears > £5", "ct.arrears", "no fact is called ct.arrears; did you mean council_tax.arrears or rent.arrears?"),
        ("council_tax.arrears > 300", "300", "cannot compare money with a number; write £300"),
        ("rent.missed_payments_3m > £3", "£3", "cannot compare a number with money"),
        ("council_tax.arrears > small_dept", "small_dept", "no parameter is called small_dept; did you mean small_debt?"),
        ("council_tax.stage = sumons", "sumons", "sumons is not a value of council_tax.stage; did you mean summons? (council_tax.stage is one of bill, reminder_1, reminder_2, final_notice, summons, liability_order, enforcement_agent)"),
        ("council_tax.stage >= summons", "council_tax.stage >= summons", "stages come in an order, not in numbers; write `council_tax.stage at or after summons`"),
        ("household.tenure > owner", "household.tenure > owner", "a choice has no more or less; use = , != or `in`"),
        ("household.tenure before owner", "household.tenure", "`before` goes with stages, and household.tenure is none"),
        ("council_tax.last_payment_on before new_year", "council_tax.last_payment_on", "`before` goes with stages, and council_tax.last_payment_on is none; compare dates by < and >"),
        ("summons and council_tax.liable", "summons", "summons is a value of council_tax.stage; write council_tax.stage = summons"),
        ("council_tax.liable = yes", "yes", "yes and no are not compared; write the fact alone, or `not` before it"),
        ("council_tax.liable = rent.tenant", "council_tax.liable = rent.tenant", "council_tax.liable is yes or no already; write `council_tax.liable` or `not council_tax.liable`"),
        ("council_tax.arrears", "council_tax.arrears", "council_tax.arrears is money, not yes or no; compare it with something"),
        ("council_tax.arrears + £5", "council_tax.arrears + £5", "this is a value, not a condition; compare it with something"),
        ("council_tax.arrears > (rent.tenant and council_tax.liable)", "rent.tenant and council_tax.liable", "this is a condition, not a value"),
        ("rent.arrears > signal.slide", "signal.slide", "signal.slide is a condition, not a value"),
        ("signal.slid", "signal.slid", "no signal is called signal.slid; did you mean signal.slide?"),
        ("rent.weeks_in_arrears > council_tax.days_in_stage", "rent.weeks_in_arrears > council_tax.days_in_stage", "days and weeks can't be compared or added"),
        ("rent.arrears > rent.weekly_rent + 3", "rent.weekly_rent + 3", "money and a number can't be added; write £3"),
        ("rent.arrears > rent.weekly_rent * rent.arrears", "rent.weekly_rent * rent.arrears", "money can't be multiplied by money"),
        ("rent.stage_since - council_tax.stage_since > 3", "rent.stage_since - council_tax.stage_since", "dates are compared, or counted from today: `days since rent.stage_since > 28`"),
        ("rent.stage_since > 60", "60", "cannot compare a date with a number; for elapsed time write `days since rent.stage_since > 60`"),
        ('rent.stage_since > "2026-04-01"', '"2026-04-01"', "cannot compare a date with text; write dates without quotation marks, as 2026-04-01"),
        ("rent.stage_since > 2026-02-30", "2026-02-30", "2026-02-30 is not a day of the calendar"),
        ("days since rent.arrears > 3", "rent.arrears", "`days since` needs a date fact"),
        ("days since rent.stage_since > rent.months_rising", "rent.months_rising", "`days since` is compared with a fixed number, such as 60, or a count parameter"),
        ("weeks since rent.stage_since > grace_days", "grace_days", "this counts weeks, but the number beside it counts days"),
        ("days since rent.stage_since > 99999", "99999", "a number of days is from 0 to 36525 here"),
        ("days since rent.stage_since + 3 > 8", "days since rent.stage_since", "`days since` is compared with a fixed number, as in `days since rent.stage_since > 28`; to compare two dates, write `rent.stage_since <= benefits.stopped_on + 30 days`"),
        ("rent.arrears > £5 + 30 days", "30 days", "days can be added to a date, not to money"),
        ("at least 4 of (rent.tenant, council_tax.liable)", "4", "at least 4 of 2 is never in doubt; use 1 to 2"),
        ("rent.missed_payments_3m > 1.5", "1.5", "1.5 is not a whole number, such as 2"),
        ("rent.arrears > £5.5", "£5.5", "£5.5 is not an amount of money; write £300 or £1,400.50"),
        ("rent.arrears > £9,999,999,999", "£9,999,999,999", "£9,999,999,999 is more than any household's money; the most is £1,000,000,000"),
        ("£5 > £3", "£5 > £3", "this compares two fixed values; it reads no fact"),
        ("few between 9 and 3", "few between 9 and 3", "this compares two fixed values; it reads no fact"),
        ("rent.missed_payments_3m between 9 and 3", "rent.missed_payments_3m between 9 and 3", "nothing lies between these; write the smaller value first"),
        ("rent.arrears in (£1, rent.weekly_rent)", "rent.weekly_rent", "a list after `in` holds fixed values and parameters only"),
        ("rent.stage in (hard_stage)", "hard_stage", "hard_stage is summons once, which is no value of rent.stage"),
        ("£3 is known", "£3", "`is known` and `is missing` goes with a fact"),
        ("household.ward = Newport", "Newport", "no parameter is called Newport; declare it, or write text in quotation marks"),
        ("rent.arrears > 0.0000001% of rent.weekly_rent * rent.missed_payments_3m * rent.missed_payments_3m", "rent.arrears > 0.0000001% of rent.weekly_rent * rent.missed_payments_3m * rent.missed_payments_3m", "this can grow too large to be calculated exactly; simplify it"),
    ],
)  # fmt: skip
def test_a_meaningless_condition_is_told(text: str, at: str, message: str) -> None:
    assert told(text) == [(at, message)]


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("   ", "   ", "the condition is empty"),
        ("rent.tenant and", "", "the condition stops after and; something must follow, or a bracket is not closed"),
        ("(rent.tenant or council_tax.liable", "", "the condition stops after council_tax.liable; something must follow, or a bracket is not closed"),
        ("rent.tenant) or council_tax.liable", ")", "this bracket closes nothing, or something is missing before it"),
        ("and rent.tenant", "and", "`and` is a word of the rule language and can't stand at the start"),
        ("rent.tenant and and x", "and", "`and` is a word of the rule language and can't stand after and"),
        ("rent.tenant AND council_tax.liable", "AND", "write `and` in small letters"),
        ("rent.tenant council_tax.liable", "council_tax.liable", "council_tax.liable can't follow rent.tenant; is `and`, `or` or a comparison missing between them?"),
        ("rent.arrears == £5", "=", "== is not a comparison; write ="),
        ("rent.arrears <> £5", ">", "<> is not a comparison; write !="),
        ("rent.arrears => £5", ">", "=> is not a comparison; write >="),
        ("£1 < rent.arrears < £5", "<", "< can't stand here; compare two values at a time, or write `x between a and b`"),
        ("rent.arrears / 2 > £5", "/", "/ can't stand here; division is not offered: multiply the other side instead, as in `a > b * 2`"),
        ("rent.stage_since > 01/04/2026", "/", "01/04/2026 is not a date here; write it as 2026-04-01"),
        ("rent.stage_since > 1 April 2026", "April", "write dates as 2026-04-01, not 1 April"),
        ("rent.stage = 'court'", "'", "' can't stand here; use straight double quotation marks: \"summons\""),
        ("rent.stage = “court”", "“", "“ can't stand here; use straight double quotation marks: \"summons\""),
        ('rent.stage = "court', '"', '" can\'t stand here; this quotation mark is never closed on its line'),
        ("rent.arrears > $5", "$", "$ can't stand here; amounts are in pounds: £100"),
        ("rent.arrears > £ 5", "£", "£ can't stand here; write the amount straight after the £: £300 or £1,400.50"),
        ("rent.arrears ≥ £5", "≥", "≥ can't stand here; write >="),
        ("rent.tenant & council_tax.liable", "&", "& can't stand here; write `and`"),
        ("rent.arrears is £5", "£5", "`is` goes with `known` or `missing`, not with £5; to compare, write ="),
        ("rent.arrears > rent.weekly_rent * 70%", "", "write the percentage first: 70% of the amount"),
        ("rent.arrears > 70% rent.weekly_rent", "rent.weekly_rent", "after a percentage write `of`: 70% of council_tax.arrears"),
        ("rent.arrears > ^", "^", "^ can't stand here"),
    ],
)  # fmt: skip
def test_an_unreadable_condition_is_told(text: str, at: str, message: str) -> None:
    assert told(text) == [(at, message)]


def test_every_problem_of_a_condition_is_told_at_once() -> None:
    text = "rent.arears > £5 or not (council_tax.arrears > 300 and days since rent.stage > 2)"
    assert [at for at, _ in told(text)] == ["rent.arears", "300", "rent.stage"]


def test_a_condition_of_hostile_depth_or_length_is_refused_in_words() -> None:
    deep = "not " * 500 + "rent.tenant"
    assert told(deep)[0][1] == "the condition is nested too deeply to be read; name parts of it as signals"
    long = " or ".join(["rent.tenant"] * 1000)
    assert told(long)[0][1].startswith("the condition is longer than 4000 characters")
