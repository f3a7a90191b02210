"""Of each probable household the link that an officer should confirm is found; sure ones are left alone."""

import polars as pl

from triage.links.weak_links import ONE_BUSINESS, weak_links

SURE = "date of birth; surname; forename"
WEAK = "same property; surname; forename"
SCHEMA = dict.fromkeys(("source", "record_ref", "role", "resident_id"), pl.String) | {
    "match_weight": pl.Float64,
    "evidence": pl.String,
}

Link = tuple[str, str, str, str, float | None, str]


def one_home(*rows: Link) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(household_id=pl.lit("H1"))


def held(confidence: str) -> pl.DataFrame:
    return pl.DataFrame({"household_id": ["H1"], "confidence": [confidence]})


def test_the_weakest_of_the_links_is_asked_about() -> None:
    links = one_home(
        ("benefits", "C1", "claimant", "R1", 40.0, SURE),
        ("rent", "T1", "tenant", "R1", 40.0, SURE),
        ("council_tax", "A1", "liable_1", "R1", 18.0, WEAK),
    )
    asked = weak_links(links, held("probable"))
    assert asked.select("record_ref", "other_record_ref", "evidence").rows() == [("A1", "C1", WEAK)]


def test_the_other_row_is_the_one_that_the_evidence_is_of() -> None:
    links = one_home(
        ("benefits", "C1", "claimant", "R1", 25.0, "date of the move; surname; forename"),
        ("council_tax", "A1", "liable_1", "R1", 18.0, WEAK),
        ("rent", "T1", "tenant", "R1", 18.0, WEAK),
    )
    asked = weak_links(links, held("probable"))
    assert asked.select("record_ref", "other_record_ref", "evidence").rows() == [("A1", "T1", WEAK)]


def test_sure_households_are_not_asked_about() -> None:
    links = one_home(
        ("benefits", "C1", "claimant", "R1", 18.0, WEAK),
        ("council_tax", "A1", "liable_1", "R1", 18.0, WEAK),
    )
    assert weak_links(links, held("strong")).is_empty()
    assert weak_links(links, held("probable")).height == 1


def test_records_with_nobody_in_common_are_asked_about_as_households() -> None:
    links = one_home(
        ("benefits", "C1", "claimant", "R1", None, ""),
        ("benefits_dependants", "C1/1", "dependant", "R2", None, ""),
        ("council_tax", "A1", "liable_1", "R3", None, ""),
    )
    asked = weak_links(links, held("probable"))
    ends = ("source", "record_ref", "role", "other_source", "other_record_ref", "other_role", "evidence")
    assert asked.select(ends).rows() == [("benefits", "C1", None, "council_tax", "A1", None, ONE_BUSINESS)]
    told = links.with_columns(evidence=pl.lit("household confirmed by an officer"))
    assert weak_links(told, held("probable")).is_empty()


def test_of_who_parted_no_link_across_two_households_is_asked_about() -> None:
    here = one_home(
        ("council_tax", "A1", "liable_1", "R1", 18.0, WEAK),
        ("council_tax", "A1", "liable_2", "R2", 30.0, WEAK),
        ("council_tax", "A2", "liable_1", "R2", 30.0, WEAK),
    )
    there = one_home(("council_tax", "A3", "liable_1", "R1", 18.0, WEAK))
    there = there.with_columns(household_id=pl.lit("H2"))
    homes = pl.DataFrame({"household_id": ["H1", "H2"], "confidence": ["probable", "probable"]})
    asked = weak_links(pl.concat([here, there]), homes)
    assert asked.select("record_ref", "other_record_ref").rows() == [("A1", "A2")]
