from datetime import date

import polars as pl

from smart_record.linkage.matching import Linkage
from smart_record.linkage.nights.memory import Memory
from smart_record.linkage.set_aside import marked_set_aside

LINKS = pl.DataFrame(
    {
        "source": ["council_tax", "council_tax", "rent"],
        "record_ref": ["A1", "A2", "A1"],
        "role": ["liable_1", "liable_1", "tenant"],
        "evidence": ["date of birth", "", ""],
    }
)
REJECTS = pl.DataFrame(
    {
        "source": ["council_tax_accounts", "council_tax_accounts", "council_tax_transactions"],
        "record_ref": ["A1", "A3", "A2"],
        "reason": ["balance is not an amount", "it is blank", "its account is set aside"],
    }
)


def marked(named: dict[str, pl.DataFrame]) -> list[str]:
    nothing = pl.DataFrame()
    parts = dict.fromkeys(("households", "registry", "changes", "possible", "addresses"), nothing)
    memory = Memory(records=nothing, rows=nothing)
    linkage = Linkage(links=LINKS, **parts, memory=memory, matched=0)
    return marked_set_aside(linkage, named, REJECTS).links["evidence"].to_list()


def test_a_link_of_a_set_aside_row_says_so_and_why() -> None:
    named = {"council_tax_accounts": pl.DataFrame({"record_ref": ["A1"], "starts": [date(2026, 1, 1)]})}
    assert marked(named) == ["row set aside (balance is not an amount); date of birth", "", ""]


def test_a_night_without_set_aside_rows_is_left_as_it_is() -> None:
    assert marked({}) == LINKS["evidence"].to_list()
