"""Figures: what was drawn is what stands in the table, and nothing is cut off."""

import io
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from pandas.testing import assert_frame_equal

import framing
from framing.plots.style import shortened
from tests.made import made_scores

HOSTILE = [
    "$x$ and $y_2$",
    "_Blog",
    "Новости Пролива",
    "\\frac{",
    "Line\nbreak",
    "<b>bold</b> -- -->",
]


def scores_of(outlets, articles=12, seed=0):
    """Make scores of a few paragraphs an article, on one event an article number."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        [(o, f"{o}-{a}", str(a), p) for o in outlets for a in range(articles) for p in range(3)],
        columns=["outlet", "article", "event", "paragraph"],
    )
    n = len(table)
    return table.assign(
        role=np.where(table["paragraph"] == 0, "headline", "body"),
        words=rng.integers(40, 90, n),
        sentences=2,
        tone=rng.uniform(-1, 1, n).round(4),
        hedge=rng.poisson(1, n),
        alarm=rng.poisson(0.5, n),
        boost=rng.poisson(0.3, n),
        fear=rng.poisson(0.3, n),
    )


def labels(axis):
    return [text.get_text() for text in axis.get_ticklabels()]


def points(ax):
    """Return all points drawn with ``scatter``: x, y and whether they are filled."""
    found = []
    for collection in ax.collections:
        if hasattr(collection, "get_offsets") and len(collection.get_facecolors()):
            faces = collection.get_facecolors()
            filled = [not np.allclose(face, 1) for face in faces]
            offsets = np.ma.getdata(collection.get_offsets())
            found += [(x, y, f) for (x, y), f in zip(offsets, filled, strict=True)]
    return sorted(found, key=lambda point: point[1])


def bars(ax):
    """Return all intervals drawn with ``hlines``: their ends, from the top."""
    lines = [c for c in ax.collections if hasattr(c, "get_segments")]
    across = ax.get_yaxis_transform()  # that of the faint lines behind the rows
    segments = [s for c in lines if c.get_transform() is not across for s in c.get_segments()]
    return {s[0][1]: (s[0][0], s[1][0]) for s in segments if len(s)}


def by_place(ax, side="left"):
    """Return what is written beside the rows, on the left or on the right, by place."""
    beside = {"left": "right", "right": "left"}[side]  # how such a text is aligned
    found = [text for text in ax.texts if text.get_ha() == beside]
    assert {text.get_position()[0] for text in found} <= {int(side == "right")}
    return {text.get_position()[1]: text.get_text() for text in found}


def texts(ax):
    """Return every text that is drawn; ticks beyond the ends of an axis are not."""
    found = [*ax.texts, ax.title, ax._right_title, ax.xaxis.label, ax.yaxis.label]
    if ax.get_legend():
        found += ax.get_legend().get_texts()
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
        found += [label for place, label in ticks if low <= place <= high]
    return [text for text in found if text.get_text()]


def assert_nothing_is_cut_off(ax):
    ax.figure.canvas.draw()
    width, height = ax.figure.bbox.size
    for text in texts(ax):
        box = text.get_window_extent()
        assert min(box.x0, box.y0) >= 0, text
        assert box.x1 <= width, text
        assert box.y1 <= height, text


def test_levels_are_drawn_where_the_table_says():
    """Means, intervals and numbers of articles stand in the row of their outlet."""
    table = framing.levels(scores_of(["A", "B", "C"]))
    ax = framing.plot_levels(table, measures="hedge")
    rows = table[table["measure"] == "hedge"].set_index("outlet")
    names, sizes, intervals = by_place(ax), by_place(ax, "right"), bars(ax)
    drawn = points(ax)
    assert [names[y] for _, y, _ in drawn] == list(rows["mean"].sort_values()[::-1].index)
    for x, y, filled in drawn:
        row = rows.loc[names[y]]
        assert (x, filled) == (row["mean"], True)
        assert intervals[y] == (row["low"], row["high"])
        assert sizes[y] == str(row["articles"])
    pooled = dict(zip(ax.lines[0].get_ydata(), ax.lines[0].get_xdata(), strict=True))
    assert {names[y]: x for y, x in pooled.items()} == rows["pooled"].to_dict()
    assert ax.get_xlabel().startswith("hedging per 100 words")


def test_levels_without_an_interval_are_hollow():
    scores = pd.concat([scores_of(["A"]), scores_of(["B"], articles=3)])
    ax = framing.plot_levels(framing.levels(scores), measures="hedge")
    names = by_place(ax)
    assert {names[y]: filled for _, y, filled in points(ax)} == {"A": True, "B": False}
    assert "no interval" in [text.get_text() for text in ax.get_legend().get_texts()]


@pytest.mark.parametrize("match", [None, "event"])
def test_contrasts_are_drawn_where_the_table_says(match):
    table = framing.compare(scores_of(["A", "B", "C"]), match=match, n_resamples=99)
    ax = framing.plot_contrasts(table)
    names, asides, intervals = by_place(ax), by_place(ax, "right"), bars(ax)
    drawn = points(ax)
    assert len(drawn) == 9
    for measure, three in zip(
        ["hedge", "alarm", "boost"], np.split(np.array(drawn), 3), strict=True
    ):
        assert names[three[0, 1] - 1] == framing.label(measure)
        assert list(three[:, 0]) == sorted(three[:, 0], reverse=True)
        rows = table[table["measure"] == measure]
        for x, y, filled in three:
            row = rows[rows["outlet_a"] + " vs " + rows["outlet_b"] == names[y]].iloc[0]
            assert (x, filled) == (row["estimate"], 1)
            assert intervals[y] == (row["low"], row["high"])
            assert asides[y].startswith("12; " if match else "12 : 12; ")


def test_beside_a_corrected_interval_stands_its_own_p():
    table = framing.compare(scores_of(["A", "B"]), n_resamples=99)
    coded = {"corrected": 0.1, "corrected_low": -0.1, "corrected_high": 0.3}
    table = table.assign(p_adjusted=0.034, corrected_p_adjusted=0.765, **coded)
    asides = by_place(framing.plot_contrasts(table), "right").values()
    shown = ["articles; adjusted p; corrected", *["12 : 12; .034; .765"] * 3]
    assert sorted(text for text in asides if text) == sorted(shown)
    none = framing.plot_contrasts(table.assign(corrected=float("nan")))  # codes of one side only
    assert "articles; adjusted p" in by_place(none, "right").values()
    assert none.get_legend() is None


def test_contrasts_that_were_not_tested_are_hollow():
    scores = pd.concat([scores_of(["A", "B"]), scores_of(["C"], articles=7)])
    ax = framing.plot_contrasts(framing.compare(scores, n_resamples=99), measures="tone")
    names = by_place(ax)
    hollow = {names[y] for _, y, filled in points(ax) if not filled}
    assert hollow == {"A vs C", "B vs C"}


def test_contrasts_that_were_left_out_are_counted():
    """Those of the largest effect stay, and below the axis, clear of the legend, is how many."""
    table = framing.compare(scores_of("ABCD"), measures="tone", n_resamples=99)
    ax = framing.plot_contrasts(table, measures="tone", top=2)
    kept = table.loc[table["effect"].abs().nlargest(2).index]
    assert {x for x, _, _ in points(ax)} == set(kept["estimate"])
    assert "\n2 of 6 contrasts" in ax.get_xlabel()


def test_tone_and_densities_do_not_share_an_axis():
    table = framing.levels(scores_of(["A"]))
    with pytest.raises(ValueError, match="not per 100 words"):
        framing.plot_levels(table, measures=["hedge", "tone"])
    with pytest.raises(ValueError, match="did you mean 'alarm'"):
        framing.plot_levels(table, measures="alrm")


def test_course_shows_tone_and_cues_of_every_paragraph():
    scores = scores_of(["A"], articles=1)
    ax = framing.plot_course(scores.sample(frac=1, random_state=1))
    lines = {line.get_label(): line for line in ax.lines}
    body, headline = scores[1:], scores[:1]
    assert lines["tone"].get_xydata().tolist() == body[["paragraph", "tone"]].to_numpy().tolist()
    assert (
        lines["headline"].get_xydata().tolist()
        == headline[["paragraph", "tone"]].to_numpy().tolist()
    )
    assert labels(ax.yaxis)[-3:] == ["hedging", "alarm", "boosters"]
    counts = sorted(int(text.get_text()) for text in ax.texts)
    cues = scores[["hedge", "alarm", "boost"]].to_numpy().ravel()
    assert counts == sorted(cues[cues > 0])
    assert len(ax.patches) == len(counts)


def test_course_is_of_one_article():
    with pytest.raises(ValueError, match="one article, got 2"):
        framing.plot_course(scores_of(["A"], articles=2))


def test_shares_counted_by_hand():
    """Headlines do not count; the number in a cell is the share in per cent."""
    scores = scores_of(["A", "B"], articles=2).assign(hedge=0, alarm=[0, 3, 0] * 4, boost=1)
    scores.loc[scores["outlet"] == "B", "hedge"] = 1
    ax = framing.plot_shares(scores, measures=["hedge", "alarm", "boost"])
    names, sizes = by_place(ax), by_place(ax, "right")
    drawn = {
        (names[y], labels(ax.xaxis)[int(x)]): text.get_text()
        for text in ax.texts
        if text.get_ha() == "center"
        for x, y in [text.get_position()]
    }
    assert drawn == {
        ("A", "hedging"): "0", ("A", "alarm"): "50", ("A", "boosters"): "100",
        ("B", "hedging"): "100", ("B", "alarm"): "50", ("B", "boosters"): "100",
    }  # fmt: skip
    assert [sizes[y] for y in (0, 1)] == ["4", "4"]
    assert names[0] == "B"  # the most hedging outlet stands at the top
    asked = framing.plot_shares(scores.assign(recipe_fear=3.0))
    assert "recipe fear" not in " ".join(
        labels(asked.xaxis)
    )  # points of a recipe say neither yes nor no


PLOTS = {
    "levels": lambda scores: framing.plot_levels(framing.levels(scores)),
    "contrasts": lambda scores: framing.plot_contrasts(
        framing.compare(scores, measures="hedge", n_resamples=9), top=66
    ),
    "shares": framing.plot_shares,
    "course": lambda scores: framing.plot_course(scores[scores["article"] == scores["article"][0]]),
}


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
@pytest.mark.filterwarnings("error")
def test_names_are_text_and_nothing_is_cut_off(plot):
    """Mathtext, underscores, line breaks, markup and names of 200 letters, in twelve outlets."""
    long = [f"{letter} very long name " * 12 for letter in "ABCDEF"]
    ax = plot(scores_of([*HOSTILE, *long]))
    assert_nothing_is_cut_off(ax)
    svg = io.StringIO()
    ax.figure.savefig(svg, format="svg", metadata={"Date": None})
    shown = {element.text for element in ElementTree.fromstring(svg.getvalue()).iter()}
    if by_place(ax):  # a course names no outlet
        for name in HOSTILE:
            assert any(shortened(name) in str(text) for text in shown)


def test_names_that_are_cut_alike_stay_apart():
    names = [
        f"The very long name of a paper in the {k} north of the country" for k in ("far", "top")
    ]
    scores = scores_of(names).rename(columns={"fear": "long " * 8})
    ax = framing.plot_shares(scores, measures=["hedge", "long " * 8])
    assert_nothing_is_cut_off(ax)
    shown = set(by_place(ax).values())
    assert len(shown) == 2
    assert max(map(len, shown)) <= 40


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_figure_is_the_same_in_every_run_and_leaves_its_table_alone(plot):
    scores = scores_of(["A", "B"])
    before = scores.copy(deep=True)
    files = []
    for _ in range(2):
        file = io.BytesIO()
        plot(scores).figure.savefig(file, format="svg", metadata={"Date": None})
        files.append(file.getvalue())
    assert files[0] == files[1]
    assert_frame_equal(scores, before)


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_what_somebody_adds_is_not_cut_off_either(plot):
    """A title, more words below the axis: the Axes give way, in whatever format it is saved."""
    ax = plot(scores_of(["A", "B"]))
    assert_nothing_is_cut_off(ax)
    before = ax.get_position()
    ax.set_title("in two\nlines")
    ax.set_xlabel("in\nthree\nlines")
    assert_nothing_is_cut_off(ax)
    ax.figure.savefig(io.BytesIO(), format="svg")
    page, drawn = ax.figure.bbox, ax.figure.get_tightbbox().transformed(ax.figure.dpi_scale_trans)
    assert page.y0 <= drawn.y0 and drawn.y1 <= page.y1
    after = ax.get_position()
    assert before.y0 < after.y0 < after.y1 < before.y1
    ax.set_visible(False)
    ax.figure.canvas.draw()


@pytest.mark.parametrize("n", [1, 45])
@pytest.mark.filterwarnings("ignore:Glyph")
def test_any_number_of_rows_is_drawn(n):
    """As many labels and remarks as rows, one row below the other, and all inside."""
    rows = [("hedge", f"船 $x$ {k} " * 9, k, 1.0, k / 2, 0.5, 1.5) for k in range(n)]
    names = ["measure", "outlet", "articles", "mean", "pooled", "low", "high"]
    table = pd.DataFrame(rows, columns=names)
    ax = framing.plot_levels(table, measures="hedge")
    assert list(by_place(ax).values()) == [shortened(name) for name in table["outlet"]]
    assert len(by_place(ax, "right")) == n + 1
    assert_nothing_is_cut_off(ax)


def test_the_style_cuts_nothing_off_other_figures():
    """Labels as long as the default margins are wide, and wider."""
    ax = plt.subplots(figsize=(4, 3))[1]
    ax.set_ylabel("three\nlines\nof text", fontsize=20)
    ax.set_xlabel("three\nlines\nof text", fontsize=20)
    assert_nothing_is_cut_off(ax)


def test_given_axes_are_drawn_on():
    figure, axes = plt.subplots(2)
    scores = scores_of(["A"], articles=1)
    assert framing.plot_course(scores, ax=axes[0]) is axes[0]
    assert framing.plot_shares(scores, ax=axes[1]) is axes[1]
    assert plt.get_fignums() == [figure.number]


def test_a_notebook_gets_vectors_without_a_date():
    """In a kernel the style asks for SVG that is the same in every run."""
    cell = nbformat.v4.new_code_cell(
        "import framing\nframing.use_style()\n"
        "import matplotlib.pyplot as plt\nplt.subplots()[1].set_title('a')\nNone"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3").execute()
    svg = notebook.cells[0].outputs[-1]["data"]["image/svg+xml"]
    assert "<text" in svg
    assert "dc:date" not in svg


def test_another_table_and_one_without_rows_are_errors_and_categories_are_drawn():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=8)
    levels, contrasts = framing.levels(scores), framing.compare(scores, n_resamples=19)
    with pytest.raises(ValueError, match=r"expected a table of levels, as framing.levels"):
        framing.plot_levels(contrasts)
    with pytest.raises(ValueError, match="the table of levels has no row"):
        framing.plot_levels(levels.head(0))
    for plot in (framing.plot_contrasts, framing.plot_ratios):
        with pytest.raises(ValueError, match=r"expected a table of contrasts, as framing.compare"):
            plot(levels)
        with pytest.raises(
            ValueError, match="the table of contrasts has no row: there is nothing to draw"
        ):
            plot(contrasts[contrasts["p"] < 0])
        plot(contrasts.astype({"outlet_a": "category", "measure": "category"}))
