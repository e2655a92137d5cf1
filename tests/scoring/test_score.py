from __future__ import annotations

import pandas as pd
import pytest
import sentencex

import framing as fr
from framing.lexicon.lexicon import built_in


def test_columns_are_those_of_the_contract(strait_scores):
    lexicon = built_in()
    assert {"sentences", "neg", "neu", "pos", "compound", "tone"} <= set(strait_scores)
    assert {*lexicon.categories, *lexicon.indices} <= set(strait_scores)
    for name in (*lexicon.categories, *lexicon.indices):
        assert strait_scores[name].dtype == "int64"


def test_furniture_never_reaches_the_scores(strait, strait_scores):
    assert set(strait_scores["role"]) == {"headline", "standfirst", "body"}
    kept = strait.paragraphs["role"].isin(["headline", "standfirst", "body"]).sum()
    assert len(strait_scores) == kept


def test_counts_are_those_of_the_cues(strait_scores, strait_cues):
    """Every number of the scores can be recounted from the table of cues."""
    scored = strait_scores.set_index(["article", "paragraph"])
    cues = strait_cues[strait_cues["counted"] & ~strait_cues["negated"]]
    for category in built_in().categories:
        mine = cues[cues["category"] == category]
        if category == "boost":
            mine = mine[mine["tag"] != "extreme"]
        counted = mine.groupby(["article", "paragraph"]).size()
        assert counted.reindex(scored.index, fill_value=0).equals(scored[category].astype("int64"))


def test_indices_leave_out_their_tags():
    """Belief is no hedge, always and never are no boosters, and nothing is added up."""
    scores = fr.score(
        pd.DataFrame({"text": ["I think it never rains.", "It may, clearly; I fear it."]})
    )
    assert scores[["hedge", "boost", "alarm"]].values.tolist() == [[0, 0, 0], [1, 1, 1]]


def test_tone_is_the_mean_over_sentences():
    text = "A good day. A terrible day! Nothing."
    want = fr.tone(list(sentencex.segment("en", text)))["compound"].mean()
    assert fr.score(pd.DataFrame({"text": [text]}))["tone"].iloc[0] == pytest.approx(want)


def test_a_curly_apostrophe_does_not_turn_the_tone_round():
    straight, curly = fr.score(pd.DataFrame({"text": ["It isn't good", "It isn’t good"]}))[
        "compound"
    ]
    assert straight == curly < 0


def test_only_text_is_needed_and_other_columns_are_carried():
    table = pd.DataFrame({"text": ["Rain may fall."], "mine": [7]}, index=[42])
    scores = fr.score(table)
    assert scores[["mine", "role", "outlet", "words"]].values.tolist() == [
        [7, "body", "unknown", 3]
    ]
    with pytest.raises(ValueError, match="column 'text'; this table has: words"):
        fr.score(pd.DataFrame({"words": [1]}))


def test_empty_input_gives_an_empty_table():
    assert len(fr.score(pd.DataFrame({"text": []}))) == 0
    assert fr.score(pd.DataFrame({"text": [""]}))["tone"].tolist() == [0.0]


def test_the_row_of_a_text_that_is_none_is_named():
    with pytest.raises(TypeError, match="row 1: a text must be a str"):
        fr.tone(["good", None])
