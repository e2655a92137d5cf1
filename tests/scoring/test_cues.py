from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.schema import CUE_COLUMNS
from framing.text.words import words
from tests.conftest import gold


def places() -> list[tuple[str, int]]:
    rows = gold("cues")[["article", "block"]].drop_duplicates()
    return list(rows.itertuples(index=False, name=None))


@pytest.mark.parametrize(("article", "block"), places())
def test_cues_are_those_that_a_person_counted(strait_cues, article, block):
    """The hits of every category in a paragraph of the example are the gold's."""
    rows = gold("cues")
    rows = rows[(rows["article"] == article) & (rows["block"] == block) & (rows["category"] != "-")]
    found = strait_cues[(strait_cues["article"] == article) & (strait_cues["paragraph"] == block)]
    found = found[found["counted"] & ~found["negated"]]
    want = dict(zip(rows["category"], rows["count"].astype(int), strict=True))
    assert found["category"].value_counts().to_dict() == want


PIECES = ["may", "’", "fear", "é", "e\u0301", "😀", "\u00ad", " ", "-", "s", "no doubt"]


@settings(max_examples=20)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), max_size=12))
def test_offsets_hold_in_hostile_text(texts):
    cues = fr.find_cues(pd.DataFrame({"text": texts}))
    assert list(cues) == CUE_COLUMNS
    found = [texts[cue.paragraph][cue.start : cue.end] for cue in cues.itertuples()]
    assert found == cues["match"].tolist()


def test_within_a_family_a_word_counts_once_and_the_longest_wins():
    """'no doubt' is a booster, not doubt; 'may well' one hit; families do not see each other."""
    cues = fr.find_cues(pd.DataFrame({"text": ["No doubt talks may well fail, it is feared."]}))
    assert cues[["match", "category"]].values.tolist() == [
        ["No doubt", "boost"],
        ["may well", "epi_modal"],
        ["feared", "fear"],
    ]


def test_a_phrase_does_not_cross_punctuation():
    assert fr.find_cues(pd.DataFrame({"text": ["One of a kind, of course"]}))["match"].tolist() == [
        "of course"
    ]


def test_numbers_and_forms_of_be():
    """{NUM} takes digits, number words and a currency sign; {BE} its forms, ’s included."""
    texts = ["About $1.5 million, about twenty-five men", "It’s liable to break; they are apt to"]
    cues = fr.find_cues(pd.DataFrame({"text": texts}))
    assert cues["match"].tolist() == [
        "About $1.5",
        "about twenty-five",
        "’s liable to",
        "are apt to",
    ]


def test_a_soft_hyphen_and_a_curly_apostrophe_do_not_hide_a_cue():
    cues = fr.find_cues(pd.DataFrame({"text": ["They can’t rule out inva\u00adsion"]}))
    assert cues["category"].tolist() == ["prob", "conflict_esc"]
    assert cues["match"].tolist() == ["can’t rule out", "inva\u00adsion"]


def test_rows_can_come_in_any_order(strait):
    """Shuffled paragraphs give the same cues, and the input is unchanged."""
    table = strait.paragraphs.head(120)
    before = table.copy()
    shuffled = table.sample(frac=1, random_state=random.Random(1).randint(0, 99))
    order = ["article", "paragraph", "start", "category"]
    a, b = (fr.find_cues(t).sort_values(order, ignore_index=True) for t in (table, shuffled))
    pd.testing.assert_frame_equal(a, b)
    pd.testing.assert_frame_equal(table, before)


def test_words_have_their_places():
    text = "NATO’s 100,000-strong ‘army’ isn’t U.S.-led"
    assert [text[w.start : w.end] for w in words(text)] == [
        "NATO", "’s", "100,000-strong", "army", "isn’t", "U", "S", "led",
    ]  # fmt: skip
