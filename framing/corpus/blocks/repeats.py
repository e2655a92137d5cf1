"""Repetition: near-duplicates inside an article, the same block in several of one outlet."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.corpus.blocks.signals import key

ALIKE = 0.8  # similarity of two short lines that say the same
REPEATED = 3  # articles of one outlet that carry the same block
# Characters: of a text of its own, or of a brief where it is so much of the article; of a short
# block, which is furniture in a reprint too.
_OWN, _BRIEF, _OWN_SHARE, _SHORT = 900, 150, 0.1, 240
_MIX = np.uint64(0x9E3779B97F4A7C15)
_DATED = 160  # characters of a block in which any digit may belong to a date; else it has a year
_DIGIT = re.compile(r"\d")
_CALENDAR = (
    b"january february march april may june july august september october november december "
    b"monday tuesday wednesday thursday friday saturday sunday "
    b"jan feb mar apr jun jul aug sept sep oct nov dec am pm st nd rd th"
).split()
_LOWER = bytes(n + 32 if chr(n).isupper() and n < 128 else n for n in range(256))
_NO_LETTERS = bytes(n for n in range(128) if not chr(n).isalpha())


def nearest_twins(texts: Sequence[str], places: Iterable[int]) -> dict[int, int]:
    """Map some of the texts, by place, to the first other text that is nearly the same.

    Examples
    --------
    >>> nearest_twins(["Ships wait in the strait", "Talks", "More ships wait in the strait"], [2])
    {2: 0}
    """
    places = list(places)
    grams = [_grams(text) for text in texts] if places and len(texts) > 1 else []
    pairs = ((n, m) for n in places for m in reversed(range(len(grams))) if n != m)
    return {n: m for n, m in pairs if _cosine(grams[n], grams[m]) >= ALIKE}


def similarity(a: str, b: str) -> float:
    """Return the cosine of the counts of character 4-grams, 0 to 1."""
    return _cosine(_grams(a), _grams(b))


class _Grams(NamedTuple):
    """Counts of the character 4-grams of a text, and the norm of that vector."""

    counts: Counter[str]
    norm: float


def _grams(text: str) -> _Grams:
    text = key(text)
    counts = Counter([text[i : i + 4] for i in range(len(text) - 3)])
    return _Grams(counts, math.sqrt(sum([n * n for n in counts.values()])))


def _cosine(x: _Grams, y: _Grams) -> float:
    shared = x.counts.keys() & y.counts.keys()
    return sum([x.counts[g] * y.counts[g] for g in shared]) / (x.norm * y.norm) if shared else 0.0


class Prints(NamedTuple):
    """The blocks of an article as fingerprints, 0 where a block has no letter, and their sizes."""

    marks: NDArray[np.uint64]
    sizes: NDArray[np.int32]


def prints(blocks: Sequence[str]) -> Prints:
    """Return the fingerprints of the blocks of an article.

    Blocks have the same fingerprint if their letters are the same: numbers, punctuation and case
    may differ, and the months and days of dates.

    Examples
    --------
    >>> marks = prints(["Updated: 3 May 2031", "Updated 12 June, 2031", "Updated at once"]).marks
    >>> bool(marks[0] == marks[1]), bool(marks[1] == marks[2])
    (True, False)
    """
    marks = np.array([_fingerprint(block) for block in blocks], np.uint64)
    return Prints(marks, np.array([len(block) for block in blocks], np.int32))


def _fingerprint(block: str) -> int:
    letters = block.encode("utf-8", "surrogatepass").translate(_LOWER, _NO_LETTERS)
    if _DIGIT.search(block) if len(block) < _DATED else "20" in block or "19" in block:
        for name in _CALENDAR:
            letters = letters.replace(name, b"")
    if letters.isascii() or any(map(str.isalpha, letters.decode("utf-8", "surrogatepass"))):
        return int.from_bytes(blake2b(letters, digest_size=8).digest(), "little") if letters else 0
    return 0


def recurring(articles: Sequence[Prints]) -> frozenset[int]:
    """Return the fingerprints of the blocks that recur in the articles of one outlet.

    They stand in three articles or more, each of which has a text of its own beside them: what
    only reprints and versions of one article share is their story.
    """
    counts = np.array([len(a.marks) for a in articles], np.int64)
    article = np.repeat(np.arange(len(counts)), counts)
    marks = np.concatenate([np.empty(0, np.uint64), *(a.marks for a in articles)])
    sizes = np.concatenate([np.empty(0, np.int32), *(a.sizes for a in articles)])
    # One of each in an article; the number of the article is mixed into the fingerprint.
    once = np.unique(marks + article.astype(np.uint64) * _MIX, return_index=True)[1]
    shared = np.isin(marks, _several(marks[once]))
    beside, whole, blocks = (
        np.bincount(article, x, len(counts)) for x in (sizes * ~shared, sizes, ~shared)
    )
    own = _is_own(beside, whole, blocks, counts)
    return frozenset(_several(marks[once[own[article[once]]]]).tolist()) - {0}


def recurs(blocks: Prints, found: Container[int]) -> list[bool]:
    """Return which blocks of an article recur in its outlet, by `recurring`.

    Where nearly nothing else is left, the article is a reprint: only short blocks count then.
    """
    marked = np.array([mark in found for mark in blocks.marks.tolist()], bool)
    left = ~marked
    own = (blocks.sizes @ left, blocks.sizes.sum(), left.sum(), left.size)
    if not _is_own(*map(np.array, own)):
        marked &= blocks.sizes <= _SHORT
    return marked.tolist()


def _is_own(
    own: NDArray[Any], whole: NDArray[Any], blocks: NDArray[Any], of_all: NDArray[Any]
) -> NDArray[np.bool_]:
    """Return whether the own part of an article makes a text: in characters, or half its blocks."""
    text = (own >= _OWN) | ((own >= _BRIEF) & (own >= _OWN_SHARE * whole))
    return text | (2 * blocks >= of_all)


def _several(found: NDArray[np.uint64]) -> NDArray[np.uint64]:
    different, counts = np.unique(found, return_counts=True)
    return different[counts >= REPEATED]
