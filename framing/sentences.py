"""Sentences of a text, as sentencex sees them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import sentencex
from numpy.typing import NDArray

from framing.pieces import whole_code_points

_Ints = NDArray[np.int64]

# Characters: sentencex takes a time that grows with the square of the length.
_WINDOW = 200_000


def sentences(text: str) -> list[tuple[int, str]]:
    """Split a text into sentences, each with the place where it begins, in code points.

    Segments of nothing but white space are no sentences. A text of more than 200,000 characters
    is split a part at a time, each from the beginning of a sentence on.

    Examples
    --------
    >>> sentences("Talks fail. Sen. Rand, R-Ky., objects.")
    [(0, 'Talks fail. '), (12, 'Sen. Rand, R-Ky., objects.')]
    """
    try:
        segments = _segments(text)
    except UnicodeEncodeError:
        segments = _segments(whole_code_points(text))
    starts = itertools.accumulate(map(len, segments), initial=0)
    return [(start, s) for start, s in zip(starts, segments, strict=False) if not s.isspace()]


def _segments(text: str) -> list[str]:
    """Split a window at a time; the last sentence of a window may go on, and opens the next one."""
    segments: list[str] = []
    start, window = 0, _WINDOW
    while start + window < len(text):
        found = sentencex.segment("en", text[start : start + window])[:-1]
        segments += found
        start += sum(map(len, found))
        window = _WINDOW if found else 2 * window
    return segments + sentencex.segment("en", text[start:])


class Sentences:
    """The sentences of the texts of a chunk, and where they begin: asked for all places at once.

    ``size``: how many each text has. ``rows``, ``starts`` and ``texts`` have a value a sentence.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        found = [sentences(text) for text in texts]
        self.size = np.array([len(split) for split in found], np.int64)
        self.rows = np.repeat(np.arange(len(texts)), self.size)
        self.starts = np.array([start for split in found for start, _ in split], np.int64)
        self.texts = [sentence for split in found for _, sentence in split]
        self._far = max(map(len, texts), default=0) + 1
        self._places = self.rows * self._far + self.starts
        self._first = np.searchsorted(self.rows, np.arange(len(texts)))

    def number(self, rows: _Ints, starts: _Ints) -> _Ints:
        """Say in which sentence of its text each place is, counted from 0."""
        place = np.searchsorted(self._places, rows * self._far + starts, side="right")
        return place - 1 - self._first[rows]

    def through(self, rows: _Ints, starts: _Ints) -> _Ints:
        """Number the sentences of all texts through, from 1: words of one share a number.

        ``rows`` and ``starts`` are those of all words, in their order.
        """
        firsts = np.searchsorted(rows * self._far + starts, self._places)
        begins = np.diff(rows, prepend=-1) > 0
        begins[firsts[firsts < len(begins)]] = True
        return np.cumsum(begins)
