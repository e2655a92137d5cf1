"""The figure of the first page: one order, every outlet, filled where it differs."""

import numpy as np
import pandas as pd
import pytest

import framing as fr


def levels_of(n, measures=("hedge", "alarm", "boost", "tone")):
    rng = np.random.default_rng(1)
    rows = [
        {"measure": m, "outlet": f"o{k:02} $x^2$", "articles": 10 + k, "mean": rng.uniform(0.1, 1)}
        for m in measures
        for k in range(n)
    ]
    table = pd.DataFrame(rows)
    return table.assign(low=table["mean"] - 0.1, high=table["mean"] + 0.1)


def names(ax):
    return [text.get_text() for text in ax.get_yticklabels()]


@pytest.mark.parametrize(("n", "drawn"), [(1, 1), (2, 2), (12, 12), (30, 30), (89, 20)])
def test_all_measures_have_the_order_of_hedging(n, drawn):
    """The outlet that hedges most is at the top of every panel; of many, some are drawn."""
    levels = levels_of(n)
    axes = fr.plot_summary(levels)
    assert [ax.get_title(loc="left") for ax in axes] == ["Tone", "Hedging", "Alarm", "Boosters"]
    order = levels[levels["measure"] == "hedge"].sort_values("mean", ascending=False)["outlet"]
    expected = names(axes[0])
    assert expected == [name for name in order if name in expected]
    assert len(expected) == drawn
    for ax, measure in zip(axes, ("tone", "hedge", "alarm", "boost"), strict=True):
        means = levels[levels["measure"] == measure].set_index("outlet")["mean"]
        points = ax.collections[-1].get_offsets()
        assert np.allclose(points[:, 0], means[expected])
        assert np.allclose(points[:, 1], range(drawn))
    note = axes[0].figure.get_supxlabel()
    which = "those that the findings name, and the highest and lowest in hedging with an interval"
    assert note == ("" if n == drawn else f"20 of 89 outlets: {which}")


def test_of_many_outlets_those_in_the_sentences_are_drawn():
    """Whoever a finding names, for a level or for a difference, has a row; so have both ends."""
    levels = levels_of(89)
    middle = "o44 $x^2$"
    contrasts = pd.DataFrame(
        {
            "measure": "tone", "outlet_a": [middle], "outlet_b": "all others", "estimate": 0.1,
            "low": 0.05, "high": 0.2, "ratio": None, "ratio_low": None, "ratio_high": None,
            "effect": 0.5, "p": 0.001, "p_adjusted": 0.01,
        }
    )  # fmt: skip
    drawn = names(fr.plot_summary(levels, contrasts)[0])
    found = fr.findings(contrasts, levels)
    said = " ".join(found["finding"] + found["detail"])
    named = set(levels["outlet"][[name in said for name in levels["outlet"]]])
    named |= {name for _, rows in levels.groupby("measure") for name in ends_in(rows)}
    assert middle in named
    assert named <= set(drawn)
    assert len(drawn) == 20
    hedging = levels[levels["measure"] == "hedge"].sort_values("mean")["outlet"].tolist()
    assert {*hedging[:3], *hedging[-3:]} <= set(drawn)


def ends_in(rows):
    ranked = rows.sort_values("mean")["outlet"]
    return ranked.iloc[[0, -1]]


def test_of_many_outlets_those_with_an_interval_are_drawn():
    """Outlets with one article say nothing by being highest or lowest."""
    levels = levels_of(89)
    few = levels["outlet"].str[1:3].astype(int) >= 25
    levels.loc[few, ["low", "high"]] = np.nan
    axes = fr.plot_summary(levels)
    named = {name for _, rows in levels.groupby("measure") for name in ends_in(rows)}
    drawn = [name for name in names(axes[0]) if name not in named]
    assert drawn and {int(name[1:3]) for name in drawn} <= {*range(25)}


def test_filled_are_the_outlets_that_differ():
    """In a panel, those of a comparison below .05 after correction, by people's codes as well.

    Where codes correct others, one that they cannot correct is hollow.
    """
    contrasts = pd.DataFrame(
        {
            "measure": ["hedge", "hedge", "alarm", "boost"],
            "outlet_a": ["o00 $x^2$"] * 4,
            "outlet_b": ["o01 $x^2$", "o02 $x^2$", "all others", "all others"],
            "p_adjusted": [0.01, np.nan, 0.04, 0.01],
            "corrected": [0.5, np.nan, np.nan, 0.1],
            "corrected_p_adjusted": [0.02, np.nan, np.nan, 0.3],
        }
    )
    axes = fr.plot_summary(levels_of(3), contrasts, measures=["hedge", "alarm", "boost"])
    filled = []
    for ax in axes:
        faces = (ax.collections[-1].get_facecolors() < 1).any(axis=1)
        faces = np.broadcast_to(faces, 3)  # matplotlib keeps one colour where all are alike
        filled.append({name[:3] for name, face in zip(names(axes[0]), faces, strict=True) if face})
    assert filled == [{"o00", "o01"}, set(), set()]
    (alike, *_) = fr.plot_summary(levels_of(3), contrasts.assign(p_adjusted=0.4))
    assert (
        alike.collections[-1].get_facecolors() < 1
    ).any()  # hollow marks only beside filled ones


def test_labels_fit_into_the_figure():
    """However long the names are, nothing is cut off and no panel vanishes."""
    levels = levels_of(4)
    levels["outlet"] = levels["outlet"].map(lambda name: name + " The Evening Intelligencer " * 4)
    axes = fr.plot_summary(levels)
    figure = axes[0].figure
    figure.draw_without_rendering()
    box = figure.get_tightbbox().get_points()
    assert (box >= 0).all()
    assert box[1, 0] <= figure.get_figwidth() + 0.01
    assert min(ax.get_position().width * figure.get_figwidth() for ax in axes) > 0.6


def test_a_matrix_points_from_the_one_with_less_to_the_one_with_more():
    """Howl hedges more than Mail; the pair is drawn once, and framed where it is sure."""
    rows = [("Howl", "Mail", 0.5, 0.01), ("Howl", "Post", -0.2, 0.3), ("Mail", "Post", 0.1, np.nan)]
    table = pd.DataFrame(rows, columns=["outlet_a", "outlet_b", "estimate", "p_adjusted"])
    table = table.assign(measure="hedge", effect=table["estimate"], p=table["p_adjusted"])
    (ax,) = fr.plot_matrix(table, measures="hedge")
    up, down, framed, untested = (c.get_offsets().tolist() for c in ax.collections)
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "Howl (1)",
        "Mail (2)",
        "Post (3)",
    ]
    assert down == [[0, 1]]  # the row is Mail, which has less than Howl
    assert up == [[0, 2]]
    assert framed == [[0, 1]]
    assert untested == [[1, 2]]


def test_a_matrix_has_its_outlets_in_natural_order():
    pairs = [("Paper 1", "Paper 10"), ("Paper 1", "Paper 2"), ("Paper 10", "Paper 2")]
    table = pd.DataFrame(pairs, columns=["outlet_a", "outlet_b"])
    table = table.assign(measure="hedge", estimate=[0.1, 0.2, 0.3], effect=0.2, p=0.5)
    (ax,) = fr.plot_matrix(table, measures="hedge")
    assert names(ax) == ["Paper 1 (1)", "Paper 2 (2)", "Paper 10 (3)"]
    _, down, _, _ = (c.get_offsets().tolist() for c in ax.collections)
    assert sorted(down) == [[0, 1], [0, 2]]  # Paper 1 has more than both


def test_levels_that_are_all_zero_have_an_axis_that_can_be_read():
    """It went from -1e-16 to 6e-18, which is what rounding leaves."""
    levels = pd.DataFrame({"measure": "hedge", "outlet": ["A", "B"], "articles": 12, "mean": 0.0})
    axes = fr.plot_summary(levels.assign(low=float("nan"), high=float("nan")), None)
    assert [ax.get_xlim() for ax in axes] == [(0, 1)]


def test_tones_that_are_almost_alike_do_not_look_far_apart():
    """The axis went from -0.049 to -0.047, with labels over each other."""
    levels = pd.DataFrame({"measure": "tone", "outlet": ["A", "B"], "articles": 12})
    levels = levels.assign(mean=[-0.049, -0.047], low=float("nan"), high=float("nan"))
    (ax,) = fr.plot_summary(levels, None)
    assert ax.get_xlim() == pytest.approx((-0.098, 0.002))


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["", ""], "articles"),
        (
            ["2031-03-01", ""],
            "articles, the oldest first; behind the dotted line 1 without a date",
        ),
        (["2031-03-01", "2031-03-02"], "date"),
    ],
)
def test_articles_without_any_date_are_in_no_order_of_time(dates, said):
    levels = pd.DataFrame({"measure": "hedge", "value": [0.1, 0.2], "date": pd.to_datetime(dates)})
    (ax,) = fr.plot_articles(levels)
    assert ax.figure.get_supxlabel() == said


def test_articles_without_a_date_are_not_drawn_as_the_newest():
    """Thirty dated articles rise from 0 to 29; five without a date stand apart, at 99."""
    days = pd.date_range("2031-03-01", periods=30)
    dates = [*days[:10], *[pd.NaT] * 5, *days[10:]]
    values = [*range(10), *[99.0] * 5, *range(10, 30)]
    levels = pd.DataFrame({"measure": "hedge", "value": values, "date": dates})
    (ax,) = fr.plot_articles(levels)
    assert ax.collections[0].get_offsets()[:, 1].tolist() == [*range(30), *[99.0] * 5]
    _, median, apart = ax.get_lines()
    assert np.nanmax(median.get_ydata()) == 24 and len(median.get_xdata()) == 30
    assert apart.get_xdata()[0] == 29.5


def test_contrasts_of_other_outlets_are_an_error():
    contrasts = pd.DataFrame(
        {"measure": ["tone"], "outlet_a": "X", "outlet_b": "all others", "p_adjusted": 0.01}
    )
    with pytest.raises(ValueError, match="contrasts name 'X', which levels do not have"):
        fr.plot_summary(levels_of(3), contrasts)
