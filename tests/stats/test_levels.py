from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import framing as fr
from framing.stats.articles import per_article
from tests.made import made_scores


def test_an_outlet_has_the_same_numbers_whatever_else_is_there():
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 3.0}, events=12)
    alone = fr.levels(scores[scores["outlet"] == "B"])
    among = fr.levels(scores)
    among = among[among["outlet"] == "B"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, among, check_exact=True)


def test_articles_that_name_no_outlet_are_counted_wherever_they_stand_as_one():
    scores = made_scores({"A": 2.0, "B": 1.0, "unknown": 3.0}, events=12)
    said = "unknown is no outlet: 12 articles of any that name none"
    levels, pairs = fr.levels(scores), fr.compare(scores)
    assert (levels["note"] == np.where(levels["outlet"] == "unknown", said, "")).all()
    assert pairs["note"].str.contains(said).equals(pairs["outlet_b"] == "unknown")
    groups = scores.assign(country=scores["outlet"], outlet="Sun")
    assert not fr.levels(groups, by="country")["note"].str.contains("no outlet").any()


def test_the_interval_holds_the_mean_and_no_density_is_below_0():
    scores = made_scores({"A": 0.3, "B": 1.0}, events=15)
    table = fr.levels(scores).dropna()
    assert (table["low"] <= table["mean"]).all() and (table["mean"] <= table["high"]).all()
    assert (table.loc[table["measure"] != "tone", "low"] >= 0).all()


def test_articles_on_one_event_do_not_count_as_independent():
    """Each article three times on its event: the interval stays; without events it shrinks."""
    once = made_scores({"A": 2.0}, events=15)
    thrice = pd.concat(once.assign(article=once["article"] + str(k)) for k in range(3))
    one, three, loose = (
        fr.levels(table, measures="hedge").iloc[0]
        for table in (once, thrice, thrice.assign(event=""))
    )
    assert (three["low"], three["high"]) == pytest.approx((one["low"], one["high"]))
    assert three["articles"] == 45 and three["mean"] == pytest.approx(one["mean"])
    assert loose["high"] - loose["low"] < 0.7 * (one["high"] - one["low"])


def test_intervals_over_events_of_unequal_size_cover_the_mean():
    """300 measures, 30 events of one to four articles alike: 92 to 98 % hold the truth of 4."""
    rng = np.random.default_rng(6)
    event = np.repeat(np.arange(30), rng.integers(1, 5, 30))
    level = rng.gamma(8, 1 / 2, (30, 300))[event]
    counts = pd.DataFrame(rng.poisson(level)).add_prefix("m")
    scores = pd.DataFrame({"article": range(len(event)), "event": event, "outlet": "A"})
    scores = scores.astype(str).assign(role="body", words=100).join(counts)
    table = fr.levels(scores, measures=list(counts))
    assert 0.92 <= ((table["low"] <= 4) & (table["high"] >= 4)).mean() <= 0.98


def test_events_of_unequal_size_are_worth_as_many_equal_ones():
    """Six of 20 articles on one event: 400 / (36 + 14) = 8 events, 7 degrees of freedom."""
    tones = np.random.default_rng(3).normal(0, 0.2, 20)
    event = ["e"] * 6 + [f"e{k}" for k in range(14)]
    scores = pd.DataFrame({"article": range(20), "event": event, "outlet": "A", "tone": tones})
    scores = scores.astype({"article": str}).assign(role="body", words=100)
    row = fr.levels(scores, measures="tone").iloc[0]
    without = np.array([tones[np.array(event) != name].mean() for name in sorted(set(event))])
    error = np.sqrt(14 / 15 * ((without - without.mean()) ** 2).sum())
    want = tones.mean() - stats.t.ppf(0.975, 7) * error
    assert row["low"] == pytest.approx(want)


def test_the_interval_of_tone_is_students():
    """One article an event: the jackknife is the standard error of the mean."""
    scores = made_scores({"A": 2.0}, events=15)
    tones = scores.groupby("article")["tone"].mean()
    row = fr.levels(scores, measures="tone").iloc[0]
    want = stats.t.interval(0.95, 14, tones.mean(), stats.sem(tones))
    assert (row["low"], row["high"]) == pytest.approx(want)


def test_the_interval_of_cues_is_students_on_the_log_scale():
    """Its ends are as far from the mean in ratio; the delta method gives nearly the same error."""
    scores = made_scores({"A": 2.0}, events=200)
    values = per_article(scores, measures="hedge")["hedge"]
    row = fr.levels(scores, measures="hedge").iloc[0]
    assert row["high"] / row["mean"] == pytest.approx(row["mean"] / row["low"])
    reach = stats.t.ppf(0.975, 199) * stats.sem(values) / values.mean()
    assert np.log(row["high"] / row["mean"]) == pytest.approx(reach, rel=0.01)


@pytest.mark.parametrize("outlets", [4, 6])
def test_the_interval_of_a_group_of_outlets_is_over_outlets(outlets):
    """Outlets of one leaning are its units, however many articles and events they have."""
    names = [f"{side}{n}" for side in "LR" for n in range(outlets)]
    scores = made_scores(dict.fromkeys(names, 2.0), events=15)
    scores["leaning"] = scores["outlet"].str[0]
    row = fr.levels(scores, by="leaning", measures=["tone", "hedge"]).query("leaning == 'L'")
    tones = per_article(scores, measures="tone").groupby("outlet")["tone"].mean()[:outlets]
    want = stats.t.interval(0.95, outlets - 1, tones.mean(), stats.sem(tones))
    if outlets < 5:
        want = np.nan, np.nan
        assert row["low"].isna().all()
    tone = row[row["measure"] == "tone"].iloc[0]
    assert (tone["low"], tone["high"]) == pytest.approx(want, nan_ok=True)
    assert fr.levels(scores, measures="tone")["low"].notna().all()


@pytest.mark.parametrize(("alone", "known"), [(19, False), (20, True)])
def test_where_one_event_has_over_half_of_the_articles_there_is_no_interval(alone, known):
    """Jackknife over 20 events of which one is nearly everything: .87 of intervals hold the mean."""
    n = 20 + alone
    scores = pd.DataFrame({"outlet": "A", "article": [f"a{k}" for k in range(n)], "role": "body"})
    scores["event"] = ["big"] * 20 + [f"e{k}" for k in range(alone)]
    scores = scores.assign(words=100, hedge=np.arange(n) % 4, tone=np.arange(n) / n)
    found = fr.levels(scores, measures=["hedge", "tone"])
    assert found["low"].notna().all() == known and found["mean"].notna().all()


def test_where_nothing_varies_there_is_no_interval():
    """Of events of one to three articles rounding left one of 3.0 to 3.0."""
    scores = pd.DataFrame({"outlet": "A", "article": [f"a{k}" for k in range(27)], "role": "body"})
    scores["event"] = [f"e{(k * k) % 11}" for k in range(27)]
    scores["words"] = 100 * (1 + np.arange(27) % 7)
    scores = scores.assign(hedge=3 * scores["words"] // 100, tone=0.1)
    found = fr.levels(scores, measures=["hedge", "tone"])
    assert found["mean"].tolist() == pytest.approx([3, 0.1])
    assert found[["low", "high"]].isna().all(axis=None)


def test_where_no_article_has_a_value_the_share_of_zeros_is_missing():
    """As the tone of German texts; it was 0, as if every article had another tone than 0."""
    scores = made_scores({"A": 2.0}, events=6).assign(tone=np.nan)
    row = fr.levels(scores, measures="tone").iloc[0]
    assert np.isnan([row["mean"], row["pooled"], row["share_zero"]]).all()
