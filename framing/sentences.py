"""Sentences of a text, as sentencex sees them."""

from __future__ import annotations

import itertools

import sentencex

from framing.pieces import whole_code_points

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
