"""Pairs of texts: paraphrases above sentences that share words only, reuse above independence."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

import framing as fr
from tests.conftest import ROOT
from tests.plain_cues import sentences
from tests.reuse.test_align import pool_of, reworded

TEXTS = st.text("ab .1,é", max_size=20)


def auc(values: pd.Series[float], positive: pd.Series[bool]) -> float:
    found = mannwhitneyu(values[positive], values[~positive]).statistic
    return found / (positive.sum() * (~positive).sum())


def overlap(a: str, b: str) -> float:
    one, other = ({word.strip(".,").lower() for word in text.split()} for text in (a, b))
    return len(one & other) / len(one | other)


def test_paraphrases_stand_above_sentences_that_share_words():
    """50 pairs written for this test: the same event told otherwise, or another with its words."""
    pairs = pd.read_csv(ROOT / "tests" / "fixtures" / "sentence_pairs.csv")
    found = fr.likeness(pairs["first"], pairs["second"])["paraphrase"]
    plain = pd.Series(map(overlap, pairs["first"], pairs["second"]))
    same = pairs["same"] == 1
    assert auc(found, same) >= 0.85
    assert auc(found, same) >= auc(plain, same) + 0.03


def test_texts_with_reused_parts_stand_above_independent_reports(strait):
    """Two fifths of the sentences of a wire story, half of their words replaced, in a text that
    somebody else wrote on the same event; against that text itself."""
    draw, body = random.Random(1), strait.paragraphs[strait.paragraphs["role"] == "body"]
    texts = body.groupby(["event", "outlet"])["text"].agg(" ".join)
    pool, rows = pool_of(body["text"]), []
    for event in body["event"].unique():
        source = texts[event, "Meridian Wire"]
        told = [sentence for _, sentence in sentences(source)]
        for outlet in ("Daily Clarion", "The Standard Review", "Tarnovar Today"):
            own = texts[event, outlet]
            taken = draw.sample(told, int(0.4 * len(told)))
            carried = " ".join(reworded(sentence, 0.5, draw, pool) for sentence in taken)
            rows += [(source, f"{own} {carried}", True), (source, own, False)]
    table = pd.DataFrame(rows, columns=["a", "b", "reused"])
    assert auc(fr.likeness(table["a"], table["b"])["reuse"], table["reused"]) >= 0.97


@given(TEXTS, TEXTS)
def test_likeness_is_the_same_from_both_sides_and_between_none_and_all(a, b):
    found = fr.likeness([a, b, a], [b, a, a])
    assert found.melt()["value"].between(0, 1 + 1e-6).all()
    assert found.iloc[0].tolist() == pytest.approx(found.iloc[1].tolist())
    if any(character.isalnum() for character in a):
        assert found.loc[2, ["paraphrase", "words", "frame"]].min() > 0


def test_a_text_is_its_own_paraphrase_and_reuses_all_of_itself():
    text = "Two sailors were hurt when 2 boats collided off Hask on Tuesday."
    assert fr.likeness([text], [text]).iloc[0].round(6).tolist() == [1, 1, 1, 1, 1, 1, 1, 0]


def test_no_measure_of_a_text_and_itself_is_above_1(strait):
    """Squares of roots, each rounded, add up to a little more."""
    texts = strait.paragraphs["text"][:200]
    found = fr.likeness(texts, texts).drop(columns="conflict")
    assert found.to_numpy().max() == 1 and found["grams"].min() > 0.999


def test_a_pair_has_the_same_numbers_whatever_stands_beside_it():
    a, b = ["Two boats collided off Hask.", "Fear grows."], ["Boats collided.", "Hope fades."]
    both, alone = fr.likeness(a, b), fr.likeness(a[:1], b[:1])
    pd.testing.assert_frame_equal(both.iloc[:1], alone)


def test_numbers_that_stand_against_others_are_a_conflict():
    """3 and 11 for 4: of two numbers one stands against another; none does where one lacks it."""
    found = fr.likeness(["Up 3 per cent in 11 days.", "Up 3 per cent."], ["Up 4 per cent.", "Up."])
    assert found["conflict"].tolist() == [0.5, 0]


def test_the_index_is_kept_and_odd_ones_are_refused():
    found = fr.likeness(pd.Series(["Talks fail."], index=["x"]), ["Talks may fail."])
    assert found.index.tolist() == ["x"]
    with pytest.raises(ValueError, match="same length, got 1 and 2 texts"):
        fr.likeness(["a"], ["b", "c"])
    with pytest.raises(TypeError, match=r"two lists of texts, got 'Talks' \(str\); write \[text\]"):
        fr.likeness("Talks", "Talks")
    with pytest.raises(TypeError, match=r"got a DataFrame; write \[text\], or table\['text'\]"):
        fr.likeness(*[pd.DataFrame({"text": ["Talks fail."]})] * 2)


def test_two_series_are_compared_in_order_and_never_against_their_index():
    """The same index in another order is an error; other ids, or none, are compared in order."""
    a = pd.Series(["Talks may fail.", "They fear war."], index=["x", "y"])
    with pytest.raises(ValueError, match=r"pass b\.loc\[a\.index\]"):
        fr.likeness(a, a[::-1])
    other = fr.likeness(a, a.set_axis(["p", "q"]))
    assert other["paraphrase"].round(6).tolist() == [1, 1] and other.index.tolist() == ["x", "y"]
    assert fr.likeness(a, a)["paraphrase"].round(6).tolist() == [1, 1]
