"""Long texts are split in parts, and nothing is lost or split that should not be."""

from __future__ import annotations

import pytest
import sentencex

from framing import sentences as module
from framing.sentences import sentences


@pytest.mark.parametrize("window", [1, 7, 30, 100])
def test_parts_split_as_the_whole_does(monkeypatch, window):
    """Also where a part is shorter than a sentence."""
    text = "Talks fail again. Nobody knows why! Will they, one day, be resumed? " * 20
    whole = [s for s in sentencex.segment("en", text) if not s.isspace()]
    monkeypatch.setattr(module, "_WINDOW", window)
    assert [s for _, s in sentences(text)] == whole
    assert all(text[start : start + len(s)] == s for start, s in sentences(text))


def test_a_long_text_without_an_end_is_one_sentence(monkeypatch):
    monkeypatch.setattr(module, "_WINDOW", 10)
    assert sentences("x" * 1_000) == [(0, "x" * 1_000)]
