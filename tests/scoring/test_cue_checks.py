"""Cues that are not those of the scores or the texts beside them are errors."""

import pandas as pd
import pytest

import framing as fr

USES = {
    "breakdown": lambda scores, cues: fr.breakdown(cues, scores),
    "attribution": lambda scores, cues: fr.attribution(cues, scores),
    "headline_gaps": fr.headline_gaps,
    "robustness": lambda scores, cues: fr.robustness(scores, cues, n_resamples=9),
    "coding_sheet": lambda scores, cues: fr.coding_sheet(scores, cues, hits=3),
}


@pytest.mark.parametrize("name", USES)
def test_cues_of_some_articles_only_are_an_error(name, strait_cues, strait_scores):
    few = strait_cues[strait_cues["article"].isin(strait_cues["article"].unique()[::2])]
    with pytest.raises(ValueError, match=r"scores count \d+ of '\w+', and cues have \d+"):
        USES[name](strait_scores, few)


def test_more_cues_than_the_scores_have_paragraphs_are_fine(strait_cues, strait_scores):
    """Each article is broken down as it is among all others."""
    half = strait_scores[strait_scores["outlet"] == strait_scores["outlet"].iloc[0]]
    own, all_ = fr.breakdown(strait_cues, half), fr.breakdown(strait_cues, strait_scores)
    same = all_[all_["outlet"].isin(half["outlet"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, same)


def test_a_table_of_cues_that_was_added_twice_is_an_error(strait_cues, strait_scores):
    """Two hits of one entry in a paragraph are alike in all but where they stand."""
    one = strait_cues.head(1)
    with pytest.raises(ValueError, match="1 rows of cues are there twice"):
        fr.breakdown(pd.concat([strait_cues, one]), strait_scores)
    places = strait_cues.columns.intersection(["start", "end", "order"])
    unplaced = strait_cues.drop(columns=places)
    assert unplaced.duplicated().any()
    fr.breakdown(unplaced, strait_scores)


def test_scores_of_a_smaller_lexicon_are_an_error(strait, strait_cues):
    scores = fr.score(strait.paragraphs, lexicon=fr.load_lexicon().without("risk"))
    with pytest.raises(ValueError, match="no column 'alarm'"):
        fr.coding_sheet(scores, strait_cues)
    scores = fr.score(strait.paragraphs, lexicon=fr.load_lexicon() + _more())
    with pytest.raises(ValueError, match=r"of 'alarm', and cues have"):
        fr.breakdown(strait_cues, scores)


def _more():
    return fr.load_lexicon().only("fear").with_entries("fear", ["ferry"])


@pytest.mark.parametrize("show", [fr.show, lambda table, cues: fr.context(cues, table)])
def test_a_text_that_was_changed_is_not_marked(show):
    table = pd.DataFrame({"article": "a", "paragraph": 0, "text": ["Talks could fail."]})
    cues = fr.find_cues(table)
    show(table, cues)
    with pytest.raises(ValueError, match=r"the cue 'could' is not at 6 to 11 in paragraph 0"):
        show(table.assign(text="The talks could fail."), cues)


def test_cues_and_scores_of_a_csv_give_what_they_gave_before(
    tmp_path, strait, strait_cues, strait_scores
):
    """What is empty in a CSV is a missing value for pandas."""
    fr.save_tables(tmp_path, formats="csv", cues=strait_cues, scores=strait_scores)
    cues, scores = (pd.read_csv(tmp_path / f"{name}.csv") for name in ("cues", "scores"))
    assert cues["rule"].isna().any()
    for verb in (fr.breakdown, fr.attribution):
        pd.testing.assert_frame_equal(verb(cues, scores), verb(strait_cues, strait_scores))
    one = scores["article"].iloc[0]
    read, scored = (t[t["article"] == one] for t in (scores, strait_scores))
    assert repr(fr.show(read, cues)) == repr(fr.show(scored, strait_cues))
    pd.testing.assert_frame_equal(
        fr.context(cues, strait.paragraphs),
        fr.context(strait_cues, strait.paragraphs),
        check_dtype=False,
    )


def test_ids_that_became_numbers_are_an_error():
    table = pd.DataFrame({"article": ["001"], "text": ["Talks may fail."], "outlet": "A"})
    cues, scores = fr.find_cues(table), fr.score(table)
    for verb in (lambda c: fr.breakdown(c, scores), lambda c: fr.context(c, table)):
        with pytest.raises(ValueError, match=r"holds 1 \(int\) in one table, and '001' \(str\)"):
            verb(cues.assign(article=1))
