"""Every number of a score, taken again with plain Python and vaderSentiment itself."""

import itertools
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

import framing as fr
from framing.lexicon.loading import built_in
from framing.text.words import count_words, normalise
from tests import adversarial, plain_cues

ANALYZER = SentimentIntensityAnalyzer()


def texts() -> list[str]:
    hostile = [re.sub("[\ud800-\udfff]", "\ufffd", s) for s in adversarial.strings(200, seed=7)]
    mixed = [
        "WAR!",
        "",
        "They fear Bad News — and “RISKS”, no doubt. Not good.\n\n A war😀 may end.",
    ]
    return [*adversarial.prose()[:200], *hostile, *mixed]


def written_over(texts: list[str]) -> list[str]:
    """The texts with every letter of a cue replaced: x, X or 9."""
    characters = [list(text) for text in texts]
    for row, _, start, end, *_ in plain_cues.find(texts, built_in()):
        for place in range(start, end):
            c = normalise(characters[row][place])
            if c.isascii() and c.isalnum():
                characters[row][place] = "9" if c.isdigit() else "X" if c.isupper() else "x"
    return ["".join(parts) for parts in characters]


def compound(text: str, *, fold: bool = True) -> float:
    text = plain_cues.folded_for_vader(text) if fold else text
    return ANALYZER.polarity_scores(text)["compound"]


@pytest.mark.parametrize("fold", [True, False])
def test_masked_tone_is_the_reference_on_the_text_with_its_cues_written_over(fold: bool) -> None:
    """Without the cue words nothing else changes: lengths, capitals, punctuation stay."""
    scores = fr.tone(texts(), mask=built_in(), normalise=fold)["compound"]
    expected = [compound(text, fold=fold) for text in written_over(texts())]
    assert scores.tolist() == expected
    assert (scores != fr.tone(texts(), normalise=fold)["compound"]).sum() > 30


def test_no_word_that_vader_knows_is_made_of_the_letters_written_over() -> None:
    """x, X and 9, with any punctuation, mean nothing to VADER."""
    known = [*ANALYZER.lexicon, *BOOSTER_DICT, *NEGATE, *SPECIAL_CASES]
    assert not [w for w in known if re.search("[x9]", w) and not re.search("[a-wyz0-8]", w)]


def test_a_masked_word_neither_boosts_nor_negates_nor_weighs() -> None:
    """Counted by hand: what is left is 'bad' alone, 'good' alone, nothing."""
    own = plain_cues.lexicon(*[("x", w) for w in ("very", "not", "war", "no", "but")])
    masked = fr.tone(["very bad", "not good", "war", "x but good"], mask=own)["compound"]
    left = fr.tone(["xxxx bad", "xxx good", "xxx", "x xxx good"])["compound"]
    assert masked.tolist() == left.tolist()
    assert masked[2] == 0


def test_scores_are_those_of_the_plain_definitions() -> None:
    """Words, sentences, tone, masked tone and every count, text by text."""
    entries = built_in().entries.assign(rule="")
    bare = replace(built_in(), entries=entries, marks={})  # the definitions know no rules
    scores = fr.score(pd.DataFrame({"text": texts()}), lexicon=bare)
    cues = pd.DataFrame(plain_cues.find(texts(), bare))
    for row, text in enumerate(texts()):
        split = [s for s in plain_cues.segments(text) if s.strip()]
        found = scores.loc[row]
        assert found["words"] == count_words(text)
        assert found["sentences"] == len(split)
        assert found["compound"] == compound(text)
        assert found["tone"] == pytest.approx(np.mean([compound(s) for s in split] or [0.0]))
        here = cues[cues[0] == row]
        for category in set(bare.categories) - set(bare.indices):
            assert found[category] == (here[5] == category).sum()


def test_masked_tone_in_a_score_is_the_mean_over_the_same_sentences() -> None:
    """Sentences are those of the text as it stands, not of the one written over."""
    text = "Mr. Fear may fear war. It is a good day! The “threat” was bad."
    over = "Mr. Xxxx xxx xxxx xxx. It is a good day! The “xxxxxx” was bad."
    (masked,) = fr.score(pd.DataFrame({"text": [text]}))["tone_masked"]
    starts = [0, 23, 41, len(text)]
    parts = [compound(over[a:b]) for a, b in itertools.pairwise(starts)]
    assert masked == pytest.approx(np.mean(parts))


def test_a_table_of_scores_can_be_scored_again() -> None:
    """The numbers are taken anew; nothing stands twice."""
    texts = pd.DataFrame({"text": ["It may rain.", "A good day."], "mine": [1, 2], "words": 99})
    once = fr.score(texts)
    assert once["words"].tolist() == [3, 3]
    pd.testing.assert_frame_equal(fr.score(once), once)
    assert fr.score(once.assign(words=7))["words"].tolist() == [3, 3]
