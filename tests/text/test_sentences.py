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


@pytest.mark.parametrize(
    "paragraph", ["Talks failed. It rained again.", "Él se fue。 日本が。 No."]
)
def test_blank_lines_between_the_parts_of_a_long_text_move_nothing(paragraph):
    """sentencex leaves them out where 10,000 bytes end: all behind stood two characters early."""
    whole = "\n\n".join([paragraph] * 2_000)
    once = {s.strip() for _, s in sentences(paragraph)}
    assert {s.strip() for _, s in sentences(whole)} == once


def test_one_chunk_splits_as_each_text_does():
    texts = ["", "A b. C d.", " \n\n ", "x\n\ny. Z", "\n", "\u2003", "End"]
    split = Sentences(texts)
    assert split.size.tolist() == [len(sentences(text)) for text in texts]
    each = [(row, *found) for row, text in enumerate(texts) for found in sentences(text)]
    assert list(zip(split.rows, split.starts, split.texts, strict=True)) == each


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("The index rose in May. Analysts expected more.", 2),
        ("The index rose in May.  Analysts expected “more.” Ships left.", 3),
        ("The mayor may. U.S. ships may not.", 2),
        ("Pilots say no. Ansel asks them again.", 2),
        ("“Just say no. Ansel asks again,” she said.", 1),  # as sentencex splits no quotation
        ("It was berth no. 5 on May. 5 of the list.", 1),
        ("The pro-U.S. government fell. So did the anti-U.N. League.", 2),
        ("Ms. May. Vale of No. Korea and the Jan. Holm prize.", 2),
        ("Sen. Rand of Me. Vale and of Ansel Inc. Holm left on Jan. 5.", 1),
    ],
)
def test_words_that_are_no_abbreviations_end_a_sentence(text, n):
    """Before a capital; with a number they may be *no. 5*."""
    assert len(sentences(text)) == n
    assert "".join(s for _, s in sentences(text)) == text
