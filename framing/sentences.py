"""Sentences of a text, as sentencex sees them."""

from __future__ import annotations

import itertools

import sentencex

from framing.pieces import whole_code_points


def sentences(text: str) -> list[tuple[int, str]]:
    """Split a text into sentences, each with the place where it begins, in code points.

    Segments of nothing but white space are no sentences.

    Examples
    --------
    >>> sentences("Talks fail. Sen. Rand, R-Ky., objects.")
    [(0, 'Talks fail. '), (12, 'Sen. Rand, R-Ky., objects.')]
    """
    try:
        segments = sentencex.segment("en", text)
    except UnicodeEncodeError:
        segments = sentencex.segment("en", whole_code_points(text))
    starts = itertools.accumulate(map(len, segments), initial=0)
    return [(start, s) for start, s in zip(starts, segments, strict=False) if not s.isspace()]
