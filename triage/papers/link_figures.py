"""The figures of the report on links: threshold, calibration, recall by group of names."""

import polars as pl

from triage.links.link_evaluation import LinkFairness
from triage.papers.document import Figure, Table, percent
from triage.papers.drawing import Axis, Line, axis, line_chart
from triage.papers.interval_chart import Range, interval_chart

_EVEN = "match weight beyond even odds, in bits"


def threshold_figure(curve: pl.DataFrame) -> Figure:
    """Precision, recall and F1 of persons by the threshold from which pairs are joined."""
    told = curve.drop_nulls(["precision", "recall", "f1"])
    shares = ("precision", "recall", "f1")
    lowest = float(told.select(pl.min_horizontal(shares).min()).item())
    thresholds = told["threshold"].to_list()
    used = told.filter("in_use").row(0, named=True)
    y = axis("share", [lowest, 1.0], _whole)
    lines = [
        Line(name=name, points=tuple(told.select("threshold", column).iter_rows()))
        for name, column in (("precision", "precision"), ("recall", "recall"), ("F1", "f1"))
    ]
    mark = ((used["threshold"], y.low), (used["threshold"], y.high))
    lines.append(Line(name=f"threshold in use: {used['threshold']:+.1f} bits", points=mark))
    words = (
        f"Precision, recall and F1 by threshold. In use: {used['threshold']:+.1f} bits, with precision"
        f" {percent(used['precision'], 2)}, recall {percent(used['recall'], 2)}, F1 {percent(used['f1'], 2)}."
    )
    table = Table(
        caption="What another threshold would give",
        header=("Threshold, bits", "Precision", "Recall", "F1"),
        rows=tuple(
            (f"{least:+.1f}{' (in use)' if in_use else ''}", *(percent(share, 2) for share in of))
            for least, in_use, *of in told.select("threshold", "in_use", *shares).iter_rows()
        ),
        words=1,
    )
    x = axis(_EVEN, thresholds, lambda value: f"{value:+.0f}" if value else "0")
    return Figure(svg=line_chart("Threshold of the match weight", words, lines, x, y), table=table)


def calibration_figure(bands: pl.DataFrame) -> Figure:
    """What the weights say of each band of pairs, beside what the labels say."""
    points = tuple(bands.sort("expected").select("expected", "observed").iter_rows())
    widest = max((abs(expected - observed) for expected, observed in points), default=0.0)
    lines = (
        Line(name="bands of match weight", points=points, dots=True),
        Line(name="where the weights tell the truth", points=((0.0, 0.0), (1.0, 1.0))),
    )
    axes = [
        Axis(label=label, low=0, high=1, write=_whole)
        for label in ("chance that the weights say", "share that is one person by the labels")
    ]
    words = f"Chance by match weight against the share of pairs that are one person; widest gap {widest:.1%}."
    header = (
        "Bits beyond even odds", "Pairs", "Chance by weight", "One person by the labels",
        "Joined", "Precision of those joined",
    )  # fmt: skip
    rows = tuple(
        (
            _band(row["low"], row["high"]),
            f"{row['pairs']:,}",
            percent(row["expected"]),
            f"{percent(row['observed'])} ({percent(row['observed_low'])} to {percent(row['observed_high'])})",
            f"{row['joined']:,}",
            percent(row["precision"], 2),
        )
        for row in bands.iter_rows(named=True)
    )
    table = Table(caption="Do match weights tell the truth?", header=header, rows=rows, words=1)
    return Figure(svg=line_chart("Calibration of match weights", words, lines, *axes), table=table)


def _band(low: float | None, high: float | None) -> str:
    if low is None:
        return f"below {high:+.1f}"
    return f"{low:+.1f} or more" if high is None else f"{low:+.1f} to {high:+.1f}"


def recall_figure(unit: str, fairness: LinkFairness) -> Figure | None:
    """Recall of each group of names with its range; None where every group is small."""
    told = [group for group in fairness.groups if group.figures is not None]
    ranges = [
        Range(name=group.name, value=figures["recall"] or 0.0, low=low, high=high)
        for group in told
        if (figures := group.figures) is not None
        and (low := figures["recall_low"]) is not None
        and (high := figures["recall_high"]) is not None
    ]
    if not ranges:
        return None
    words = "; ".join(f"{each.name} {each.value:.1%} ({each.low:.1%} to {each.high:.1%})" for each in ranges)
    title = f"Share of true links found, by group of names: {unit}"
    chart = interval_chart(title, words, "links found, of those there are (95% range)", ranges)
    return Figure(svg=chart, table=_group_table(unit, fairness))


def _group_table(unit: str, fairness: LinkFairness) -> Table:
    rows = []
    for group in fairness.groups:
        if group.figures is None:
            rows.append((group.name, *["too few to tell"] * 3))
            continue
        found = group.figures
        rows.append(
            (
                group.name,
                f"{found['true_pairs']:,.0f}",
                *(ranged(found, name) for name in ("recall", "precision")),
            )
        )
    header = ("Group of names", "True links", "Found (recall)", "Right (precision)")
    caption = f"Links found and links that are right, by group of names: {unit}"
    return Table(caption=caption, header=header, rows=tuple(rows))


def ranged(found: dict[str, float | None], measure: str) -> str:
    """A share with its 95% range; a dash where it is not defined."""
    value, low, high = (found[name] for name in (measure, f"{measure}_low", f"{measure}_high"))
    if value is None:
        return "–"
    if low is None or high is None:
        return percent(value, 2)
    return f"{percent(value, 2)} ({percent(low, 2)} to {percent(high, 2)})"


def _whole(value: float) -> str:
    return f"{value:.0%}"
