"""Topics held constant: every pattern fitted anew, pairs by hand, and how often p is wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

import framing as fr
from framing.stats.contrasts import contrasted
from framing.stats.fitting import fitted
from framing.stats.flips import sign_flip_test, statistics
from framing.stats.lopsided import unlike
from framing.stats.sides import Design, Pair, pairs, sides
from framing.stats.signs import all_signs, draw_signs
from framing.stats.strata import different, joined
from tests.made import fitted_pair


def articles_of(
    outlet: np.ndarray, topic: np.ndarray, values: np.ndarray, event: np.ndarray | str = ""
) -> pd.DataFrame:
    """Articles of 300 words, summed up already."""
    table = pd.DataFrame(values).add_prefix("m")
    about = {"outlet": outlet, "topic": topic, "event": event, "words": 300, "content": 0}
    return table.assign(article=[f"a{k:03}" for k in range(len(table))], **about)


def design_of(articles: pd.DataFrame, **more) -> Design:
    return Design([name for name in articles if name[0] == "m"], **{"n_resamples": 999} | more)


def pair_of(articles: pd.DataFrame) -> Pair:
    design = design_of(articles)
    return next(pairs(sides(articles, "outlet", design).outlets, design, topics=True))


def dealt(rng: np.random.Generator, n: int, topics: int) -> tuple[np.ndarray, np.ndarray]:
    """So many articles of A and of B, on topics at random."""
    return np.repeat(["A", "B"], n), np.array(
        [f"t{k:02}" for k in rng.integers(topics, size=2 * n)]
    )


@pytest.mark.parametrize("topics", ["xyz", "xy"])
def test_every_pattern_is_fitted_anew(topics):
    """Least squares of flipped residuals on outlet and topics; t from the residuals by event."""
    rng = np.random.default_rng(4)
    outlet = np.array(list("AABBAB" * 3))
    topic = np.repeat(list(topics), 18 // len(topics))
    place = [0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 0, 8, 9, 10, 11, 2, 11, 6]
    event = np.array([f"e{k:02}" for k in place])
    articles = articles_of(outlet, topic, rng.normal(size=(18, 2)), event)
    parts = fitted_pair(pair_of(articles), topics=True)[0]
    assert parts.strata is not None and parts.strata.number == len(topics)
    signs = all_signs(12)
    moved, squares = statistics(parts, signs, slice(0, 64))
    dummies = pd.get_dummies(topic).to_numpy(float)
    design = np.column_stack([outlet == "A", dummies]).astype(float)
    pull = design[:, 0] - dummies @ np.linalg.lstsq(dummies, design[:, 0], rcond=None)[0]
    of = pd.get_dummies(event).to_numpy(float)
    for k in range(2):
        values = articles[f"m{k}"].to_numpy()
        left = values - dummies @ np.linalg.lstsq(dummies, values, rcond=None)[0]
        for n in range(64):
            flipped = left * (of @ (1 - 2 * signs.minus(np.arange(12), slice(0, 64))[:, n]))
            effects = np.linalg.lstsq(design, flipped, rcond=None)[0]
            score = of.T @ (pull * (flipped - design @ effects)) / (pull @ pull)
            assert moved[k, n] == pytest.approx(effects[0])
            error = np.sqrt(score @ score * 12 / (12 - len(topics)))
            assert np.sqrt(squares[k, n]) == pytest.approx(abs(effects[0]) / error)


def test_of_pairs_on_a_topic_p_is_that_of_their_differences():
    """One article a side on each of twelve topics: all sign flips of the differences."""
    values = np.random.default_rng(5).normal(0.5, 1, (24, 3)).round(1)
    topic = np.tile([f"t{k:02}" for k in range(12)], 2)
    articles = articles_of(np.repeat(["A", "B"], 12), topic, values)
    found = contrasted(articles, design_of(articles, n_resamples=9999), by="outlet")
    assert found["units"].eq(12).all()
    for k in range(3):
        difference = values[:12, k] - values[12:, k]
        want = stats.permutation_test(
            (difference,), np.mean, permutation_type="samples", n_resamples=np.inf
        ).pvalue
        assert found["p"][k] == pytest.approx(want)


def test_clusters_of_a_stratum_are_joined_and_what_an_event_joins_to_them():
    cluster, place = np.array([0, 1, 2, 3, 4, 5, 3]), np.array([0, 1, 1, 2, 0, 2, 1])
    rows = np.isin(place, [0, 2])
    assert joined(cluster, place, rows).tolist() == [0, 1, 2, 3, 0, 3, 3]
    assert joined(cluster, place, ~rows).tolist() == [0, 1, 1, 1, 4, 5, 1]
    assert different(cluster, place, rows).tolist() == [2, 0, 2]


@pytest.mark.parametrize(("n", "topics"), [(20, 20), (15, 10), (40, 40), (30, 5)])
def test_with_many_topics_one_in_twenty_is_called_different(n, topics):
    """40 corpora × 15 measures without a difference; least squares beside it is right, too."""
    rng = np.random.default_rng(n)
    p, out = [], []
    for _ in range(40):
        outlet, topic = dealt(rng, n, topics)
        level = rng.normal(size=(topics, 15))[np.unique(topic, return_inverse=True)[1]]
        articles = articles_of(outlet, topic, level + rng.normal(size=(2 * n, 15)))
        found = contrasted(articles, design_of(articles, n_resamples=499), by="outlet")
        known = found[found["p"].notna()]
        p += known["p"].tolist()
        out += ((known["low"] > 0) | (known["high"] < 0)).tolist()
    share = np.mean(np.array(p) <= 0.05)
    assert len(p) > 300 and share == pytest.approx(0.05, abs=4 * np.sqrt(0.0475 / len(p)))
    assert np.mean((np.array(p) <= 0.05) != np.array(out)) <= 0.01


def test_of_many_articles_the_interval_is_that_of_least_squares():
    rng = np.random.default_rng(6)
    outlet, topic = dealt(rng, 300, 12)
    values = rng.normal(size=(600, 4)) + 0.1 * (outlet == "A")[:, None]
    articles = articles_of(outlet, topic, values)
    design = np.column_stack([outlet == "A", pd.get_dummies(topic)]).astype(float)
    found = contrasted(articles, design_of(articles, n_resamples=9999), by="outlet")
    for k in range(4):
        effects, rss, *_ = np.linalg.lstsq(design, values[:, k], rcond=None)
        error = np.sqrt(rss[0] / (600 - 13) * np.linalg.inv(design.T @ design)[0, 0])
        reach = (found["high"][k] - found["low"][k]) / 2
        assert found["estimate"][k] == pytest.approx(effects[0])
        assert reach == pytest.approx(stats.t.ppf(0.975, 587) * error, rel=0.06)


def test_one_topic_is_none():
    """To the last digit."""
    rng = np.random.default_rng(7)
    articles = articles_of(np.repeat(["A", "B"], 20), "", rng.gamma(1, 1, (40, 3)))
    none, one = (
        contrasted(articles.assign(topic=topic), design_of(articles), by="outlet")
        for topic in ("", "x")
    )
    drop = ["method", "note"]
    assert_frame_equal(none.drop(columns=drop), one.drop(columns=drop), check_exact=True)


def test_topics_give_the_same_numbers_in_every_order_of_rows():
    """And for a pair whatever else is compared; adjusted p know of the others."""
    rng = np.random.default_rng(8)
    outlet, topic = dealt(rng, 45, 10)
    outlet[::3] = "C"
    table = pd.DataFrame({"outlet": outlet, "topic": topic, "hedge": rng.poisson(3, 90)})
    table["article"] = [f"a{k}" for k in range(90)]
    table = table.assign(
        role="body", paragraph=0, words=300, tone=rng.normal(0, 0.1, 90), event=table.index // 3
    ).astype({"event": str})
    once, again = (fr.compare(t, n_resamples=499) for t in (table, table.sample(frac=1)))
    assert_frame_equal(once, again, check_exact=True)
    two = fr.compare(table[table["outlet"] != "C"], n_resamples=499)
    same = ["measure", "estimate", "low", "high", "p"]
    both = once[(once["outlet_a"] == "A") & (once["outlet_b"] == "B")].reset_index(drop=True)
    assert_frame_equal(both[same], two[same], check_exact=True)


def test_exact_and_random_patterns_agree():
    rng = np.random.default_rng(9)
    outlet, topic = dealt(rng, 7, 2)
    articles = articles_of(outlet, topic, rng.normal(0, 1, (14, 20)))
    parts = fitted_pair(pair_of(articles), topics=True)[0]
    names = sides(articles, "outlet", design_of(articles)).clusters
    few = sign_flip_test(parts, draw_signs(names, n_resamples=3999, seed=1)).p
    n = len(parts.codes)
    exact = sign_flip_test(parts._replace(codes=np.arange(n)), all_signs(n)).p
    assert few == pytest.approx(exact, abs=0.06)


@pytest.mark.parametrize("weighted", [False, True])
def test_variances_are_those_of_articles_without_what_their_topics_add(weighted):
    """Least squares on outlet and topic; a topic's share is taken off, the outlet's is not."""
    rng = np.random.default_rng(11)
    outlet, topic = dealt(rng, 20, 3)
    shift = pd.Series(topic).map({"t00": 0.0, "t01": 5.0, "t02": -4.0}).to_numpy()
    articles = articles_of(outlet, topic, (rng.normal(size=40) + shift)[:, None])
    pair = pair_of(articles)
    if weighted:
        a, b = (side._replace(weights=rng.uniform(1, 3, len(side.weights))) for side in pair[1:])
        pair = pair._replace(a=a, b=b)
    values = np.vstack([pair.a.measured, pair.b.measured])[:, 0]
    weights = np.r_[pair.a.weights, pair.b.weights]
    place = np.r_[pair.a.place, pair.b.place]
    dummies = (place[:, None] == np.unique(place)).astype(float)
    on_a = np.arange(len(values)) < len(pair.a.weights)
    root = np.sqrt(weights)[:, None]
    effects = np.linalg.lstsq(
        root * np.column_stack([on_a, dummies]), root[:, 0] * values, rcond=None
    )[0]
    without = values - dummies @ effects[1:]
    expected = [np.var(without[side], ddof=1) for side in (on_a, ~on_a)]
    found = fitted_pair(pair, topics=True)[1].variances
    assert np.concatenate(found).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("how", [{}, {"match": "event"}, {"weight": "words"}, {"against": "rest"}])
@pytest.mark.parametrize("topics", [0, 5])
def test_comparisons_that_are_fitted_together_have_the_numbers_of_each_alone(how, topics):
    """To the last digit: outlets of one article and of thirty, without one topic or event in common."""
    rng = np.random.default_rng(12)
    outlet = np.repeat(list("ABCDEF"), [30, 12, 7, 5, 2, 1])
    topic = np.array([f"t{k}" for k in rng.integers(topics, size=57)]) if topics else ""
    event = np.array([f"e{k}" if k < 9 else "" for k in rng.integers(14, size=57)])
    values = rng.poisson(0.4, (57, 3)) * rng.gamma(1, 1, (57, 3))
    articles = articles_of(outlet, topic, values, event)
    articles["words"] = rng.integers(40, 900, 57)
    if topics:
        articles.loc[outlet == "E", "topic"] = "other"
    design, held = design_of(articles, **how), bool(topics) and "match" not in how
    couples = list(pairs(sides(articles, "outlet", design).outlets, design, topics=held))
    parts, fit = fitted(couples, topics=held)
    tests = unlike(couples, fit, design, np.full(3, True))
    for k, pair in enumerate(couples):
        known, alone = fitted([pair], topics=held)
        for field, of_one in zip(fit, alone, strict=True):
            assert np.array_equal(field[..., [k], :], of_one, equal_nan=True)
        assert all(map(np.array_equal, parts[k][:3], known[0][:3]))
        assert (parts[k].strata is None) == (known[0].strata is None)
        assert not parts[k].strata or all(map(np.array_equal, parts[k].strata, known[0].strata))
        beside = unlike([pair], alone, design, np.full(3, True))
        for test, of_one in zip(tests, beside, strict=True):
            got = np.array(test)[..., [k], :]
            assert np.allclose(got, np.array(of_one), rtol=1e-12, atol=0, equal_nan=True)
