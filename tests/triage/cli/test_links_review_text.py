"""What an officer reads of two rows."""

from smart_record.linkage.review.explaining import PairExplained
from triage.actions.explain_link import LinkExplained
from triage.cli.links_review_text import explained_lines

ONE, OTHER = "council_tax/1/liable_1", "council_tax/2/liable_1"
TWO_HOMES = "records of one kind at two places at one time"


def told(*, joined: bool) -> list[str]:
    said: dict[str, str | None] = {"surname": "PARROTT"}
    explained = PairExplained(
        one=said, other=said, weights={"surname": 5.0}, match_weight=5.0, needed=13.6, conflicts=(TWO_HOMES,)
    )
    link = LinkExplained(
        one_ref=ONE,
        other_ref=OTHER,
        joined=joined,
        held_by=(),
        verdicts=(),
        chain=(),
        apart=(),
        explained=explained,
    )
    return [line for line in explained_lines(link) if isinstance(line, str)]


def test_what_keeps_two_apart_is_said_to_decide():
    assert f"Against it, whatever else agrees: {TWO_HOMES}" in told(joined=False)


def test_what_other_rows_explained_is_not_said_to_decide():
    assert f"Against it, but for what other rows or an officer show: {TWO_HOMES}" in told(joined=True)
