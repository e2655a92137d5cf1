from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted

import framing as fr

TEXTS = ["Talks could fail, diplomats fear.", "", "All is well.", "It may well rain, he warned."]


@parametrize_with_checks([fr.FramingVectorizer(), fr.FramingVectorizer(density=True)])
def test_scikit_learn_accepts_it(estimator, check):
    check(estimator)


def test_numbers_are_those_of_score():
    scores = fr.score(pd.DataFrame({"text": TEXTS}))
    for vectorizer in (fr.FramingVectorizer(), fr.FramingVectorizer(["hedge", "neg", "fear"])):
        table = vectorizer.fit_transform(TEXTS)
        names = vectorizer.get_feature_names_out().tolist()
        np.testing.assert_array_equal(table, scores[names].to_numpy(float))
    dense = fr.FramingVectorizer(["tone", "hedge"], density=True).fit_transform(TEXTS)
    np.testing.assert_array_equal(dense[:, 0], scores["tone"])
    rows = zip(scores["hedge"], scores["words"], strict=True)
    expected = [100 * hits / words if words else 0 for hits, words in rows]
    np.testing.assert_allclose(dense[:, 1], expected)


def test_recipes_follow_the_measures_with_the_numbers_of_score():
    asked = ["fear", fr.recipe("uncertainty")]
    scores = fr.score(pd.DataFrame({"text": TEXTS}), recipes=asked)
    vectorizer = clone(fr.FramingVectorizer("tone", recipes=asked))
    table = vectorizer.fit_transform(TEXTS)
    assert vectorizer.measures_ == ["tone", "recipe_fear", "recipe_uncertainty"]
    np.testing.assert_array_equal(table, scores[vectorizer.measures_].to_numpy(float))
    assert table[:, 1:].sum() > 0
    placed = fr.FramingVectorizer(["recipe_fear", "tone"], recipes="fear").fit(TEXTS)
    assert placed.measures_ == ["recipe_fear", "tone"]
    with pytest.raises(ValueError, match="no recipe 'feer'"):
        fr.FramingVectorizer(recipes=["feer"]).fit(TEXTS)


def test_it_works_in_a_pipeline_and_with_pandas_output():
    model = make_pipeline(fr.FramingVectorizer(), LogisticRegression())
    assert model.fit(TEXTS, [1, 0, 0, 1]).predict(TEXTS).tolist() == [1, 0, 0, 1]
    table = fr.FramingVectorizer(["hedge"]).set_output(transform="pandas").fit_transform(TEXTS)
    assert table["hedge"].tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("one text", r"pass \[text\]"),
        (["a", None], "got NoneType in place 1"),
        ([["a"]], "got list"),
        (pd.DataFrame({"text": TEXTS}), r"got a DataFrame: pass one column, table\['text'\]"),
        ({"text": TEXTS}, "got a dict: pass one column"),
    ],
)
def test_what_is_no_list_of_texts_is_an_error(texts, message):
    with pytest.raises(ValueError, match=message):
        fr.FramingVectorizer().fit(texts)
    with pytest.raises(ValueError, match=message):
        fr.FramingVectorizer().fit(["a"]).transform(texts)


def test_an_unknown_measure_is_an_error():
    with pytest.raises(ValueError, match="did you mean 'hedge'"):
        fr.FramingVectorizer(["hedges"]).fit(TEXTS)


@pytest.mark.parametrize("measure", ["hedge", "tone"])
def test_a_single_measure_has_a_density(measure):
    """The matrix was a view of the scores, which cannot be written to."""
    alone = fr.FramingVectorizer([measure], density=True).fit_transform(TEXTS)
    both = fr.FramingVectorizer([measure, "alarm", "compound"], density=True).fit_transform(TEXTS)
    assert np.array_equal(alone[:, 0], both[:, 0])


def test_scikit_learn_knows_that_nothing_is_learnt_from_texts():
    """So its tools, such as those that show a model's features, ask for no fitted step."""
    vectorizer = fr.FramingVectorizer()
    check_is_fitted(vectorizer)
    np.testing.assert_array_equal(
        vectorizer.transform(TEXTS), fr.FramingVectorizer().fit_transform(TEXTS)
    )


def test_scikit_learn_is_told_of_the_input_what_its_own_vectorizers_tell():
    own, theirs = (
        get_tags(made).input_tags for made in (fr.FramingVectorizer(), HashingVectorizer())
    )
    assert own == theirs


def test_a_density_that_is_a_word_is_an_error():
    with pytest.raises(TypeError, match=r"density must be True or False, got 'no' \(str\)"):
        fr.FramingVectorizer(density="no").fit(TEXTS)


def test_the_density_of_a_text_of_one_word_is_100():
    dense = fr.FramingVectorizer("hedge", density=True).fit_transform(["Reportedly", "Rain", ""])
    assert dense[:, 0].tolist() == [100, 0, 0]
