"""Repetition: near-duplicates inside an article, the same block in several of one outlet."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus.blocks.signals import key

ALIKE = 0.8  # similarity of two short lines that say the same
REPEATED = 3  # articles of one outlet that carry the same short block
REPEATED_WORDS = 40  # a longer block is no furniture, however often it stands


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


def short_marks(articles: Sequence[Sequence[str]]) -> list[NDArray[np.uint64]]:
    """Fingerprints of the different blocks of each article that are short enough for furniture."""
    keys = [_short_keys(blocks) for blocks in articles]
    ends = np.cumsum([len(of_it) for of_it in keys])
    return np.split(marks([k for of_it in keys for k in of_it]), ends)[:-1]


def _short_keys(blocks: Sequence[str]) -> list[str]:
    keys = (key(block) for block in blocks if block.count(" ") < 2 * REPEATED_WORDS)
    return list(dict.fromkeys(k for k in keys if k.count(" ") < REPEATED_WORDS))


def repeated_blocks(articles: Sequence[NDArray[np.uint64]]) -> frozenset[int]:
    """Fingerprints of the short blocks that stand in several articles of one outlet.

    An article most of whose blocks stand elsewhere too is a copy, and says nothing.
    """
    sizes = np.array([len(a) for a in articles], np.int64)
    article = np.repeat(np.arange(len(sizes)), sizes)
    found = np.concatenate([marks([]), *articles])
    elsewhere = np.isin(found, _several(found))
    own = 2 * np.bincount(article, elsewhere, minlength=len(sizes)) <= sizes
    return frozenset(_several(found[own[article]]).tolist())


def _several(found: NDArray[np.uint64]) -> NDArray[np.uint64]:
    different, counts = np.unique(found, return_counts=True)
    return different[counts >= REPEATED]


def marks(keys: Sequence[str]) -> NDArray[np.uint64]:
    """Fingerprints: the same for the same key, on every machine."""
    return pd.util.hash_array(np.array(keys, dtype=object), categorize=False)
