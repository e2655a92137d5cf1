"""Sentences of a text, split by sentencex."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np
import sentencex

from framing.text.arrays import Ints
from framing.text.chunks import whole_code_points

# Characters: the time that sentencex takes grows with the square of the length.
_WINDOW = 20_000
# sentencex panics at a capital before non-ASCII white space and a full stop. The first pattern is
# a fast test for texts without one.
_WIDE_BEFORE_POINT = re.compile(r"\.(?<=[^\S\x00-\x7f]\.)")
_PANICS = re.compile(r"[A-Z][\s./]*[^\S\x00-\x7f]\.")
_WIDE = re.compile(r"[^\S\x00-\x7f]")
# "in May. Analysts", "say no. That": before a capital these are words, not abbreviations. A name
# of the same length that is none stands for them while a text is split; and a space for the hyphen
# of "pro-U.S. forces", of which sentencex knows U.S. alone.
_WORDS = re.compile(r"(?<![^\W_])(?:[Mm]ay|no)(?=\.[\"”’')]*\s+[\"“‘'(]?[^\W\d_a-z])")
_HYPHEN = re.compile(r"-(?=[A-Z]\.[A-Z]\.)")  # quicker than one pattern of both
# sentencex searches the rest of the text for the end of each of these, or counts all of a kind
# again wherever the kind changes; if there are too many, they are treated as straight marks.
_OPENING = re.compile(r"[`«»‘“„‹‚‛‟「《]|(?<!\w)'")
# Characters: sentencex takes 10,000 bytes at a time, and leaves out blank lines between them.
_AT_ONCE = 2_500
# Characters of a text that cannot have too many: the most is the square of it, for the number of
# opening marks times that of characters.
_SHORT = 10_000


def _split(text: str) -> list[str]:
    """Split a text; characters that sentencex cannot handle are replaced while it is split."""
    other = _HYPHEN.sub(" ", text)
    if "ay." in text or "no." in text:  # much quicker than the pattern, and rare
        other = _WORDS.sub(lambda m: "x" * len(m[0]), other)
    plain = text.isascii() or not _WIDE_BEFORE_POINT.search(text)
    if plain and len(text) <= _AT_ONCE and other == text:
        try:
            return sentencex.segment("en", text)
        except UnicodeEncodeError:
            plain = True
    if not plain:
        other = _PANICS.sub(lambda m: _WIDE.sub(" ", m[0]), whole_code_points(other))
    size = min(len(text), _WINDOW)
    if size > _SHORT and size * len(_OPENING.findall(text)) > _SHORT**2:
        other = _OPENING.sub('"', other)
    begins = [0, *_begins(whole_code_points(other))[1:], len(text)]
    return [text[begin:end] for begin, end in itertools.pairwise(begins)]


def _begins(text: str) -> list[int]:
    """Return where sentences begin, a window at a time, each from the last sentence before on."""
    begins: list[int] = []
    start, window = 0, _WINDOW
    while start + window < len(text):
        *found, last = _in_window(text[start : start + window])
        begins += [start + begin for begin in found]
        start += last
        window = _WINDOW if found else 2 * window
    return begins + [start + begin for begin in _in_window(text[start:])]


def _in_window(text: str) -> list[int]:
    begins, at = [], 0
    for sentence in sentencex.segment("en", text):
        at = text.index(sentence, at)
        begins.append(at)
        at += len(sentence)
    return begins


class Sentences:
    """The sentences of the texts of a chunk, and where they begin, in code points.

    ``size``: the number in each text. ``rows``, ``starts``, ``texts`` have one value per sentence.
    Segments that are only white space are left out. A text of more than 20,000 characters is split
    a part at a time, each from the beginning of a sentence on.

    >>> found = Sentences(["Talks fail. Sen. Rand, R-Ky., objects."])
    >>> found.starts.tolist(), found.texts
    ([0, 12], ['Talks fail. ', 'Sen. Rand, R-Ky., objects.'])
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # Only the lengths are kept, those of white space as negative numbers, and in one list: many
        # lists are looked through by the garbage collector again and again.
        sizes: list[int] = []
        ends = np.zeros(len(texts) + 1, np.int64)
        for row, text in enumerate(texts, start=1):
            sizes += [-len(s) if s.isspace() else len(s) for s in _split(text)]
            ends[row] = len(sizes)
        size, count = np.array(sizes, np.int64), np.diff(ends)
        rows = np.repeat(np.arange(len(texts)), count)
        starts = np.cumsum(abs(size)) - abs(size)
        starts -= np.append(starts, 0)[ends[:-1]][rows]
        kept = size >= 0
        self._texts, self._length = texts, size[kept]
        self.rows, self.starts = rows[kept], starts[kept]
        self.size = np.bincount(self.rows, minlength=len(texts))

    @property
    def texts(self) -> list[str]:
        """The sentences themselves."""
        spans = zip(*(x.tolist() for x in (self.rows, self.starts, self._length)), strict=True)
        return [self._texts[row][start : start + length] for row, start, length in spans]

    def number(self, rows: Ints, starts: Ints) -> Ints:
        """Return the sentence of each place, counted from 0 in its text."""
        far = int(max(self.starts.max(initial=0), starts.max(initial=0))) + 1
        begins, places = self.rows * far + self.starts, rows * far + starts
        found = np.searchsorted(begins, places, side="right") - 1
        return found - np.searchsorted(self.rows, rows)
