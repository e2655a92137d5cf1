"""Figures of places in an article: what was drawn is what stands in the table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import framing as fr
from tests.made import made_scores
from tests.plots.test_levels import HOSTILE, bars, points


def gaps(outlets: list[str], articles: int = 12) -> pd.DataFrame:
    rows = [(o, f"{o}{k}", k % 3 == 0) for o in outlets for k in range(articles)]
    table = pd.DataFrame(rows, columns=["outlet", "article", "present"])
    return table.assign(
        event="", zone="headline", measure="hedge", words=9, expected=0.25, own_voice=False
    )


def courses(ax: Axes) -> list[list[float]]:
    """Return what the lines of a panel show, above the 0 of their row, in units of the figure."""
    solid = [line for line in ax.lines if line.get_linestyle() == "-"]
    zeros = [line.get_ydata()[0] for line in solid if line.get_marker() == "None"]
    lines = [line for line in solid if line.get_marker() != "None"]
    return [list(z - line.get_ydata()) for z, line in zip(zeros, lines, strict=True)]


def names(axes: list[Axes]) -> list[str]:
    return [text.get_text() for text in axes[0].get_yticklabels()]


def test_positions_are_drawn_where_the_table_says():
    """A row an outlet, the one with the highest lead first; all rows have one scale."""
    table = fr.positions(made_scores({"A": 1.0, "B": 2.0, "C": 1.5}, events=12))
    axes = fr.plot_positions(table, measures=["hedge", "alarm"])
    assert [ax.get_title(loc="left") for ax in axes] == ["Hedging", "Alarm"]
    lead = table[(table["measure"] == "hedge") & (table["zone"] == "lead")].set_index("outlet")
    order = list(lead["mean"].sort_values(ascending=False).index)
    assert names(axes) == order
    for ax, measure in zip(axes, ("hedge", "alarm"), strict=True):
        rows = table[table["measure"] == measure]
        means = rows.pivot_table(index="outlet", columns="zone", values="mean")[["lead", "3"]]
        drawn = np.array(courses(ax))
        assert drawn == pytest.approx(0.75 * means.loc[order].to_numpy() / means.max(axis=None))
        assert ax.get_xlabel() == f"0 to {means.max(axis=None):.2g} per 100 words"
        assert [t.get_text() for t in ax.get_xticklabels()] == ["lead", "3"]


def test_the_bands_of_positions_are_their_intervals():
    table = fr.positions(made_scores({"A": 1.0, "B": 2.0}, events=12))
    (ax,) = fr.plot_positions(table, measures="hedge")
    rows = table[table["measure"] == "hedge"]
    size = 0.75 / rows["mean"].max()
    for row, (name, band) in enumerate(zip(names([ax]), ax.collections, strict=True)):
        ends = size * rows.loc[rows["outlet"] == name, ["low", "high"]].to_numpy()
        corners = row + 0.75 / 2 - band.get_paths()[0].vertices[:, 1]
        assert set(corners.round(9)) == set(ends.round(9).flat)


def test_tone_has_its_0_inside_a_row():
    """What is below 0 hangs from the line of 0, and stays in its row."""
    rows = [("tone", o, z, v) for o in "AB" for z, v in (("lead", -0.5), ("1", 0.25))]
    table = pd.DataFrame(rows, columns=["measure", "outlet", "zone", "mean"])
    table = table.assign(low=table["mean"], high=table["mean"], articles=9)
    (ax,) = fr.plot_positions(table, measures="tone")
    assert np.array(courses(ax)) == pytest.approx(np.array([[-0.5, 0.25]] * 2))
    assert ax.lines[0].get_ydata()[0] == pytest.approx(0.375 - 0.5)
    assert ax.get_xlabel() == "-0.5 to 0.25 VADER, −1 to 1".replace("-", "−")


def test_of_many_outlets_those_with_the_most_articles_are_drawn():
    scores = made_scores({f"o{k:02}": 1.0 for k in range(32)}, events=8)
    scores = scores[(scores["outlet"] > "o01") | (scores["event"] < "e3")]
    axes = fr.plot_positions(fr.positions(scores, measures="hedge"))
    assert sorted(names(axes)) == [f"o{k:02}" for k in range(2, 32)]
    assert "30 of 32 outlets: those with the most articles" in axes[0].figure.get_supxlabel()
    several = pd.concat([gaps([f"o{k:02}" for k in range(2, 32)]), gaps(["o00", "o01"], 3)])
    axes = fr.plot_headlines(fr.headlines(several))
    assert sorted(names(axes)) == [f"o{k:02}" for k in range(2, 32)]
    assert axes[0].figure.get_supxlabel() == "30 of 32 outlets: those with the most articles"


def test_headlines_are_drawn_where_the_table_says():
    """In percentage points, with the number of articles on the right; the largest on top."""
    table = fr.headlines(pd.concat([gaps(["A"]), gaps(["B"], 9), gaps(["C"], 11)]))
    (ax,) = fr.plot_headlines(table)
    rows, intervals = table.set_index("outlet"), bars(ax)
    order = list(rows["estimate"].sort_values(ascending=False, kind="stable").index)
    assert names([ax]) == order
    drawn = points(ax)
    assert [round(y) for _, y, _ in drawn] == [0, 1, 2]
    for name, (x, y, filled) in zip(order, drawn, strict=True):
        row = rows.loc[name]
        assert x == pytest.approx(100 * row["estimate"])
        assert intervals[y] == pytest.approx((100 * row["low"], 100 * row["high"]))
        assert filled == (name != "B")
    sizes = [text.get_text() for text in ax.texts]
    assert sizes == [*(str(n) for n in rows.loc[order, "articles"]), "articles"]


@pytest.mark.filterwarnings("error")
def test_names_are_text_and_nothing_is_cut_off():
    scores = made_scores(dict.fromkeys(HOSTILE, 1.0), events=8)
    for axes in (
        fr.plot_positions(fr.positions(scores)),
        fr.plot_headlines(fr.headlines(gaps(HOSTILE))),
    ):
        assert "_Blog" in names(axes)
        figure = axes[0].figure
        figure.draw_without_rendering()
        corners = figure.get_tightbbox().get_points()  # in inches
        assert (corners >= 0).all()
        assert (corners[1] <= figure.get_size_inches() + 0.01).all()
