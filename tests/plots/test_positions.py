"""Figures of places in an article: what was drawn is what stands in the table."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from tests.made import made_scores
from tests.plots.test_levels import HOSTILE, assert_nothing_is_cut_off, bars, by_place, points


def gaps(outlets: list[str], articles: int = 12) -> pd.DataFrame:
    rows = [(o, f"{o}{k}", k % 3 == 0) for o in outlets for k in range(articles)]
    table = pd.DataFrame(rows, columns=["outlet", "article", "present"])
    return table.assign(
        event="", zone="headline", measure="hedge", words=9, expected=0.25, own_voice=False
    )


def test_positions_are_drawn_where_the_table_says():
    """A line an outlet; its points are the means of its zones, its bars their intervals."""
    table = fr.positions(made_scores({"A": 2.0, "B": 1.0}, events=12))
    ax = fr.plot_positions(table, measures="alarm")
    rows = table[table["measure"] == "alarm"]
    drawn = {line.get_label(): line for line in ax.lines}
    assert [list(line.get_ydata()) for line in drawn.values()] == [
        rows.loc[rows["outlet"] == name, "mean"].tolist() for name in "AB"
    ]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["lead", "fifth 3"]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["A", "B"]
    ends = [(s[0][1], s[1][1]) for c in ax.collections for s in c.get_segments()]
    assert ends == list(zip(rows["low"], rows["high"], strict=True))
    assert ax.get_ylabel() == "alarm per 100 words"


def test_of_many_outlets_those_with_the_most_articles_are_drawn():
    scores = made_scores(dict.fromkeys("ABCDEFGH", 1.0), events=8)
    scores = scores[(scores["outlet"] > "B") | (scores["event"] < "e3")]
    ax = fr.plot_positions(fr.positions(scores))
    assert [t.get_text() for t in ax.get_legend().get_texts()] == list("CDEFGH")
    assert "\n6 of 8 outlets" in ax.get_xlabel()


def test_headlines_are_drawn_where_the_table_says():
    """In percentage points, with both shares and the number of articles beside them."""
    table = fr.headlines(pd.concat([gaps(["A"]), gaps(["B"], 9)]))
    ax = fr.plot_headlines(table)
    names, asides, intervals = by_place(ax), by_place(ax, "right"), bars(ax)
    rows = table.set_index("outlet")
    assert sorted(names[y] for _, y, _ in points(ax)) == ["A", "B"]
    for x, y, filled in points(ax):
        row = rows.loc[names[y]]
        assert x == pytest.approx(100 * row["estimate"])
        assert intervals[y] == pytest.approx((100 * row["low"], 100 * row["high"]))
        assert filled == (names[y] == "A")
        assert asides[y] == f"33 : 25; {row['articles']}"


@pytest.mark.filterwarnings("error")
def test_names_are_text_and_nothing_is_cut_off():
    scores = made_scores(dict.fromkeys(HOSTILE, 1.0), events=8)
    ax = fr.plot_positions(fr.positions(scores))
    assert_nothing_is_cut_off(ax)
    assert "_Blog" in [t.get_text() for t in ax.get_legend().get_texts()]
    assert_nothing_is_cut_off(fr.plot_headlines(fr.headlines(gaps(HOSTILE))))
