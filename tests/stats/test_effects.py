"""How large and how certain: each formula again in plain Python, by SciPy or statsmodels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

import framing as fr
from framing.stats import effects
from framing.stats.articles import per_article
from framing.stats.contrasts import _verdict
from framing.stats.effects import Log
from framing.stats.fitting import Fit, told_apart
from framing.stats.flips import Parts
from framing.stats.notes import (
    _longer,
    _tests,
    _underpowered,
    _uneven,
    of_measures,
    of_outlets,
    untested,
)
from framing.stats.sides import Design, Pair, Rows, Side, pairs, sides
from tests.made import fitted_pair, made_scores


def made_pair(
    match: str | None = None, events: int = 14, *, topics: bool = False
) -> tuple[Pair, Parts, Fit]:
    scores = made_scores({"A": 2.0, "B": 1.0}, events=events)
    if topics:  # an event may have two, and D is the topic of one article a side
        scores["topic"] = pd.factorize(scores["article"])[0] % 5 % 3
        scores["topic"] = scores["topic"].map(dict(enumerate("CEF")))
        scores.loc[scores["article"].isin(["A-3", "B-5"]), "topic"] = "D"
    design = Design(["hedge", "tone"], match, n_resamples=99)
    outlets = sides(per_article(scores, measures=["hedge", "tone"]), "outlet", design).outlets
    pair = next(pairs(outlets, design, topics=topics))
    return pair, *fitted_pair(pair, topics=topics)


def fitted_without(pair, code):
    """Return the means of the first measure without a cluster, by fitting again."""
    left = (side.take(side.cluster != code) for side in (pair.a, pair.b))
    return [mean[0] for mean in fitted_pair(Pair(pair.names, *left), topics=False)[1].means]


def test_ratios_beyond_a_hundred_are_not_given():
    fit = made_pair()[-1]
    wide = fit._replace(moves=fit.moves * np.array([[81], [81], [1], [1]]))
    above, below, _ = effects.detectable(wide, 13.0, 0.05)
    assert np.isnan(above[0]) and np.isnan(below[0])
    known = []
    for k in np.linspace(1, 12, 4000):
        wider = fit._replace(moves=fit.moves * np.array([[k], [k], [1], [1]]))
        known.append([ratio[0] for ratio in effects.detectable(wider, 13.0, 0.05)[:2]])
    below, above = np.nanmin(known, axis=0)[1], np.nanmax(known, axis=0)[0]
    assert 90 < above <= 100 and 0.01 < below < 0.011


def test_clusters_that_are_worth_less_than_two_have_one_degree_of_freedom():
    fit = made_pair()[-1]
    reach = stats.t.ppf(0.975, 1) + stats.t.ppf(0.8, 1)
    assert effects.detectable(fit, 0.4, 0.05)[2] == pytest.approx(reach * fit.error)


@pytest.mark.parametrize(("some", "known"), [(5, True), (4, False)])
def test_under_five_clusters_with_any_hit_there_is_no_error(some, known):
    sums = np.where(np.arange(12) < some, np.arange(1.0, 13), 0)[:, None]
    weights = np.full(12, 2.0)
    log = effects.mean_of(sums, weights, logs=True)
    assert log.mean[0] == pytest.approx(np.log(sums.sum() / 24))
    assert np.isfinite(log.error[0]) == known
    assert log.freedom == 11
    fit = made_pair()[-1]
    assert (
        np.isfinite(effects.log_ratio(fit._replace(some=np.full((2, 2), some))).error[0]) == known
    )
    few = effects.mean_of(sums[:some], weights[:some], logs=False)
    assert np.isfinite(few.error[0]) == known
    values = sums[:some, 0] / 2
    if known:
        assert few.error[0] == pytest.approx(stats.sem(values))


@pytest.mark.parametrize(
    ("mean", "error", "smallest"), [(0.05, 0.1, 1.25), (-0.3, 0.05, 1.5), (0.0, 0.2, 1.1)]
)
def test_equivalence_is_that_of_two_one_sided_tests(mean, error, smallest):
    log = Log(np.array([mean]), np.array([error]), 20.0)
    sides = [
        stats.t.sf((mean + np.log(smallest)) / error, 20),
        stats.t.cdf((mean - np.log(smallest)) / error, 20),
    ]
    assert effects.p_equivalent(log, smallest)[0] == pytest.approx(max(sides))
    none = Log(np.array([mean]), np.array([0.0]), 20.0)
    assert np.isnan(effects.p_equivalent(none, smallest)[0])


@given(st.integers(1, 200), st.data())
def test_wilson_is_that_of_statsmodels(n, data):
    hits = data.draw(st.integers(0, n))
    want = proportion_confint(hits, n, method="wilson")
    assert effects.wilson(hits / n, n) == pytest.approx(want, abs=1e-12)


def test_a_verdict_needs_a_p_and_says_different_before_equivalent():
    adjusted = np.array([0.049, 0.05, 0.04, 0.3, np.nan, 0.3])
    equivalent = np.array([0.5, 0.049, 0.01, 0.05, 0.01, np.nan])
    assert _verdict(adjusted, equivalent).tolist() == [
        "different", "equivalent", "different", "undecided", "", "undecided",
    ]  # fmt: skip


def side(units: int, *, words: int = 100, articles: int = 1, first: int = 0) -> Side:
    """So many units, each a cluster of its own."""
    ones = np.ones(units)
    number = np.arange(first, first + units)
    return Side(
        ones[:, None],
        ones,
        (ones * words).astype(int),
        (ones * articles).astype(int),
        number,
        number,
    )


def pair_of(a: Side, b: Side) -> Pair:
    return Pair(("A", "B"), a, b)


def uneven_pair(seed: int) -> tuple[Pair, Parts, Fit]:
    """Articles of other lengths and weights, some of both sides on the same events."""
    rng = np.random.default_rng(seed)
    both = []
    for first, n, rate in ((0, 12, 2.5), (6, 15, 1.5)):
        words = rng.integers(100, 900, n)
        rates = 100 * rng.poisson(rate * words / 100) / words
        place = np.arange(first, first + n)
        both.append(
            Side(rates[:, None], rng.uniform(1, 3, n), words, np.ones(n, int), place, place)
        )
    pair = pair_of(*both)
    return pair, *fitted_pair(pair, topics=False)


@pytest.mark.parametrize(
    ("made", "sizes"),
    [
        (made_pair(), [1] * 14),
        (made_pair(topics=True), [1] * 12 + [2]),
        (uneven_pair(7), uneven_pair(7)[0].a.weights),
    ],
)
def test_the_log_ratio_has_the_jackknife_of_a_plain_loop(made, sizes):
    """With topics it is that of Mantel and Haenszel, computed anew without each cluster.

    The freedom is that of the side with fewer clusters, as many as equal ones would be (Kish).
    """
    pair, parts, fit = made
    freedom = np.sum(sizes) ** 2 / np.sum(np.square(sizes)) - 1
    log = effects.log_ratio(fit)
    n = len(parts.codes)
    topics = [*np.unique(pair.a.place)] if len(np.unique(pair.a.place)) < 5 else [None]
    rows = Rows.taken([pair])
    whole = told_apart(rows).side if topics != [None] else rows.side
    both_sides = [whole.take(side) for side in (rows.first, ~rows.first)]

    def ratio(left_out: int) -> float:
        sums = np.zeros(2)
        for topic in topics:
            both = []
            for side in both_sides:
                kept = (side.cluster != left_out) & ((side.place == topic) | (topic is None))
                weights = side.weights[kept]
                both += [weights @ side.measured[kept, 0], weights.sum()]
            a, n_a, b, n_b = both
            sums += np.array([a * n_b, b * n_a]) / max(n_a + n_b, 1e-9)
        return np.log(sums[0] / sums[1])

    without = [ratio(k) for k in parts.codes]
    error = np.sqrt((n - 1) / n * ((np.array(without) - np.mean(without)) ** 2).sum())
    assert (log.mean[0], log.error[0]) == pytest.approx((ratio(-1), error))
    assert log.freedom == pytest.approx(freedom)
    low, high = log.interval()
    reach = stats.t.ppf(0.975, freedom) * error
    assert (low[0], high[0]) == pytest.approx((log.mean[0] - reach, log.mean[0] + reach))


@pytest.mark.parametrize(
    "made", [made_pair(None), made_pair("event"), *(uneven_pair(seed) for seed in range(6))]
)
def test_at_the_detectable_ratio_the_test_becomes_just_clear(made):
    """Difference ≥ (t of the level + t of the power) · error, whose variance grows with the mean."""
    pair, parts, fit = made
    above, below, shift = effects.detectable(fit, 13.0, 0.05)
    n = len(parts.codes)
    factor = stats.t.ppf(0.975, 13) + stats.t.ppf(0.8, 13)
    assert shift == pytest.approx(factor * parts.error)
    mean = [side[0] for side in fit.means]
    apart = np.array([fitted_without(pair, code) for code in parts.codes]).T
    apart -= np.array(mean)[:, None]
    own, other = ((n - 1) / n * (x**2).sum() for x in apart)
    shared = (n - 1) / n * (apart[0] * apart[1]).sum()
    a = pair.a
    hits = min(
        (a.weights**2 * 100 / a.words).sum() / a.weights.sum() ** 2 * mean[0],
        own - shared**2 / other,
    )
    assert below[0] < 1 < above[0]
    for ratio in (below[0], above[0]):
        scale = ratio * mean[1] / mean[0]
        variance = scale**2 * (own - hits) + scale * hits + other - 2 * scale * shared
        assert abs(ratio - 1) * mean[1] == pytest.approx(factor * np.sqrt(variance), rel=1e-6)
    stricter = effects.detectable(fit, 13.0, 0.01)
    assert stricter[0][0] > above[0] and stricter[1][0] < below[0]
    log = effects.log_ratio(fit)._replace(freedom=13.0)
    for sign, ratio in zip((1, -1), effects.detectable_on_log(fit, log, 0.05), strict=True):
        error = log.error[0] ** 2 + hits / (mean[0] * mean[1]) * (1 / ratio[0] - 1)
        assert sign * np.log(ratio[0]) == pytest.approx(factor * np.sqrt(error), rel=1e-6)


@pytest.mark.parametrize(
    ("units", "articles", "match", "note"),
    [
        (10, 1, None, ""),
        (9, 1, None, "no p under 10 articles a side"),
        (6, 2, None, ""),
        (5, 2, None, "no p under 6 events"),
        (5, 1, None, "no p under 10 articles a side"),
        (6, 1, "event", "no p under 10 articles a side"),
        (5, 1, "event", "no p under 6 events"),
        (6, 2, "event", ""),
    ],
)
def test_a_comparison_is_tested_from_ten_articles_and_six_events_on(units, articles, match, note):
    pair = pair_of(side(units, articles=articles), side(30))
    design = Design(["hedge"], match)
    assert untested(pair, design) == note
    assert untested(Pair(pair.names, pair.b, pair.a), design) == note


@pytest.mark.parametrize(("alone", "crowded"), [(19, True), (20, False)])
def test_a_side_with_over_half_of_its_articles_on_one_event_is_not_tested(alone, crowded):
    one = side(20 + alone)
    one = one._replace(cluster=np.r_[np.zeros(20, int), np.arange(1, alone + 1)])
    pair = pair_of(one, side(30, first=200))
    said = "no p where one event has over half of a side's articles" if crowded else ""
    assert untested(pair, Design(["hedge"])) == said
    assert untested(pair, Design(["hedge"], "event")) == ""


@pytest.mark.parametrize(
    ("a", "b", "noted"),
    [
        (4, 9, True),
        (4, 8, False),
        (39, 79, True),
        (39, 78, False),
        (40, 130, False),
        (0, 9, False),
    ],
)
def test_more_than_twice_as_many_units_as_a_few_are_noted(a, b, noted):
    one, other = side(a), side(b, first=200)
    design = Design(["hedge"])

    def sizes(pair: Pair, design: Design, *, log: bool = True) -> list[str]:
        said = _tests([pair], design, np.array([[log]]), np.array([[False]])).ravel()
        return [note.split(" units")[0] for note in said if " against " in note]

    pair = pair_of(one, other)
    assert sizes(pair, design) == [f"{a} against {b}"] * noted
    assert bool(sizes(Pair(("B", "A"), other, one), design)) == noted
    assert sizes(pair, design._replace(match="event")) == []
    rest = sizes(pair, design._replace(against="rest"))
    assert sizes(pair, design, log=False) == []  # another test was made
    assert bool(rest) == (a > 0 and b > 2 * a)  # however many there are


@pytest.mark.parametrize(("words", "noted"), [(300, True), (299, False)])
def test_three_times_the_words_of_an_event_are_noted(words, noted):
    design = Design(["hedge"], "event")
    pair = pair_of(side(6, words=words), side(6))
    found = _uneven(pair, design)
    assert found == (
        ["A has 3.0 times as many words per event: p is slightly low"] if noted else []
    )
    turned = _uneven(Pair(("B", "A"), pair.b, pair.a), design)
    assert turned == found
    more = _uneven(pair_of(side(40, articles=3), side(40)), design)
    assert more == ["A has 3.0 times as many articles per event: p is slightly low"]
    few = pair_of(side(39, articles=3), side(39))
    assert _uneven(few, design) == []
    said = _tests([few], design, np.array([[True, False]]), np.array([[False, False]]))
    assert said.tolist() == [["117 against 39 articles: p of cues from the log ratio", ""]]
    assert _uneven(pair, Design(["hedge"])) == _uneven(pair, design._replace(against="rest")) == []


def test_a_side_of_more_articles_is_not_said_to_write_longer_ones():
    """Thirty articles against six, all of the same length."""
    assert _longer(pair_of(side(6), side(30))) == []


@pytest.mark.parametrize(("words", "noted"), [(200, True), (199, False)])
def test_articles_that_are_twice_as_long_are_noted(words, noted):
    found = _longer(pair_of(side(6), side(6, words=words)))
    assert bool(found) == noted
    assert not noted or found[0].startswith("articles of B are 2.0 times as long")
    assert _longer(pair_of(side(6, words=0), side(6))) == []


def test_the_number_of_units_that_a_ratio_needs_grows_with_the_square_of_its_logarithm():
    pair = pair_of(side(30), side(20))
    nothing = pair_of(side(0), side(0))
    sizes = np.array([[2.0, 1.5, np.nan, 2.0], [np.nan] * 4])
    needed = 50 * (np.log(2) / np.log(1.5)) ** 2, 30 * (np.log(2) / np.log(1.5)) ** 2
    for match, n, noun in ((None, needed[0], "articles"), ("event", needed[1], "events")):
        design = Design(["hedge", "boost", "alarm", "tone"], match)
        assert _underpowered([pair, nothing], design, sizes).tolist() == [
            [
                f"underpowered: 1.5 would take about {n:.0f} {noun}",
                "",
                "underpowered: too few hits",
                "",
            ],
            [""] * 4,
        ]


def test_groups_of_outlets_have_no_p_of_articles():
    scores = pd.DataFrame({"article": range(6), "outlet": list("ABCABC"), "side": list("xxyxxy")})
    table = pd.DataFrame({"estimate": [0.5], "p": [0.01], "verdict": ["different"], "note": ["n"]})
    found = of_outlets(table, scores, "side").iloc[0]
    assert found["estimate"] == 0.5 and np.isnan(found["p"]) and found["verdict"] == ""
    assert "compare_groups; n" in found["note"]
    assert of_outlets(table, scores, "outlet") is table
    assert of_outlets(table, scores.drop(columns="outlet"), "side") is table
    other_name, within = (scores.assign(side=list(text)) for text in ("xyzxyz", "xxyyxy"))
    assert of_outlets(table, other_name, "side") is table
    assert of_outlets(table, within, "side") is table


@pytest.mark.parametrize("name", ["compare", "rate_ratios", "keyness", "robustness"])
def test_whatever_tests_articles_tests_none_of_groups_of_outlets(name, strait_scores, strait_cues):
    """Two groups of outlets: estimates stay, and no interval, p or verdict is claimed."""
    asked = {
        "compare": {"n_resamples": 99},
        "keyness": {"n_resamples": 99},
        "robustness": {"cues": strait_cues, "measures": "hedge", "n_resamples": 99},
    }.get(name, {})
    half = {outlet: k % 2 for k, outlet in enumerate(sorted(strait_scores["outlet"].unique()))}
    scores = strait_scores.assign(side=strait_scores["outlet"].map(half).map({0: "x", 1: "y"}))
    found, single = (getattr(fr, name)(scores, by=by, **asked) for by in ("side", "outlet"))
    claims = {"low", "high", "p", "p_adjusted", "p_clearest", "p_median", "q"} & {*found}
    assert found[list(claims)].isna().all(axis=None)
    assert single[list(claims)].notna().any().all()
    assert found["note"].str.startswith("'side' is the same for all articles of an outlet: ").all()
    said = found.filter(["method", "note"]).agg(" ".join, axis=1)
    assert not said.str.contains("adjusted together|closed testing|underpowered").any()


def test_an_outlet_without_an_event_has_a_row_without_numbers_when_events_are_matched():
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.0}, events=8)
    scores = scores.assign(event=scores["event"].where(scores["outlet"] != "C", ""))
    found = fr.compare(scores, match="event", measures="hedge", n_resamples=99)
    by_pair = found.set_index(["outlet_a", "outlet_b"])
    assert np.isfinite(by_pair.loc[("A", "B"), "estimate"])
    assert by_pair.loc[[("A", "C"), ("B", "C")], "estimate"].isna().all()
    assert by_pair.loc[[("A", "C"), ("B", "C")], "events"].tolist() == [0, 0]


def test_levels_under_one_have_the_jackknife_of_a_plain_loop():
    """Sums of densities may be anything above 0, with or without a logarithm."""
    sums, weights = np.array([0.1, 0.2, 0.1, 0.3, 0.05, 0.0]), np.array([1.0, 2, 1, 1, 2, 1])
    without = (sums.sum() - sums) / (weights.sum() - weights)
    for found, turn in (
        (effects.mean_of(sums[:, None], weights, logs=True), np.log),
        (effects.mean_of(sums[:, None], weights, logs=False), lambda x: x),
    ):
        error = np.sqrt(5 / 6 * ((turn(without) - turn(without).mean()) ** 2).sum())
        assert found.mean[0] == pytest.approx(turn(0.75 / 8))
        assert (found.error[0], found.freedom) == pytest.approx((error, 8**2 / 12 - 1))


@given(
    arrays(float, st.integers(4, 9), elements=st.integers(0, 900).map(lambda n: n / 100)),
    arrays(float, st.integers(4, 9), elements=st.integers(0, 900).map(lambda n: n / 100)),
)
def test_the_standardised_difference_is_that_of_the_books(a, b):
    """Hedges' g with the mean of both variances, not known under five articles a side."""
    ones = np.ones(len(a) + len(b), int)
    both = [
        Side(x[:, None], np.ones(len(x)), ones[: len(x)], ones[: len(x)], place, place)
        for x, place in ((a, np.arange(len(a))), (b, len(a) + np.arange(len(b))))
    ]
    d, spread = (x[0] for x in effects.d_av(fitted_pair(pair_of(*both), topics=False)[1]))
    if min(len(a), len(b)) < 5 or max(np.ptp(a), np.ptp(b)) < 1e-6:
        assert np.isnan(d) and np.isnan(spread)
        return
    freedom = len(a) + len(b) - 2
    sd = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
    assert d == pytest.approx((a.mean() - b.mean()) / sd * (1 - 3 / (4 * freedom - 1)))
    assert d * spread == pytest.approx(a.mean() - b.mean())


@pytest.mark.parametrize(
    ("match", "topics", "said"),
    [
        ("event", False, ""),
        (None, False, "topic not held constant"),
        (None, True, "topic held constant, event not"),
    ],
)
def test_what_is_held_constant_is_noted(match, topics, said):
    design = Design(["hedge"], match, confirmatory=["hedge"])
    nothing, flips = np.full((1, 1), np.nan), np.array([[False]])
    known = [np.array([[1.2]]), nothing, nothing, flips, flips]
    pairs = [pair_of(side(30), side(30))]
    assert of_measures(pairs, design, [[]], known, topics=topics) == said
    known[1:3] = np.array([[0.051]]), np.array([[0.2]])
    known[0] = np.array([[2.0]])
    alike = of_measures(pairs, design, [[]], known, topics=topics).item()
    unit = "events" if match else "units"
    assert "underpowered: 1.5 would take about " in alike
    assert "for a p below .051" in alike
    assert f"neighbouring {unit} are alike (r = 0.20)" in alike
    known[:3] = np.array([[1.2]]), nothing, nothing
    design = design._replace(confirmatory=[])
    other = of_measures(pairs, design, [["shared"]], known, topics=topics).item()
    assert other == "; ".join(filter(None, ["exploratory", said, "shared"]))


def test_of_groups_of_outlets_only_what_was_counted_and_estimated_is_kept():
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.0}, events=12)
    scores["side"] = scores["outlet"].map({"A": "x", "B": "y", "C": "y"})
    table = fr.compare(scores, measures="hedge", n_resamples=99)
    found = of_outlets(table, scores, "side")
    kept = {
        "estimate", "ratio", "articles_a", "articles_b", "words_a", "words_b", "events", "units",
    }  # fmt: skip
    numbers = set(table.select_dtypes("number"))
    assert {"p", "low", "effect"} < numbers - kept
    assert found[list(numbers - kept)].isna().all(axis=None)
    pd.testing.assert_frame_equal(found[list(kept)], table[list(kept)])
    assert (found["verdict"] == "").all()


@given(st.integers(0, 10_000))
def test_within_topics_the_difference_is_that_of_least_squares(seed):
    """On side and topic; the means are those of the topics with the weights of that difference."""
    rng = np.random.default_rng(seed)
    topics, weights = [rng.integers(0, 3, 9) for _ in "ab"], [rng.uniform(1, 3, 9) for _ in "ab"]
    values = [rng.poisson(2, (9, 1)) + 1.0 * topic[:, None] for topic in topics]
    ones = np.ones(9, int)
    both = [
        Side(v, w, ones, ones, topic, 9 * k + np.arange(9))
        for k, (v, w, topic) in enumerate(zip(values, weights, topics, strict=True))
    ]
    parts, fit = fitted_pair(pair_of(*both), topics=True)
    w, y = np.concatenate(weights), np.concatenate(values)[:, 0]
    dummies = pd.get_dummies(np.concatenate(topics)).to_numpy(float)
    design = np.column_stack([np.repeat([1.0, 0.0], 9), dummies]) * np.sqrt(w)[:, None]
    slope, *_ = np.linalg.lstsq(design, y * np.sqrt(w), rcond=None)[0]
    assert parts.difference[0] == pytest.approx(slope)
    size = np.array([np.bincount(t, x, 3) for t, x in zip(topics, weights, strict=True)])
    share = np.divide(
        size.prod(axis=0), size.sum(axis=0), where=size.sum(axis=0) > 0, out=np.zeros(3)
    )
    for mean, v, t, x, n in zip(fit.means, values, topics, weights, size, strict=True):
        level = np.bincount(t, x * v[:, 0], 3) / np.maximum(n, 1e-9)
        assert mean[0] == pytest.approx(share @ level / share.sum())


@pytest.mark.parametrize("odd", [0, 1, 4])
def test_a_few_odd_articles_do_not_make_a_property_of_outlets_one_of_articles(strait_scores, odd):
    """A slip in a table of leanings gave p by articles; the articles are named."""
    outlets = sorted(strait_scores["outlet"].unique())
    side = strait_scores["outlet"].map(dict(zip(outlets, "LRLRLR", strict=True)))
    slips = strait_scores["article"].drop_duplicates().iloc[7 : 7 + odd]
    is_odd = strait_scores["article"].isin(slips)
    scores = strait_scores.assign(side=side.where(~is_odd, side.map({"L": "R", "R": "L"})))
    row = fr.compare(scores, by="side", measures="hedge", n_resamples=99).iloc[0]
    assert np.isnan([row["p"], row["p_adjusted"], row["low"]]).all()
    but = f" but {odd} of 74 ({slips.iloc[0]!r} of " if odd else ": use framing.compare_groups"
    assert row["note"].startswith(f"'side' is the same for all articles of an outlet{but}")
    found = fr.levels(scores, by="side", measures="hedge")
    assert found["low"].isna().all()  # three outlets a side


@pytest.mark.parametrize("share", [0.5, 0.95])
def test_what_differs_within_outlets_has_articles_as_units(strait_scores, share):
    """Also where nearly all articles of every outlet are of one kind."""
    rng = np.random.default_rng(2)
    articles = strait_scores["article"].unique()
    kind = dict(zip(articles, np.where(rng.random(len(articles)) < share, "x", "y"), strict=True))
    scores = strait_scores.assign(kind=strait_scores["article"].map(kind))
    notes = fr.compare(scores, by="kind", measures="hedge", n_resamples=99)["note"]
    assert not notes.str.contains("the same for all articles").any()
