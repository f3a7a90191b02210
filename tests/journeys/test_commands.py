"""The commands as their users run them, on the invented council."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from smart_record.facts.declarations import FACTS
from smart_record.linkage.measuring.wrong_pairs import SAME_HOUSEHOLD, TWO_HOUSEHOLDS
from triage.actions.export import COLUMNS, KINDS
from triage.actions.export_link_errors import COLUMNS as ERROR_COLUMNS
from triage.invented import generate
from triage.links.link_evaluation import GAP_GOAL
from triage.links.weak_links import ROW


def exported(triage, council: Path, kind: str, tmp_path: Path) -> pl.DataFrame:
    file = tmp_path / f"{kind}.parquet"
    triage("export", kind, "--council", council, "-o", file)
    return pl.read_parquet(file)


@pytest.mark.parametrize("kind", KINDS)
def test_every_export_has_its_columns(kind, triage, night, tmp_path) -> None:
    wanted = COLUMNS[kind] or ("household_id", *(fact.column for fact in FACTS))
    assert tuple(exported(triage, night, kind, tmp_path).columns) == wanted


def test_the_summary_accounts_for_every_row(triage, town, tmp_path) -> None:
    triage("init", tmp_path / "c")
    told = triage("run", "--council", tmp_path / "c", "--extracts", town / "extracts", "--json")
    summary = json.loads(told.stdout)
    manifest = json.loads((town / "extracts" / "MANIFEST.json").read_text())
    assert {each["file"]: each["rows_read"] for each in summary["files"]} == manifest["files"]
    for each in summary["files"]:
        assert each["accepted"] + each["set_aside"] + each["duplicates"] == each["rows_read"]
    assert sum(each["set_aside"] for each in summary["files"]) > 0
    assert summary["households"] > 300
    assert summary["matched_again"]["records"] == summary["matched_again"]["of"] > 300
    assert summary["risk"].startswith("No risk model")


def test_a_night_is_refused_whose_settings_let_the_score_lead_to_recovery(triage, town, tmp_path) -> None:
    council = tmp_path / "c"
    triage("init", council)
    settings = council / "council.toml"
    settings.write_text(settings.read_text().replace('"welfare_call"', '"deduction_for_rent"'))
    told = triage("run", "--council", council, "--extracts", town / "extracts", exit_code=2)
    assert "the score never raises recovery" in told.stderr
    assert [path.name for path in (council / "nights").iterdir()] == [".lock"]


def test_mappings_are_tried_without_a_night(triage, town, tmp_path) -> None:
    council = tmp_path / "c"
    triage("init", council)
    mapping = council / "mappings" / "rent_accounts.yaml"
    written = mapping.read_text()
    assert "    NONE: none\n" in written
    mapping.write_text(written.replace("    NONE: none\n", "", 1))
    asked = ("mappings", "check", "--council", council, "--extracts", town / "extracts")
    told = json.loads(triage(*asked, "--json").stdout)
    reason = next(each for each in told["set_aside"] if each["file"] == "rent_accounts.csv")
    assert reason["mostly"] == "NONE"
    assert reason["rows"] > reason["of"] / 50
    assert "(mostly 'NONE')" in triage(*asked).stdout
    assert list((council / "nights").iterdir()) == []
    mapping.write_text(written)
    files = {each["file"] for each in json.loads(triage(*asked, "--json").stdout)["set_aside"]}
    assert "rent_accounts.csv" not in files


def test_every_named_person_of_every_accepted_row_is_in_the_links(triage, night, town, tmp_path) -> None:
    links = exported(triage, night, "links", tmp_path)
    rejects = exported(triage, night, "rejects", tmp_path).select("record_ref").unique()
    truth = pl.read_csv(town / "truth" / "links.csv", infer_schema=False)
    keys = ["source", "record_ref", "role"]
    parents = pl.col("record_ref").str.split("/").list.first()
    missing = (
        truth.join(links, on=keys, how="anti")
        .join(rejects, on="record_ref", how="anti")
        .with_columns(record_ref=parents)
        .join(rejects, on="record_ref", how="anti")
    )
    assert missing.is_empty()
    assert links.select(keys).is_unique().all()


def test_people_of_set_aside_rows_are_linked_and_marked(triage, night, town, tmp_path) -> None:
    links = exported(triage, night, "links", tmp_path)
    rejects = exported(triage, night, "rejects", tmp_path)
    marked = links.filter(pl.col("evidence").str.starts_with("row set aside ("))
    assert set(marked["record_ref"]) <= set(rejects["record_ref"])
    unread = rejects.filter(pl.col("column") == "balance")["record_ref"]
    truth = pl.read_csv(town / "truth" / "links.csv", infer_schema=False)
    named = truth.filter((pl.col("source") == "council_tax") & pl.col("record_ref").is_in(unread.implode()))
    assert named.height > 0
    assert named.join(marked, on=["source", "record_ref", "role"], how="anti").is_empty()


def test_every_household_of_a_link_is_exported_and_has_facts(triage, night, tmp_path) -> None:
    linked = set(exported(triage, night, "links", tmp_path)["household_id"])
    households = exported(triage, night, "households", tmp_path)["household_id"]
    facts = exported(triage, night, "facts", tmp_path)["household_id"]
    assert linked == set(households) == set(facts)
    assert households.is_unique().all()


def test_a_suggestion_is_one_per_household_and_intervention(triage, night, tmp_path) -> None:
    suggestions = exported(triage, night, "suggestions", tmp_path)
    assert suggestions.height > 0
    assert suggestions.select("household_id", "intervention").is_unique().all()
    assert set(suggestions["status"]) <= {"suggested", "held", "suppressed", "deferred"}
    assert suggestions.filter(pl.col("status") != "suggested")["stopped_by"].null_count() == 0
    assert suggestions["because"].null_count() == 0
    referred = exported(triage, night, "referrals", tmp_path)
    tier_3 = suggestions.filter((pl.col("tier") == 3) & (pl.col("status") == "suggested"))
    pairs = set(tier_3.select("household_id", "team").rows())
    assert pairs == set(referred.select("household_id", "team").rows())


def test_a_household_is_explained_in_words_and_as_data(triage, night, tmp_path) -> None:
    household_id = exported(triage, night, "suggestions", tmp_path)["household_id"][0]
    words = triage("household", household_id, "--council", night).stdout
    assert household_id in words
    assert "This suggests; a person decides." in words
    data = json.loads(triage("household", household_id, "--council", night, "--json").stdout)
    assert data["household_id"] == household_id
    assert data["suggestions"]
    assert {each["outcome"] for each in data["rules"]} <= {"met", "not met", "not known"}


def test_a_rule_is_explained_with_the_records_it_rests_on(triage, night, tmp_path) -> None:
    first = exported(triage, night, "suggestions", tmp_path).row(0, named=True)
    asked = ("rules", "explain", night / "rules", first["rule_id"], first["household_id"], "--council", night)
    told = json.loads(triage(*asked, "--json").stdout)
    links = exported(triage, night, "links", tmp_path)
    held = links.filter(pl.col("household_id") == first["household_id"])["record_ref"].to_list()
    named = {record.rsplit(" ", 1)[1] for fact in told["evidence"] for record in fact["records"]}
    assert told["outcome"] == "met"
    assert named
    assert named <= set(held)
    words = " ".join(triage(*asked).stdout.split())
    assert f"What it rests on, as of {datetime.fromisoformat(told['as_of']):%-d %B %Y}:" in words


def test_what_somebody_just_said_is_judged_at_once_and_not_kept(triage, night, tmp_path) -> None:
    facts = exported(triage, night, "facts", tmp_path)
    tenants = facts.filter("rent__tenant", "council_tax__liable")
    household_id = tenants["household_id"].sort()[0]
    said = ("--with", "benefits.claim_ended=2026-10-20", "--with", "rent.payment_missed=2026-10-25")
    asked = ("household", household_id, "--council", night, *said)
    found = json.loads(triage(*asked, "--json").stdout)
    assert found["agreement"] == "agreed"
    assert "R10-bill-after" in {each["rule_id"] for each in found["rules"] if each["after"] == "met"}
    words = triage(*asked).stdout
    assert "Two evaluators said the same. Nothing of this is stored." in words
    assert "a rent payment was missed: 25 October 2026" in words
    assert exported(triage, night, "facts", tmp_path).equals(facts)
    refused = triage("household", household_id, "--council", night, "--with", "rent.arears=£3", exit_code=6)
    assert "did you mean rent.arrears?" in refused.stderr


def test_what_is_refused_is_not_offered_again(triage, tmp_path) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # an outcome is dated by the clock
    generate(tmp_path / "town", households=300, seed=3, as_of=tomorrow)
    council, extracts = tmp_path / "c", tmp_path / "town" / "extracts"
    triage("init", council)
    triage("run", "--council", council, "--extracts", extracts)
    before = exported(triage, council, "suggestions", tmp_path)
    chosen = before.filter((pl.col("status") == "suggested") & (pl.col("tier") < 3)).row(0, named=True)
    triage("outcome", chosen["household_id"], chosen["intervention"], "refused", "--council", council)
    triage("run", "--council", council, "--extracts", extracts)
    same = (pl.col("household_id") == chosen["household_id"]) & (
        pl.col("intervention") == chosen["intervention"]
    )
    after = exported(triage, council, "suggestions", tmp_path).filter(same).row(0, named=True)
    assert (after["status"], after["stopped_by"]) == ("held", "cool_off")


def test_mistakes_are_told_in_words_with_their_exit_codes(triage, night, town, tmp_path) -> None:
    told = triage("household", "H000000000000", "--council", night, exit_code=6).stderr
    assert "No household 'H000000000000'" in told
    told = triage("run", "--council", tmp_path, "--extracts", town / "extracts", exit_code=2).stderr
    assert "triage init" in told
    told = triage("run", "--council", night, "--extracts", tmp_path, exit_code=3).stderr
    assert "council_tax_accounts" in told
    told = triage("export", "everything", "--council", night, "-o", tmp_path / "x.csv", exit_code=2).stderr
    assert "suggestions" in told
    told = triage("init", night, exit_code=6).stderr
    assert "already holds a council" in told
    earlier = ("--as-of", "2026-01-31")
    told = triage("run", "--council", night, "--extracts", town / "extracts", *earlier, exit_code=6).stderr
    assert "31 October 2026" in told


def test_a_broken_rule_file_stops_the_run_before_anything_is_read(triage, town, tmp_path) -> None:
    council = tmp_path / "c"
    triage("init", council)
    (council / "rules" / "mine.yaml").write_text("rules:\n  - id: X\n    when: council_tax.arears > 1\n")
    told = triage("run", "--council", council, "--extracts", town / "extracts", exit_code=4).stderr
    assert "mine.yaml" in told
    assert not any((council / "nights").glob("2026*"))


def test_wrong_links_are_listed_by_reference_and_the_list_is_audited(triage, night, town, tmp_path) -> None:
    truth = pl.read_csv(town / "truth" / "links.csv", infer_schema=False)
    truth = truth.with_columns(person_id=pl.concat_str(ROW, separator="/"))  # so that every link is wrong
    truth.write_csv(tmp_path / "labels.csv")
    labels = ("--council", night, "--labels", tmp_path / "labels.csv")
    file = tmp_path / "errors.csv"
    data = json.loads(triage("links", "evaluate", *labels, "--errors", file, "--json").stdout)
    listed = pl.read_csv(file, infer_schema=False)
    assert listed.columns == list(ERROR_COLUMNS)
    wrong = listed.filter(unit="persons", error="joined wrongly")
    counted = {
        kind["why"]: kind["pairs"]
        for kind in data["errors"]["kinds"]
        if (kind["unit"], kind["error"], kind["group"]) == ("persons", "joined wrongly", None)
    }
    assert counted == {SAME_HOUSEHOLD: 0, TWO_HOUSEHOLDS: 0} | dict(wrong.group_by("why").len().iter_rows())
    assert wrong.join(truth, on=ROW, how="semi").height == wrong.height > 100
    assert str(file) in data["written"]
    assert "record_ref" not in json.dumps(data)
    events = json.loads(triage("audit", "--council", night, "--limit", 5, "--json").stdout)["lines"]
    written = [each for each in events if each["action"] == "export_link_errors"]
    assert [each["subject"].split(": ")[1] for each in written] == [f"{listed.height} rows"]


def test_a_list_of_errors_needs_labels_and_a_file_of_a_known_kind(triage, night, town, tmp_path) -> None:
    council = ("links", "evaluate", "--council", night)
    assert "--labels" in triage(*council, "--errors", tmp_path / "e.csv", exit_code=2).stderr
    labels = ("--labels", town / "truth" / "links.csv")
    assert ".parquet" in triage(*council, *labels, "--errors", tmp_path / "e.xlsx", exit_code=2).stderr


def test_the_help_of_links_says_where_a_council_is_matched(triage) -> None:
    told = " ".join(triage("links", "--help").stdout.split())
    assert "`triage run` matches the council's extracts" in told
    assert "not a council's night" in " ".join(triage("links", "match", "--help").stdout.split())


def test_the_links_are_measured_on_the_town_s_own_truth(triage, night, town, tmp_path) -> None:
    told = triage("links", "evaluate", "--council", night, "--labels", town / "truth" / "links.csv").stdout
    assert "Persons: pairs of rows that name one adult" in told
    assert told.index("Persons: of the links made") < told.index("Persons: pairs of rows")
    shares = [float(part) for part in told.split("\n all ", 1)[1].split()[1:7:2]]
    assert all(share > 0.9 for share in shares)
    labels = ("--labels", town / "truth" / "links.csv")
    triage("links", "evaluate", "--council", night, *labels, "--report", tmp_path / "report")
    written = {file.name for file in (tmp_path / "report").iterdir()}
    assert {"links.html", "links.md", "threshold.svg", "threshold.png", "calibration.png"} <= written
    data = json.loads(triage("links", "evaluate", "--council", night, *labels, "--json").stdout)
    assert data["recall_gap"]["persons"]["goal"] == GAP_GOAL
    assert data["coverage"]["known"] <= data["coverage"]["rows"]
    assert "\n".join(f"- {sentence}" for sentence in data["in_short"]) in told
    (tmp_path / "labels.csv").write_text("source,record_ref\n")
    told = triage(
        "links", "evaluate", "--council", night, "--labels", tmp_path / "labels.csv", exit_code=3
    ).stderr
    assert "person_id" in told
