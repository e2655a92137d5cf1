"""The grid of choices: complete, consistent with compare, and counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.stats.robustness import _joined, _not_by_flips


@pytest.fixture(scope="module")
def scored(strait):
    scores = fr.score(strait.paragraphs)
    scores = scores[scores["outlet"].isin(["Daily Clarion", "Meridian Wire"])]
    return scores, fr.find_cues(scores)


@pytest.fixture(scope="module")
def grid(scored):
    return fr.robustness(*scored, match="event", disputed="concern*", n_resamples=99)


def test_the_grid_is_complete(grid):
    """Voice, lead, weight for all cues; concern for alarm alone; masking for tone alone."""
    sizes = grid.groupby("measure", sort=False).size().to_dict()
    assert sizes == {"hedge": 8, "alarm": 16, "boost": 8, "tone": 8}
    choices = ["voices", "lead", "disputed", "weight", "masked"]
    assert not grid.duplicated(["measure", *choices]).any()
    assert not grid.duplicated(["measure", "choices"]).any()
    assert grid.groupby("measure")["choices"].first().eq("main analysis").all()


def test_a_choice_that_changes_nothing_in_a_comparison_is_left_out(scored):
    """*Concern* stands in one event of the first outlet alone, and then in none that both cover."""
    scores, cues = scored
    how = {"match": "event", "measures": "alarm", "disputed": "concern*", "n_resamples": 99}
    apart = scores["article"].isin(cues["article"][cues["entry"].str.startswith("concern")])
    apart = scores.assign(event=scores["event"].mask(apart, scores["article"]))
    grid = fr.robustness(apart, cues, **how)
    assert grid["disputed"].all() and len(grid) == 8
    assert not grid.duplicated(["estimate", "low", "high", "p", "voices", "lead", "weight"]).any()
    both = fr.robustness(apart, cues, **(how | {"disputed": "fear*"}))
    assert not both["disputed"].all()


def test_the_main_analysis_is_that_of_compare(grid, scored):
    found = fr.compare(
        scored[0], match="event", measures=["hedge", "alarm", "boost", "tone"], n_resamples=99
    )
    main = grid[grid["choices"] == "main analysis"].reset_index(drop=True)
    columns = ["measure", "estimate", "low", "high", "ratio", "p", "events"]
    pd.testing.assert_frame_equal(main[columns], found[columns])


def test_joint_p_is_that_of_all_combinations(grid):
    """The same for all rows of a measure; where all say the same it is near each of them."""
    for _, rows in grid.groupby("measure"):
        assert rows["p_clearest"].nunique() == rows["p_median"].nunique() == 1
        assert rows["p_clearest"].iloc[0] >= rows["p"].min() - 0.01
        assert rows["p"].min() - 0.1 <= rows["p_median"].iloc[0] <= rows["p"].max() + 0.1


def test_the_comparisons_of_one_outlet_are_those_among_all(strait):
    scores = fr.score(strait.paragraphs)
    how = {"cues": fr.find_cues(scores), "against": "rest", "measures": "alarm", "n_resamples": 99}
    every = fr.robustness(scores, **how)
    one = fr.robustness(scores, **how, outlet_a="Meridian Wire")
    wanted = every[every["outlet_a"] == "Meridian Wire"].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, wanted, check_exact=True)
    with pytest.raises(ValueError, match=r"outlet_a must be an outlet .* got 'Meridian';.*Clarion"):
        fr.robustness(scores, **how, outlet_a="Meridian")


def test_the_comparisons_of_an_outlet_are_all_its_pairs_first_or_second(grid, scored):
    how = {"match": "event", "disputed": "concern*", "n_resamples": 99}
    one = fr.robustness(*scored, **how, outlet_a="Meridian Wire")
    of_it = grid[["outlet_a", "outlet_b"]].eq("Meridian Wire").any(axis=1)
    assert of_it.sum() > grid["outlet_a"].eq("Meridian Wire").sum()
    names = ["measure", "outlet_a", "outlet_b", "choices", "estimate", "p"]
    wanted = grid.loc[of_it, names].reset_index(drop=True)
    pd.testing.assert_frame_equal(one[names], wanted)


def test_every_choice_counted_by_hand():
    """A: lead 4 words with `fear`; then 4 own words with `concern`, and 2 of 4 quoted: `may`."""
    texts = ["Ships fear a storm.", "Widespread concern over ships. “It may sail today,” he said."]
    rows = [("a", "A", text) for text in texts]
    rows += [("b", "B", "Ships sail out today."), ("b", "B", "Grain is on board. It sails.")]
    table = pd.DataFrame(rows, columns=["article", "outlet", "text"])
    scores = fr.score(table.assign(paragraph=[0, 1, 0, 1]))
    cues = fr.find_cues(scores)
    found = fr.robustness(scores, cues, disputed="concern*", n_resamples=9).set_index(
        ["measure", "choices"]
    )["estimate"]
    words = scores.groupby("article")["words"].sum()["a"]
    own = scores.groupby("article")["words_outlet"].sum()["a"]
    assert found["alarm", "main analysis"] == pytest.approx(100 * 2 / words)
    assert found["alarm", "without concern"] == pytest.approx(100 * 1 / words)
    assert found["alarm", "without lead"] == pytest.approx(100 * 1 / (words - 4))
    assert found["alarm", "without lead, without concern"] == 0
    assert found["alarm", "outlet's own voice"] == pytest.approx(100 * 2 / own)
    assert found["hedge", "main analysis"] == pytest.approx(100 * 1 / words)
    assert found["hedge", "outlet's own voice"] == 0
    assert own < words


@pytest.mark.parametrize("name", ["article", "entry", "voice", "attenuated", "counted"])
def test_cues_without_a_column_that_is_needed_are_an_error(scored, name):
    scores, cues = scored
    with pytest.raises(ValueError, match=f"no column '{name}'"):
        fr.robustness(scores, cues.drop(columns=name))


def test_leads_alone_have_no_rest():
    table = pd.DataFrame(
        {"text": ["It may."] * 4, "outlet": ["A", "B"] * 2, "article": list("abcd")}
    )
    scores = fr.score(table)
    assert fr.robustness(scores, fr.find_cues(scores), n_resamples=9)["lead"].all()
    with pytest.raises(ValueError, match="no measure 'hege'"):
        fr.robustness(scores, fr.find_cues(scores), measures="hege")


def test_a_misspelt_entry_is_refused_and_one_that_a_dictionary_lacks_is_not(scored):
    with pytest.raises(ValueError, match=r"no entry of the lexicon is 'concrn[*]'; did you mean"):
        fr.robustness(*scored, disputed="concrn*", n_resamples=19)
    fear = fr.load_lexicon().only("warn")
    scores = fr.score(scored[0], lexicon=fear)
    cues = fr.find_cues(scores, lexicon=fear)
    fr.robustness(scores, cues, measures="warn", lexicon=fear, disputed="concern*", n_resamples=19)


def test_a_choice_that_leaves_too_few_articles_for_a_test_costs_the_others_nothing():
    """One of ten articles is nothing but a lead: without leads there are nine, against 60."""
    rng = np.random.default_rng(1)
    may, will = (f"It {word} rain today, wrote the mayor of the town." for word in ("may", "will"))
    rows = [
        (f"{outlet}{n}", outlet, k, may if rng.random() < 0.3 else will)
        for outlet, articles in (("A", 10), ("B", 60))
        for n in range(articles)
        for k in range(1 if (outlet, n) == ("A", 0) else 3)
    ]
    scores = fr.score(pd.DataFrame(rows, columns=["article", "outlet", "paragraph", "text"]))
    found = fr.robustness(scores, fr.find_cues(scores), measures="hedge", n_resamples=99)
    assert found["p"].notna().tolist() == found["lead"].tolist()
    assert found["p_clearest"].notna().all() and found["articles_a"].min() == 9


def test_where_p_is_from_the_logarithm_the_joint_p_is_as_much_larger():
    """Counted by hand: of four patterns one and two are as extreme; the logs have .5 and .75."""
    t = np.array([[3.0, 1, 1, 1], [2.0, 2, 1, 1]], np.float32)
    rows = pd.DataFrame({"rates": [True, True], "p": [0.5, 0.75]})
    assert _not_by_flips(rows, t).tolist() == [0.5 / 0.25, 0.625 / 0.375]
    assert _not_by_flips(rows.assign(rates=False), t).tolist() == [1, 1]
    assert _not_by_flips(rows.assign(p=0.1), t).tolist() == [1, 1]  # never below that of flips
    # By flips one and four of ten patterns are as extreme, three of ten as the clearest of both.
    more = np.ones((2, 10), np.float32)
    more[0, 0], more[1, :4] = 3, [2, 2, 4, 4]
    rows = pd.DataFrame({"measure": "boost", "outlet_a": "A", "outlet_b": "B", "rates": [True] * 2})
    found = _joined(rows.assign(p=[0.2, 0.8]), more)
    assert found[["p_clearest", "p_median"]].to_numpy() == pytest.approx(np.full((2, 2), 0.6))
    # Of sides with the same rate no pattern is less extreme.
    same = _joined(rows.assign(p=1.0), np.zeros((2, 10), np.float32))
    assert (same[["p_clearest", "p_median"]] == 1).all(axis=None)


def test_the_median_of_all_is_never_clearer_than_the_clearest_of_them():
    """Five hits have hardly any spread: their t is 4.2 by flips, their p .004 by their number."""
    t = np.ones((2, 1000), np.float32)
    t[0, :20], t[1, 0] = 2.4, 4.2
    rows = {"measure": "boost", "outlet_a": "A", "outlet_b": "B", "rates": [False, True]}
    found = _joined(pd.DataFrame(rows | {"p": [0.02, 0.004]}), t)
    assert found["p_median"].tolist() == [0.004, 0.004]
    assert found["p_clearest"].min() >= 0.004


def test_recipes_and_tone_news_are_compared_as_compare_does(strait):
    scores = fr.score(strait.paragraphs, recipes="fear", tone_news=True)
    asked = ["recipe_fear", "tone_news", "hedge"]
    how = {"measures": asked, "match": "event", "n_resamples": 199}
    grid = fr.robustness(scores, fr.find_cues(scores), disputed="concern*", **how)
    first = grid[grid["choices"] == "main analysis"].reset_index(drop=True)
    once = fr.compare(scores, **how)
    same = ["measure", "outlet_a", "outlet_b", "estimate", "low", "high", "ratio", "p"]
    pd.testing.assert_frame_equal(first[same], once[same], check_names=False)
    scored = grid[grid["measure"].isin(asked[:2])]
    assert set(scored["choices"]) == {
        "main analysis", "words pooled", "without lead", "without lead, words pooled",
    }  # fmt: skip


def test_what_is_not_scored_is_asked_for_and_masked_tone_is_a_choice(scored):
    scores, cues = scored
    with pytest.raises(ValueError, match=r"score\(paragraphs, recipes=\['fear'\]\)"):
        fr.robustness(scores, cues, measures=["hedge", "recipe_fear"])
    with pytest.raises(ValueError, match="ask for measures='tone'"):
        fr.robustness(scores, cues, measures="tone_masked")
