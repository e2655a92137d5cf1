"""Keyness: against plain definitions and SciPy, counted by hand, and with known answers put in."""

import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import sparse, stats

import framing
from framing.explore.counts import Counts
from framing.explore.keyness import _tested
from framing.explore.keyness_measures import dispersion
from framing.explore.rate_permutation import rate_permutation_p
from tests.plots.test_levels import by_place

mpl.use("agg")
PLAIN = [f"word{letter}" for letter in "abcdefgh"]


def corpus(articles=12, *, outlets="ABC", seed=0, extra=None):
    """Make paragraphs of random words; ``extra`` adds words to each article of an outlet."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, number in itertools.product(outlets, range(articles)):
        words = rng.choice(PLAIN, rng.integers(20, 80))
        text = " ".join(words).capitalize() + " " + (extra or {}).get(outlet, "") + "."
        rows.append((outlet, f"{outlet}{number}", 0, "body", text))
    return pd.DataFrame(rows, columns=["outlet", "article", "paragraph", "role", "text"])


def plain_counts(paragraphs):
    """Count the words of every article in the plainest way."""
    counts = {}
    for row in paragraphs.itertuples():
        words = row.text.lower().replace(".", "").split()
        counts[row.outlet, row.article] = {w: words.count(w) for w in set(words)}
    return counts


def test_numbers_are_those_of_the_plain_definitions():
    """Uses, log-odds, z, log ratio, DP, G² (SciPy's) and the largest share of one article."""
    paragraphs = corpus(6)
    counts = plain_counts(paragraphs)
    table = framing.keyness(paragraphs, n_resamples=1, prior=300)
    assert {*table["outlet"]} == {*paragraphs["outlet"]}
    for row in table.itertuples():
        own = [c for (outlet, _), c in counts.items() if outlet == row.outlet]
        rest = [c for (outlet, _), c in counts.items() if outlet != row.outlet]
        a, b = ([c.get(row.unit, 0) for c in side] for side in (own, rest))
        n_a, n_b = ([sum(c.values()) for c in side] for side in (own, rest))
        y_a, y_b, size_a, size_b = sum(a), sum(b), sum(n_a), sum(n_b)
        assert (row.uses, row.uses_rest, row.words, row.words_rest) == (y_a, y_b, size_a, size_b)
        assert row.articles == np.count_nonzero(a)
        alpha = 300 * (y_a + y_b) / (size_a + size_b)
        odds = [(y + alpha) / (n + 300 - y - alpha) for y, n in ((y_a, size_a), (y_b, size_b))]
        assert row.log_odds == pytest.approx(np.log(odds[0] / odds[1]))
        error = np.sqrt(1 / (y_a + alpha) + 1 / (y_b + alpha))
        assert row.z == pytest.approx(row.log_odds / error)
        assert row.log_ratio == pytest.approx(np.log2(y_a / size_a / (y_b / size_b)))
        table = [[y_a, y_b], [size_a - y_a, size_b - y_b]]
        g2 = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert row.g2 == pytest.approx(g2, abs=1e-9)
        apart = sum(abs(y / y_a - n / size_a) for y, n in zip(a, n_a, strict=True)) / 2
        assert row.dp == pytest.approx(apart)
        more = a if y_a / size_a >= y_b / size_b else b
        assert row.largest == pytest.approx(max(more) / sum(more))


def test_dispersion_by_hand():
    """Articles of 10, 30 and 60 words: (1, 3, 6) uses are even; all in the first are .9."""
    uses = sparse.csr_array([[1, 2, 0], [3, 0, 0], [6, 0, 4]])
    assert dispersion(uses, np.array([10, 30, 60])) == pytest.approx([0, 0.9, 0.4])


def test_injected_word_comes_first_and_is_found():
    found = framing.keyness(corpus(12, extra={"B": "gale " * 3}), n_resamples=199)
    first = found[found["outlet"] == "B"].iloc[0]
    assert (first["unit"], first["uses"], first["p"]) == ("gale", 36, 1 / 200)
    assert not first["one_article"]
    last = found[found["outlet"] == "A"].iloc[-1]
    assert (last["unit"], last["uses"]) == ("gale", 0)


def test_a_word_of_one_article_is_flagged_and_not_significant():
    """Log-likelihood calls it different on both sides; articles do not."""
    paragraphs = corpus(12, outlets="AB")
    paragraphs.loc[3, "text"] += " Gale" * 20
    found = framing.keyness(paragraphs, n_resamples=199).query("unit == 'gale'")
    assert list(found["one_article"]) == [True, True]
    assert (found["largest"] == 1).all()
    assert (found["g2"] > 10.8).all()
    assert (found["p"] > 0.05).all()


def test_cues_are_counted_as_scores_count_them():
    texts = ["They fear a storm. No one fears it.", "Talks resumed without a hitch today."] * 10
    paragraphs = corpus(10, outlets="AB").sort_values("article").assign(text=texts)
    cues = framing.find_cues(paragraphs)
    found = framing.keyness(paragraphs, cues=cues, min_uses=1, n_resamples=1)
    counted = cues[cues["counted"] & ~cues["negated"]]["entry"].value_counts()
    totals = found[found["outlet"] == "A"].set_index("unit").eval("uses + uses_rest")
    assert totals.to_dict() == counted.to_dict()
    assert "fear" in totals


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_row_order_does_not_matter(order):
    """Not even in the last digit; and the input stays as it was."""
    paragraphs = corpus(10)
    shuffled = paragraphs.sample(frac=1, random_state=order)
    before = shuffled.copy(deep=True)
    once, again = (framing.keyness(table, n_resamples=19) for table in (paragraphs, shuffled))
    assert_frame_equal(once, again, check_exact=True)
    assert_frame_equal(shuffled, before)


def test_articles_of_an_outlet_on_one_event_are_permuted_together():
    """As if they were one article: 24 on 13 events, of which outlets share one."""
    table = corpus(articles=24, outlets="AB", seed=5)
    place = table["article"].str[1:].astype(int)
    table["event"] = np.where(place < 3, "", table["outlet"]) + (
        place // 2 + place % 5 // 4
    ).astype(str)
    joined = table.assign(article=table["outlet"] + table["event"], paragraph=range(len(table)))
    apart, one, alone = (
        framing.keyness(t, min_uses=5, n_resamples=99)["p"].tolist()
        for t in (table, joined, table.drop(columns="event"))
    )
    assert apart == one != alone


def test_events_of_its_own_make_no_outlet_different():
    """600 words of ten events a side, five articles each: .16 differ if articles are permuted."""
    rng = np.random.default_rng(0)
    level = rng.gamma(2, 1 / 2, (20, 600)).repeat(5, axis=0)
    uses = rng.poisson(level * rng.gamma(2, 1 / 2, (100, 600)))
    group = np.repeat([0, 1], 50)
    counts = Counts(
        ["A", "B"], group, np.full(100, 500), np.zeros(100, int), np.repeat(np.arange(20), 5), [],
        sparse.csr_array(uses),
    )  # fmt: skip
    assert 0.03 <= (_tested(counts, 199, 1)[0] <= 0.05).mean() <= 0.08


@pytest.mark.parametrize("longer", [1, 3])
def test_shuffled_labels_are_rarely_called_different(longer):
    """500 units, lengths fresh each, one outlet's articles three times as long: .03 to .07."""
    rng, rejected = np.random.default_rng(7), 0
    group = np.repeat([0, 1], [15, 45])
    for _ in range(500):
        words = (rng.gamma(4, 100, 60) + 30).round() * np.where(group == 0, longer, 1)
        uses = sparse.csr_array(rng.poisson(0.005 * words * rng.gamma(2, 0.5, 60))[:, None])
        p = rate_permutation_p(
            uses, words.astype(int), group, np.zeros(60, int), n_resamples=99, rng=rng
        )
        rejected += p[0, 0] <= 0.05
    assert 0.03 <= rejected / 500 <= 0.07


@pytest.mark.parametrize("lump", [3, 6])
def test_a_word_in_larger_lumps_on_one_side_is_rarely_called_different(lump):
    """500 words: one side uses it in lumps, the other one by one, at the same rate."""
    rng, rejected = np.random.default_rng(8), 0
    group = np.repeat([0, 1], [40, 40])
    size = np.where(group == 0, lump, 1)
    words = rng.integers(300, 900, 80)
    uses = rng.poisson(0.006 * words / size, (500, 80)).T * size[:, None]
    p = rate_permutation_p(
        sparse.csr_array(uses), words, group, np.zeros(80, int), n_resamples=199, rng=rng
    )
    rejected = (p[0] <= 0.05).mean()
    assert 0.02 <= rejected <= 0.08


def test_articles_are_permuted_within_events():
    """A word of one event is no word of an outlet: each event has as many articles of both."""
    rng = np.random.default_rng(9)
    group, event = np.tile([0, 1], 30), np.repeat(np.arange(6), 10)
    uses = sparse.csr_array((6.0 * (event == 0) + rng.poisson(0.2, 60))[:, None])
    words = np.full(60, 500)
    loose, within = (
        rate_permutation_p(uses, words, group, stratum, n_resamples=499, rng=rng)[0, 0]
        for stratum in (np.zeros(60, int), event)
    )
    assert loose > 0.05 and within > 0.05
    more = sparse.csr_array(uses.toarray() + (group == 0)[:, None])
    assert rate_permutation_p(more, words, group, event, n_resamples=499, rng=rng)[0, 0] < 0.01


@pytest.mark.parametrize(("articles", "tested"), [(9, False), (10, True)])
def test_no_p_under_ten_articles_a_side(articles, tested):
    found = framing.keyness(corpus(articles, outlets="AB"), n_resamples=9)
    assert (found["p"].notna() == tested).all()
    assert found["note"].str.contains("no p under 10").eq(not tested).all()


def test_q_is_over_the_whole_table():
    found = framing.keyness(corpus(10), n_resamples=99)
    assert found["q"].to_numpy() == pytest.approx(stats.false_discovery_control(found["p"]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="text"), "no column 'text'"),
        (lambda t: t[t["outlet"] == "A"], "got 'A'"),
        (lambda t: t.assign(text="rare"), "smaller min_uses"),
        (lambda t: t.assign(role="caption"), "has role"),
    ],
)
def test_errors_say_what_to_do(change, message):
    with pytest.raises(ValueError, match=message):
        framing.keyness(change(corpus(3)))


def test_figure_draws_what_the_table_says():
    """Every unit a point at frequency and z, hollow if of one article; no name over another."""
    paragraphs = corpus(12, outlets="AB", extra={"B": "gale $x$ gust"})
    paragraphs.loc[3, "text"] += " squall" * 20
    table = framing.keyness(paragraphs, n_resamples=199)
    ax = framing.plot_keyness(table, top=30)
    drawn = {
        (round(x, 9), round(y, 9)): not np.allclose(face, 1)
        for c in ax.collections
        for (x, y), face in zip(c.get_offsets(), c.get_facecolors(), strict=True)
    }
    rows = table[table["outlet"] == "A"]
    x = 1e4 * rows.eval("(uses + uses_rest) / (words + words_rest)")
    expected = zip(x.round(9), rows["z"].round(9), ~rows["one_article"], strict=True)
    assert drawn == {(x, y): filled for x, y, filled in expected}
    assert {"gale", "squall"} <= {text.get_text() for text in ax.texts}
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    plt.close("all")


def test_names_of_outlets_are_text_and_nothing_is_cut_off():
    """Mathtext, and names of 200 letters, on both axes and in every label inside."""
    table = corpus(10, outlets="AB").replace({"A": "$x$ _y " * 30, "B": "B long name " * 20})
    ax = framing.plot_keyness(framing.keyness(table, n_resamples=1))
    ax.figure.canvas.draw()
    width, height = ax.figure.bbox.size
    assert "$x$ _y" in ax.get_xlabel()
    for text in (ax.xaxis.label, ax.yaxis.label, *ax.texts, *ax.get_legend().get_texts()):
        box = text.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height, text
    plt.close("all")


def test_figure_of_more_than_two_outlets_needs_a_name():
    table = framing.keyness(corpus(5), n_resamples=1)
    with pytest.raises(ValueError, match="one of 'A', 'B', 'C'"):
        framing.plot_keyness(table)
    names = by_place(framing.plot_keywords(table, top=2))
    assert {"A", "B", "C"} <= set(names.values())
    plt.close("all")


def test_of_many_outlets_fewer_words_are_drawn_so_that_a_page_holds_them():
    """Half a page holds the figure; of more than 12 outlets 12 are in it, and it says so."""
    one = framing.keyness(corpus(5), n_resamples=1)
    one = one[(one["outlet"] == "A") & (one["z"] > 0)]
    for n in (2, 12, 16):
        table = pd.concat([one.assign(outlet=f"Outlet {k}") for k in range(n)], ignore_index=True)
        ax = framing.plot_keywords(table)
        assert ax.figure.get_figheight() < 5.5
        names = {name.partition(": ")[0] for name in by_place(ax).values()}
        drawn = {f"Outlet {k}" for k in range(n)} & names
        assert len(drawn) == min(n, 12)
        assert (f"12 of {n} outlets, those with the most words" in ax.get_xlabel()) == (n > 12)
    plt.close("all")
