"""Texts cut into pieces and words, a chunk at a time: the pass that tone and cues stand on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

_APOSTROPHES = "’‘ʼ＇`´"
_QUOTES = "“”„‟＂"
_HYPHENS = "‐‑−"
# They print nothing: they stay in the text, so that offsets hold, and are left out of the word.
IGNORABLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

# One character for one, so that an offset in the folded text is an offset in the text itself.
FOLD: dict[int, str] = {
    **{ord(c): "'" for c in _APOSTROPHES},
    **{ord(c): '"' for c in _QUOTES},
    **{ord(c): "-" for c in _HYPHENS},
    **{ord(c): "\u00ad" for c in IGNORABLE},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF10, 0xFF5B)},
}

_LETTERS = r"(?:[^\W_]|[\u0300-\u036f\u00ad])+"
_WORD = re.compile(rf"{_LETTERS}(?:(?:['-]|(?<=\d)[.,](?=\d)){_LETTERS})*")
_CLITIC = re.compile(r"(?<=.)'(?:s|re)$", re.IGNORECASE)


class Word(NamedTuple):
    """One word: its place in the text and the form that a lexicon entry is compared with."""

    start: int
    end: int
    key: str


_CHUNK_ROWS = 20_000
_CHUNK_SIZE = 4_000_000  # code points
_BLOCK = 500  # rows taken from the column at a time
_SURROGATE = re.compile("[\ud800-\udfff]")


class Pieces(NamedTuple):
    """Texts cut at ASCII white space; pieces that are the same share a number.

    ``kinds`` are the different pieces, each with the white space that follows it; ``ids`` says
    which one stands at every place; those of text ``i`` are ``ids[rows[i] : rows[i + 1]]``, and
    the first of them begins after ``lead[i]`` characters of white space.
    """

    kinds: pa.LargeStringArray
    ids: NDArray[np.int32]
    rows: NDArray[np.int64]
    lead: NDArray[np.int64]


def chunks(texts: Sequence[str] | pd.Series[str]) -> Iterator[list[str]]:
    """Yield the texts in lists that are small enough to be worked on at once.

    Raises
    ------
    TypeError
        If a text is not a str; the message names the row.
    """
    if isinstance(texts, str):
        raise TypeError("texts must be a sequence of str, and a single str came: write [text]")
    chunk: list[str] = []
    size = 0
    for begin in range(0, len(texts), _BLOCK):
        part = texts[begin : begin + _BLOCK]
        for row, text in enumerate(part.tolist() if isinstance(part, pd.Series) else part, begin):
            if not isinstance(text, str):
                raise TypeError(
                    f"row {row}: a text must be a str, and {text!r} is a {type(text).__name__}; "
                    "drop such rows or fill them with ''"
                )
            if len(chunk) == _CHUNK_ROWS or (size and size + len(text) > _CHUNK_SIZE):
                yield chunk
                chunk, size = [], 0
            chunk.append(text)
            size += len(text)
    if chunk:
        yield chunk


def cut(texts: list[str]) -> Pieces:
    """Cut the texts of a chunk at ASCII white space, and number the different pieces."""
    column = _column(texts)
    offsets = np.frombuffer(column.buffers()[1], np.int64)
    data = np.frombuffer(column.buffers()[2] or b"", np.uint8)[: offsets[-1]]
    white = (data == 32) | (data - np.uint8(9) < 5) | (data - np.uint8(28) < 4)
    begins = np.empty(len(data), bool)
    np.greater(white[:-1], white[1:], out=begins[1:])
    heads = offsets[:-1][np.diff(offsets) > 0]
    begins[heads] = ~white[heads]
    starts = np.flatnonzero(begins)
    rows = np.searchsorted(starts, offsets)
    bounds = np.append(starts, len(data))
    pieces = pa.LargeStringArray.from_buffers(
        len(starts), pa.py_buffer(bounds), pa.py_buffer(data)
    ).dictionary_encode()
    lead = np.where(np.diff(rows) > 0, bounds[rows[:-1]] - offsets[:-1], 0)
    return Pieces(pieces.dictionary, pieces.indices.to_numpy(), rows, lead)


def _column(texts: list[str]) -> pa.LargeStringArray:
    """The texts in one buffer; half of a surrogate pair becomes U+FFFD, one for one."""
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_SURROGATE.sub("\ufffd", t) for t in texts], pa.large_string())


def spread(first: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices of ``count[i]`` items that begin at ``first[i]``, for every i in turn.

    Examples
    --------
    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(count.sum())


def normalise(text: str) -> str:
    """Fold apostrophes, quotation marks, hyphens and full-width letters, one character for one.

    Characters that print nothing (soft hyphen, zero-width space …) all become U+00AD.

    Examples
    --------
    >>> print(normalise("isn’t “good”"))
    isn't "good"
    """
    return text.translate(FOLD)


def words(text: str) -> list[Word]:
    """Split a text into words; internal apostrophes and hyphens stay, ’s and ’re stand alone.

    Examples
    --------
    >>> [w.key for w in words("NATO’s de-escalation, 100,000 troops")]
    ['nato', "'s", 'de-escalation', '100,000', 'troops']
    """
    folded = normalise(text)
    found = []
    for match in _WORD.finditer(folded):
        start, end = match.span()
        clitic = _CLITIC.search(match.group())
        cut = start + clitic.start() if clitic else end
        for a, b in ((start, cut), (cut, end)):
            key = folded[a:b].lower().replace("\u00ad", "")
            if key:
                found.append(Word(a, b, key))
    return found


def count_words(text: str) -> int:
    """Count the words of a text; a clitic such as ’s is not a word of its own."""
    return sum(word.key[0] != "'" for word in words(text))
