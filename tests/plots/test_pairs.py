"""Figures of two outlets: what was drawn is what stands in the table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba

import framing as fr
from tests.made import made_scores
from tests.plots.test_levels import HOSTILE, assert_nothing_is_cut_off, bars, by_place

GREY = to_rgba("0.6")[:3]


@pytest.fixture(scope="module")
def scores():
    return made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=12, words=200)


def dots(ax, *, faint):
    """Points drawn by scatter, those of events or the others: x, y, whether filled."""
    found = []
    for drawn in ax.collections:
        if hasattr(drawn, "get_offsets") and len(drawn.get_facecolors()):
            face = drawn.get_facecolors()
            if np.allclose(face[0][:3], GREY) == faint:
                filled = np.broadcast_to(~(face[:, :3] == 1).all(axis=1), len(drawn.get_offsets()))
                pairs = zip(np.ma.getdata(drawn.get_offsets()), filled, strict=True)
                found += [(x, y, f) for (x, y), f in pairs]
    return found


def test_event_pairs_counted_by_hand():
    """Two articles of A on x are one value; y is covered by A alone."""
    rows = [("1", "A", "x", 2), ("2", "A", "x", 4), ("3", "B", "x", 1), ("4", "A", "y", 9)]
    table = pd.DataFrame(rows, columns=["article", "outlet", "event", "hedge"])
    found = fr.event_pairs(table.assign(role="body", words=100))
    assert found.to_numpy().tolist() == [["hedge", "A", "B", "x", 3.0, 1.0, 3.0]]
    with pytest.raises(ValueError, match="no event is covered by two outlets"):
        fr.event_pairs(table[table["event"] == "y"].assign(role="body", words=100))


def test_ratios_are_drawn_where_the_table_says(scores):
    """Ratio, interval and events in the row of their pair; hollow unless they differ."""
    table = fr.compare(scores, match="event", n_resamples=99)
    table["p_adjusted"] = table["measure"].map({"hedge": 0.01, "alarm": 0.2})
    axes = fr.plot_ratios(table, measures=["hedge", "alarm"])
    names = [text.get_text() for text in axes[0].get_yticklabels()]
    for ax, measure in zip(axes, ("hedge", "alarm"), strict=True):
        rows = table[table["measure"] == measure]
        rows = rows.set_index(rows["outlet_a"] + " vs " + rows["outlet_b"])
        if measure == "hedge":
            assert names == list(rows["ratio"].sort_values(ascending=False).index)
        drawn, intervals = dots(ax, faint=False), bars(ax)
        assert len(drawn) == 3 and ax.get_xscale() == "log"
        for x, y, filled in drawn:
            row = rows.loc[names[int(y)]]
            assert (x, filled) == (row["ratio"], measure == "hedge")
            assert intervals[y] == (row["ratio_low"], row["ratio_high"])
        assert any(list(line.get_xdata()) == [1, 1] for line in ax.lines)
    assert [text.get_text() for text in axes[1].texts] == ["12", "12", "12", "events"]


def test_of_many_pairs_those_of_the_largest_effect_have_a_ratio(scores):
    """In any of the measures; against all others the outlet names its row."""
    table = fr.compare(scores, match="event", against="rest", n_resamples=99)
    table = table[table["measure"].isin(["hedge", "alarm"])]
    axes = fr.plot_ratios(table, top=2, measures=["hedge", "alarm"])
    largest = table["effect"].abs().groupby(table["outlet_a"]).max().nlargest(2).index
    assert {text.get_text() for text in axes[0].get_yticklabels()} == set(largest)
    note = axes[0].figure.get_supxlabel()
    assert note.endswith("2 of 3 pairs: those of the largest effect")


def test_every_event_is_a_dot_or_an_arrow_at_the_edge(scores):
    """All events where at least one of the two has a cue; 0 at the left edge, infinity right."""
    some = scores[scores["outlet"] < "C"]
    pairs = fr.event_pairs(some, measures="boost")
    (ax,) = fr.plot_ratios(fr.compare(some, match="event", n_resamples=99), pairs, measures="boost")
    known = pairs["ratio"].dropna()
    edge = [(known == 0).sum(), np.isinf(known).sum()]
    inside = known[(known > 0) & np.isfinite(known)].tolist()
    groups = [c for c in ax.collections if hasattr(c, "get_offsets") and len(c.get_facecolors())]
    faint = [c for c in groups if np.allclose(c.get_facecolors()[0][:3], GREY)]
    assert sum(edge) > 0
    assert sorted(faint[0].get_offsets()[:, 0]) == pytest.approx(sorted(inside))
    assert sum(len(c.get_offsets()) for c in faint[1:]) == sum(edge)


@pytest.mark.parametrize(
    "other",
    [
        lambda pairs: pairs[pairs["outlet_b"] == "C"],
        lambda pairs: pairs[pairs["event"] != pairs["event"].iloc[0]],
        lambda pairs: pairs.assign(outlet_a="X"),
        lambda pairs: pairs[pairs["measure"] == "tone"],
    ],
)
def test_events_of_other_pairs_are_an_error(scores, other):
    table = fr.compare(scores, match="event", n_resamples=9)
    with pytest.raises(ValueError, match=r"contrasts have 12 events of 'A' and 'B' in 'hedge', an"):
        fr.plot_ratios(table, other(fr.event_pairs(scores)))


def test_slopes_are_the_events_and_their_mean(scores):
    pairs = fr.event_pairs(scores)
    ax = fr.plot_slopes(pairs, measures="alarm", pair=("B", "A"))
    rows = pairs[(pairs["measure"] == "alarm") & (pairs["outlet_a"] == "A")]
    rows = rows[rows["outlet_b"] == "B"][["value_a", "value_b"]].to_numpy()
    assert [line.get_ydata().tolist() for line in ax.lines[:12]] == rows.tolist()
    assert ax.lines[12].get_ydata() == pytest.approx(rows.mean(axis=0))
    assert [len(line.get_xdata()) for line in ax.lines[13:]] == (rows == 0).sum(axis=0).tolist()
    assert [t.get_text() for t in ax.get_xticklabels()] == ["A", "B"]
    assert ax.get_title(loc="right") == "12 events"


def test_robustness_is_drawn_in_the_order_of_the_table():
    columns = ["measure", "outlet_a", "outlet_b", "choices", "estimate", "low", "high", "p"]
    rows = [
        ("hedge", "A", "B", "main analysis", 1.0, 0.5, 1.5, 0.02),
        ("hedge", "A", "B", "without lead", 0.8, 0.2, 1.1, np.nan),
    ]
    ax = fr.plot_robustness(pd.DataFrame(rows, columns=columns))
    names, asides = by_place(ax), by_place(ax, "right")
    found = [(names[y], asides[y], x, bool(f)) for x, y, f in dots(ax, faint=False)]
    assert found == [("main analysis", ".020", 1.0, True), ("without lead", "–", 0.8, False)]
    assert ax.get_xlabel().endswith("A minus B")


def test_two_outlets_are_needed(scores):
    pairs = fr.event_pairs(scores)
    for pair in (None, ("A", "X")):
        with pytest.raises(ValueError, match=r"two of these outlets, got .*: A, B; A, C; B, C$"):
            fr.plot_slopes(pairs, pair=pair)
    names = pd.DataFrame({"measure": "care", "outlet_a": "A", "outlet_b": list("BCDEFGHIJKLM"),
                          "value_a": 1.0, "value_b": 1.0})  # fmt: skip
    with pytest.raises(ValueError, match=r"A, K; and 2 more$"):
        fr.plot_slopes(names)
    with pytest.raises(ValueError, match="no measure 'hedge'"):
        fr.plot_slopes(names, measures="hedge")
    of_own = pairs[pairs["outlet_a"].eq("A") & pairs["outlet_b"].eq("B")]
    of_own = of_own[of_own["measure"].isin(["alarm", "tone"])].replace({"alarm": "care"})
    drawn = [line.get_ydata().tolist() for line in fr.plot_slopes(of_own).lines]
    care = of_own[of_own["measure"] == "care"]
    assert drawn == [
        line.get_ydata().tolist() for line in fr.plot_slopes(care, measures="care").lines
    ]
    with pytest.raises(ValueError, match="tone has no ratio"):
        fr.plot_ratios(fr.compare(scores, match="event", n_resamples=9), measures="tone")


@pytest.mark.filterwarnings("error")
def test_names_are_text_and_nothing_is_cut_off():
    long = "a very long name of a paper " * 8
    scores = made_scores(dict.fromkeys([*HOSTILE, long], 2.0), events=8)
    pairs = fr.event_pairs(scores)
    figure = fr.plot_ratios(fr.compare(scores, match="event", n_resamples=99), pairs)[0].figure
    figure.draw_without_rendering()
    corners = figure.get_tightbbox().get_points()  # in inches
    assert (corners >= 0).all() and (corners[1] <= figure.get_size_inches() + 0.01).all()
    two = (HOSTILE[0], long)
    assert_nothing_is_cut_off(fr.plot_slopes(pairs, pair=two))
    cues = pd.DataFrame({"measure": ["hedge"] * 2, "outlet_a": HOSTILE[3], "outlet_b": long})
    cues = cues.assign(choices=["main analysis", "outlet's own voice, without lead, words pooled"])
    cues = cues.assign(estimate=1.0, low=0.5, high=[1.5, 2.5], p=[0.2, np.nan])
    assert_nothing_is_cut_off(fr.plot_robustness(cues))


@pytest.mark.parametrize("width", [1.1, 1.25, 1.4, 2, 4, 12, 80])
def test_an_axis_of_ratios_has_two_ticks_or_more(scores, width):
    """One tick, at 1, is no scale; the interval runs from 1 / width to width."""
    table = fr.compare(scores, match="event", measures="hedge", n_resamples=99)
    table = table.assign(ratio=1.0, ratio_low=1 / width, ratio_high=width)
    (ax,) = fr.plot_ratios(table, measures="hedge")
    low, high = ax.get_xlim()
    assert 2 <= sum(low <= tick <= high for tick in ax.get_xticks()) <= 6
