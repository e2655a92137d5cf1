from __future__ import annotations

import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

import framing as fr
from framing.drawing import plain
from tests.made import made_scores

mpl.use("Agg")
HOSTILE = ["$x$ & $", "_Blog", "L" * 200, "Страна \\frac{1}{2}", "a\nb\u202eevil"]


@pytest.fixture(autouse=True)
def _closed():
    fr.use_style()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def hostile():
    return made_scores(dict.fromkeys(HOSTILE, 1.5), events=12, seed=4)


def texts(ax):
    """Everything that is written on the left and on the right, top to bottom."""
    ax.figure.canvas.draw()
    left = [t.get_text() for t in ax.get_yticklabels()]
    right = [t.get_text() for child in ax.child_axes for t in child.get_yticklabels()]
    return left, right


def points(ax):
    """Points of all markers drawn by scatter: x, y, whether filled."""
    found = []
    for drawn in ax.collections:
        if isinstance(drawn, PathCollection):
            faces = np.broadcast_to(drawn.get_facecolors(), (len(drawn.get_offsets()), 4))
            filled = ~(faces[:, :3] == 1).all(axis=1)
            found += [(x, y, f) for (x, y), f in zip(drawn.get_offsets(), filled, strict=True)]
    return found


def overlaps(ax):
    """Pairs of labels on one side that are drawn over each other."""
    ax.figure.canvas.draw()
    hits = []
    for axis in (ax.yaxis, *(c.yaxis for c in ax.child_axes)):
        boxes = [t.get_window_extent() for t in axis.get_ticklabels() if t.get_text()]
        boxes.sort(key=lambda b: b.y0)
        hits += [(a, b) for a, b in itertools.pairwise(boxes) if a.y1 > b.y0 + 1]
    return hits


def clipped(ax):
    """Texts that reach beyond the figure."""
    ax.figure.canvas.draw()
    page = ax.figure.bbox
    every = [t for t in ax.figure.findobj(mpl.text.Text) if t.get_text() and t.get_visible()]
    boxes = [(t.get_text(), t.get_window_extent()) for t in every]
    return [n for n, b in boxes if b.x0 < page.x0 - 1 or b.x1 > page.x1 + 1]


def test_levels_stand_where_the_table_says():
    table = fr.levels(made_scores({"A": 2.0, "B": 1.0}, events=12), draws=100)
    ax = fr.plot_levels(table, measures="hedge")
    rows = table[table["measure"] == "hedge"].sort_values("mean", ascending=False)
    assert [x for x, _, _ in points(ax)] == rows["mean"].tolist()
    left, right = texts(ax)
    assert left == rows["outlet"].tolist() and right == ["12", "12", "articles"]
    assert ax.get_xlabel() == "hedge per 100 words: mean of articles, 95 % interval"
    ends = ax.collections[0].get_segments()
    assert [s[0][0] for s in ends] == rows["low"].tolist()
    assert [s[1][0] for s in ends] == rows["high"].tolist()


def test_a_level_without_interval_is_hollow():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12)
    few = scores[(scores["outlet"] == "A") | scores["event"].isin(["e0", "e1"])]
    ax = fr.plot_levels(fr.levels(few, draws=100), measures="hedge")
    filled = dict(zip(texts(ax)[0], [f for _, _, f in points(ax)], strict=True))
    assert filled == {"A": True, "B": False}


def test_contrasts_print_what_they_rest_on():
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.0}, events=12)
    few = scores[(scores["outlet"] != "C") | scores["event"].isin(["e0", "e1"])]
    table = fr.compare(few, match="event", measures="hedge", draws=99)
    ax = fr.plot_contrasts(table)
    left, right = texts(ax)
    rows = table.set_index(table["outlet_a"] + " vs " + table["outlet_b"])
    assert [x for x, _, _ in points(ax)] == rows.loc[left, "estimate"].tolist()
    assert [f for _, _, f in points(ax)] == rows.loc[left, "p"].notna().tolist()
    assert dict(zip(left, right, strict=False))["A vs C"] == "2; –"
    assert dict(zip(left, right, strict=False))["A vs B"].startswith("12; .0")
    assert any(line.get_xdata()[0] == 0 for line in ax.lines)


def test_of_many_contrasts_the_largest_are_drawn_and_the_figure_says_so():
    scores = made_scores({name: 1 + k / 5 for k, name in enumerate("ABCDE")}, events=8)
    table = fr.compare(scores, match="event", measures="hedge", draws=99)
    ax = fr.plot_contrasts(table, top=3)
    assert ax.get_title(loc="right").startswith("3 of 10 contrasts")
    largest = table.loc[table["effect"].abs().nlargest(3).index, "estimate"]
    assert sorted(x for x, _, _ in points(ax)) == sorted(largest)


def test_names_are_text_whatever_is_in_them(hostile):
    for table, plot in (
        (fr.levels(hostile, draws=50), fr.plot_levels),
        (fr.compare(hostile, draws=50), fr.plot_contrasts),
        (hostile, fr.plot_shares),
    ):
        ax = plot(table)
        left = " ".join(texts(ax)[0])
        assert "$x$ & $" in left and "_Blog" in left and "Страна" in left
        assert "\n" not in left and "\u202e" not in left and "L" * 41 not in left
        assert not overlaps(ax) and not clipped(ax)


def test_plain_keeps_both_ends_of_a_long_name():
    assert len(plain("L" * 200)) == 40
    assert plain("start " + "x" * 100 + " end", 20) == "start xxxxxxx…xx end"


def test_tone_does_not_share_an_axis_with_cues():
    table = fr.levels(made_scores({"A": 2.0, "B": 1.0}, events=6), draws=50)
    with pytest.raises(ValueError, match="tone is not per 100 words"):
        fr.plot_levels(table, measures=["tone", "hedge"])
    assert fr.plot_levels(table, measures="tone").get_xlabel().startswith("tone (VADER)")


def test_course_draws_one_article():
    scores = made_scores({"A": 2.0}, events=1).assign(hedge=[0, 3], alarm=[1, 0], boost=0)
    scores.loc[0, "role"] = "headline"
    ax = fr.plot_course(scores)
    lines = {line.get_label(): line for line in ax.lines}
    assert lines["tone"].get_ydata().tolist() == [scores["tone"].iloc[1]]
    assert lines["headline"].get_ydata().tolist() == [scores["tone"].iloc[0]]
    assert sorted(t.get_text() for t in ax.texts) == ["1", "3", "cues", "tone (VADER)"]
    heights = [bar.get_height() for bar in ax.patches]
    assert heights[0] == pytest.approx(3 * heights[1])
    with pytest.raises(ValueError, match="one article is needed, and 2 came"):
        fr.plot_course(made_scores({"A": 2.0}, events=2))


def test_labels_of_the_course_do_not_touch():
    ax = fr.plot_course(made_scores({"A": 2.0}, events=1))
    ax.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in ax.texts if t.get_text() in ("cues", "tone (VADER)")]
    assert not boxes[0].overlaps(boxes[1])
    assert not any(b.overlaps(t.get_window_extent()) for b in boxes for t in ax.get_yticklabels())


def test_shares_counted_by_hand():
    """Of A's four paragraphs three have a hedge; the headline is not counted."""
    scores = pd.DataFrame(
        {
            "article": "1",
            "outlet": "A",
            "role": ["headline", "body", "body", "body", "body"],
            "words": 20,
            "sentences": 1,
            "hedge": [5, 1, 2, 1, 0],
            "cond": [0, 0, 0, 0, 1],
        }
    )
    ax = fr.plot_shares(scores)
    assert [t.get_text() for t in ax.texts] == ["75", "25"]
    assert texts(ax) == (["A"], ["4", "paragraphs"])
