"""One reading gives what each text, each sentence and each sentence without cues gives alone."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.loading import built_in
from framing.lexicon.matcher import matcher
from framing.scoring.masking import write_over
from framing.text.chunks import cut
from framing.text.tokens import tokenise
from tests import adversarial, plain_cues
from tests.plain_cues import sentences

PARTS = (
    "may", "fear", "“", "”", '"', "war", "WAR!", "not", "no", "but", "kind of", "good.", "bad?",
    "!", ".", "\u00a0", "😀", "a.B", "x.“Fear", "risk…could", "could.But", "fear.War", "isn’t",
    ".\u00a0Threat", "\n\n", "  ", "\x1c", "\u0085", "Mr.", "said:", "x\u200by", "Ｆｅａｒ",
)  # fmt: skip


def texts() -> list[str]:
    rng = random.Random(9)
    made = [
        "".join(
            rng.choice(PARTS) + rng.choice((" ", "", " ", "\n")) for _ in range(rng.randint(0, 30))
        )
        for _ in range(800)
    ]
    return [" Good! No war.", *made, *adversarial.prose()[:200]]  # a chunk begins with space


def compound(parts: list[str], fold: bool) -> list[float]:
    return fr.tone(parts, normalise=fold)["compound"].tolist()


@pytest.mark.parametrize("fold", [True, False])
def test_tones_are_those_of_the_sentences_one_by_one(fold: bool) -> None:
    """Also where a sentence begins within a word, or with a cue that goes on into the next."""
    given = texts()
    scores = fr.score(pd.DataFrame({"text": given}), normalise=fold)
    tokens = tokenise(cut(given))
    hits = matcher(built_in()).find(tokens)
    veiled = write_over(given, *tokens.spans(hits.first, hits.last))
    within = 0
    for row, (text, over) in enumerate(zip(given, veiled, strict=True)):
        starts = [start for start, _ in sentences(text)]
        ends = [start + len(sentence) for start, sentence in sentences(text)]
        within += sum(not text[start - 1].isspace() for start in starts if start)
        for name, whole in (("tone", text), ("tone_masked", over)):
            parts = [whole[a:b] for a, b in zip(starts, ends, strict=True)]
            expected = np.sum(compound(parts, fold)) / max(1, len(parts))
            assert scores.loc[row, name] == pytest.approx(expected, abs=1e-12), text
    assert within > 50
    whole = fr.tone(given, normalise=fold)
    pd.testing.assert_frame_equal(scores[list(whole)], whole)


def test_a_cue_of_two_senses_leaves_a_word_of_its_sign_where_it_stood():
    """In the row and at the place of the cue, as loud as it was; a short one leaves no word."""
    given = ["Yes. A WAR chest, a warm fear.", "Bad", "The bold deal, ok."]
    spans = [(0, 7, 10, -1), (0, 20, 24, 1), (0, 25, 29, 0), (2, 4, 13, 1), (2, 15, 17, 1)]
    rows, starts, ends, signs = np.array(spans).T
    assert write_over(given, rows, starts, ends, signs) == [
        "Yes. A SAD chest, a yes. xxxx.", "Bad", "The yes......, xx.",
    ]  # fmt: skip


WORDS = st.sampled_from(["a", "ab", "abcd", "A", "abcdefgh", "Abcd", "good", "x"])
MARKED = st.tuples(
    st.sampled_from(["", "(", '"', "good-"]), WORDS, st.sampled_from(["", "!!!", "?!", ")", "-bad"])
)
SAID = st.lists(MARKED.map("".join), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=30, deadline=None)
@given(st.lists(SAID, min_size=2, max_size=5))
@example(["Good abcdefgh!!! day.", "Good a day."])
@example(["Good a!!!", "Good abcd-a-abcd", "Good abcd-abcd"])
def test_pieces_that_are_written_over_are_taken_for_the_same_only_if_they_are(texts):
    """Cues of any length, at any place of their piece, in texts together and alone."""
    own = plain_cues.lexicon(*[("c", word) for word in ("a", "ab", "abcd", "abcdefgh")])
    scores = [fr.score(pd.DataFrame({"text": some}), lexicon=own) for some in (texts, *zip(texts))]
    together, *alone = [part["tone_masked"] for part in scores]
    assert together.equals(pd.concat(alone, ignore_index=True))
