"""Long texts are split in parts, and nothing is lost or split that should not be."""

from __future__ import annotations

import pytest
import sentencex

from framing.text import sentences as module
from framing.text.sentences import Sentences
from tests.plain_cues import sentences


@pytest.mark.parametrize("window", [1, 7, 30, 100])
def test_parts_split_as_the_whole_does(monkeypatch, window):
    """Also where a part is shorter than a sentence."""
    text = "Talks fail again. Nobody knows why! Will they, one day, be resumed? " * 20
    whole = [s for s in sentencex.segment("en", text) if not s.isspace()]
    monkeypatch.setattr(module, "_WINDOW", window)
    monkeypatch.setattr(module, "_SHORT", 0)
    assert [s for _, s in sentences(text)] == whole
    assert all(text[start : start + len(s)] == s for start, s in sentences(text))


def test_a_long_text_without_an_end_is_one_sentence(monkeypatch):
    monkeypatch.setattr(module, "_WINDOW", 10)
    monkeypatch.setattr(module, "_SHORT", 0)
    assert sentences("x" * 1_000) == [(0, "x" * 1_000)]


@pytest.mark.parametrize(
    "text",
    [
        "Plan A\u00a0. Then they left.",  # sentencex panics
        "Mr. J\u2003.\u2028. Nobody left. U.S\u3000.",
        "Half of a pair: \ud83d. Then they left A\u00a0.",
        "Good. Bad!\r\n\r\nUgly. Done!\n\r\r\nGone. Over!",
    ],
)
def test_sentences_stand_in_the_text(text):
    """Whatever sentencex makes of it: each is where it is said to be, and none is left out."""
    found = sentences(text)
    assert all(text[start : start + len(s)] == s for start, s in found)
    assert "".join("".join(s for _, s in found).split()) == "".join(text.split())


def test_one_chunk_splits_as_each_text_does():
    texts = ["", "A b. C d.", " \n\n ", "x\n\ny. Z", "\n", "\u2003", "End"]
    split = Sentences(texts)
    assert split.size.tolist() == [len(sentences(text)) for text in texts]
    each = [(row, *found) for row, text in enumerate(texts) for found in sentences(text)]
    assert list(zip(split.rows, split.starts, split.texts, strict=True)) == each
