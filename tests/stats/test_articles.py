from __future__ import annotations

import warnings

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import framing as fr
from framing.stats.articles import per_article
from framing.stats.measures import chosen_measures
from tests.made import made_scores

TINY = pd.DataFrame(
    {
        "article": ["1", "1", "1", "2", "2"],
        "outlet": ["A", "A", "A", "B", "B"],
        "role": ["headline", "standfirst", "body", "body", "body"],
        "words": [10, 20, 80, 50, 0],
        "sentences": [1, 1, 4, 3, 0],
        "tone": [0.9, 0.2, -0.4, 0.0, 0.0],
        "hedge": [1, 0, 3, 0, 0],
        "cond": [0, 1, 0, 2, 0],
    }
)


def test_articles_counted_by_hand():
    """Article 1: 3 hedges in 100 words, tone (0.2 − 0.4) / 2; the headline is not taken."""
    table = per_article(TINY).set_index("article")
    assert table.loc["1", ["words", "hedge", "cond"]].tolist() == [100, 3.0, 1.0]
    assert table.loc["1", "tone"] == pytest.approx(-0.1)
    assert table.loc["2", ["words", "hedge", "cond", "tone"]].tolist() == [50, 0.0, 4.0, 0.0]


def test_measures_are_the_counts_and_tone():
    assert chosen_measures(TINY, None) == ["hedge", "tone", "cond"]
    assert chosen_measures(TINY, "cond") == ["cond"]
    with pytest.raises(ValueError, match="did you mean 'hedge'"):
        chosen_measures(TINY, ["hegde"])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_does_not_matter(seed):
    scores = made_scores({"A": 2.0, "B": 1.0}, events=4)
    shuffled = scores.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(per_article(scores), per_article(shuffled), check_exact=True)


@settings(max_examples=30)
@given(
    roles=st.lists(st.sampled_from(["headline", "body", "caption"]), min_size=12, max_size=12),
    copies=st.sets(st.integers(0, 5)),
)
def test_every_outlet_is_compared_or_named_in_a_warning(roles, copies):
    """Six outlets of two paragraphs each, of whatever roles; some articles are copies."""
    table = pd.DataFrame({"role": roles, "outlet": [*"aabbccddeeff"], "words": 20, "hedge": 1})
    table = table.assign(article=table["outlet"], sentences=1, tone=0.0)
    table["copy_of"] = ["z" if n // 2 in copies else "" for n in range(12)]
    assume((table["role"].eq("body") & table["copy_of"].eq("")).any())
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        compared = set(fr.levels(table, measures="tone")["outlet"])
    told = " ".join(str(one.message) for one in heard)
    assert {*"abcdef"} == compared | {o for o in "abcdef" if f"{o} (1 article)" in told}
    assert not any(f"{o} (1 article)" in told for o in compared)


def test_of_many_groups_that_are_left_out_five_are_named():
    table = pd.concat(
        [TINY.assign(article=f"{n}", outlet=f"o{n}", role="headline") for n in range(7)]
    )
    with pytest.warns(
        UserWarning, match=r"outlet left out, with no words in body: o0 .* and 2 more"
    ):
        per_article(pd.concat([TINY.assign(article="x"), table]), roles="body")


def test_doubled_words_and_hits_leave_densities():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=4)
    counts = ["words", "hedge", "alarm", "boost", "cond"]
    doubled = scores.assign(**{name: 2 * scores[name] for name in counts})
    columns = ["hedge", "alarm", "boost", "cond", "tone"]
    pd.testing.assert_frame_equal(per_article(scores)[columns], per_article(doubled)[columns])


@pytest.mark.parametrize("verb", [fr.levels, fr.compare, fr.event_pairs, fr.rate_ratios])
def test_what_is_not_scored_gets_an_error_that_says_what_to_do(verb, strait):
    """A corpus, its articles and its paragraphs, handed over instead of scores."""
    for table in (strait, strait.articles, strait.paragraphs):
        with pytest.raises((TypeError, ValueError), match=r"framing\.score\(corpus\.paragraphs\)"):
            verb(table)


def test_errors_say_what_is_there():
    with pytest.raises(ValueError, match="has role related; the table has: body, headline"):
        per_article(TINY, roles="related")
    with pytest.raises(ValueError, match="no column 'outlet'"):
        per_article(TINY.drop(columns="outlet"))
    with pytest.raises(ValueError, match="'outlet' is empty in 1 rows, first in row 3"):
        per_article(TINY.assign(outlet=["A", "A", "A", "", "B"]))
    with pytest.raises(
        ValueError,
        match=r"compare by a column of another name: scores.assign\(group=scores\['topic'",
    ):
        per_article(TINY.assign(topic="t"), by="topic")


def test_a_copy_of_the_topic_is_compared_as_any_other_column_is():
    scores = made_scores({"A": 2.0, "B": 1.0}, events=4)
    topics = scores.assign(topic=scores["outlet"], outlet="one")
    by_topic = per_article(topics.assign(group=topics["topic"], topic=""), by="group")
    expected = per_article(scores.assign(topic="")).rename(columns={"outlet": "group"})
    pd.testing.assert_frame_equal(by_topic, expected)


def test_without_the_column_of_sentences_every_column_of_whole_numbers_is_a_measure():
    """The first column, too; words are none."""
    table = pd.DataFrame({"hedge": [1], "words": [100], "paragraph": [0], "share": [0.5],
                          "fear": [2], "outlet": ["A"], "article": ["1"], "role": ["body"]})  # fmt: skip
    found = per_article(table)
    assert found[["hedge", "fear"]].values.tolist() == [[1.0, 2.0]]
    assert not {"share", "paragraph"} & set(found)
    after = table.assign(sentences=1, risk=3)
    assert [name for name in per_article(after) if name in ("hedge", "fear", "risk")] == [
        "hedge",
        "risk",
    ]


@pytest.mark.parametrize(
    ("change", "options", "error", "message"),
    [
        (lambda t: t.set_index("article", drop=False), {}, ValueError, "index and a column both"),
        (lambda t: t, {"by": ["outlet", "event"]}, TypeError, "name of one column, got a list"),
        (lambda t: t, {"by": None}, TypeError, "name of one column, got None"),
        (lambda t: t.drop(columns="article"), {}, ValueError, "no column 'article'"),
    ],
)
def test_tables_and_names_that_pandas_would_stumble_over(change, options, error, message):
    with pytest.raises(error, match=message):
        fr.levels(change(made_scores({"A": 1.0, "B": 2.0}, events=9)), **options)


def test_measures_may_be_given_as_they_come():
    scores = made_scores({"A": 1.0, "B": 2.0}, events=9)
    for names in ("hedge", ["hedge"], ("hedge",)):
        assert fr.levels(scores, measures=names)["measure"].unique().tolist() == ["hedge"]


def test_the_oldest_article_is_first_whatever_its_date_is_written_in():
    scores = pd.DataFrame(
        {"outlet": "A", "article": ["1", "2"], "role": "body", "words": 100, "hedge": [3, 1]}
    )
    about = pd.DataFrame({"article": ["1", "2"], "date": ["2031-02-01", "2031-01-09"], "title": ""})
    assert fr.article_levels(scores, about)["article"].tolist() == ["2", "1"]
    with pytest.raises(ValueError, match="'date' must hold dates such as 2024-03-29"):
        fr.article_levels(scores, about.assign(date=["01.02.2031", "09.01.2031"]))


def test_a_level_is_so_many_standard_deviations_from_the_mean_of_the_articles():
    """Levels of 2, 3 and 7: 4 on average, with a standard deviation of the root of 7."""
    scores = pd.DataFrame({"outlet": "A", "article": list("abc"), "role": "body", "words": 100})
    about = pd.DataFrame({"article": list("abc"), "date": pd.NaT, "title": ""})
    found = fr.article_levels(scores.assign(hedge=[2, 3, 7]), about)
    assert (found["z"] * 7**0.5).tolist() == pytest.approx([-2, -1, 3])
    alike = fr.article_levels(scores.assign(hedge=2), about)
    assert alike["z"].isna().all()


def test_levels_of_articles_have_what_a_model_needs(strait, strait_scores):
    """Counts are those of the paragraphs; a column of articles is told by none of our names."""
    about = strait.articles.assign(leaning="left", value="high")
    measures = ["hedge", "boost", "tone"]
    found = fr.article_levels(strait_scores, about, measures=measures).set_index("article")
    body = strait_scores[strait_scores["role"].isin(["standfirst", "body"])]
    for name in measures[:2]:
        one = found[found["measure"] == name]
        assert (one["count"] == body.groupby("article")[name].sum()[one.index]).all()
        assert one["value"].tolist() == pytest.approx(100 * one["count"] / one["words"])
    assert found.loc[found["measure"] == "tone", "count"].isna().all()
    known = strait.articles.set_index("article").loc[found.index]
    assert all(found[name].equals(known[name]) for name in ("outlet", "event", "topic"))
    assert set(found["leaning"]) == {"left"} and "high" not in set(found["value"])


@pytest.mark.parametrize(("filled", "counts"), [(0, True), (2, True), (3, False), (20, False)])
def test_a_rare_cue_that_fills_whole_articles_is_not_taken_for_something_about_articles(
    filled, counts
):
    """One in each of both paragraphs, in so many of twenty articles: up to a tenth of them."""
    article = [n // 2 for n in range(40)]
    scores = pd.DataFrame({
        "outlet": "A", "article": [f"a{n}" for n in article], "role": "body", "words": 90,
        "sentences": 3, "hedge": [n % 3 for n in range(40)], "dread": [n < filled for n in article],
    }).astype({"dread": int})  # fmt: skip
    if counts:
        assert fr.levels(scores)["measure"].tolist() == ["hedge", "dread"]
    else:
        with pytest.raises(ValueError, match="'dread' is the same in all paragraphs of every"):
            fr.levels(scores)


def test_a_column_that_may_not_hold_counts_is_an_error_until_measures_are_named():
    """No `sentences`, so nothing says where counts begin; or the same in every paragraph."""
    scores = pd.DataFrame({
        "outlet": "A", "article": [f"a{n // 2}" for n in range(20)], "role": "body", "words": 90,
        "sentences": 3, "hedge": [n % 3 for n in range(20)], "care": [n % 2 for n in range(20)],
    })  # fmt: skip
    assert fr.levels(scores)["measure"].tolist() == ["hedge", "care"]
    month = scores.assign(month=[1 + n // 6 for n in range(20)])
    for table, message in (
        (month, "'month' is the same in all paragraphs of every article"),
        (scores.drop(columns="sentences"), "'care' may hold anything"),
    ):
        with pytest.raises(ValueError, match=message):
            fr.levels(table)
        assert fr.levels(table, measures=["care"])["measure"].tolist() == ["care"]
    assert "month" in fr.levels(month[:18])["measure"].tolist()  # nine articles: may be chance
    plain = scores.drop(columns=["sentences", "care"])
    assert fr.levels(plain)["measure"].tolist() == ["hedge"]


def test_a_measure_is_not_mistaken_for_one_that_is_not_like_it():
    for name in ("circulation", "words"):
        with pytest.raises(ValueError, match=f"no measure '{name}': There are: "):
            fr.levels(TINY, measures=name)


def test_a_recipe_is_a_measure_that_must_be_asked_for():
    table = pd.DataFrame({"text": ["Talks may fail."], "article": "a", "outlet": "A"})
    scores = fr.score(table.assign(role="body"), recipes=["fear", "findings"])
    for named in ("recipe_fear", fr.recipe("fear"), [fr.recipe("fear")]):
        assert fr.levels(scores, measures=named)["measure"].tolist() == ["recipe_fear"]
    for name, how in (
        ("recipe_weasels", r"recipes=\['weasels'\]"),
        ("weasels", r"recipes=\['weasels'\]"),
        (fr.recipe("weasels"), r"recipes=\['weasels'\]"),
        ("tone_news", "tone_news=True"),
    ):
        with pytest.raises(ValueError, match=rf"ask for it, as in score\(paragraphs, {how}\)"):
            fr.levels(scores, measures=name)
    with pytest.raises(ValueError, match="no measure 'findings': did you mean 'recipe_findings'"):
        fr.levels(scores, measures="findings")


@pytest.mark.parametrize("role", [None, "Body"])
def test_a_paragraph_is_not_left_out_for_a_role_that_is_none(role):
    scores = made_scores({"A": 1.0, "B": 2.0}, events=9)
    scores["role"] = scores["role"].astype(object).where(scores.index != 3, role)
    with pytest.raises(ValueError, match=r"role must be one of .*, got .* \(1 in all\)"):
        fr.levels(scores)


def test_posts_that_were_read_as_headlines_are_told_where_to_go():
    """They are texts without a body; `score` takes a table of texts as they are."""
    about = {"outlet": "A", "article": "a", "role": "headline"}
    posts = fr.score(pd.DataFrame({"text": ["Talks may fail."], **about}))
    with pytest.raises(ValueError, match=r"the table has: headline: give short texts, .*score"):
        fr.levels(posts)
    with pytest.raises(ValueError, match=r"no measure 'bost': did you mean 'boost'\?") as told:
        fr.levels(posts, measures="bost")
    names = str(told.value).split("There are: ")[1].split(", ")
    assert len(names) == len(set(names))
