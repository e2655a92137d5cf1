"""Texts are taken in chunks of limited size, whatever they come in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.text import chunks as module
from framing.text.chunks import chunks


@pytest.mark.parametrize("kind", [list, tuple, pd.Series, lambda t: np.array(t, object)])
def test_chunks_hold_all_texts_in_order_and_no_more_than_they_may(kind, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK_ROWS", 3)
    monkeypatch.setattr(module, "_CHUNK_SIZE", 10)
    texts = ["a" * size for size in (1, 1, 1, 1, 5, 5, 5, 11, 0, 10, 1)]
    found = [[len(text) for text in chunk] for chunk in chunks(kind(texts))]
    assert found == [[1, 1, 1], [1, 5], [5, 5], [11], [0, 10], [1]]


@pytest.mark.parametrize("value", [None, 7, {"a"}, iter(["a"]), "a", b"a"])
def test_what_is_no_list_of_texts_is_refused(value):
    with pytest.raises(TypeError, match="expected a list or Series of texts, got "):
        list(chunks(value))
