"""The figure of levels over time: what was drawn is what stands in the table."""

from __future__ import annotations

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import pytest

import framing as fr
from tests.plots.test_levels import assert_nothing_is_cut_off
from tests.stats.test_trend import articles


def weeks(*numbers: int) -> pd.DataFrame:
    """Levels of as many weeks, with a given number of articles in each."""
    rows = [("A", week, 1 + k % 3) for week, n in enumerate(numbers) for k in range(n)]
    return fr.trend(articles(rows, alarm=2))


def test_points_and_bars_are_drawn_where_the_table_says():
    """In the middle of the week; hollow outside the model; the line stops where a week is empty."""
    table = weeks(9, 6, 3, 6, 0, 7, 8)
    ax = fr.plot_trend(table, measures="hedge", breaks="2031-03-17")
    rows = table[table["measure"] == "hedge"]
    middle = mdates.date2num(rows["period"] + pd.Timedelta(days=3.5))
    dots = ax.collections[-1] if len(ax.collections) == 2 else ax.collections[1]
    np.testing.assert_allclose(dots.get_offsets(), np.column_stack([middle, rows["level"]]))
    hollow = [tuple(face[:3]) == (1, 1, 1) for face in dots.get_facecolors()]
    assert hollow == [not fitted for fitted in rows["fitted"]] and sum(hollow) == 1
    heights = [bar.get_height() for bar in ax.patches]
    np.testing.assert_allclose(np.divide(heights, heights[0]), rows["articles"] / 9)
    parts = [len(line.get_xdata()) for line in ax.lines if line.get_linestyle() == "-"]
    assert sorted(parts)[-2:] == [2, 2]  # weeks 0 and 1, then 5 and 6; week 3 stands alone
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [f"{line.get_xdata()[0]:%Y-%m-%d}" for line in dashed] == ["2031-03-17"]
    assert "not in the model" in [t.get_text() for t in ax.get_legend().get_texts()]
    assert ax.get_ylabel() == "hedging per 100 words"
    assert_nothing_is_cut_off(ax)


def test_of_a_long_course_only_the_periods_in_the_model_are_drawn():
    """Thin weeks between full ones would cover them: 41 of 81 are drawn, and the bars of all."""
    rows = [("A", week, k % 3) for week in range(81) for k in range(3 + 3 * (week % 2 == 0))]
    table = fr.trend(articles(rows), measures="hedge")
    ax = fr.plot_trend(table, measures="hedge")
    dots = max(ax.collections, key=lambda drawn: len(drawn.get_offsets()))
    assert len(dots.get_offsets()) == table["fitted"].sum() == 41
    assert len(ax.patches) == 81
    assert "not in the model" not in [t.get_text() for t in ax.get_legend().get_texts()]


@pytest.mark.parametrize(("times", "cut"), [(1.9, False), (9.0, True)])
def test_an_interval_that_would_flatten_the_others_runs_out_of_the_figure(times, cut):
    """The axis ends at twice the highest level; below that it is drawn whole."""
    table = weeks(9, 8, 8)
    top = table.loc[table["measure"] == "hedge", "level"].max()
    table.loc[table["measure"] == "hedge", "high"] = times * top
    end = fr.plot_trend(table, measures="hedge").get_ylim()[1]
    assert end == pytest.approx(2 * top) if cut else end > times * top


def test_intervals_are_those_of_the_table():
    table = weeks(9, 8, 8)
    ax = fr.plot_trend(table, measures="hedge")
    ends = [(s[0][1], s[1][1]) for c in ax.collections if hasattr(c, "get_segments")
            for s in c.get_segments()]  # fmt: skip
    np.testing.assert_allclose(ends, table.loc[table["measure"] == "hedge", ["low", "high"]])


def test_tone_goes_below_zero_and_has_a_figure_of_its_own():
    table = weeks(9, 8, 8)
    assert fr.plot_trend(table, measures="tone").get_ylabel() == "tone (VADER, −1 to 1)"
    with pytest.raises(ValueError, match="tone is not per 100 words"):
        fr.plot_trend(table, measures=["tone", "hedge"])
    with pytest.raises(ValueError, match="expected a table of levels over time"):
        fr.plot_trend(table.drop(columns="fitted"))
