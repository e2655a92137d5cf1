"""Rate ratios of the model: by hand, against statsmodels, and with known answers put in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import framing as fr
from framing.stats.regression import _regression, _shares, _told_apart
from tests.made import made_scores, tiny


def reference(scores: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Logarithms of A over B, A over C, B over C by statsmodels' GLM, dummies for events."""
    rows = scores.groupby(["outlet", "event"])[["hedge", "words"]].sum().reset_index()
    outlets, events = (pd.get_dummies(rows[name]).to_numpy(float) for name in ("outlet", "event"))
    design = np.hstack([outlets[:, 1:], events])

    def fitted(kept):
        some = design[kept][:, design[kept].any(axis=0)]
        model = sm.GLM(
            rows["hedge"][kept], some, sm.families.Poisson(), rows["words"][kept].map(np.log)
        )
        b, c = model.fit().params.to_numpy()[:2]
        return np.array([-b, -c, b - c])

    everything = fitted(np.ones(len(rows), bool))
    without = [fitted((rows["event"] != event).to_numpy()) for event in rows["event"].unique()]
    moved = np.array(without) - everything
    return everything, np.sqrt((moved**2).sum(axis=0) * (len(without) - 1) / len(without))


def test_with_equal_words_the_ratio_is_that_of_the_counts():
    """Thirty hedges against twelve, in the same ten events: 2.5."""
    scores = tiny({"A": [2, 4] * 5, "B": [1, 1, 2, 1, 1] * 2})
    row = fr.rate_ratios(scores, match="event").iloc[0]
    assert row["ratio"] == pytest.approx(30 / 12)
    assert (row["events"], row["articles"], row["covariates"]) == (10, 20, "")


def test_an_event_with_a_single_hit_counts():
    """Half of the events have one, and it is of A."""
    scores = tiny({"A": [1, 3] * 5, "B": [0, 2] * 5})
    assert fr.rate_ratios(scores, match="event")["ratio"].item() == pytest.approx(2)


@pytest.mark.parametrize(("events", "known"), [(9, False), (10, True)])
def test_from_ten_clusters_on_there_is_an_interval(events, known):
    """Two articles of each outlet on every event."""
    one = tiny({"A": [2, 4, 3, 5, 2, 4, 3, 5, 2, 4][:events], "B": [1, 2, 1, 3, 2] * 2})
    one = one[one["event"].str[1:].astype(int) < events]
    row = fr.rate_ratios(pd.concat([one, one.assign(article=one["article"] + "x")]), match="event")
    assert row[["low", "high", "p"]].notna().all(axis=None) == known
    assert row["note"].item() == ("" if known else "no interval and no p under 10 clusters")


def test_ratios_are_those_of_a_glm_with_dummies_and_its_jackknife():
    """The point to many digits; the standard error within 3 % of refitting without each event."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=20, seed=3)
    found = fr.rate_ratios(scores, measures="hedge", match="event")[:3]
    logs, errors = reference(scores)
    assert found[["outlet_a", "outlet_b"]].sum(axis=1).tolist() == ["AB", "AC", "BC"]
    assert np.log(found["ratio"]).to_numpy() == pytest.approx(logs, abs=1e-7)
    reach = np.log(found["high"] / found["low"]).to_numpy() / 2
    assert reach / 2.093 == pytest.approx(errors, rel=0.03)  # Student's t of 19


@pytest.mark.parametrize(
    ("rates", "events", "shared"),
    [({"A": 2.0, "B": 1.0, "C": 1.5}, 20, 20), ({"A": 2.0, "B": 1.0}, 5, 2)],
)
def test_the_dispersion_is_pearsons_of_a_glm_with_dummies(rates, events, shared):
    """Also where most topics have one article, and a single degree of freedom is left."""
    scores = made_scores(rates, events=events, seed=3)
    is_shared = scores["event"].str[1:].astype(int) < shared
    scores = scores.assign(topic=scores["event"].where(is_shared, scores["article"]), event="")
    found = fr.rate_ratios(scores, measures="hedge", match=None)
    rows = scores.groupby(["outlet", "topic", "article"])[["hedge", "words"]].sum().reset_index()
    dummies = [pd.get_dummies(rows[name]).to_numpy(float) for name in ("outlet", "topic")]
    design = np.hstack([dummies[0][:, 1:], dummies[1]])
    fit = sm.GLM(rows["hedge"], design, sm.families.Poisson(), np.log(rows["words"])).fit()
    want = fit.pearson_chi2 / fit.df_resid
    assert len(found) and found["dispersion"].tolist() == pytest.approx([want] * len(found))


@pytest.mark.parametrize("outlets", [2, 3])
def test_where_nothing_differs_one_in_twenty_is_called_different(outlets):
    """300 measures, 15 events: 99.9 % of right tests reject between 3 and 29 times."""
    scores = tiny({name: [0] * 15 for name in "ABC"[:outlets]})
    rng = np.random.default_rng(3)
    event = rng.gamma(6, 1 / 2, (15, 300))[scores["event"].str[1:].astype(int)]
    counts = pd.DataFrame(rng.poisson(event * rng.gamma(6, 1 / 6, event.shape))).add_prefix("m")
    found = fr.rate_ratios(scores.join(counts), measures=list(counts), match="event")
    first = found.groupby("measure").head(1)
    assert 3 <= (first["p"] <= 0.05).sum() <= 29


def test_intervals_hold_the_ratio_put_in():
    """200 measures with a ratio of 1.5 on 20 events: 90 to 99 % of the intervals hold it."""
    scores = tiny({"A": [0] * 20, "B": [0] * 20})
    rng = np.random.default_rng(4)
    rate = np.where(scores["outlet"] == "A", 6.0, 4.0)[:, None]
    event = rng.gamma(8, 1 / 8, (20, 200))[scores["event"].str[1:].astype(int)]
    counts = pd.DataFrame(rng.poisson(rate * event * rng.gamma(8, 1 / 8, event.shape)))
    counts = counts.add_prefix("m")
    found = fr.rate_ratios(scores.join(counts), measures=list(counts), match="event")
    assert 0.90 <= ((found["low"] <= 1.5) & (found["high"] >= 1.5)).mean() <= 0.99


def test_covariates_take_out_what_they_explain():
    """Hedges stand in quotations alone, and A quotes more: no difference once that is known."""
    rng = np.random.default_rng(5)
    scores = tiny({"A": [0] * 60, "B": [0] * 60}).assign(words=400)
    quoted = rng.integers(0, 100, 120) + np.where(scores["outlet"] == "A", 150, 0)
    scores = scores.assign(words_quoted=quoted, hedge=rng.poisson(np.exp(quoted / 100)))
    alone, controlled = fr.rate_ratios(scores, match="event").itertuples()
    assert alone.low > 2 and controlled.low < 1 < controlled.high
    assert (alone.covariates, controlled.covariates) == ("", "quote share")


def test_what_cannot_be_known_is_not_said():
    """Few events: no p. No event in common between two halves: no ratio. Rare cues: no row."""
    few = fr.rate_ratios(tiny({"A": [2] * 9, "B": [1] * 9}), match="event").iloc[0]
    assert few["ratio"] == pytest.approx(2) and np.isnan(few["p"]) and "10 clusters" in few["note"]
    left = tiny({"A": [1, 2] * 6, "B": [2] * 12})
    right = tiny({"C": [1, 2] * 6, "D": [2] * 12}).assign(event=lambda t: t["event"] + "x")
    split = fr.rate_ratios(pd.concat([left, right]), match="event")
    assert split["ratio"].isna().all() and split["note"].str.contains("too few events").all()
    rare = tiny({"A": [1, 2] * 6, "B": [0] * 11 + [1]})
    assert len(fr.rate_ratios(rare, match="event")) == 0


def test_tone_has_no_rate():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12)
    with pytest.raises(ValueError, match="tone is not a count"):
        fr.rate_ratios(scores, measures=["hedge", "tone"])
    with pytest.raises(ValueError, match="no event is covered by two outlets"):
        fr.rate_ratios(scores.assign(event=scores["article"]), match="event")


def test_length_is_held_constant_if_asked():
    """A writes three times as long, and longer articles have lower rates; the outlets are alike."""
    rng = np.random.default_rng(4)
    long = np.repeat([True, False], 150)
    words = (rng.gamma(6, 1 / 6, 300) * np.where(long, 1200, 400)).astype(int) + 100
    rate = 0.02 * (words / 600.0) ** -0.3
    scores = pd.DataFrame({"article": [f"a{k}" for k in range(300)], "words": words})
    scores = scores.assign(
        outlet=np.where(long, "A", "B"), role="body", paragraph=0, hedge=rng.poisson(rate * words)
    )
    found = fr.rate_ratios(scores, measures="hedge", covariates=["log_words"])
    loose, held = found.set_index("covariates")["ratio"][["", "log words"]]
    assert loose < 0.8 and 0.85 < held < 1.15
    with pytest.raises(ValueError, match="covariates must be from"):
        fr.rate_ratios(scores, measures="hedge", covariates=["length"])
    more = rng.integers(2, size=300)  # a clear effect of a hair's breadth: it is around 0
    alike = scores.assign(words=600 + more, hedge=1 + rng.poisson(1 + 5 * more))
    found = fr.rate_ratios(alike, measures="hedge", covariates=["log_words"])
    assert found["ratio"].nunique() == 2 and np.isfinite(found["ratio"]).all()


@pytest.mark.parametrize("kind", ["own", "events", "one with over half"])
def test_the_covariance_is_that_of_one_step_of_newton_without_each_cluster(kind):
    """The effects of topics are fitted anew: least squares on dummies, with Poisson's weights."""
    rng = np.random.default_rng(4)
    topic, outlet = np.repeat(np.arange(5), 6), np.tile([0.0, 1.0, 1.0, 0.0, 1.0, 0.0], 5)
    counts, words = rng.poisson(3, 30) + 1.0, rng.integers(200, 600, 30).astype(float)
    own = rng.permutation(30)
    clusters = {"own": own, "events": own % 14, "one with over half": np.minimum(own, 13)}[kind]
    fit = _regression(counts, outlet[:, None], words, topic, clusters)
    design = np.column_stack([outlet, np.eye(5)[topic]])
    rates = words * np.exp(outlet * fit.effects[0])
    moved = []
    for cluster in np.unique(clusters):
        kept = clusters != cluster
        levels = np.bincount(topic[kept], counts[kept]) / np.bincount(topic[kept], rates[kept])
        due, x = (rates * levels[topic])[kept], design[kept]
        moved.append(np.linalg.solve(x.T @ (due[:, None] * x), x.T @ (counts[kept] - due))[0])
    n = len(moved)
    assert fit.covariance.item() == pytest.approx((n - 1) / n * np.square(moved).sum())


def test_two_articles_alone_on_a_topic_are_one_unit():
    """Ten pairs of articles: as many clusters as topics."""
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12)
    pairs = scores.assign(topic=scores["event"], event="")
    alone, within = fr.rate_ratios(pairs, covariates=()), fr.rate_ratios(scores, match="event")
    columns = ["ratio", "low", "high", "p"]
    got, want = (t[t["covariates"] == ""].reset_index()[columns] for t in (alone, within))
    pd.testing.assert_frame_equal(got, want)


def test_a_single_article_against_others_on_a_topic_is_one_unit_with_them():
    """Not where a third outlet is on it, nor where both have two."""
    outlet = np.array([0, 1, 1, 0, 1, 2, 0, 0, 1, 1])
    topic = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 2])
    assert _told_apart(np.arange(10), topic, outlet).tolist() == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    assert _told_apart(np.arange(3), np.zeros(3, int), outlet[:3]).tolist() == [0, 1, 2]


def test_shares_of_lead_and_quotations_are_those_of_the_words_below_the_headline():
    """10 of 40 words in the first paragraph, 12 of 40 quoted; without the column nothing is."""
    rows = {"role": ["headline", "body", "body"], "paragraph": [0, 1, 2], "words": [9, 10, 30]}
    scores = pd.DataFrame(rows).assign(outlet="A", article="a", words_quoted=[9, 2, 10])
    assert _shares(scores, "outlet").loc[("A", "a")].tolist() == [0.25, 0.3]
    without = _shares(scores.drop(columns="words_quoted"), "outlet")
    assert without.loc[("A", "a")].tolist() == [0.25, 0.0]
    empty = _shares(scores.assign(words=0, words_quoted=0), "outlet")
    assert empty.loc[("A", "a")].tolist() == [0, 0]


def test_covariates_of_any_scale_have_the_ratio_of_a_glm():
    """A share that varies by a hundredth has a large effect, and was no model."""
    scores = made_scores({"A": 2.0, "B": 1.0}, events=20, seed=3)
    rng = np.random.default_rng(1)
    share = rng.uniform(0.2, 0.22, len(scores))
    quoted = (10 * scores["words"] * share).astype(int)
    hedges = rng.poisson(scores["words"] / 10 * np.exp(100 * (share - 0.21)))
    scores = scores.assign(words=10 * scores["words"], words_quoted=quoted, hedge=hedges)
    names = ("quote_share", "log_words")
    row = fr.rate_ratios(scores, match="event", measures="hedge", covariates=names).iloc[-1]
    sums = scores.groupby(["outlet", "event"])[["hedge", "words", "words_quoted"]].sum()
    sums = sums.reset_index()
    design = np.column_stack(
        [
            sums["outlet"] == "A",
            pd.get_dummies(sums["event"]),
            1000 * sums["words_quoted"] / sums["words"],
            np.log(sums["words"]),
        ]
    ).astype(float)
    model = sm.GLM(sums["hedge"], design, sm.families.Poisson(), np.log(sums["words"])).fit()
    assert np.log(row["ratio"]) == pytest.approx(model.params.iloc[0], abs=1e-7)
    assert abs(1000 * model.params.iloc[-2]) > 20


def test_groups_of_outlets_have_a_ratio_and_no_p():
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.5}, events=12)
    grouped = scores.assign(leaning=scores["outlet"].map({"A": "left", "B": "left", "C": "right"}))
    found = fr.rate_ratios(grouped, by="leaning", measures="hedge")
    assert found[["low", "high", "p"]].isna().all(axis=None)
    assert found["ratio"].notna().all()
    assert found["note"].str.startswith("'leaning' is the same for all articles of an outlet").all()


def test_a_second_article_like_the_first_on_every_event_says_nothing_new():
    """The units are events, also where nothing is matched."""
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12, matched=False)
    scores = scores.assign(event=scores["article"])
    again = pd.concat([scores, scores.assign(article=scores["article"] + "-2")])
    columns = ["ratio", "low", "high", "p"]
    once, twice = (fr.rate_ratios(s, measures="hedge")[columns] for s in (scores, again))
    assert twice.to_numpy() == pytest.approx(once.to_numpy(), abs=1e-9)


def test_one_outlet_has_no_ratio_and_an_own_dictionary_needs_no_names():
    with pytest.raises(ValueError, match="'outlet' must have two values or more, got only 'A'"):
        fr.rate_ratios(made_scores({"A": 2.0}, events=12))
    own = made_scores({"A": 2.0, "B": 1.0}, events=12).rename(columns={"hedge": "care"})
    own = own[["outlet", "article", "event", "paragraph", "role", "words", "sentences", "care"]]
    assert fr.rate_ratios(own)["measure"].unique().tolist() == ["care"]


@pytest.mark.parametrize(("few", "known"), [(9, False), (10, True)])
def test_an_outlet_of_few_articles_lends_its_freedom_to_no_other(few, known):
    """Student's t of its 9 units − 1, not of 309 − 1; no p under ten articles of an outlet."""
    rng = np.random.default_rng(few)
    counts = {"A": rng.poisson(3, few).tolist(), "B": rng.poisson(3, 300).tolist()}
    found = rate_ratios_of(tiny(counts))
    assert np.isfinite(found["p"]) == np.isfinite(found["low"]) == known
    if known:
        t = np.log(found["ratio"]) / (
            np.log(found["high"] / found["ratio"]) / stats.t.ppf(0.975, 9)
        )
        assert found["p"] == pytest.approx(2 * stats.t.sf(abs(t), 9))
    else:
        assert "no interval and no p under 10 articles or 6 events a side" in found["note"]


def rate_ratios_of(scores: pd.DataFrame) -> pd.Series:
    return fr.rate_ratios(scores, measures="hedge", covariates=()).iloc[0]
