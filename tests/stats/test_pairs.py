"""What comes out of a pair of outlets: p, ratios, power, topics, weights, copies, notes."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.weightstats import ttost_paired

import framing as fr
from tests.made import made_scores, tiny

PRIMARY = ["hedge", "alarm", "boost"]


def test_matched_counted_by_hand():
    """Differences 1, 1, 2, 2, 3, 3, and four of 2: mean 2, p of 2 patterns in 1024."""
    hedges = {"A": [2, 3, 3, 4, 3, 5, 2, 2, 2, 2], "B": [1, 2, 1, 2, 0, 2, 0, 0, 0, 0]}
    table = fr.compare(tiny(hedges), match="event")
    row = table.iloc[0]
    assert row["estimate"] == pytest.approx(2.0)
    assert row["p"] == row["p_adjusted"] == 2 / 1024
    assert row[["events", "articles_a", "words_b"]].tolist() == [10, 10, 1000]


def test_pairs_on_every_event_counted_by_hand():
    """Of cues there is a ratio, also to none; of tone there is no ratio."""
    scores = tiny({"A": [3, 1], "B": [2, 0]}).assign(tone=0.1)
    found = fr.event_pairs(scores, measures=["hedge", "tone"]).set_index(["measure", "event"])
    assert found.loc["hedge", ["value_a", "value_b", "ratio"]].to_numpy().tolist() == [
        [3, 2, 1.5], [1, 0, np.inf],
    ]  # fmt: skip
    assert found.loc["tone", "ratio"].isna().all()


@settings(max_examples=10, deadline=None)
@given(
    st.sampled_from([None, "event"]),
    st.sampled_from(["pairs", "rest", "B"]),
    st.sampled_from(["articles", "words"]),
    st.sampled_from(["", "xyz"]),
    st.integers(2, 5),
)
def test_words_and_hits_times_k_change_nothing(match, against, weight, topics, k):
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 2.0}, events=12)
    place = scores["article"].str.split("-").str[1].astype(int)
    scores = scores.assign(topic=[topics[n % 3 : n % 3 + 1] for n in place])
    counts = ["words", *PRIMARY, "cond"]
    more = scores.assign(**{name: k * scores[name] for name in counts})
    how = {"match": match, "against": against, "weight": weight, "n_resamples": 100}
    one, two = (fr.compare(s, **how) for s in (scores, more))
    columns = ["estimate", "low", "high", "effect", "p", "p_adjusted", "verdict"]
    pd.testing.assert_frame_equal(one[columns], two[columns])


def test_swapped_names_turn_the_sign():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=10)
    turned = scores.assign(outlet=scores["outlet"].map({"A": "B", "B": "A"}))
    one, two = (fr.compare(s, match="event", n_resamples=1024) for s in (scores, turned))
    assert one["estimate"].to_numpy() == pytest.approx(-two["estimate"].to_numpy())
    assert one["p"].tolist() == two["p"].tolist()


def test_where_nothing_differs_one_in_twenty_is_called_different():
    """400 measures that differ between articles and events alone: 3 to 7 % come out below .05."""
    scores = tiny({"A": [0] * 20, "B": [0] * 20})
    rng = np.random.default_rng(11)
    event = rng.gamma(4, 1 / 2, (20, 400))[scores["event"].str[1:].astype(int)]
    counts = pd.DataFrame(rng.poisson(event * rng.gamma(4, 1 / 4, event.shape)))
    scores = scores.join(counts.add_prefix("m"))
    between = scores.assign(outlet=rng.permutation(scores["outlet"]), event="")
    for match, table in (("event", scores), (None, between)):
        found = fr.compare(
            table, match=match, measures=list(counts.add_prefix("m")), n_resamples=499
        )
        assert 0.03 <= (found["p"] <= 0.05).mean() <= 0.07


@pytest.mark.parametrize(
    ("how", "method"),
    [
        ({}, "Between articles, 499 sign flips, closed testing of pairs"),
        ({"match": "event"}, "Within events, 499 sign flips, closed testing of pairs"),
        (
            {"weight": "words"},
            "Between articles, every word counts the same, 499 sign flips, closed testing of pairs",
        ),
    ],
)
def test_method_is_a_clause_and_the_steps_are_the_sentences(how, method):
    scores = made_scores({"A": 2.0, "B": 1.6, "C": 1.5}, events=14)
    table = fr.compare(scores, n_resamples=499, **how)
    assert table["method"].unique().tolist() == [f"{method}, 12 tests adjusted together"]
    counted = "every word counts" if "weight" in how else "each counts"
    for word in (method.split(",")[0], counted, "two outlets", "p: ", "499", "95% interval"):
        assert word in fr.steps(table)


@pytest.mark.parametrize(
    ("against", "whom"),
    [("rest", "an outlet and the mean of all others over"), ("B", "an outlet and B over")],
)
def test_the_steps_name_whom_outlets_are_compared_with(against, whom):
    scores = made_scores({"A": 2.0, "B": 1.6, "C": 1.5}, events=14)
    assert whom in fr.steps(fr.compare(scores, against=against, n_resamples=19))


def test_the_number_of_negated_cues_is_a_measure_only_if_asked_for():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12).assign(negated=1)
    assert "negated" not in set(fr.compare(scores, n_resamples=19)["measure"])
    assert "negated" not in set(fr.levels(scores)["measure"])
    assert fr.levels(scores, measures="negated")["mean"].gt(0).all()


def test_events_that_do_not_differ_cannot_speak():
    """Six of ten differences are 0: the smallest p is 2/2⁴, and the note says so."""
    table = fr.compare(tiny({"A": [1] * 4 + [0] * 6, "B": [0] * 10}), match="event")
    assert table["p"].iloc[0] == 2 / 16
    assert "too few events differ for a p below .125" in table["note"].iloc[0]


def test_against_the_rest_is_against_the_mean_of_the_others():
    """Means 3, 1 and 2: A less 1.5, B less 2.5, C less 2; however many articles C has."""
    scores = tiny({"A": [3] * 12, "B": [1] * 12, "C": [2] * 12})
    more = tiny({"C": [2] * 12}).assign(article=lambda t: t["article"] + "#2", words=100)
    for table in (scores, pd.concat([scores, more])):
        for match in (None, "event"):
            found = fr.compare(table, match=match, against="rest", n_resamples=99)
            assert found["outlet_a"].tolist() == ["A", "B", "C"]
            assert set(found["outlet_b"]) == {"all others"}
            assert found["estimate"].to_numpy() == pytest.approx([1.5, -1.5, 0.0])


def test_against_one_outlet_are_the_pairs_with_it():
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=14)
    key, same = ["outlet_a", "outlet_b"], ["estimate", "p", "low", "high"]
    for match in (None, "event"):
        pairs = fr.compare(scores, match=match, measures="hedge").set_index(key)
        found = fr.compare(scores, match=match, measures="hedge", against="C").set_index(key)
        assert found.index.tolist() == [("A", "C"), ("B", "C")]
        pd.testing.assert_frame_equal(found[same], pairs.loc[found.index, same])
    with pytest.raises(ValueError, match='against must be "pairs", "rest" or one of A, B, C'):
        fr.compare(scores, against="D")


def test_two_outlets_against_the_rest_are_the_pair():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=14)
    for match in (None, "event"):
        pair = fr.compare(scores, match=match).query("outlet_a == 'A'").reset_index()
        rest = fr.compare(scores, match=match, against="rest").query("outlet_a == 'A'")
        columns = ["estimate", "low", "high", "p", "ratio", "ratio_low"]
        pd.testing.assert_frame_equal(rest.reset_index()[columns], pair[columns])


def test_articles_without_an_event_are_left_out_and_counted():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=14)
    loose = made_scores({"A": 9.0}, events=3, matched=False)
    loose["article"] = "loose" + loose["article"]
    alone = fr.compare(scores, match="event")
    among = fr.compare(pd.concat([scores, loose]), match="event")
    said = "3 articles of A without an event left out"
    assert among["note"].str.contains(said).all()
    pd.testing.assert_frame_equal(among.drop(columns="note"), alone.drop(columns="note"))


def test_equivalent_is_more_than_not_different():
    """The same rates: with 8 events nothing can be said, with 400 they are within 1.25."""
    few, many = (
        fr.compare(made_scores({"A": 2.0, "B": 2.0}, events=n), match="event", measures="hedge")
        for n in (12, 400)
    )
    assert few["verdict"].tolist() == ["undecided"] and few["p_equivalent"].iloc[0] > 0.05
    assert many["verdict"].tolist() == ["equivalent"] and many["p_equivalent"].iloc[0] < 0.05
    apart = fr.compare(made_scores({"A": 3.0, "B": 2.0}, events=400), match="event")
    assert apart["verdict"].iloc[0] == "different" and apart["p_equivalent"].iloc[0] > 0.9


def test_notes_say_what_makes_a_test_doubtful():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=14)
    long = scores.assign(words=scores["words"].where(scores["outlet"] == "A", 4 * scores["words"]))
    notes = fr.compare(long, match="event", measures="hedge")["note"].iloc[0]
    assert "B has 4.1 times as many words per event" in notes
    assert "articles of B are 4.1 times as long" in notes
    assert "times as" not in fr.compare(scores, match="event", measures="hedge")["note"].iloc[0]


def test_every_pair_comes_once_in_alphabetical_order():
    scores = made_scores({"C": 1.0, "a": 1.0, "B": 1.0}, events=6)
    pairs = fr.compare(scores, measures="hedge", n_resamples=10)[["outlet_a", "outlet_b"]]
    assert [tuple(p) for p in pairs.to_numpy()] == list(itertools.combinations("BCa", 2))


def test_ratio_is_that_of_the_means_and_its_interval_holds_it():
    """Means 20/6 and 8/6: ratio 2.5; tone has no ratio."""
    scores = tiny({"A": [2, 3, 3, 4, 3, 5], "B": [1, 2, 1, 2, 1, 1]})
    row = fr.compare(scores, match="event").iloc[0]
    assert row["ratio"] == pytest.approx(2.5)
    assert row["ratio_low"] < 2.5 < row["ratio_high"]
    toned = fr.compare(made_scores({"A": 2.0, "B": 1.0}, events=8), measures="tone", n_resamples=50)
    assert toned[["ratio", "ratio_low", "ratio_high"]].isna().all(axis=None)


def test_intervals_of_the_ratio_cover_it():
    """200 samples of 20 events with ratio 1.5: 91 to 99 % of the intervals hold it."""
    scores = tiny({"A": [0] * 20, "B": [0] * 20})
    rng = np.random.default_rng(12)
    event = rng.gamma(8, 1 / 2, (20, 200))[scores["event"].str[1:].astype(int)]
    rate = np.where(scores["outlet"] == "A", 1.5, 1.0)[:, None]
    counts = pd.DataFrame(rng.poisson(event * rate * rng.gamma(8, 1 / 8, event.shape)))
    scores = scores.join(counts.add_prefix("m"))
    measures = list(counts.add_prefix("m"))
    for match in ("event", None):
        table = fr.compare(scores, match=match, measures=measures, n_resamples=499)
        covered = ((table["ratio_low"] <= 1.5) & (table["ratio_high"] >= 1.5)).mean()
        assert 0.91 <= covered <= (0.99 if match else 1.0), (match, covered)


def test_weak_comparisons_say_how_much_it_would_take():
    scores = made_scores({"A": 1.0, "B": 1.0}, events=10, seed=1)
    row = fr.compare(scores, match="event", measures="hedge", n_resamples=99).iloc[0]
    assert row["detectable"] > 1.5 and "underpowered: 1.5 would take about" in row["note"]
    none = fr.compare(scores.assign(hedge=0), match="event", measures="hedge", n_resamples=99)
    assert none["note"].str.contains("underpowered: too few hits").all()
    many = made_scores({"A": 4.0, "B": 4.0}, events=80, seed=1)
    assert fr.compare(many, match="event", measures="hedge", n_resamples=99)["note"].tolist() == [
        ""
    ]


def test_words_weigh_the_same_if_asked():
    """2 of 100 and 9 of 300 words against 1 of 100 and 2 of 200: 11/400 − 3/300.

    Within events, of 100 against 100 and 300 against 200 words: (50 · 1 + 120 · 2) / 170.
    """
    scores = tiny({"A": [2, 9], "B": [1, 2]}).assign(words=[100, 300, 100, 200])
    row = fr.compare(scores, weight="words").iloc[0]
    assert (row["estimate"], row["ratio"]) == pytest.approx((100 * 11 / 400 - 1, 2.75))
    row = fr.compare(scores, match="event", weight="words").iloc[0]
    assert (row["estimate"], row["ratio"]) == pytest.approx((290 / 170, 1 + 290 / 170))


@pytest.mark.parametrize("against", ["pairs", "rest"])
@pytest.mark.parametrize("match", [None, "event"])
def test_who_writes_at_length_of_what_does_not_differ_where_it_is_constant(match, against):
    """Equal in every event, but A has eight times the words where hedges abound."""
    scores = tiny({name: [0] * 12 for name in "ABC"}).assign(boost=0)
    place = scores["event"].str[1:].astype(int)
    long = (place % 2 == 0) == (scores["outlet"] == "A")
    hits = np.where(place % 2 == 0, 4, 1)
    scores = scores.assign(words=np.where(long, 800, 100), hedge=np.where(long, 8, 1) * hits)
    if not match:
        scores = scores.assign(topic="t" + (place % 2).astype(str), event="")
    how = {"match": match, "against": against, "weight": "words", "measures": "hedge"}
    table = fr.compare(scores, n_resamples=99, **how)
    assert table["estimate"].to_numpy() == pytest.approx(0)
    assert table["ratio"].to_numpy() == pytest.approx(1)


@pytest.mark.parametrize("match", [None, "event"])
@pytest.mark.parametrize("against", ["pairs", "rest", "B"])
@pytest.mark.parametrize("topics", [False, True])
def test_words_of_articles_of_one_length_weigh_as_articles_do(match, against, topics):
    """A weight in words that meets one in articles would not: 300 words are not 1."""
    scores = made_scores(dict.fromkeys("ABC", 2.0), events=12).assign(words=300)
    rng = np.random.default_rng(2)
    scores = scores[rng.random(len(scores)) < 0.9].drop_duplicates("article")
    if topics:
        scores = scores.assign(topic=rng.choice(["x", "y", "z"], len(scores)))
    how = {"match": match, "against": against, "n_resamples": 99}
    words, articles = (fr.compare(scores, weight=w, **how) for w in ("words", "articles"))
    pd.testing.assert_frame_equal(*(t.drop(columns="method") for t in (words, articles)))


def within_topics(scores: pd.DataFrame, outlet: str, measure: str) -> tuple[float, float]:
    """Difference and ratio of an outlet and the mean of the others, topic by topic, in words."""
    own = scores["outlet"] == outlet
    words = scores["words"].groupby(scores["outlet"]).transform("sum")
    same = scores["words"] / words * scores["words"][~own].sum() / scores["outlet"][~own].nunique()
    sums = np.zeros(3)
    for _, rows in scores.assign(weight=scores["words"].where(own, same)).groupby("topic"):
        sides = [rows[own[rows.index] == which] for which in (True, False)]
        if all(map(len, sides)):
            n_a, n_b = (side["weight"].sum() for side in sides)
            rates = [
                100 * np.average(side[measure] / side["words"], weights=side["weight"])
                for side in sides
            ]
            sums += n_a * n_b / (n_a + n_b) * np.array([*rates, 1])
    return (sums[0] - sums[1]) / sums[2], sums[0] / sums[1]


def test_within_topics_words_weigh_the_same_on_both_sides():
    """Of an outlet against all others, too: a topic has the weight n_a n_b / (n_a + n_b) words."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 3.0}, events=20, matched=False)
    scores = scores.drop_duplicates("article").reset_index(drop=True)
    size = np.random.default_rng(1).integers(3, 12, len(scores))
    scores = scores.assign(topic=[f"t{k**2 % 7}" for k in scores.index], words=100 * size)
    table = fr.compare(scores, against="rest", weight="words", n_resamples=99)
    for row in table[table["measure"].isin(PRIMARY)].itertuples():
        difference, ratio = within_topics(scores, row.outlet_a, row.measure)
        assert row.estimate == pytest.approx(difference)
        assert row.ratio == pytest.approx(ratio)


def confounded() -> pd.DataFrame:
    """No difference within topics, but A writes of war (4 hedges), B of sport (1)."""
    rng = np.random.default_rng(2)
    topics = {"A": ["war"] * 30 + ["sport"] * 10, "B": ["war"] * 10 + ["sport"] * 30}
    scores = tiny({name: [0] * 40 for name in topics}, events=False)
    topic = np.r_[topics["A"], topics["B"]]
    return scores.assign(topic=topic, hedge=rng.poisson(np.where(topic == "war", 4, 1)))


def test_within_topics_the_estimate_is_that_of_least_squares():
    scores = confounded()
    fit = smf.ols("hedge ~ outlet + topic", scores).fit()
    row = fr.compare(scores, n_resamples=999).iloc[0]
    assert row["estimate"] == pytest.approx(-fit.params["outlet[T.B]"])
    low, high = -fit.conf_int().loc["outlet[T.B]"].to_numpy()[::-1]
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=0.2)


def test_within_topics_the_ratio_is_the_one_of_every_topic():
    """A has 1.6 times B's rate in both; the means of least squares have 1.55."""
    scores = tiny({"A": [16] * 30 + [4] * 10, "B": [10] * 10 + [2.5] * 30}, events=False)
    topic = ["war"] * 30 + ["sport"] * 10 + ["war"] * 10 + ["sport"] * 30
    scores = scores.assign(topic=topic, hedge=(2 * scores["hedge"]).astype(int))
    row = fr.compare(scores, n_resamples=99).iloc[0]
    assert row["ratio"] == pytest.approx(1.6)
    war, sport = 10 * 30 / 40, 30 * 10 / 40  # articles of a times those of b, over both
    assert row["estimate"] == pytest.approx(2 * (war * 6 + sport * 1.5) / (war + sport))


def test_within_topics_the_ratio_of_shares_is_statsmodels_pooled_one():
    """Articles with one hedge or none: the risk ratio of Mantel and Haenszel over four topics."""
    rng = np.random.default_rng(8)
    table = pd.DataFrame({"outlet": rng.choice(["A", "B"], 200), "topic": rng.choice(4, 200)})
    chance = 0.2 + 0.1 * table["topic"] + 0.2 * (table["outlet"] == "A")
    table = table.assign(hedge=rng.binomial(1, chance), words=100, role="body", event="")
    table = table.assign(article=[f"a{k}" for k in range(200)], topic=table["topic"].astype(str))
    counts = [
        [[(side["hedge"] == hit).sum() for hit in (1, 0)] for _, side in rows.groupby("outlet")]
        for _, rows in table.groupby("topic")
    ]
    want = StratifiedTable([np.array(cells) for cells in counts]).riskratio_pooled
    assert fr.compare(table, n_resamples=19)["ratio"].item() == pytest.approx(want)


def test_equivalence_within_events_is_that_of_statsmodels_paired_tests():
    """400 events whose rates vary little, so that the log of a mean is the mean of the logs."""
    rng = np.random.default_rng(9)
    event = rng.normal(1_000_000, 400, 400)
    counts = {
        name: rng.normal(event * times, 300).round() for name, times in (("A", 1.00006), ("B", 1))
    }
    scores = tiny({name: list(x) for name, x in counts.items()}).assign(words=10_000_000)
    scores["hedge"] = scores["hedge"].astype(int)
    found = fr.compare(scores, match="event", smallest=1.0001, n_resamples=19).iloc[0]
    logs = [np.log(counts[name]) for name in "AB"]
    want = ttost_paired(*logs, -np.log(1.0001), np.log(1.0001))[0]
    assert 0.001 < want < 0.5
    assert found["p_equivalent"] == pytest.approx(want, rel=0.01)


def test_a_ratio_within_topics_is_found_by_its_interval():
    """Rates of 4 and 1, thrice as many articles of A on the first: 200 runs, 1.6 in both."""
    rng = np.random.default_rng(3)
    rates = {"A": [4] * 30 + [1] * 10, "B": [4] * 10 + [1] * 30}
    scores = tiny({name: [0] * 40 for name in rates}, events=False)
    rate = np.r_[1.6 * np.array(rates["A"]), rates["B"]][:, None]
    counts = pd.DataFrame(rng.poisson(rate * rng.gamma(4, 1 / 4, (80, 200)))).add_prefix("m")
    scores = scores.assign(topic=np.r_[rates["A"], rates["B"]].astype(str)).join(counts)
    found = fr.compare(scores, measures=list(counts), n_resamples=19)
    assert np.log(found["ratio"]).mean() == pytest.approx(np.log(1.6), abs=0.03)
    inside = found["ratio_low"].le(1.6) & found["ratio_high"].ge(1.6)
    assert 0.91 <= inside.mean() <= 0.98


def test_articles_on_topics_of_one_outlet_alone_are_left_out():
    scores = confounded()
    scores.loc[scores["outlet"] == "B", "topic"] = "sport"
    row = fr.compare(scores, n_resamples=99).iloc[0]
    assert row[["articles_a", "articles_b"]].tolist() == [10, 40]


@pytest.mark.parametrize("match", [None, "event"])
def test_marked_copies_change_nothing_and_others_are_reported(match):
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12)
    scores["text"] = scores["article"] + scores["paragraph"].astype(str)
    again = scores[scores["outlet"] == "A"]
    again = again.assign(article=again["article"] + "#2")
    plain, unmarked, marked = (
        fr.compare(pd.concat([scores, *more]), match=match, n_resamples=99)
        for more in ([], [again], [again.assign(copy_of=again["article"].str[:-2])])
    )
    pd.testing.assert_frame_equal(plain, marked)
    said = "12 articles of A repeat another one of it word for word"
    assert unmarked["note"].str.contains(said).all() and not plain["note"].str.contains(said).any()


@pytest.mark.parametrize("match", [None, "event"])
@pytest.mark.parametrize("how", [{"weight": "words"}, {"topics": True}])
def test_three_articles_with_a_cue_have_no_interval_however_they_are_weighed(match, how):
    """Weights and strata turn zeros into other numbers; what is rare stays rare."""
    scores = tiny({"A": [1, 2, 3] + [0] * 9, "B": [0] * 12})
    scores["words"] = 100 + 10 * scores.index
    if how.pop("topics", False):
        scores["topic"] = ["war", "sport"] * 12
    row = fr.compare(scores, match=match, measures="hedge", n_resamples=199, **how).iloc[0]
    assert np.isnan([row["low"], row["high"], row["detectable"]]).all()


def test_outlets_that_are_like_a_third_are_alike_only_over_the_same_events():
    """All pairs of three outlets are tested as closed; over other events, or topics, as maxT."""
    scores = made_scores({"A": 2.0, "B": 1.2, "C": 1.0}, events=16)
    number = scores["event"].str[1:].astype(int)
    apart = scores[(scores["outlet"] != "C") | (number < 12)]
    topics = scores.assign(topic=np.where(number < 8, "x", "y"))
    two = scores[scores["outlet"] != "C"]
    for table, match, closed in (
        (scores, "event", True), (scores, None, True), (apart, None, True),
        (apart, "event", False), (topics, None, False), (two, "event", False),
    ):  # fmt: skip
        found = fr.compare(table, match=match, n_resamples=499)
        assert found["method"].str.contains("closed testing of pairs").all() == closed
        assert ("closed testing of pairs" in fr.steps(found)) == closed
        tested = found.dropna(subset="p_adjusted")
        assert (tested["p_adjusted"] >= tested["p"]).all()
    for against in ("rest", "A"):
        assert not fr.compare(scores, against=against)["method"].str.contains("closed").any()


def test_what_can_be_found_knows_how_many_outlets_are_tested_together():
    """A pair of k outlets has 2/k of the level from four on; what it could find stayed the same."""
    scores = made_scores(dict.fromkeys("ABCDE", 1.2), events=40)
    tables = [scores[scores["outlet"].isin(list("ABCDE"[:k]))] for k in (3, 4, 5)]
    first = [fr.compare(table, measures="hedge", n_resamples=199).iloc[0] for table in tables]
    three, four, five = ((row["detectable"], row["detectable_below"]) for row in first)
    assert three[0] < four[0] < five[0] and three[1] > four[1] > five[1]


def test_closed_testing_finds_more_where_one_outlet_differs():
    """With A apart from three equal outlets: no pair is less clear than times all tests."""
    scores = made_scores({"A": 2.0, "B": 1.3, "C": 1.3, "D": 1.3}, events=30, seed=4)
    found = fr.compare(scores, match="event", n_resamples=1999, measures=PRIMARY)
    assert set(found["outlet_a"][found["p_adjusted"] < 0.05]) == {"A"}
    clear = found[(found["measure"] == "hedge") & (found["outlet_a"] == "A")]
    assert (clear["p_adjusted"] <= np.maximum(18 * clear["p"], 4 / 2000)).all()
