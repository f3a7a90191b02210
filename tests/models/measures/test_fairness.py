"""The audit by group: exact where it can be, silent where chance is louder, and worded."""

import numpy as np
import polars as pl
import pytest

from models.measures.fairness import SMALL_TOGETHER, TOO_FEW, Fairness, Group, audit_fairness

PER_GROUP = 400


def households(
    *, blind_to: str = "", groups: tuple[str, ...] = ("a", "b", "c"), each: int = PER_GROUP
) -> pl.DataFrame:
    """Each group has the same needs and the same chances; `blind_to` gets scores that miss them."""
    frames = []
    for name in groups:
        generator = np.random.default_rng(3)
        raw = generator.normal(-2, 1.5, each)
        came = generator.random(each) < 1 / (1 + np.exp(-raw))
        shown = np.full(each, -4.0) if name == blind_to else raw
        frames.append(
            pl.DataFrame(
                {
                    "raw_score": shown,
                    "probability": 1 / (1 + np.exp(-shown)),
                    "outcome": came,
                    "tenure": [name] * each,
                }
            )
        )
    return pl.concat(frames)


def group(fairness: Fairness, name: str) -> Group:
    (found,) = [one for one in fairness.groups if one.name == name]
    return found


def test_equal_groups_are_measured_alike_and_nothing_stands_out() -> None:
    fairness = audit_fairness(households(), ["tenure"], capacity=120)
    assert group(fairness, "a").estimates == group(fairness, "b").estimates
    assert fairness.findings[0].startswith("No group differs")


def test_a_group_that_the_score_misses_is_named_with_what_it_loses() -> None:
    fairness = audit_fairness(households(blind_to="b"), ["tenure"], capacity=120)
    words = " ".join(fairness.findings)
    assert "Tenure b: the list finds fewer" in words
    assert "Tenure b: shown chances are" in words
    assert "too low on average" in words


def test_the_figures_are_those_counted_by_hand() -> None:
    rows = households()
    fairness = audit_fairness(rows, ["tenure"], capacity=120)
    cut = rows["raw_score"].sort(descending=True)[119]
    one = rows.filter(pl.col("tenure") == "a")
    listed = one.filter(pl.col("raw_score") >= cut)
    found = {name: held.value for name, held in group(fairness, "a").estimates.items()}
    assert found["selection_share"] == pytest.approx(listed.height / one.height, abs=1e-6)
    assert found["precision"] == pytest.approx(listed["outcome"].mean(), abs=1e-6)
    assert found["recall"] == pytest.approx(listed["outcome"].sum() / one["outcome"].sum(), abs=1e-6)
    in_vain = (~listed["outcome"]).sum() / (~one["outcome"]).sum()
    assert found["false_positive_rate"] == pytest.approx(in_vain, abs=1e-6)
    gap = one["probability"].mean() - one["outcome"].mean()
    assert found["calibration_gap"] == pytest.approx(gap, abs=1e-6)


def test_each_figure_lies_within_its_interval() -> None:
    for held in audit_fairness(households(), ["tenure"], capacity=200).everyone.estimates.values():
        assert held.low is not None
        assert held.value is not None
        assert held.high is not None
        assert held.low <= held.value <= held.high


def test_small_groups_show_no_figures_and_are_measured_together() -> None:
    rows = pl.concat(
        [
            households(groups=("a",)),
            households(groups=("b", "c", "d"), each=90),
            households(groups=("e",), each=9),
        ]
    )
    fairness = audit_fairness(rows, ["tenure"], capacity=60)
    for name in ("b", "c", "d", "e"):
        assert group(fairness, name).too_few
    assert group(fairness, "e").households is None
    assert group(fairness, "e").outcomes is None
    assert not group(fairness, SMALL_TOGETHER).too_few
    assert any(line.startswith(TOO_FEW.capitalize()) and "tenure b" in line for line in fairness.findings)


def test_too_few_outcomes_in_all_say_so_and_nothing_else() -> None:
    fairness = audit_fairness(households(each=20), ["tenure"], capacity=3)
    assert fairness.findings == ("All together have fewer than 30 outcomes: too few to tell.",)


def test_the_order_of_rows_and_equal_scores_change_nothing() -> None:
    rows = households().with_columns(pl.col("raw_score").round(0))
    shuffled = rows.sample(fraction=1, shuffle=True, seed=5)
    first, second = (audit_fairness(each, ["tenure"], capacity=100) for each in (rows, shuffled))
    assert first == second


def test_a_group_that_is_not_known_is_a_group() -> None:
    rows = households().with_columns(
        tenure=pl.when(pl.col("tenure") == "c").then(None).otherwise(pl.col("tenure"))
    )
    assert not group(audit_fairness(rows, ["tenure"], capacity=100), "not known").too_few
