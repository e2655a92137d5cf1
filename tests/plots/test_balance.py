"""The balance as a figure: what was drawn is what stands in the table, and nothing is cut off."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection

import framing as fr
from framing.reuse.balance import BALANCE_COLUMNS
from tests.plots.test_levels import assert_nothing_is_cut_off, bars, by_place

ROWS = [
    ("fear", 50, 5, 2, 0, 4, 0.5, 1.5, 0.08, 0.01, 0.15, 0.0625, np.nan, "articles"),
    ("prob", 50, 5, 1, 9, 2, 3.0, 1.0, -0.14, -0.25, -0.02, 0.0002, np.nan, "articles"),
    ("warn", 50, 5, 3, 0, 0, 0.5, 0.5, 0.0, -0.05, 0.05, 1.0, np.nan, "articles"),
]
TABLE = pd.DataFrame(ROWS, columns=BALANCE_COLUMNS)


def test_the_balance_is_drawn_where_the_table_says():
    """9 of 50 dropped is 18 per cent to the left, 3 expected is a tick at 6, and so on."""
    ax = fr.plot_balance(TABLE)
    assert by_place(ax) == {0: "likelihood", 1: "fear"}
    assert [patch.get_width() for patch in ax.patches] == [-18, 0, 4, 8]
    assert [line.get_xdata().tolist() for line in ax.lines[:2]] == [[-6, -1], [2, 3]]
    (net,) = (drawn for drawn in ax.collections if isinstance(drawn, PathCollection))
    assert np.allclose(net.get_offsets(), [[-14, 0], [8, 1]])
    assert bars(ax) == {0: pytest.approx((-25, -2)), 1: pytest.approx((1, 15))}
    asides = by_place(ax, "right")
    assert (asides[0], asides[1]) == ("9; 2; <.001", "0; 4; .062")
    assert_nothing_is_cut_off(ax)


def test_categories_that_are_named_are_drawn_though_nothing_moved():
    assert by_place(fr.plot_balance(TABLE, measures="warn")) == {0: "warnings"}
    with pytest.raises(ValueError, match="did you mean 'warn'"):
        fr.plot_balance(TABLE, measures="warm")


def test_a_balance_without_changes_is_an_empty_figure():
    assert_nothing_is_cut_off(fr.plot_balance(TABLE[TABLE["category"] == "warn"]))
