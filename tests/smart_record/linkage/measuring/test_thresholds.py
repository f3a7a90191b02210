"""The weighed pairs of a night: what another threshold gives, calibration by hand."""

import polars as pl
import pytest

from smart_record.linkage import match
from smart_record.linkage.graph.joining import ACCEPTED
from smart_record.linkage.measuring.evaluation import FOR_CONTACT, evaluate
from smart_record.linkage.measuring.thresholds import calibration, chance, expected_curve, threshold_curve
from smart_record.linkage.measuring.weighed_night import WeighedNight, weigh_night
from tests.smart_record.linkage.builders import NIGHT, extracts_of
from tests.smart_record.linkage.towns import a_town

ROW = ["source", "record_ref", "role"]


@pytest.fixture(scope="module")
def town() -> tuple[dict[str, pl.DataFrame], WeighedNight, pl.DataFrame]:
    extracts = extracts_of(*a_town(5))
    return extracts, weigh_night(extracts, as_of=NIGHT), match(extracts, as_of=NIGHT).links


def the_links_as_labels(links: pl.DataFrame) -> pl.DataFrame:
    return links.select(*ROW, "household_id", person_id="resident_id")


def test_the_night_weighed_again_joins_what_the_night_joined(town):
    _, weighed, links = town
    again = weighed.rows.with_columns(resident=weighed.residents())
    both = again.join(links, on=ROW, how="left")
    assert both.select("resident", "resident_id").n_unique() == both["resident"].n_unique()
    assert both["resident"].n_unique() == both["resident_id"].n_unique()
    told = weighed.told()
    together = told.filter("joined").join(links, on=ROW)
    other = links.select(pl.col(ROW).name.prefix("other_"), other="resident_id")
    together = together.join(other, on=[f"other_{name}" for name in ROW])
    assert together.height == told.filter("joined").height > 10
    assert (together["resident_id"] == together["other"]).all()


def test_a_higher_threshold_never_finds_more_and_the_one_in_use_is_marked(town):
    _, weighed, links = town
    curve = threshold_curve(weighed, the_links_as_labels(links))
    used = curve.filter("in_use").row(0, named=True)
    assert used == {"threshold": ACCEPTED, "in_use": True, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    recall = curve.filter(pl.col("threshold") >= ACCEPTED)["recall"].to_list()
    assert recall == sorted(recall, reverse=True)
    assert recall[-1] < 1.0


def test_without_labels_the_weights_say_of_each_threshold_what_they_say_of_its_pairs(town):
    _, weighed, _ = town
    pairs = weighed.told().filter(~pl.col("conflict") & pl.col("posterior").is_finite())
    sure = pairs.select("posterior", chance=chance("posterior"))
    curve = expected_curve(weighed.told())
    assert curve.filter("in_use")["threshold"].to_list() == [ACCEPTED]
    for row in curve.drop_nulls("precision").iter_rows(named=True):
        above = sure.filter(pl.col("posterior") >= row["threshold"])["chance"]
        assert row["precision"] == pytest.approx(above.mean())
        assert row["recall"] == pytest.approx(above.sum() / sure["chance"].sum())


def test_calibration_counts_what_counting_by_hand_gives(town):
    _, weighed, links = town
    labels = the_links_as_labels(links)
    pairs = weighed.told().filter(~pl.col("conflict") & pl.col("posterior").is_finite())
    found = calibration(weighed.told(), labels)
    assert found["pairs"].sum() == pairs.height
    assert found["one_person"].sum() == found["joined_right"].sum() == pairs["joined"].sum()
    high = found.row(-1, named=True)
    assert (high["low"], high["high"]) == (20.0, None)
    by_hand = pairs.filter(pl.col("posterior") >= 20)
    assert high["pairs"] == by_hand.height
    assert high["expected"] == pytest.approx(by_hand.select(chance("posterior").mean()).item())
    assert found.select((pl.col("observed_low") <= pl.col("observed")).all()).item()


def test_links_for_contact_are_those_of_sure_households():
    row = [("rent", str(n), "tenant") for n in range(4)]
    labels = pl.DataFrame(
        [(*each, "P1", "H1") for each in row], schema=[*ROW, "person_id", "household_id"], orient="row"
    )
    columns = [*ROW, "resident_id", "household_id", "confidence"]
    held = [(*each, "R1", "h", "strong" if n < 3 else "probable") for n, each in enumerate(row)]
    measured = evaluate(pl.DataFrame(held, schema=columns, orient="row"), labels)
    told = measured.filter(unit="persons", rows="labelled", part=FOR_CONTACT).row(0, named=True)
    assert (told["true_pairs"], told["linked_pairs"], told["precision"], told["recall"]) == (6, 3, 1.0, 0.5)
