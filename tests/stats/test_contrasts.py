"""Levels and contrasts: hand-counted, against SciPy, and with known answers put in."""

import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.multitest import multipletests

import framing
from framing.stats import comparisons
from framing.stats.articles import per_article
from framing.stats.sides import Design, cluster_names, pairs, sides
from tests.made import fitted_pair, made_scores, tiny

NAMES = ["A", "B", "C"]


JOINT = ["p_adjusted", "verdict", "detectable", "detectable_below", "note"]


def scores_of(rows, **columns):
    """Make scores of (outlet, article, words, hedge, tone) rows."""
    table = pd.DataFrame(rows, columns=["outlet", "article", "words", "hedge", "tone"])
    return table.assign(**{"role": "body", "paragraph": range(len(table))} | columns)


def corpus(articles, *, outlets=NAMES, events=0, seed=0, rates=None):
    """Make random scores, four paragraphs an article; ``rates`` multiplies an outlet's hedges."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, number in itertools.product(outlets, range(articles)):
        level = rng.gamma(4, 0.25) * (rates or {}).get(outlet, 1)
        for _ in range(4):
            words = int(rng.integers(40, 160))
            hedges = rng.poisson(words / 100 * level)
            rows.append((outlet, f"{outlet}{number}", words, hedges, round(rng.normal(0, 0.2), 4)))
    table = scores_of(rows)
    event = table["article"].str[1:].astype(int) % events if events else ""
    return table.assign(event=event).assign(event=lambda t: t["event"].astype(str))


def shuffled(table, seed=1):
    return table.sample(frac=1, random_state=seed)


def keyed(table):
    keys = ["measure", "outlet_a", "outlet_b"] if "outlet_a" in table else ["measure", "outlet"]
    return table.set_index(keys)


# --- counted by hand ------------------------------------------------------------------------


BY_HAND = scores_of(
    [
        ("A", "1", 100, 2, 0.4),
        ("A", "1", 100, 0, -0.2),  # article 1: 2 in 200 words = 1.0; tone .1
        ("A", "2", 50, 0, 0.0),  # article 2: 0; tone 0
        ("A", "3", 200, 4, -0.4),  # article 3: 2.0; tone -.4
        ("B", "4", 100, 1, 0.3),  # article 4: 1.0; tone .3
        ("B", "4", 0, 0, 0.9),  # no words: left out
    ]
)


def test_levels_counted_by_hand():
    """Means weigh articles alike, pooled ratios weigh words, and absence is 0."""
    found = keyed(framing.levels(BY_HAND))
    hedge, tone = found.loc[("hedge", "A")], found.loc[("tone", "A")]
    assert (hedge["articles"], hedge["words"]) == (3, 450)
    assert hedge["mean"] == pytest.approx(1.0)
    assert hedge["pooled"] == pytest.approx(100 * 6 / 450)
    assert hedge["share_zero"] == pytest.approx(1 / 3)
    assert found.loc[("hedge", "B"), "share_zero"] == 0
    assert tone["mean"] == pytest.approx(-0.1)
    assert tone["pooled"] == pytest.approx((200 * 0.1 - 200 * 0.4) / 450)
    assert found.loc[("tone", "B"), "mean"] == pytest.approx(0.3)


def test_under_five_articles_there_is_a_point_and_nothing_else():
    assert framing.levels(BY_HAND)[["low", "high"]].isna().all(axis=None)
    found = framing.compare(BY_HAND)
    assert found["estimate"].notna().all()
    assert found[["low", "high", "effect", "p", "p_adjusted"]].isna().all(axis=None)


@pytest.mark.parametrize(("few", "known"), [(4, False), (5, True)])
def test_from_five_articles_a_side_on_there_is_an_interval(few, known):
    """For tone as well, which has no ratio; p needs ten."""
    rows = [("A", f"a{n}", 100, 1 + n % 2, 0.1 * n) for n in range(few)]
    rows += [("B", f"b{n}", 100, 2 + n % 3, -0.1 * n) for n in range(8)]
    found = keyed(framing.compare(scores_of(rows)))
    for measure, ends in (("hedge", ["low", "high", "ratio_low"]), ("tone", ["low", "high"])):
        assert found.loc[(measure, "A", "B"), ends].notna().tolist() == [known] * len(ends)
    assert found["p"].isna().all()


@pytest.mark.parametrize(("hits", "known"), [(2, False), (3, True)])
def test_from_five_articles_with_a_cue_on_there_is_an_interval(hits, known):
    """Of both sides together: two of B have one."""
    counts = {"A": [1] * hits + [0] * (12 - hits), "B": [2] * 2 + [0] * 10}
    row = framing.compare(tiny(counts, events=False), measures="hedge", n_resamples=99).iloc[0]
    assert row[["low", "high"]].notna().tolist() == [known] * 2


def test_what_pairs_would_find_is_at_the_level_of_the_smallest_groups():
    """Two of four outlets have half of the level, shared by as many measures as are tested."""
    scores = made_scores(dict.fromkeys("ABCD", 2.0), events=20, matched=False)

    def reach(level):
        return stats.t.isf(level / 2, 19) + stats.t.ppf(0.8, 19)

    one, two = (
        framing.compare(scores, measures=measures, n_resamples=99).query("measure == 'tone'")
        for measures in (["tone"], ["tone", "hedge"])
    )
    assert one["method"].str.contains("closed testing").all()
    times = two["detectable"].to_numpy() / one["detectable"].to_numpy()
    assert times == pytest.approx(reach(0.05 / 4) / reach(0.05 / 2))


def test_contrast_counted_by_hand():
    """The estimate is the first outlet's mean minus the second's."""
    found = keyed(framing.compare(BY_HAND)).loc[("hedge", "A", "B")]
    assert found["estimate"] == pytest.approx(0.0)
    assert (found["articles_a"], found["articles_b"], found["words_a"]) == (3, 1, 450)
    tone = keyed(framing.compare(BY_HAND)).loc[("tone", "A", "B")]
    assert tone["estimate"] == pytest.approx(-0.4)


def test_matched_contrast_counted_by_hand():
    """Two articles of one outlet on an event are one value; events of one outlet do not count."""
    rows = [
        ("A", "1", 100, 2, 0.0, "x"),
        ("A", "2", 100, 4, 0.0, "x"),
        ("B", "3", 50, 1, 0.0, "x"),  # x: 3 − 2 = 1
        ("A", "4", 100, 0, 0.0, "y"),
        ("B", "5", 100, 3, 0.0, "y"),  # y: −3
        ("A", "6", 100, 9, 0.0, "z"),
        ("B", "7", 100, 9, 0.0, ""),
    ]
    table = scores_of([row[:5] for row in rows], event=[row[5] for row in rows])
    found = framing.compare(table, match="event", measures="hedge").iloc[0]
    assert found["estimate"] == pytest.approx(-1.0)
    assert found["events"] == 2
    assert (found["articles_a"], found["articles_b"]) == (3, 2)
    assert (found["words_a"], found["words_b"]) == (300, 150)


# --- against references ---------------------------------------------------------------------


def test_p_is_never_zero():
    """The observed sharing-out is one of those that might have been."""
    far = corpus(12, outlets=["A", "B"], rates={"B": 40})
    found = framing.compare(far, measures="hedge", n_resamples=99)
    assert found["p"].iloc[0] == pytest.approx(1 / 100)


def test_only_the_confirmatory_measures_are_adjusted():
    """Tone, hedge, alarm and boost of all pairs are one family; nothing else has p_adjusted."""
    table = corpus(12).assign(
        alarm=lambda t: t["hedge"] % 2, sentences=1, fear=lambda t: t["hedge"] // 2
    )
    found = framing.compare(table, n_resamples=999)
    assert set(found["measure"]) == {"hedge", "alarm", "tone", "fear"}
    confirmed = found["measure"] != "fear"
    assert (found["p_adjusted"].notna() == confirmed).all()
    assert (found["note"].str.contains("exploratory") == ~confirmed).all()
    assert (found["p_adjusted"] >= found["p"])[confirmed].all()
    holm = multipletests(found.loc[confirmed, "p"], method="holm")[1]
    assert (found.loc[confirmed, "p_adjusted"] <= holm + 0.02).all()


def test_effects_are_those_of_the_books():
    """Hedges' g of statsmodels, for sides of one size, matched or not; the interval on its scale."""
    table = corpus(15, outlets=["A", "B"], events=15)
    values = per_article(table).sort_values("event").set_index("outlet")["hedge"]
    sides = [x for side in "AB" for x in (values[side].mean(), values[side].std(), 15)]
    for match in (None, "event"):
        row = framing.compare(table, measures="hedge", match=match).iloc[0]
        assert row["effect"] == pytest.approx(effectsize_smd(*sides)[0])
        scale = row["effect"] / row["estimate"]
        assert row["effect_low"] == pytest.approx(row["low"] * scale)
        assert row["effect_high"] == pytest.approx(row["high"] * scale)


def test_unmatched_the_error_is_statsmodels_clustered_one():
    """Without small-sample factors; articles without an event are their own cluster."""
    rng = np.random.default_rng(3)
    table = corpus(15, outlets=["A", "B"], events=6)
    loose = table["article"].isin(rng.choice(table["article"].unique(), 8))
    table["event"] = table["event"].mask(loose, "")
    articles = per_article(table, measures="hedge")
    design = Design(["hedge"], n_resamples=99)
    pair = next(pairs(sides(articles, "outlet", design).outlets, design, topics=False))
    parts = fitted_pair(pair, topics=False)[0]
    articles = articles.assign(a=(articles["outlet"] == "A").astype(float))
    fit = sm.OLS(articles["hedge"], sm.add_constant(articles["a"])).fit(
        cov_type="cluster",
        cov_kwds={
            "groups": pd.factorize(cluster_names(articles, "outlet"))[0],
            "use_correction": False,
        },
    )
    n = len(parts.codes)
    assert parts.difference[0] == pytest.approx(fit.params["a"])
    assert parts.error[0] == pytest.approx(fit.bse["a"] * np.sqrt(n / (n - 1)))


# --- what must not matter -------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([None, "event"]))
def test_row_order_does_not_matter(order, match):
    """Not even in the last digit."""
    table = corpus(8, events=8)
    once = framing.compare(table, match=match, n_resamples=99)
    again = framing.compare(shuffled(table, order), match=match, n_resamples=99)
    assert_frame_equal(once, again, check_exact=True)
    assert_frame_equal(
        framing.levels(table),
        framing.levels(shuffled(table, order)),
        check_exact=True,
    )


@settings(max_examples=10, deadline=None)
@given(st.sets(st.sampled_from(NAMES), min_size=2), st.sampled_from([None, "event"]))
def test_a_subset_gives_the_same_numbers(names, match):
    """Except for what depends on all that is compared."""
    table = corpus(12, events=12)
    everything = keyed(framing.compare(table, match=match, n_resamples=199)).drop(columns=JOINT)
    some = framing.compare(
        table[table["outlet"].isin(names)], match=match, measures=["tone"], n_resamples=199
    )
    some = keyed(some).drop(columns=JOINT)
    for found in (some, everything):  # how p is adjusted depends on all of it, too
        found["method"] = found["method"].str.partition(" sign flips")[0]
    assert_frame_equal(some, everything.loc[some.index], check_exact=True)


def test_seed_matters():
    table = corpus(12)
    first, second = (framing.compare(table, n_resamples=199, seed=seed)["p"] for seed in (1, 2))
    assert (first != second).any()


def test_input_is_left_as_it_was():
    table = corpus(6, events=6)
    before = table.copy(deep=True)
    framing.levels(table)
    framing.compare(table, n_resamples=9)
    framing.compare(table, match="event", n_resamples=9)
    framing.rate_ratios(table)
    assert_frame_equal(table, before)


def test_outlets_that_look_like_missing_or_numbers_are_kept():
    names = ["NA", "None", "007", "1e5"]
    table = corpus(5, outlets=NAMES).assign(article=lambda t: t["article"])
    table = pd.concat(table.assign(outlet=name) for name in names)
    assert sorted(framing.levels(table)["outlet"].unique()) == sorted(names)


# --- known answers --------------------------------------------------------------------------


def test_injected_difference_is_found():
    """Twice the hedges in B: the sign is right, the interval holds the truth, p is small."""
    table = corpus(60, outlets=["A", "B"], rates={"B": 2}, seed=5)
    found = framing.compare(table, measures="hedge", n_resamples=999).iloc[0]
    assert found["low"] <= -1.0 <= found["high"] < 0
    assert found["p"] == 0.001


def test_matching_finds_what_events_hide():
    """A small shift under a large spread between events: only the matched test sees it."""
    rng = np.random.default_rng(8)
    rows = []
    for event in range(25):
        level = rng.integers(0, 60)
        for outlet in "AB":
            hedges = int(level + 3 * (outlet == "B") + rng.integers(0, 3))
            rows.append((outlet, f"{outlet}{event}", 1000, hedges, 0.0))
    table = scores_of(rows).assign(event=[row[1][1:] for row in rows])
    assert framing.compare(table, measures="hedge", match="event")["p"].iloc[0] < 0.01
    assert framing.compare(table.assign(event=""), measures="hedge")["p"].iloc[0] > 0.3


# --- limits ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "events", "match", "note"),
    [
        (9, 0, None, "no p under 10 articles"), (10, 0, None, ""),
        (9, 9, "event", "no p under 10 articles"), (10, 10, "event", ""),
        (10, 5, "event", "no p under 6 events"), (12, 6, "event", ""),
    ],
)  # fmt: skip
def test_no_p_under_ten_articles_a_side_or_six_events(articles, events, match, note):
    table = corpus(articles, outlets=["A", "B"], events=events)
    found = framing.compare(table, measures="hedge", match=match, n_resamples=99).iloc[0]
    assert np.isnan(found["p"]) == bool(note)
    assert ("no p under" in found["note"]) == bool(note) and note in found["note"]


def test_nothing_anywhere_has_no_interval_and_p_1():
    """Twelve articles without a single cue do not prove that the outlet never has one."""
    table = corpus(12, outlets=["A", "B"]).assign(hedge=0)
    assert framing.levels(table, measures="hedge")[["low", "high"]].isna().all(axis=None)
    found = framing.compare(table, measures="hedge", n_resamples=99).iloc[0]
    assert (found["estimate"], found["p"]) == (0, 1)
    assert np.isnan(found[["low", "high", "effect"]].astype(float)).all()


def test_outlets_without_a_common_event_are_listed():
    table = corpus(6, outlets=["A", "B"]).assign(event=lambda t: t["article"])
    found = framing.compare(table, match="event", n_resamples=9)
    assert found["estimate"].isna().all()
    assert (found["events"] == 0).all()
    assert found["note"].str.contains("no event in common", regex=False).all()
    assert not found["note"].str.contains("English|hits").any()


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t: t.drop(columns=["outlet", "words"]), {}, "no column 'outlet', 'words'"),
        (lambda t: t, {"measures": "hege"}, "did you mean 'hedge'"),
        (lambda t: t, {"measures": ["tone", "xyz"]}, "no measure 'xyz'"),
        (lambda t: t, {"roles": "lead"}, "roles must be from headline, standfirst, body.*'lead'"),
        (lambda t: t[t["outlet"] == "A"], {}, "two values or more, got only 'A'"),
        (lambda t: t, {"match": "topic"}, "match must be"),
        (lambda t: t, {"match": "event"}, "needs a column 'event'"),
        (lambda t: t.assign(outlet=t["outlet"].where(t["outlet"] != "B")), {}, "first in row 24"),
        (lambda t: t.iloc[:0], {}, "no row at all"),
    ],
)
def test_errors_say_what_to_do(change, options, message):
    with pytest.raises(ValueError, match=message):
        framing.compare(change(corpus(6)), **options)


def test_every_test_of_the_family_has_the_freedom_of_its_own_clusters(monkeypatch):
    """One less than the clusters of its comparison: three outlets, C on twelve of sixteen events."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.0}, events=16)
    scores = scores[(scores["outlet"] != "C") | (scores["event"].str[1:].astype(int) < 12)]
    seen = []
    whole = comparisons.max_t
    monkeypatch.setattr(comparisons, "max_t", lambda t, nu: seen.extend(nu) or whole(t, nu))
    framing.compare(scores, match="event", measures="hedge", n_resamples=99)
    assert sorted(seen) == [11, 11, 15]


@pytest.mark.parametrize(
    ("topics", "match", "said"),
    [
        (["x", "y"], None, ("Within topics", "topic held constant, event not")),
        (["", ""], None, ("Between articles", "topic not held constant")),
        (["x", "y"], "event", ("Within events", "")),
    ],
)
def test_topics_are_held_constant_where_there_are_any_and_events_are_not_matched(
    topics, match, said
):
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12)
    scores = scores.assign(topic=scores["event"].str[1:].astype(int).map(lambda n: topics[n % 2]))
    row = framing.compare(scores, match=match, measures="hedge", n_resamples=99).iloc[0]
    assert said[0] in row["method"]
    assert ("topic" in row["note"]) == bool(said[1]) and said[1] in row["note"]
    assert row[["events", "units"]].tolist() == [12 if match else 0, 12]


def test_the_joint_test_takes_as_many_patterns_as_there_is_room_for(monkeypatch):
    """Two comparisons of one measure and room for 330 statistics: 160 patterns, whole bytes."""
    scores = made_scores({"A": 1.0, "B": 1.0, "C": 1.0}, events=16)
    monkeypatch.setattr(comparisons, "_CELLS", 330)
    seen = []
    whole = comparisons.max_t
    monkeypatch.setattr(comparisons, "max_t", lambda t, nu: seen.append(t.shape) or whole(t, nu))
    for_one = {"match": "event", "measures": "hedge", "against": "A", "n_resamples": 999}
    framing.compare(scores, **for_one)
    assert seen == [(2, 160)]


def test_within_events_the_interval_is_that_of_the_means_of_all_subsets_of_differences():
    """Of 32 splits of six events one is cut off at each end (Hartigan)."""
    counts = {"A": [5, 3, 8, 4, 9, 7], "B": [1, 2, 2, 3, 1, 9]}
    row = framing.compare(tiny(counts), match="event", measures="hedge").iloc[0]
    values = np.subtract(counts["A"], counts["B"])
    means = [values[[k for k in range(6) if n >> k & 1]].mean() for n in range(1, 63)]
    pairs = [(means[n - 1], means[62 - n]) for n in range(1, 32)]
    want = min(map(min, pairs)), max(map(max, pairs))
    assert (row["low"], row["high"]) == pytest.approx(want)


def test_articles_without_a_topic_are_counted_where_topics_are_held_constant():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=12).assign(event="")
    topics = pd.factorize(scores["article"])[0] % 3
    some = scores.assign(topic=np.array(["x", "y", ""])[topics])
    n = some.loc[some["topic"] == "", "article"].nunique()
    note = framing.compare(some, measures="hedge", n_resamples=19)["note"].item()
    assert f"{n} articles without a topic taken as one topic" in note
    rest = framing.compare(some, against="rest", measures="hedge", n_resamples=19)["note"]
    assert rest.str.contains(f"{n} articles without a topic taken as one topic").all()
    for topic in (some["topic"].where(some["topic"] != "", "z"), ""):  # all have one, or none
        other = framing.compare(some.assign(topic=topic), measures="hedge", n_resamples=19)
        assert "without a topic" not in other["note"].item()


def test_a_side_with_most_articles_on_one_event_has_no_interval():
    """Whichever side it is, unless events are matched."""
    scores = made_scores({"A": 2.0, "B": 1.0, "C": 1.0}, events=40)
    one = (scores["outlet"] == "A") & (scores["event"].str[1:].astype(int) < 25)
    crowded = scores.assign(event=scores["event"].mask(one, "e0").mask(scores["outlet"] > "A", ""))
    found = keyed(framing.compare(crowded, measures="hedge", n_resamples=99))
    assert found["low"].notna().to_dict() == {
        ("hedge", "A", "B"): False, ("hedge", "A", "C"): False, ("hedge", "B", "C"): True,
    }  # fmt: skip


def test_one_outlet_alone_is_compared_and_adjusted_alone(strait_scores):
    """Its comparisons have the numbers that they have among all, but p of so many tests."""
    for against in ("rest", "pairs"):
        how = {"measures": ["hedge", "alarm"], "against": against, "n_resamples": 199}
        everything = framing.compare(strait_scores, **how)
        alone = framing.compare(strait_scores, **how, outlet_a="Meridian Wire")
        has = everything[["outlet_a", "outlet_b"]].eq("Meridian Wire").any(axis=1)
        changes = ["p_adjusted", "verdict", "detectable", "detectable_below", "method", "note"]
        same = [name for name in alone if name not in changes]
        assert_frame_equal(alone[same], everything.loc[has, same].reset_index(drop=True))
        if against == "rest":  # of pairs, others may reject that all are alike
            assert (alone["p_adjusted"] <= everything.loc[has, "p_adjusted"].to_numpy()).all()
    assert len(alone) == 10
    with pytest.raises(ValueError, match=r"outlet_a must be one of Daily Clarion, .*got 'Wire'"):
        framing.compare(strait_scores, outlet_a="Wire")
